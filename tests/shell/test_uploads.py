"""A person's own file: chosen, read, matched, its bad rows agreed on, kept, and there again after a restart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.database import connect, data_sets
from lib.files.columns import Column, RowProblem
from lib.i18n import use_language
from lib.shell.new_upload import problems_table

PAGE = str(Path(__file__).with_name("upload_page.py"))
GOOD = b"sku,name,price\nA-1,Robe,12\nA-2,Jupe,13\n"


def opened(language: str = "en") -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.session_state["language"] = language
    return page.run()


def again(page: AppTest) -> AppTest:
    """The same person in a new session: a refresh, a second tab or a restart of the server."""
    other = AppTest.from_file(PAGE, default_timeout=30)
    for name in ("person", "token", "language"):
        other.session_state[name] = page.session_state[name]
    return other.run()


def own(page: AppTest) -> AppTest:
    return page.radio[0].set_value("own").run()


def upload(page: AppTest, name: str, content: bytes) -> AppTest:
    page.file_uploader[0].set_value((name, content, "text/csv"))
    return page.run()


def result(page: AppTest) -> dict:
    assert not page.exception
    return json.loads(page.json[0].value)


def said(page: AppTest) -> str:
    return " ".join(element.value for kind in (page.caption, page.error, page.markdown) for element in kind)


def test_the_demo_house_is_ready_at_once():
    assert result(opened()) == {
        "items": ["Sample one", "Sample two"],
        "ready": True,
        "origin": "sample",
        "kept": False,
        "left_out": [],
    }


def test_a_clean_file_is_used_without_a_question_and_found_again():
    page = upload(own(opened()), "mine.csv", GOOD)
    assert result(page)["items"] == ["Robe", "Jupe"]
    assert result(page)["kept"]
    later = again(page)
    assert result(later) == result(page)
    assert later.radio[0].value == "own"
    assert "mine.csv" in str(later.selectbox[0].options)


def test_other_column_names_are_proposed_and_confirmed():
    page = upload(own(opened()), "mine.csv", "Code;Intitulé;Montant\nA-1;Robe;12,5\nA-2;Jupe;13,9\n".encode("cp1252"))
    assert not result(page)["ready"]
    assert any("Reference (required)" in box.label for box in page.selectbox)
    for box in page.selectbox:
        if box.label.startswith("Reference"):
            box.set_value("Code")
        if box.label.startswith("Name"):
            box.set_value("Intitulé")
    page.run()
    next(button for button in page.button if button.label.startswith("Use 2 rows")).click()
    page.run()
    assert result(page)["items"] == ["Robe", "Jupe"]
    assert result(again(page))["items"] == ["Robe", "Jupe"]


def test_wrong_columns_say_what_is_missing():
    page = upload(own(opened()), "mine.csv", b"date,temperature\n2026-01-01,12\n2026-01-02,13\n")
    assert "Reference and Name" in said(page)
    assert not result(page)["ready"]


def tables(page):
    """The markup of everything that is drawn as HTML."""
    return "".join(element.proto.body for element in page.get("html"))


def test_bad_rows_are_left_out_only_when_the_person_says_so():
    page = upload(own(opened()), "mine.csv", b"sku,name,price\nA-1,Robe,12\nA-2,,13\n")
    assert not result(page)["ready"]
    assert '<td data-name="Line">3</td><td data-name="Column">Name</td>' in tables(page)
    use = next(button for button in page.button if button.label.startswith("Use"))
    assert use.disabled
    page.checkbox[0].check().run()
    next(button for button in page.button if button.label.startswith("Use")).click()
    page.run()
    assert result(page)["items"] == ["Robe"]
    assert result(page)["left_out"] == [3]
    assert '<td data-name="Line">3</td><td data-name="Column">Name</td>' in tables(page)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\x00\x03\x00", b"a,b\n1,\x00\n", b"a\n" + b"x\n" * 100_001, b"sku,name\nA,\n"]
)
def test_what_cannot_be_used_is_said_in_the_readers_language(language, content):
    page = upload(own(opened(language)), "mine.csv", content)
    assert len(page.error) == 1
    assert not result(page)["ready"]
    english = upload(own(opened("en")), "mine.csv", content).error[0].value
    assert (page.error[0].value == english) == (language == "en")


def test_a_failed_upload_loses_no_file_that_was_kept():
    page = upload(own(opened()), "mine.csv", GOOD)
    page = upload(page, "bad.csv", b"%PDF-1.7\n")
    assert "PDF" in said(page)
    assert result(again(page))["items"] == ["Robe", "Jupe"]


def test_the_last_file_is_offered_first_and_others_can_be_chosen():
    page = upload(own(opened()), "one.csv", GOOD)
    page = upload(page, "two.csv", GOOD.replace(b"Robe", b"Cape"))
    assert result(page)["items"][0] == "Cape"
    kept = page.selectbox[0]
    first = next(option for option in kept.options if "one.csv" in option)
    kept.select(first).run()
    assert result(page)["items"][0] == "Robe"
    assert result(again(page))["items"][0] == "Robe"


def test_going_back_to_the_demo_house_is_remembered():
    page = upload(own(opened()), "mine.csv", GOOD)
    page.radio[0].set_value("sample").run()
    assert result(again(page))["origin"] == "sample"


def test_another_person_sees_nothing_of_it():
    upload(own(opened()), "mine.csv", GOOD)
    other = own(opened())
    assert result(other)["items"] == []
    assert "mine.csv" not in str([box.options for box in other.selectbox])


def test_nothing_of_a_file_is_read_as_markdown_or_html():
    name = "<script>alert(1)</script>![x](http:example.invalid).csv"
    page = upload(own(opened()), name, b"sku,<b>x</b>\nA,[a](javascript:1)\n")
    texts = [element.value for kind in (page.error, page.caption, page.markdown) for element in kind]
    assert any("\\!" in text or "\\[" in text for text in texts)
    assert not any("](http" in text or "<script" in text for text in texts)
    assert not any(element.allow_html for element in page.markdown)


def test_a_table_is_kept_with_its_choices():
    page = upload(own(opened()), "mine.csv", GOOD)
    from lib.access import Actor, Role

    with connect() as database:
        kept = data_sets.latest(
            database, Actor(page.session_state["person"], "demo", Role.INNOVATOR), "product_descriptions", "products"
        )
    assert kept is not None
    assert kept.mapping["sources"] == {"sku": "sku", "name": "name", "price": "price"}
    assert kept.mapping["encoding"] == "utf-8"


def test_problems_are_told_in_the_readers_language():
    problem = RowProblem(
        3,
        "name",
        "{name} is a PDF, not a table. Export the table from its source as CSV or XLSX, then upload that.",
        {"name": "x"},
    )
    with use_language("fr"):
        table = problems_table([problem], [Column("name", "Reason")])
    assert table.columns.tolist() == ["Ligne", "Colonne", "Raison"]
    assert table.iloc[0, 1] == "Raison"
    assert "est un PDF" in table.iloc[0, 2]


def test_a_choice_survives_the_switch_of_language():
    page = own(opened())
    chosen, options, key = page.radio[0].value, page.radio[0].options, page.radio[0].id
    page.session_state["language"] = "fr"
    page.run()
    after = page.radio[0]
    assert not page.exception
    assert (chosen, after.value) == ("own", "own")
    assert after.options != options
    # A browser keeps a widget's options by its id: options said anew need a new one.
    assert after.id != key
