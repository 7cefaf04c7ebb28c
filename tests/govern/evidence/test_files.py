"""The log as files: no formula, the verdicts in them, long texts cut where a cell ends, nothing where nothing fits."""

from __future__ import annotations

import csv
import io
import json
import traceback

import openpyxl
import pypdf
import pytest

from lib.access import Role
from lib.checks import CheckResult, Finding, Verdict
from lib.checks.measured import Measured, Share, measured
from lib.database import connect
from lib.database.chain import KINDS, link_of_run
from lib.database.chain_check import check_run
from lib.database.erasure import erase_person, erase_runs
from lib.database.evidence_log import Wanted, one_run
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.reviews import add_review
from lib.database.runs import finish_run, start_run
from lib.errors import InputError
from lib.govern.evidence import document, files, saying
from lib.govern.evidence.reading import lines, text
from lib.i18n import use_language
from lib.tasks.check_titles import check_title

FORMULAS = ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x.invalid")']


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


def ran(database, actor, said="a coat", comment="well done", engine="built-in", check="claims"):
    run = start_run(
        database, actor, use_case="product_descriptions", kind="generation", method="drafter", method_version="1",
        inputs={"brief": said, "materials": ["wool", "silk"]}, task="describe_product", engine=engine,
    )  # fmt: skip
    result = CheckResult(check, (Finding("text", Verdict.FAIL, "Says {words}", {"words": said[:80]}),))
    finish_run(database, actor, run, output={"text": said}, status="done", seconds=1.0, checks=[result], cost=0.5)
    add_review(database, actor, run, "approved", rating=5, comment=comment)
    return run


