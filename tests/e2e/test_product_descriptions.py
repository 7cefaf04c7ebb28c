"""Product descriptions as an executive, an innovation manager and a trainer use it, in a real browser."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from lib.commerce.product_descriptions.exports import PIM_COLUMNS
from lib.settings import ROOT
from tests.e2e import product_page as on_page
from tests.e2e.app import LOCALES, Visit, context, visit
from tests.e2e.product_page import SLUG, words
from tests.fixtures.make_files import FORMULAS, MARKUP, TEMPLATES
from tests.fixtures.make_files import write as write_files

pytestmark = [pytest.mark.e2e, pytest.mark.long]  # minutes in a real browser: `make test-all`
TITLES = {"en": "Product descriptions", "fr": "Descriptions produit"}
UNSUPPORTED = {
    "en": ("The softest in the world, certified organic.", ("in the world", "organic")),
    "fr": ("Le plus doux du monde, certifié biologique.", ("du monde", "biologique")),
}
REASON = "Vu avec le juridique"
FIRST = {"en": ("MS-DR1001", "570.00"), "fr": ("SF-DR1001", "590.00")}  # the demo house's, in the reader's language
LEARNING = 240_000  # milliseconds: what sold is learned once per server, beside everything else that it does


def marked(page: Page) -> str:
    """The passages marked as doubtful or wrong, their notes left out."""
    marks = page.locator('[data-testid="stColumn"] mark.toile-warn, [data-testid="stColumn"] mark.toile-fail')
    return " | ".join(mark.evaluate("node => node.firstChild.textContent") for mark in marks.all())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_home_to_an_approved_description(visitor: Callable[..., Visit], language: str) -> None:
    someone = visitor(language)
    page = someone.open()
    page.locator(".toile-plate a", has_text=TITLES[language]).click()
    page.wait_for_url(f"**/{SLUG}?lang=*")
    someone.settle()
    on_page.write(someone)
    assert on_page.option_buttons(page).count() == 3
    # What was written is brought into view: on a small screen it stands far below the button.
    expect(page.locator(".st-key-options")).to_be_in_viewport()
    assert page.locator("mark.toile-pass").count() > 20
    on_page.choose(someone, 2)
    text, passages = UNSUPPORTED[language]
    on_page.edit(someone, "Body", text)
    page.locator(".st-key-desk mark.toile-fail").first.wait_for()
    someone.settle()
    # What is wrong stands right under its field, in words.
    row = page.locator(".st-key-desk [data-testid='stHorizontalBlock']", has=page.locator("mark.toile-fail"))
    expect(row.locator(".toile-findings")).to_contain_text(passages[-1])
    assert all(passage in marked(page) for passage in passages)
    # The verdicts are those on the text that would be approved, not on what the engine had written.
    expect(page.locator(".toile-checks > li").first).to_have_class("toile-is-fail")
    assert_found_again(someone, text)
    approve(someone)
    assert_files(someone, text)


def assert_found_again(someone: Visit, text: str) -> None:
    """In a second tab the same person finds run, choice and edit."""
    other = visit(someone.page.context, someone.address, someone.language)
    page = other.open(SLUG)
    page.get_by_role("heading", name=words(other, "Option {number}, to edit", number=2)).wait_for()
    expect(page.get_by_label(words(other, "Body"), exact=True)).to_have_value(text)
    assert other.complaints == []
    page.close()


def approve(someone: Visit) -> None:
    """Rate and approve what stands on the desk."""
    page = someone.page
    page.locator('[class*="st-key-rating_"] button', has_text="4").click()
    someone.settle()
    page.get_by_role("button", name=words(someone, "Approve"), exact=True).click()
    someone.settle()
    # What is to be fixed isn't approved in passing.
    page.locator('[class*="st-key-reason_"] textarea').fill(REASON)
    page.get_by_role("button", name=words(someone, "Approve all the same")).click()
    page.locator(".toile-reviews", has_text=words(someone, "{rating} of 5", rating=4)).wait_for()
    expect(page.locator(".toile-reviews").last).to_contain_text(REASON)
    page.locator('[class*="st-key-approved_"]').first.wait_for()
    someone.settle()


def assert_files(someone: Visit, text: str) -> None:
    """The chosen description as XLSX, CSV, JSON-LD and in the clipboard; then all that were approved."""
    page = someone.page
    sheet = openpyxl.load_workbook(on_page.take(someone, "XLSX")).active
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
    assert tuple(head) == PIM_COLUMNS and dict(zip(head, row, strict=True))["body"] == text
    (written,) = rows_of(on_page.take(someone, "CSV"))
    assert tuple(written) == PIM_COLUMNS
    sku, price = FIRST[someone.language]
    assert (written["sku"], written["language"], written["body"]) == (sku, someone.language, text)
    # The one on the desk is the one that was approved, and its row says by whom and over what.
    assert (written["status"], written["edited"], written["approval_reason"]) == ("approved", "yes", REASON)
    assert int(written["findings_to_fix"]) >= 2
    data = json.loads(on_page.take(someone, "JSON-LD").read_text(encoding="utf-8"))
    assert (data["@type"], data["sku"], data["offers"]["price"]) == ("Product", sku, price)
    assert text in data["description"]
    assert any(
        row["body"] == text and row["status"] == "approved" for row in rows_of(on_page.take(someone, "CSV", "approved"))
    )
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=words(someone, "Copy the text")).click()
    page.get_by_text(words(someone, "Copied"), exact=True).wait_for()
    assert text in page.evaluate("navigator.clipboard.readText()")


def rows_of(path: Path) -> list[dict[str, str]]:
    """A CSV export's rows, whichever of the two usual separators it has."""
    content = path.read_text(encoding="utf-8-sig")
    separator = ";" if content.split("\n", 1)[0].count(";") else ","
    return list(csv.DictReader(content.splitlines(keepends=True), delimiter=separator))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_sold_is_a_picture_that_states_its_finding(visitor: Callable[..., Visit], language: str) -> None:
    someone = visitor(language)
    page = someone.open(SLUG)
    page.locator(".toile-finding").first.wait_for(timeout=LEARNING)
    chart = page.locator('[data-testid="stVegaLiteChart"]').first
    chart.wait_for()
    someone.settle()
    assert "%" in page.locator(".toile-finding").first.inner_text()
    page.get_by_text(words(someone, "These figures as a table")).first.wait_for()


