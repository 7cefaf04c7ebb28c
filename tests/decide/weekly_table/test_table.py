"""The weekly table: what is kept and refused, the agenda's order, both papers, and the page in both languages."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from docx import Document

from lib.access import Actor, Role
from lib.database import artefacts, connect, weekly_table
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.weekly_table import Entry, Kept
from lib.decide.weekly_table.agenda import agenda, last_week, waiting
from lib.decide.weekly_table.pack import handed
from lib.decide.weekly_table.papers import agenda_docx, details, minutes_docx
from lib.errors import InputError, NotAllowed, NotFound
from lib.files.pictures import written
from lib.files.written.word import read_docx
from lib.i18n import use_language
from lib.settings import ROOT

TODAY = dt.date(2026, 11, 22)
REQUEST = Entry("request", "Swap the fabric in a flat", "Take this coat and show it in our tweed.", "now")
DECISION = Entry("decision", "Use the sketch reader", "", "season", "Head of design", "Data engineer", "2026-11-20")


def kept(entry: Entry, day: str, closed: str = "") -> Kept:
    return Kept(f"{entry.title}{day}", entry, "Ada", f"{day}T10:00:00.000+00:00", closed)


def test_what_is_put_on_the_table_stays_until_it_is_done(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        sketch = artefacts.store(database, actor, "sketch.png", b"png", "image/png")
        first = weekly_table.add(database, actor, replace(REQUEST, artefact=sketch))
        weekly_table.add(database, actor, DECISION)
        weekly_table.close(database, actor, first)
        with pytest.raises(NotFound):
            weekly_table.close(database, actor, first)
        found = weekly_table.listing(database, actor)
        assert weekly_table.listing(database, stranger) == []
        with pytest.raises(NotFound, match="no such sketch"):
            weekly_table.add(database, stranger, replace(REQUEST, artefact=sketch))
    assert [one.entry for one in found] == [replace(REQUEST, artefact=sketch), DECISION]
    assert [bool(one.closed_at) for one in found] == [True, False]


def test_what_came_of_it_is_kept_and_can_be_taken_back(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        made = weekly_table.add(database, actor, REQUEST)
        with pytest.raises(InputError, match="this has 1001"):
            weekly_table.close(database, actor, made, "x" * 1001)
        weekly_table.close(database, actor, made, " Built; the studio tries it. ")
        (done,) = weekly_table.listing(database, actor)
        with pytest.raises(NotFound):
            weekly_table.reopen(database, stranger, made)
        weekly_table.reopen(database, actor, made)
        with pytest.raises(NotFound, match="again already"):
            weekly_table.reopen(database, actor, made)
        (again,) = weekly_table.listing(database, actor)
    assert done.outcome == "Built; the studio tries it." and done.closed_by == done.person and done.closed_at
    assert again.entry == REQUEST and (again.closed_at, again.outcome, again.closed_by) == ("", "", "")


@pytest.mark.parametrize(("language", "said"), [("en", "What came of it: Built"), ("fr", "Suite donnée")])
def test_both_papers_and_the_workbook_say_what_came_of_it(actor: Actor, language: str, said: str) -> None:
    with connect() as database:
        weekly_table.close(database, actor, weekly_table.add(database, actor, REQUEST), "Built")
        entries = weekly_table.listing(database, actor)
        (sheet,) = handed(database, actor, language).sheets
    today = dt.datetime.now(dt.UTC).date()
    with use_language(language):
        papers = [_text(make(entries, "Maison Solène", today)) for make in (agenda_docx, minutes_docx)]
    assert all(said in paper and "Built" in paper for paper in papers)
    assert "Built" in sheet.rows[0] and len(sheet.rows[0]) == len(sheet.columns)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (replace(REQUEST, title=" "), "few words"),
        (replace(REQUEST, title="x" * 300), "this one has 300"),
        (replace(REQUEST, detail=""), "example"),
        (replace(DECISION, technical_owner=""), "technical side"),
        (replace(DECISION, due_on=""), "by which day"),
        (replace(REQUEST, detail="x" * 1001), "at most 1000"),
    ],
)
def test_what_nobody_could_work_on_is_refused(actor: Actor, entry: Entry, words: str) -> None:
    with connect() as database:
        with pytest.raises(InputError, match=words):
            weekly_table.add(database, actor, entry)
        assert weekly_table.listing(database, actor) == []


def test_who_does_not_steer_reads_only(actor: Actor) -> None:
    with connect() as database:
        person, _token = create_person(database, "Lou")
        lou = actor_for(database, person, join(database, person, make_join_code(database, actor, Role.PARTICIPANT)))
        made = weekly_table.add(database, actor, REQUEST)
        assert len(weekly_table.listing(database, lou)) == 1
        for act in (
            lambda: weekly_table.add(database, lou, REQUEST),
            lambda: weekly_table.close(database, lou, made),
            lambda: weekly_table.reopen(database, lou, made),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_the_agenda_takes_the_overdue_and_the_urgent_first() -> None:
    later = kept(replace(REQUEST, title="later", urgency="later"), "2026-10-01")
    fresh, old = kept(replace(REQUEST, title="fresh"), "2026-11-20"), kept(replace(REQUEST, title="old"), "2026-11-02")
    late, due = kept(DECISION, "2026-11-01"), kept(replace(DECISION, due_on="2026-12-01"), "2026-11-01")
    done = kept(replace(REQUEST, title="done"), "2026-11-01", "2026-11-21T10:00:00.000+00:00")
    found = agenda([later, fresh, old, late, due, done], TODAY)

    assert found.requests == (old, fresh, later) and found.overdue == (late,) and found.decisions == (due,)
    figure = waiting(found, TODAY)
    assert figure is not None and [mark.value for mark in figure.marks] == [20, 2, 52]
    assert "52 days" in figure.title
    assert waiting(agenda([done], TODAY), TODAY) is None and agenda([done], TODAY).empty


def test_the_week_is_seven_days() -> None:
    entries = [kept(REQUEST, day) for day in ("2026-11-15", "2026-11-16", "2026-11-22")]
    closed = kept(replace(REQUEST, title="done"), "2026-10-01", "2026-11-16T10:00:00.000+00:00")
    found = last_week([*entries, closed], TODAY)
    assert found.brought == tuple(entries[1:]) and found.closed == (closed,)


@pytest.mark.parametrize(("language", "words"), [("en", ("Overdue", "overdue")), ("fr", ("En retard", "en retard"))])
def test_the_papers_hold_what_the_table_holds(language: str, words: tuple[str, str]) -> None:
    entries = [
        kept(replace(REQUEST, title="Tweed <b>\x07"), "2026-11-20"), kept(DECISION, "2026-11-18"),
        kept(replace(REQUEST, title="Erledigt"), "2026-10-01", "2026-11-21T10:00:00.000+00:00"),
        kept(replace(REQUEST, title="Längst"), "2026-10-01", "2026-11-01T10:00:00.000+00:00"),
    ]  # fmt: skip
    with use_language(language):
        papers = [make(entries, "Maison Solène", TODAY) for make in (agenda_docx, minutes_docx)]
    texts = [_text(paper) for paper in papers]
    assert words[0] in texts[0] and words[1] in texts[0] and words[1] in texts[1]
    assert all("Tweed <b>" in text and "Head of design" in text and "Data engineer" in text for text in texts)
    assert all("Erledigt" in text and "Längst" not in text for text in texts)  # settled in the last week only


def test_the_agenda_shows_the_sketch() -> None:
    sketch = written(np.full((40, 60, 3), 200, np.uint8))
    entries = [
        kept(replace(REQUEST, artefact="a1"), "2026-11-20"),
        kept(replace(REQUEST, artefact="gone"), "2026-11-20"),
    ]
    document = Document(io.BytesIO(agenda_docx(entries, "Maison Solène", TODAY, {"a1": sketch})))
    assert len(document.inline_shapes) == 1


def _text(content: bytes) -> str:
    found = read_docx(content, "paper.docx")
    return "\n".join([*(" ".join(piece.place.heading) for piece in found.pieces), *(one.text for one in found.pieces)])


def test_the_board_packs_workbook_has_all_entries(actor: Actor) -> None:
    with connect() as database:
        assert handed(database, actor, "fr").sheets == ()
        weekly_table.add(database, actor, REQUEST)
        weekly_table.add(database, actor, DECISION)
        (sheet,) = handed(database, actor, "fr").sheets
    assert [row[0] for row in sheet.rows] == ["Demande", "Décision"]
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)


# --- the page --------------------------------------------------------------------------------------------------------


def opened(actor: Actor, language: str = "en") -> Any:
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    app.run()
    app.switch_page("pages/decide/weekly_table.py").run()
    assert not app.exception, app.exception
    return app


def said(app: Any) -> str:
    return "\n".join(str(block.value) for kind in (app.get("html"), app.markdown, app.error) for block in kind)


def press(app: Any, start: str) -> None:
    next(button for button in app.button if str(button.key).startswith(start)).click()
    app.run()
    assert not app.exception, app.exception


def test_a_request_is_refused_without_an_example_kept_with_one_and_done(actor: Actor) -> None:
    app = opened(actor)
    assert "Nothing is on the table" in said(app)
    next(box for box in app.text_input if "_title" in box.key).set_value("Swap the fabric")
    press(app, "weekly_add")
    assert "example" in app.error[0].value
    app = opened(actor)  # what was typed is still there after a refresh
    next(box for box in app.text_area if "_detail" in box.key).set_value("This coat in tweed.")
    press(app, "weekly_add")
    assert "brought today" in said(opened(actor)) and "This coat in tweed" in said(opened(actor))
    next(box for box in app.text_area if "_outcome_" in box.key).set_value("The studio tries it.")
    press(app, "close_")
    app = opened(actor)
    assert "Nothing is on the table" in said(app) and "The studio tries it" in said(app)
    press(app, "reopen_")
    app = opened(actor)
    assert "brought today" in said(app) and "The studio tries it" not in said(app)


def test_the_page_speaks_french_and_readers_put_nothing_on_it(actor: Actor) -> None:
    with connect() as database:
        weekly_table.add(database, actor, DECISION)
        person, _token = create_person(database, "Lou")
        lou = actor_for(database, person, join(database, person, make_join_code(database, actor, Role.PARTICIPANT)))
    app = opened(lou, "fr")
    keys = [str(button.key) for button in app.button]
    assert "Head of design" in said(app).replace("\\", "") and "En retard" in said(app)
    assert not [key for key in keys if key.startswith(("weekly_add", "close_"))]


@pytest.mark.parametrize(
    ("language", "today", "yesterday"),
    [
        ("en", "on the table since today", "1 request waits, 1 day so far"),
        ("fr", "sur la table depuis aujourd’hui", "1 demande en attente depuis 1 jour"),
    ],
)
def test_a_request_of_today_waits_since_today_and_one_of_yesterday_for_a_day(
    language: str, today: str, yesterday: str
) -> None:
    with use_language(language):
        assert today in details(kept(REQUEST, "2026-11-22"), TODAY)
        figure = waiting(agenda([kept(REQUEST, "2026-11-21")], TODAY), TODAY)
    assert figure is not None and figure.title == yesterday
