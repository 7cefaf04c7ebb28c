"""Who is who, in a real browser: a person is kept, moved by link, and never left in the address bar."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.e2e.app import Visit, context, serving, visit

pytestmark = pytest.mark.e2e
KEPT = "localStorage.getItem('toile.person')"


def name_oneself(someone: Visit, name: str) -> Page:
    """Type a name on the Workspace page and wait until it is saved."""
    page = someone.open("workspace")
    page.get_by_role("textbox", name="Your name").fill(name)
    page.get_by_role("button", name="Save the name").click()
    someone.settle()
    page.get_by_text(f"{name} (you)").wait_for()
    return page


def test_a_person_is_the_same_after_a_refresh_and_in_a_second_tab(visitor: Callable[..., Visit]) -> None:
    someone = visitor()
    page = name_oneself(someone, "Ada")
    token = page.evaluate(KEPT)
    assert len(token) >= 40
    page.reload()
    someone.settle()
    assert page.get_by_role("textbox", name="Your name").input_value() == "Ada"
    assert page.evaluate(KEPT) == token


@pytest.mark.parametrize("form", ["/#me={}", "/?me={}", "/workspace?lang=en#me={}", "/workspace?me={}&lang=en"])
def test_a_personal_link_moves_a_person_and_leaves_the_address(visitor: Callable[..., Visit], form: str) -> None:
    token = name_oneself(visitor(), "Grace").evaluate(KEPT)
    elsewhere = visitor()
    seen: list[str] = []
    elsewhere.page.on("framenavigated", lambda frame: seen.append(frame.url))
    elsewhere.page.goto(elsewhere.address + form.format(token))
    page = elsewhere.settle()
    assert page.evaluate(KEPT) == token
    assert token not in page.url and "me=" not in page.url
    page.locator('[data-testid="stSidebarNavLink"]', has_text="Workspace").click()
    page.get_by_role("textbox", name="Your name").wait_for()
    elsewhere.settle()
    assert page.get_by_role("textbox", name="Your name").input_value() == "Grace"
    # 'Back' doesn't bring it up again.
    page.go_back()
    assert token not in page.url


def test_another_persons_link_is_asked_about_first(visitor: Callable[..., Visit]) -> None:
    token = name_oneself(visitor(), "Mallory").evaluate(KEPT)
    victim = visitor()
    own = name_oneself(victim, "Ada").evaluate(KEPT)
    victim.page.goto("about:blank")
    victim.page.goto(f"{victim.address}/#me={token}")
    page = victim.settle()
    page.get_by_text("You opened another person's link").wait_for()
    assert page.evaluate(KEPT) == own
    page.get_by_role("button", name="Stay who I am").click()
    victim.settle()
    expect(page.get_by_text("You opened another person's link")).to_have_count(0)
    assert page.evaluate(KEPT) == own


def test_the_shown_link_is_the_one_that_works(visitor: Callable[..., Visit]) -> None:
    someone = visitor()
    page = name_oneself(someone, "Ada")
    page.get_by_text("Show my personal link").click()
    someone.settle()
    link = page.locator('[data-testid="stCode"] code').inner_text().strip()
    assert link == f"{someone.address}/#me={page.evaluate(KEPT)}"


def test_a_renewed_link_voids_the_old_one(visitor: Callable[..., Visit]) -> None:
    someone = visitor()
    page = name_oneself(someone, "Ada")
    old = page.evaluate(KEPT)
    page.get_by_text("Show my personal link").click()
    someone.settle()
    page.get_by_role("button", name="Make a new link").click()
    page.wait_for_function(f"{KEPT} !== '{old}'")
    someone.settle()
    page.reload()
    someone.settle()
    assert page.get_by_role("textbox", name="Your name").input_value() == "Ada"
    late = visitor()
    late.page.goto(f"{late.address}/#me={old}")
    late.settle().get_by_text("This personal link opens nothing").wait_for()


def test_a_workspace_chosen_stays_after_a_refresh(visitor: Callable[..., Visit]) -> None:
    someone = visitor()
    page = someone.open("workspace")
    page.get_by_label("Name of the workspace").fill("Knitwear pilot")
    page.get_by_role("button", name="Create the workspace").click()
    someone.settle()
    chosen = page.locator('[data-testid="stSidebar"]').get_by_role("combobox", name="Workspace")
    expect(chosen).to_have_value("Knitwear pilot")
    expect(page.get_by_label("Name of the workspace")).to_have_value("")  # the next one begins with an empty form
    page.reload()
    someone.settle()
    expect(chosen).to_have_value("Knitwear pilot")


def test_the_frame_can_be_read_aloud(visitor: Callable[..., Visit]) -> None:
    page = visitor("fr").open()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("h1").count() == 1
    assert page.get_by_role("navigation", name="La chaîne de valeur").count() == 1
    for name in ("Espace de travail", "Moteur"):
        assert page.locator('[data-testid="stSidebar"]').get_by_label(name).count() >= 1


def test_streamlits_own_words_are_in_the_readers_language(visitor: Callable[..., Visit], tmp_path: Path) -> None:
    """Toolbars, tooltips, a refused file; what a chart's toolbar offers is of use to a reader."""
    visit = visitor("fr")
    page = visit.open("roadmap")
    page.locator('[data-testid="stVegaLiteChart"]').first.hover()
    bar = page.locator('[data-testid="stElementToolbar"]').first
    whole = bar.get_by_role("button", name=re.compile("^Plein écran"))
    expect(whole).to_be_visible()
    expect(bar.get_by_role("button", name=re.compile("^Télécharger en PNG"))).to_be_visible()
    for of_no_use in ("Show data", "Copy Vega-Lite spec"):
        expect(bar.locator(f'button[aria-label^="{of_no_use}"]')).to_be_hidden()
    whole.hover()
    expect(page.get_by_role("tooltip")).to_have_text("Plein écran")
    page.mouse.move(0, 0)

    visit.open("checks")
    page.get_by_role("tab").nth(1).click()
    page.locator(".st-key-checks_sample_documents").wait_for()
    visit.settle()
    heavy = tmp_path / "heavy.csv"
    with heavy.open("wb") as file:
        file.truncate(61 * 2**20)
    page.locator('input[type="file"]').first.set_input_files(heavy)
    chip = page.locator('[data-testid="stFileChip"]').first
    expect(chip.get_by_role("alert")).to_have_text("Erreur : Ce fichier est trop lourd : 50 Mo au plus.")
    expect(chip.get_by_role("button", name="Retirer heavy.csv")).to_be_visible()
    chip.hover()
    expect(page.get_by_role("tooltip")).to_have_text("Ce fichier est trop lourd : 50 Mo au plus.")