def test_a_house_brings_its_own_french_files(visitor: Callable[..., Visit], tmp_path: Path) -> None:
    someone = visitor("fr")
    page = someone.open(SLUG)
    part = on_page.own_file(someone)
    # Windows-1252, semicolons, French column names that are all known: nothing is asked.
    on_page.bring(someone, part, ROOT / "sample_data" / "produits.csv")
    expect(on_page.product_box(someone)).to_have_value("Robe nuisette Dariole · SF-DR1001")
    # Names that are guessed are shown, and rows that can't be used are listed with their line until they are left out.
    on_page.bring(someone, part, messy(tmp_path))
    part.get_by_text("À quoi correspond chaque colonne", exact=False).wait_for()
    table = part.locator(".toile-table").first
    expect(table).to_contain_text("douze cents euros")
    assert [cell.inner_text() for cell in table.locator("td[data-name='Ligne']").all()] == ["5", "6"]
    expect(part.locator('[class*="_use_"] button')).to_be_disabled()
    expect(on_page.product_box(someone)).to_have_value("Robe nuisette Dariole · SF-DR1001")
    on_page.use_rows(someone, part)
    expect(on_page.product_box(someone)).to_have_value("Nuisette longue en biais · 10-4431")
    on_page.write(someone)
    assert "uisette longue en biais" in page.locator(".toile-title").first.inner_text()
    assert_few_posts_are_said(someone, write_files(tmp_path, ["own_posts_french.csv"])["own_posts_french.csv"])