def cells(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [(sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(database, actor, formula):
    ran(database, actor, formula, formula, formula)
    found = cells(files.xlsx(database, actor, Wanted()))
    assert {cell.data_type for _sheet, cell in found} <= {"s", "n", "d"}
    read = list(csv.reader(io.StringIO(files.csv(database, actor, Wanted()).decode("utf-8-sig"))))
    assert not [cell for row in read for cell in row if cell.lstrip().startswith(tuple("=+@＝")) or cell[:2] == "-2"]


def test_the_files_hold_the_verdicts(database, actor):
    run = ran(database, actor)
    found = cells(files.xlsx(database, actor, Wanted()))
    for sheet, said in (("Runs", "Approved"), ("Checks", "Says a coat"), ("Verdicts", "well done"), ("Runs", run)):
        assert said in [cell.value for title, cell in found if title == sheet]
    (line,) = files.jsonl(database, actor, Wanted()).decode().splitlines()
    one = json.loads(line)
    assert one["id"] == run and one["output"] == {"text": "a coat"} and one["person"] == "Ada"
    assert one["verdicts"][0]["comment"] == "well done" and one["checks"][0]["findings"][0]["values"]
    assert actor.person not in line
    rows = list(csv.DictReader(io.StringIO(files.csv(database, actor, Wanted()).decode("utf-8-sig"))))
    assert rows[0]["Verdict"] == "Approved" and rows[0]["Rating"] == "5" and rows[0]["Run"] == run


def test_many_runs_are_all_there(database, actor):
    made = [ran(database, actor, f"coat {number}") for number in range(430)]  # more than are held at once
    found = [json.loads(line)["id"] for line in files.jsonl(database, actor, Wanted()).splitlines()]
    assert found == made[::-1]
    assert files.csv(database, actor, Wanted()).count(b"\r\n") == 431


def test_a_text_longer_than_a_cell_is_cut_there_and_whole_in_json(database, actor):
    ran(database, actor, "x" * 40_000)
    assert max(len(str(cell.value or "")) for _sheet, cell in cells(files.xlsx(database, actor, Wanted()))) == 32_767
    assert b"x" * 40_000 in files.jsonl(database, actor, Wanted())


@pytest.mark.parametrize("write", [files.csv, files.xlsx, files.jsonl])
def test_an_export_with_nothing_in_it_says_so(database, actor, stranger, write):
    ran(database, actor)
    with pytest.raises(InputError, match="nothing to export"):
        write(database, actor, Wanted(words="nowhere"))
    with pytest.raises(InputError):
        write(database, stranger, Wanted())


def test_too_many_for_a_workbook_is_said(database, actor, monkeypatch):
    monkeypatch.setattr(files, "MOST_IN_A_WORKBOOK", 1)
    ran(database, actor)
    ran(database, actor)
    with pytest.raises(InputError, match="shorter period"):
        files.xlsx(database, actor, Wanted())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_run_as_a_pdf_can_be_read(database, actor, language):
    run = ran(database, actor, "Un manteau <b>de laine</b> & soie")
    with use_language(language):
        link, broken = link_of_run(database, actor, run), check_run(database, actor, run)
        content = document.pdf(one_run(database, actor, run), "Describe", link, broken, "Write a text.")
    read = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    for said in (
        run,
        "Ada",
        "<b>de laine</b> & soie",
        "well done",
        "Write a text.",
        link.digest[:40],
        "materials.0: wool",
    ):
        assert said in read
    assert ("Approuvé" if language == "fr" else "Approved") in read


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pdf_says_how_well_each_check_reads(database, actor, language):
    run = ran(database, actor, check="pii")
    with use_language(language):
        content = document.pdf(one_run(database, actor, run), "Describe", None, None)
        said = document.reads("pii")
    read = " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())
    assert f" {measured('pii').cases} " in said and said in read
    assert {"en": "How well it reads", "fr": "Qualité de lecture"}[language] in read
    assert {"en": "that it had never seen", "fr": "cas étiquetés"}[language] in read


def test_a_check_without_a_measurement_and_a_weak_one_say_so(monkeypatch):
    assert document.reads("no_longer_known") == "Not measured"
    share, none = Share(0.5, 0.4, 0.6), Share(None, None, None)
    for shares, said in (
        ((share, share, share), "Weak: found 5, false 5 · 40 cases"),
        ((Share(0.9, 0.8, 1.0),) * 3, "Found 9, false 1 · 40 cases"),
        ((none, Share(0.0, 0.0, 0.1), none), "Weak: no warning on 40 cases"),
    ):
        made = Measured("tone", "all", 40, *shares, per_second=1.0)
        monkeypatch.setattr(document, "measured", lambda check, made=made: made)
        assert document.reads("tone") == said


def test_the_pdf_of_an_erased_and_of_a_changed_run(database, actor):
    erased, changed = ran(database, actor), ran(database, actor)
    erase_runs(database, actor, [erased])
    database.execute("update runs set inputs = 'no json', output = '{\"text\": \"other\"}' where id = ?", [changed])
    link, broken = link_of_run(database, actor, erased), check_run(database, actor, erased)
    assert broken is None
    content = document.pdf(one_run(database, actor, erased), "t", link, None)
    read = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "was erased on" in read and "a coat" not in read
    assert check_run(database, actor, changed).fault == "changed"
    assert "no json" in files.jsonl(database, actor, Wanted()).decode()  # as it stands, and nothing crashes
    assert files.xlsx(database, actor, Wanted())


def test_a_value_reads_as_lines():
    assert lines({"a": {"b": ["x", 2]}, "c": None, "d": [], "e": "two\nlines"}) == [
        "a.b.0: x", "a.b.1: 2", "c: null", "d: []", "e: two\nlines",
    ]  # fmt: skip
    assert text({}) == "" and text("plain") == "plain"
    value = "core"
    for _level in range(100):
        value = {"a": value}
    (said,) = lines(value)
    assert "core" in said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_kind_of_record_and_check_is_said_in_words(database, actor, language):
    assert set(saying.RECORD_NAMES) == set(KINDS)
    ran(database, actor)
    with use_language(language):
        names = {str(cell.value) for sheet, cell in cells(files.xlsx(database, actor, Wanted())) if cell.column == 2}
        assert {"en": "Claims traced to the product", "fr": "Allégations reliées au produit"}[language] in names
        assert check_title("no_longer_known") == "no longer known"


def test_findings_that_were_written_by_hand_are_left_out(database, actor):
    for written in ("[1]", '{"a": 1}', "no json", '[{"message": "Says {words}", "values": 3}]'):
        ran(database, actor)
        database.execute("update check_results set findings = ?", [written])
        assert files.xlsx(database, actor, Wanted()) and document.findings_said(json.loads("[1]")) == []


def test_after_a_deletion_no_export_and_no_error_holds_the_person(database, actor):
    """A sentinel in a run, its checks, verdicts and files; then every way out of the log."""
    sentinel, name = "zq7sentinelkx", "Zebulon Quux"
    person, _token = create_person(database, name)
    colleague = actor_for(database, person, join(database, person, make_join_code(database, actor, Role.INNOVATOR)))
    run = ran(database, colleague, sentinel, sentinel)
    add_review(database, actor, run, "sent_back", comment=sentinel)
    ran(database, actor)
    assert sentinel in files.jsonl(database, actor, Wanted()).decode()
    erase_person(database, actor, person)
    said = [str(cell.value) for _sheet, cell in cells(files.xlsx(database, actor, Wanted()))]
    said += [write(database, actor, Wanted()).decode() for write in (files.csv, files.jsonl)]
    content = document.pdf(one_run(database, actor, run), "t", link_of_run(database, actor, run), None)
    said += [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    with pytest.raises(InputError) as raised:
        files.csv(database, actor, Wanted(words=sentinel[:6]))
    said.append("".join(traceback.format_exception(raised.value)))
    assert not [text for text in said if sentinel in text or name in text or person in text]
