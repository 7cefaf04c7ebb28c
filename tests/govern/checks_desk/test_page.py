"""The page: a sample opened and changed, what is kept of it, the marks, the table, who may read it."""

from __future__ import annotations

import pytest

from lib.access import DEMO_WORKSPACE, Role
from lib.database import connect
from lib.database.people import actor_for, create_person, create_workspace, join, make_join_code
from lib.govern.checks_desk import samples
from lib.shell import work
from lib.shell.checks_desk import taking
from tests.app_pages import again, everything_written, opener, rows, slices, text_of

PAGE = "pages/govern/checks.py"
opened = opener(PAGE)
TABS = {
    "en": ("A text", "Documents", "Pictures", "How good they are"),
    "fr": ("Un texte", "Documents", "Images", "Ce qu’ils valent"),
}


def key(app, name: str, language: str = "en") -> str:
    return f"checks_{DEMO_WORKSPACE}_{app.session_state['person']}_{language}_{name}"


def at(app, tab: int, language: str = "en"):
    app.session_state[f"checks_tabs_{language}"] = TABS[language][tab]
    app.run()
    assert not app.exception, app.exception
    return app


def sample(app, name: str, language: str = "en"):
    app.selectbox(key(app, "sample", language)).select(name).run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_sample_is_opened_marked_and_counted(language: str) -> None:
    app = opened(language)
    assert "toile-empty" in text_of(app)
    sample(app, f"post-{language}", language)
    said = text_of(app, ("html",))
    assert said.count('<mark class="toile-warn"') > 6 and '<mark class="toile-fail"' in said
    assert app.text_area(key(app, "text", language)).value == samples.sample(f"post-{language}").text
    counted = {"en": "8 findings", "fr": "7 remarques"}[language]
    assert counted in said and "example.com" in said
    assert ("Invented sample" if language == "en" else "Exemple inventé") in said


def test_no_finding_is_never_called_safe() -> None:
    said = text_of(sample(opened(), "quiet-en"), ("html",))
    assert "no proof that nothing is wrong" in said and "it misses 3 of 10" in said
    assert "✓</span><strong>" not in said and "safe" not in said.lower()


def test_facts_bring_two_more_checks() -> None:
    said = text_of(sample(opened(), "product-en"), ("html",))
    assert "stands word for word" in said and "38 hours" in said
    app = opened()
    app.text_area(key(app, "text")).set_value("It has four pockets.").run()
    assert text_of(app, ("html",)).count("not run: no facts or earlier texts are given") == 2


def test_a_text_stays_over_tabs_and_is_forgotten_by_a_refresh() -> None:
    app = opened()
    app.text_area(key(app, "text")).set_value("Ein Mantel aus Wolle, für den Winter und für die ganze Familie.").run()
    assert any("reads as German" in one.value for one in app.warning)
    at(app, 3)
    at(app, 0)
    assert app.text_area(key(app, "text")).value.startswith("Ein Mantel")
    assert again(app, PAGE).text_area(key(app, "text")).value == ""


def test_nothing_that_is_pasted_is_written() -> None:
    app = opened()
    private = "Zéphyrine Quettehou-Larmor habite au 12 rue des Tisserands-du-Nord."
    app.text_area(key(app, "text")).set_value(private).run()
    assert not app.exception
    pieces = slices(private.encode(), 6)
    assert not [path for path, held in everything_written().items() if any(piece in held for piece in pieces)]
    assert rows("select count(*) as n from runs where kind = 'generation'")[0]["n"] == 0


def test_text_that_is_markup_stays_text() -> None:
    app = opened()
    app.text_area(key(app, "text")).set_value("<script>alert(1)</script> {name} {0}").run()
    assert not app.exception
    assert "<script>alert" not in text_of(app, ("html",))


def test_a_mark_is_made_kept_and_found_in_an_answer() -> None:
    app = at(opened(), 1)
    app.text_area(key(app, "answer")).set_value("Nothing private here.").run()
    assert "Make a mark first" in text_of(app, ("html",))
    app.button("checks_make_mark").click().run()
    mark = app.code[0].value.split()[2].rstrip(",")
    assert mark.startswith("canary-") and "isn’t in this answer" in text_of(app, ("html",))
    app.text_area(key(app, "answer")).set_value(f"The note says {mark[::-1]}.").run()
    assert "something private leaked" in text_of(app, ("html",))
    assert mark in at(again(app, PAGE), 1).code[0].value


def test_a_mark_of_ones_own_has_to_be_long_enough() -> None:
    app = at(opened(), 1)
    app.text_input(key(app, "own_mark")).set_value("abc").run()
    assert "at least 8" in text_of(app, ("caption",))
    app.text_input(key(app, "own_mark")).set_value("plume bleue 77").run()
    app.text_area(key(app, "answer")).set_value("Voici : PLUME-BLEUE-77.").run()
    assert "something private leaked" in text_of(app, ("html",))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_how_good_they_are_and_the_names_of_other_houses(language: str) -> None:
    app = at(opened(language), 3, language)
    said = text_of(app, ("html",))
    assert said.count("<tr>") == 18 and 'data-page="product_descriptions"' in said
    assert ("Weak in one language: English" if language == "en" else "Faible dans une langue") in said
    app.text_area("house_names_added").set_value("Tissage Bellac")
    next(one for one in app.button if one.key == "house_names_save").click()
    app.run()
    at(app, 0, language)
    app.text_area(key(app, "text", language)).set_value("Comme chez Tissage Bellac.").run()
    assert "Tissage Bellac" in text_of(app, ("html",)).split("toile-desk-group")[-1]


def test_a_reviewer_who_may_not_run_reads_by_every_check() -> None:
    """Whoever reads the workspace may use the page: nothing is run or kept."""
    with connect() as database:
        owner, _token = create_person(database, "Ada")
        workspace = create_workspace(database, owner, "Atelier")
        code = make_join_code(database, actor_for(database, owner, workspace), Role.REVIEWER)
        person, token = create_person(database, "Lou")
        join(database, person, code)
    app = opened("en", token)
    app.session_state["workspace"] = workspace
    app.run()
    assert not app.exception
    mine = f"checks_{workspace}_{person}_en_"
    app.text_area(mine + "text").set_value("Write to jeanne.vasseur@example.org.").run()
    assert "e-mail address" in text_of(app, ("html",))
    at(app, 1)
    app.button("checks_make_mark").click().run()
    assert len(app.code) == 1 and not app.exception
    assert app.get("file_uploader")


def test_a_files_name_is_shown_as_it_is_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What shows the progress escapes it: a name that was escaped before stood there with its backslashes."""
    told: list[str] = []
    task = work.Work()
    monkeypatch.setattr(taking, "hold", lambda *_args: None)
    monkeypatch.setattr(taking, "held", lambda _name, default=None: default)
    monkeypatch.setattr(taking, "visit", lambda: "visit")
    monkeypatch.setattr(taking.st, "rerun", lambda: None)
    monkeypatch.setattr(taking.work, "start", lambda _key, done, given: done(task, given))

    def read(files, tell, _stopped) -> tuple[()]:
        tell(0.5, files[0][0])
        told.append(task.message)
        return ()

    taking.begin("documents", [("a_b.txt", b"")], read)
    assert told == ["Reading a_b.txt"]