def messy(folder: Path) -> Path:
    """A house's French export with a product without a name on line 5 and a price in words on line 6."""
    path = write_files(folder, ["own_french.csv"])["own_french.csv"]
    rows = "30-0001;;Robes;Os;soie;Italie;495,00;;\r\n30-0002;Robe longue;Robes;Os;soie;Italie;douze cents euros;;\r\n"
    path.write_bytes(path.read_bytes() + rows.encode("cp1252"))
    return path


def assert_few_posts_are_said(someone: Visit, few: Path) -> None:
    """Four posts teach nothing: the page says so, keeps saying so, and writes all the same."""
    posts = on_page.own_file(someone, "Past posts and their results")
    on_page.bring(someone, posts, few)
    posts.locator('[class*="_use_"] button').wait_for()
    on_page.use_rows(someone, posts)
    warning = someone.page.locator('[data-testid="stAlert"]')
    warning.wait_for()
    someone.settle()
    on_page.write(someone)
    expect(warning).to_contain_text("4")
    assert someone.page.locator(".toile-finding").count() == 0


BAD = {  # what the message must name, in each language
    "empty.csv": ("is empty", "est vide"),
    "wrong_columns.csv": ("lacks what is needed", "Il manque à wrong_columns.csv"),
    "header_only.csv": ("no row", "aucune ligne"),
    "elf.csv": ("is a program", "est un programme"),
    "png_named.xlsx": ("is an image", "est une image"),
    "pickle.csv": ("is a database", "est une base de données"),
    "truncated.xlsx": ("is damaged", "est abîmé"),
    "rows_200000.csv": ("more than 100,000 rows", "plus de 100"),
}
ROWS = {
    "no_name.csv": ("The cell is empty", "La cellule est vide"),
    "price_in_words.csv": ("is not a number", "n’est pas un nombre"),
}
ODD = ("utf16_le.csv", "latin1.csv", "semicolons.csv")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_bad_file_gets_its_message_and_loses_nothing(
    visitor: Callable[..., Visit], language: str, tmp_path: Path
) -> None:
    someone = visitor(language)
    page = someone.open(SLUG)
    on_page.write(someone)
    title = page.locator(".toile-title").first.inner_text()
    part = on_page.own_file(someone)
    at = list(LOCALES).index(language)
    for name, said in BAD.items():
        on_page.bring(someone, part, write_files(tmp_path, [name])[name])
        alert = part.locator('[data-testid="stAlert"]').filter(has_text=name)
        expect(alert).to_contain_text(said[at])
    for name, said in ROWS.items():
        on_page.bring(someone, part, write_files(tmp_path, [name])[name])
        expect(part.locator(".toile-table").first).to_contain_text(said[at])
    # What was written before still stands there.
    expect(page.locator(".toile-title").first).to_have_text(title)
    for name in ODD:
        on_page.bring(someone, part, write_files(tmp_path, [name])[name])
        expect(part.get_by_role("combobox", name=words(someone, "Your files"))).to_have_value(starts(name))
        expect(on_page.product_box(someone)).to_have_value("Robe nuisette Ondine · F-001")
    page.reload()
    someone.settle()
    expect(on_page.product_box(someone)).to_have_value("Robe nuisette Ondine · F-001")
    expect(page.locator(".toile-title").first).to_have_text(title)


def starts(text: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(text)} · ")


HOSTILE = {"html.csv": MARKUP, "jinja.csv": TEMPLATES, "formulas.csv": FORMULAS}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_nothing_in_a_file_is_executed(visitor: Callable[..., Visit], name: str, tmp_path: Path) -> None:
    someone = visitor("fr")
    page = someone.open(SLUG)
    fired: list[str] = []
    page.on("dialog", lambda dialog: (fired.append(dialog.message), dialog.dismiss()))
    part = on_page.own_file(someone)
    on_page.bring(someone, part, write_files(tmp_path, [name])[name])
    expect(on_page.product_box(someone)).to_have_value(re.compile("X-0$"))
    for number in range(3):
        box = on_page.product_box(someone)
        box.fill(f"X-{number}")
        box.press("Enter")
        someone.settle()
        expect(box).to_have_value(re.compile(f"X-{number}$"))
        on_page.write(someone)
        assert_inert(page)
    on_page.edit(someone, "Body", HOSTILE[name][0])
    page.get_by_role("button", name=words(someone, "Back to what the engine wrote")).wait_for()
    assert_inert(page)
    sheet = openpyxl.load_workbook(on_page.take(someone, "XLSX")).active
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    cells = [cell for row in rows_of(on_page.take(someone, "CSV")) for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "-", "\t", "\r")]
    assert fired == []