def test_streamlits_own_words_follow_a_change_of_language(visitor: Callable[..., Visit]) -> None:
    visit = visitor("fr")
    page = visit.open("workspace")
    side = page.locator('[data-testid="stSidebar"]')
    expect(side.get_by_role("button", name="Ouvrir", exact=True).first).to_be_visible()
    side.get_by_text("English").click()
    expect(page.get_by_role("heading", level=1, name="Workspace")).to_be_visible()
    visit.settle()
    expect(side.get_by_role("button", name="Open", exact=True).first).to_be_visible()
    expect(side.get_by_role("button", name="Ouvrir", exact=True)).to_have_count(0)


def test_a_link_pasted_into_an_open_tab_is_taken_out_too(visitor: Callable[..., Visit]) -> None:
    token = name_oneself(visitor(), "Grace").evaluate(KEPT)
    someone = visitor()
    page = someone.open("workspace")
    page.evaluate(f"location.hash = 'me={token}'")
    page.get_by_role("button", name="Continue as that person").click()
    page.wait_for_function(f"{KEPT} === '{token}'")
    someone.settle()
    assert "me=" not in page.url
    assert page.get_by_role("textbox", name="Your name").input_value() == "Grace"


def test_the_first_visitor_of_a_server_may_come_by_a_pages_address(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as address, context(browser, "fr") as first:
        page = visit(first, address, "fr").open("workspace")
        assert page.locator("h1").inner_text() == "Espace de travail"
        assert page.get_by_role("dialog").count() == 0


def test_a_browser_says_once_who_reads_so_that_the_page_is_drawn_in_one_go(visitor: Callable[..., Visit]) -> None:
    """A second answer would break off the run that draws the page, and fields could stand empty afterwards."""
    visit, told = visitor(), list[bool]()

    def count(frame: str | bytes) -> None:
        told.append(b"answer" in (frame if isinstance(frame, bytes) else frame.encode()))

    visit.page.on("websocket", lambda socket: socket.on("framesent", count))
    for _visit in range(3):
        told.clear()
        visit.open("prioritisation_matrix")
        visit.page.wait_for_timeout(1_500)
        assert sum(told) == 1


def test_an_answer_that_is_lost_on_its_way_is_given_again(visitor: Callable[..., Visit]) -> None:
    visit, lost = visitor(), list[bool]()

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(frame: str | bytes) -> None:
            if not lost and b"answer" in (frame if isinstance(frame, bytes) else frame.encode()):
                lost.append(True)
            else:
                server.send(frame)

        socket.on_message(pass_on)

    visit.page.route_web_socket("**/_stcore/stream", between)
    visit.open("workspace").get_by_role("textbox", name="Your name").wait_for()
    assert lost


def test_who_erases_themselves_reads_that_it_is_done(visitor: Callable[..., Visit]) -> None:
    """They are met anew first, in a run of its own; what was told there would be gone at once."""
    someone = visitor()
    page = name_oneself(someone, "Mary")
    someone.open("evidence")
    page.get_by_role("tab", name="Erase").click()
    for box in ("In all of my workspaces", "Erase it for good"):
        someone.settle()
        page.get_by_text(box).click()
    someone.settle()
    page.get_by_role("button", name="Erase my data").click()
    someone.settle()
    expect(page.get_by_text("Erased:")).to_be_visible()
