"""Home as its readers use it: what it says, where it leads, and that a language once chosen stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib.catalogue import USE_CASES
from tests.e2e.app import Visit

pytestmark = pytest.mark.e2e
TITLES = {"en": ("Product descriptions", "Home"), "fr": ("Descriptions produit", "Accueil")}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_ready_use_case_opens_from_the_picture_without_loading_the_app_again(
    visitor: Callable[..., Visit], language: str
) -> None:
    someone = visitor(language)
    page = someone.open()
    page.evaluate("window.sameDocument = true")
    page.locator(".toile-plate a", has_text=TITLES[language][0]).click()
    page.wait_for_url("**/product_descriptions?lang=*")
    someone.settle()
    assert page.locator("h1").inner_text() == TITLES[language][0]
    assert page.url.endswith(f"?lang={language}")
    assert page.evaluate("window.sameDocument") is True


def test_the_keyboard_reaches_the_use_case(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en")
    page = someone.open()
    link = page.locator(".toile-plate a").first
    link.focus()
    assert link.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/sketch_to_design?lang=en")
    someone.settle()


def test_tab_reaches_every_link_of_the_page(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en")
    page = someone.open()
    wanted = page.locator('[data-testid="stMain"] a[data-page]').count()
    page.locator(".toile-action").focus()
    reached = 1
    while reached < wanted + 5:
        page.keyboard.press("Tab")
        if not page.evaluate("document.activeElement?.dataset?.page"):
            break
        reached += 1
    assert reached == wanted


def test_the_first_screen_says_what_it_is_for_and_what_to_do(visitor: Callable[..., Visit]) -> None:
    page = visitor("fr").open()
    for part in ("h1", ".toile-lead", ".toile-action", ".toile-piece h3"):
        box = page.locator(part).first.bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 900


@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_the_thread_leads_from_each_piece_to_the_next(visitor: Callable[..., Visit], width: int) -> None:
    page = visitor("fr", width).open()
    shown = [
        thread.evaluate("node => getComputedStyle(node).display") for thread in page.locator(".toile-thread").all()
    ]
    assert shown == ["block"] * 5 + ["none"]


def test_planned_use_cases_say_so(visitor: Callable[..., Visit]) -> None:
    page = visitor("fr").open()
    planned = page.locator(".toile-plate li.toile-planned")
    assert planned.count() == sum(case.status == "planned" for case in USE_CASES)
    assert all(text.endswith("prévu") for text in planned.all_inner_texts())
    assert planned.locator("a").count() == 0


def test_a_language_chosen_stays_over_pages_and_refresh(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en")
    page = someone.open()
    page.locator('[data-testid="stSidebar"] button', has_text="Français").click()
    page.wait_for_function("document.documentElement.lang === 'fr'")
    someone.settle()
    assert page.url.endswith("?lang=fr")
    page.locator('[data-testid="stSidebarNavLink"]', has_text="Espace de travail").click()
    page.wait_for_url("**/workspace?lang=fr")
    someone.settle()
    assert page.locator("h1").inner_text() == "Espace de travail"
    page.reload()
    someone.settle()
    assert page.locator("h1").inner_text() == "Espace de travail"
    assert page.title().startswith("Espace de travail")


def test_back_goes_back_one_page(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en")
    page = someone.open()
    page.locator('[data-testid="stSidebarNavLink"]', has_text="Workspace").click()
    page.wait_for_url("**/workspace?lang=en")
    someone.settle()
    page.go_back()
    page.wait_for_function("location.pathname === '/'")
    someone.settle()
    page.locator(".toile-plate").wait_for()


def test_without_a_wish_the_browsers_language_is_taken(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr")
    someone.page.goto(someone.address)
    page = someone.settle()
    assert page.locator("html").get_attribute("lang") == "fr"  # the browser's own language, no ?lang in the address
    assert page.url.endswith("?lang=fr")