def assert_inert(page: Page) -> None:
    """No script ran, no element of the file's came to be, no template was filled in."""
    assert not page.evaluate(on_page.PAYLOADS_RAN)
    assert page.locator('[data-testid="stMain"] iframe, [data-testid="stMain"] [onerror], [onload]').count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.locator('[data-testid="stException"]').count() == 0
    assert "49" not in page.locator(".toile-title").first.inner_text()


def test_the_whole_flow_works_by_touch_on_a_phone(browser: Browser, app: str) -> None:
    size = {"width": 390, "height": 844}
    with context(browser, "fr", size["width"], has_touch=True, is_mobile=True) as phone:
        someone = visit(phone, app, "fr")
        page = someone.open(SLUG)
        page.locator(".st-key-run button").tap()
        on_page.option_buttons(page).nth(2).wait_for(state="attached")
        someone.settle()
        expect(page.locator(".st-key-options")).to_be_in_viewport()
        # Three whole texts below one another would be screens apart: the choice is a list, the chosen text follows.
        expect(page.locator(".st-key-option_cards")).to_be_hidden()
        page.locator(".st-key-option_pick label", has_text="3 ·").tap()
        page.get_by_role("heading", name="Proposition 3, à retoucher").wait_for()
        someone.settle()
        on_page.edit(someone, "Title", "Une robe pour le soir")
        page.locator(".st-key-desk .toile-title", has_text="Une robe pour le soir").wait_for()
        someone.settle()
        page.locator('[class*="st-key-rating_"] button', has_text="5").tap()
        someone.settle()
        page.get_by_role("button", name="Approuver", exact=True).tap()
        page.locator(".toile-reviews", has_text="5 sur 5").wait_for()
        page.locator('[class*="st-key-approved_"]').first.wait_for()
        someone.settle()
        with page.expect_download() as awaited:
            page.locator('[class*="st-key-one_"] button', has_text="XLSX").tap()
        assert awaited.value.suggested_filename.endswith(".xlsx")
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        assert someone.complaints == []


def test_the_keyboard_alone_writes_and_chooses(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en")
    page = someone.open(SLUG)
    tab_to(page, "document.activeElement.closest('.st-key-run')", 60)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    on_page.option_buttons(page).nth(2).wait_for()
    someone.settle()
    # The focus has gone along to the options, so the next button is theirs.
    tab_to(page, "document.activeElement.closest('[class*=st-key-choose_]')", 5)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Option 2, to edit").wait_for()


def test_buttons_stand_in_one_line_and_marks_beside_their_field(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr")
    page = someone.open(SLUG)
    on_page.write(someone)
    boxes = [box.bounding_box() for box in on_page.option_buttons(page).all()]
    assert max(box["y"] for box in boxes if box) - min(box["y"] for box in boxes if box) < 2
    for row in page.locator(".st-key-desk [data-testid='stHorizontalBlock']").all():
        text, area = row.locator(".stHtml").last.bounding_box(), row.locator("textarea").bounding_box()
        assert text and area and text["x"] + text["width"] <= area["x"] and abs(text["y"] - area["y"]) < 60


def tab_to(page: Page, found: str, limit: int) -> None:
    """Press Tab until the focus is where ``found`` holds."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate(f"Boolean({found})"):
            return
    raise AssertionError(f"{limit} times Tab didn't reach it")
