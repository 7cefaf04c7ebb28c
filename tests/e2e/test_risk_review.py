"""The risk review in a browser: refuse without evidence, attach, answer, two people sign, expiry, exports, French."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from lib.access import DEMO_WORKSPACE, Actor, Role
from lib.database import connect
from lib.database.page_states import remember
from lib.database.people import actor_for, create_person, create_workspace, join, make_join_code
from lib.shell.session import FRAME
from tests.e2e.app import HEIGHTS, Visit, context, serving, visit
from tests.e2e.test_pages import objections
from tests.govern.risk_review.reviews import SLUG, settle

pytestmark = pytest.mark.e2e
OPEN = "input_rights"  # the one required question that nobody has answered yet


@dataclass
class House:
    """An app with a workspace of two people, whose review lacks one answer."""

    address: str
    database: Path
    tokens: dict[str, str]
    browser: Browser
    contexts: list[BrowserContext]

    def arrive(self, name: str, language: str = "en", width: int = 1440, theme: str = "light") -> Visit:
        """One of the two, in a browser of their own, before the review."""
        self.contexts.append(context(self.browser, language, width, theme))
        made = visit(self.contexts[-1], self.address, language)
        made.open("", f"&me={self.tokens[name]}")
        return made


@pytest.fixture
def house(tmp_path: Path, browser: Browser) -> Iterator[House]:
    with serving(tmp_path) as address:
        path, tokens = tmp_path / "toile.db", {}
        with connect(path) as database:
            ada, tokens["Ada"] = create_person(database, "Ada")
            place = create_workspace(database, ada, "Atelier Ada")
            first = actor_for(database, ada, place)
            other, tokens["Bo"] = create_person(database, "Bo")
            join(database, other, make_join_code(database, first, Role.REVIEWER))
            settle(database, first)
            database.execute("delete from risk_answers where question = ?", [OPEN])
            database.execute("delete from risk_evidence where question = ?", [OPEN])
            for person in (ada, other):
                remember(database, Actor(person, DEMO_WORKSPACE, Role.INNOVATOR), FRAME, {"workspace": place})
        made = House(address, path, tokens, browser, [])
        yield made
        for each in made.contexts:
            each.close()


def tab(someone: Visit, name: str) -> None:
    """Open a part; a click that came while a fresh page was still being drawn is given once more."""
    wanted = someone.page.get_by_role("tab", name=name, exact=True)
    wanted.click()
    someone.settle()
    if wanted.get_attribute("aria-selected") != "true":
        wanted.click()
        someone.settle()


def press(someone: Visit, name: str, within: Page | Locator | None = None) -> None:
    (within or someone.page).get_by_role("button", name=name, exact=True).click()
    someone.settle()


def opened(someone: Visit) -> Page:
    return someone.open("risk_review", f"&case={SLUG}")


@pytest.mark.long
def test_an_answer_with_evidence_two_signatures_exports_and_the_end(house: House, tmp_path: Path) -> None:
    ada = house.arrive("Ada")
    page = opened(ada)
    press(ada, "Answer it", page.locator(f".st-key-risk_{OPEN}"))
    question = page.locator(f".st-key-risk_{OPEN}")
    question.get_by_role("radio", name="Yes", exact=True).click()
    ada.settle()
    press(ada, "Save the answer", question)
    expect(question.get_by_text("A ‘yes’ to this question needs evidence")).to_be_visible()

    proof = tmp_path / "rights list.txt"
    proof.write_text("All photographs are ours.", encoding="utf-8")
    question.locator("input[type=file]").set_input_files(proof)
    ada.settle()
    press(ada, "Attach this file", question)
    expect(question.get_by_text("rights list.txt")).to_be_visible()
    press(ada, "Save the answer", question)
    expect(question.get_by_text("Yes · Ada")).to_be_visible()

    tab(ada, "Sign-off")
    press(ada, "Sign this review")
    expect(page.get_by_text("Ada has signed; a second person has to.").first).to_be_visible()
    expect(page.get_by_role("button", name="Sign this review", exact=True)).to_have_count(0)

    bo = house.arrive("Bo")
    opened(bo)
    tab(bo, "Sign-off")
    press(bo, "Sign this review")
    expect(bo.page.get_by_text("Signed by two people, until").first).to_be_visible()
    bo.open(SLUG)
    expect(bo.page.get_by_role("link", name="Risk review: passed until")).to_be_visible()

    exports_are_whole(bo)
    expiry_ends_it(house, ada)


def exports_are_whole(someone: Visit) -> None:
    opened(someone)
    tab(someone, "Take away")
    found = {}
    for name in ("PDF", "DOCX", "All answers, XLSX"):
        with someone.page.expect_download() as waited:
            someone.page.get_by_role("button", name=name).click()
        found[name] = waited.value.path().read_bytes()
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(found["PDF"]))
    assert "Signed by two people" in " ".join(text.split())
    assert "rights list.txt" in text
    assert any("Ada" in one.text for one in Document(io.BytesIO(found["DOCX"])).paragraphs)
    assert load_workbook(io.BytesIO(found["All answers, XLSX"])).sheetnames == ["Answers", "History", "Signatures"]


def expiry_ends_it(house: House, someone: Visit) -> None:
    yesterday = (dt.date.today() - dt.timedelta(days=1)).isoformat()
    with connect(house.database) as database:
        database.execute("update risk_signatures set expires_on = ?", [yesterday])
    page = opened(someone)
    expect(page.get_by_text("The signatures held until").first).to_be_visible()
    someone.open(SLUG)
    expect(page.get_by_role("link", name="Risk review: not passed")).to_be_visible()


@pytest.mark.long
def test_two_who_sign_in_the_same_moment_take_one_seat_each_or_read_why_not(house: House) -> None:
    both = [house.arrive("Ada"), house.arrive("Bo")]
    with connect(house.database) as database:
        ada = next(iter(database.query("select person_id, workspace_id from risk_answers limit 1")))
        settle(database, actor_for(database, ada["person_id"], ada["workspace_id"]))
    for someone in both:
        opened(someone)
        tab(someone, "Sign-off")
    for someone in both:  # the second is pressed before the first is answered
        someone.page.get_by_role("button", name="Sign this review", exact=True).click(no_wait_after=True)
    for someone in both:
        someone.settle()
        assert someone.page.locator('[data-testid="stException"]').count() == 0
    with connect(house.database) as database:
        signed = list(database.query("select person_id, round, seat from risk_signatures"))
    assert sorted((one["round"], one["seat"]) for one in signed) == [(1, 1), (1, 2)]
    assert len({one["person_id"] for one in signed}) == 2


TABS = {
    "en": ("Class and duties", "Sign-off", "Incidents", "Take away"),
    "fr": ("Classe et obligations", "Signature", "Incidents", "Emporter"),
}


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "width", "theme"), [("fr", 390, "light"), ("fr", 1440, "dark"), ("en", 390, "dark")]
)
def test_every_part_of_a_review_can_be_read(
    visitor: Callable[..., Visit], language: str, width: int, theme: str
) -> None:
    someone = visitor(language, width, theme)
    page = someone.open("risk_review", "&case=virtual_try_on")
    page.locator(".st-key-risk_helped button").click()
    someone.settle()
    problems = {"questions": found} if (found := objections(someone)) else {}
    for name in TABS[language]:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        tab(someone, name)
        if found := objections(someone):
            problems[name] = found
    assert problems == {}


def test_from_the_sign_off_an_open_question_is_a_click_away(visitor: Callable[..., Visit]) -> None:
    someone = visitor()
    page = someone.open("risk_review", "&case=product_descriptions")
    tab(someone, "Sign-off")
    page.locator(".st-key-risk_missing_vendor_terms button").click()
    someone.settle()
    expect(page.locator(".st-key-risk_save_vendor_terms button")).to_be_visible()


def test_an_incident_is_logged_and_found_again(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr")
    page = someone.open("risk_review", "&case=stylist")
    tab(someone, "Incidents")
    page.get_by_text("Noter un incident ou un presque-accident").click()
    someone.settle()
    page.get_by_label("Ce qui s’est passé").fill("Un conseil citait une cliente par son nom <b>")
    page.keyboard.press("Tab")
    someone.settle()
    press(someone, "Noter")
    expect(page.get_by_text("Un conseil citait une cliente par son nom <b>", exact=True)).to_be_visible()
    page.reload()
    someone.settle()
    tab(someone, "Incidents")
    expect(page.get_by_text("Un conseil citait une cliente par son nom <b>", exact=True)).to_be_visible()


def test_on_a_phone_what_has_begun_stands_first_and_the_comparison_is_short(house: House) -> None:
    ada = house.arrive("Ada", "fr", 390)
    page = ada.open("risk_review")
    rows = page.locator(".toile-heat tbody tr")
    places = rows.evaluate_all("found => found.map(one => [one.offsetTop, one.offsetHeight, one.innerText])")
    first = min(places)
    scores = rows.filter(has_text="Descriptions produit").locator("td[class]")
    sides = scores.evaluate_all(
        "found => found.map(one => one.getBoundingClientRect()).map(one => [one.top, one.right])"
    )
    assert len({round(top) for top, _right in sides}) == 1  # the five beside each other, none cut off
    assert max(right for _top, right in sides) <= 390
    assert "Descriptions produit" in first[2]
    assert first[1] < 150  # pixels: a line of words and one of scores
    assert all(height < 100 for _top, height, words in places if words != first[2])
    assert objections(ada) == []


def test_a_file_too_large_is_refused_in_the_readers_words_and_a_path_leaves_its_name(
    visitor: Callable[..., Visit], tmp_path: Path
) -> None:
    someone = visitor("fr")
    page = someone.open("risk_review", "&case=stylist")
    page.locator(f".st-key-risk_driver_{OPEN} button").click()
    someone.settle()
    large = tmp_path / "film.bin"
    with large.open("wb") as made:
        made.truncate(500 * 2**20)
    page.locator("input[type=file]").set_input_files(large)
    someone.settle()
    refused = page.locator('[data-testid="stFileUploader"]:has([aria-invalid="true"])')
    expect(refused).to_be_visible()
    told = refused.evaluate("one => getComputedStyle(one, '::after').content")
    assert told.startswith('"Ce fichier n’a pas été pris')
    assert page.get_by_role("button", name="Joindre ce fichier").count() == 0

    page.reload()
    someone.settle()
    given: FilePayload = {"name": "../../etc/pass\u202ewd.txt", "mimeType": "text/plain", "buffer": b"rights"}
    page.locator("input[type=file]").set_input_files(given)
    someone.settle()
    press(someone, "Joindre ce fichier")
    kept = page.locator("[class*=st-key-risk_evidence_]")
    expect(kept).to_contain_text("passwd.txt")
    assert "etc" not in kept.inner_text()
