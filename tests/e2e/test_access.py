"""Log-in with a real provider on this machine, in a real browser; roles and workspaces that change meanwhile."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.access.provider import Provider, providing, secrets_file
from tests.e2e.app import Visit, context, free_port, serving, settle

ADA = {"name": "Ada Test", "email": "ada@house.example", "groups": ["design", "other"]}
BO = {"name": "Bo Test", "email": "bo@house.example", "groups": []}


@contextmanager
def house(folder: Path, required: bool) -> Iterator[tuple[str, Provider]]:
    """The app with a provider of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    with providing({"ada": dict(ADA), "bo": dict(BO)}) as provider:
        port = free_port()
        (folder / "secrets.toml").write_text(secrets_file(provider, f"http://127.0.0.1:{port}", required))
        with serving(folder, port) as address:
            yield address, provider


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Provider, Path]]:
    """An installation that demands a log-in."""
    folder = tmp_path_factory.mktemp("closed")
    with house(folder, required=True) as (address, provider):
        yield address, provider, folder


@pytest.fixture
def arriving(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes a fresh visitor's page."""
    contexts: list[BrowserContext] = []

    def arrive(language: str = "en") -> Page:
        contexts.append(context(browser, language))
        page = contexts[-1].new_page()
        page.set_default_timeout(45_000)
        return page

    yield arrive
    for each in contexts:
        each.close()


def log_in(page: Page, who: str, button: str = "Log in") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("link", name=who, exact=True).click()
    settle(page)


def rows(folder: Path, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(folder / "toile.db")) as database:
        return database.execute(query).fetchall()


def test_nobody_sees_a_page_before_they_log_in(closed, arriving):
    address, _provider, folder = closed
    for slug in ("", "workspace", "runs", "product_descriptions"):
        page = arriving()
        page.goto(f"{address}/{slug}?lang=en#me=whoever")
        expect(page.get_by_role("heading", name="Log in", exact=True)).to_be_visible()
        settle(page)
        assert page.get_by_role("heading", level=1).count() == 1
        page.context.close()
    with closing(sqlite3.connect(folder / "toile.db")) as database:
        tables = database.execute("select name from sqlite_master where name = 'people'").fetchall()
    assert not tables or rows(folder, "select * from people") == []


def test_a_person_is_known_again_and_in_the_house_of_their_group(closed, arriving):
    address, provider, folder = closed
    for _time in range(2):
        page = arriving()
        page.goto(f"{address}/?lang=en")
        log_in(page, "ada")
        page.goto(f"{address}/workspace?lang=en")
        expect(page.get_by_text("You are logged in as ada@house.example.")).to_be_visible()
        expect(page.get_by_text("Knitwear pilot").first).to_be_visible()
        assert page.get_by_text("Show my personal link").count() == 0
        page.context.close()
    assert {"/jwks", "/token", "/authorize"} <= set(provider.asked)
    assert rows(folder, "select name from people") == [("Ada Test",)]
    [(role,)] = rows(folder, "select role from memberships where workspace_id = 'house-knitwear'")
    assert role == "innovator"


def test_neither_address_nor_subject_is_kept(closed, arriving):
    address, provider, folder = closed
    provider.people["sentinel-subject"] = {"email": "sentinel@house.example", "groups": []}
    page = arriving()
    page.goto(f"{address}/?lang=en")
    log_in(page, "sentinel-subject")
    settle(page)
    whole = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != "secrets.toml")
    assert b"sentinel@house.example" not in whole and b"sentinel-subject" not in whole
    assert len(rows(folder, "select * from identities")) >= 1


def test_a_group_that_is_taken_away_ends_the_membership_at_the_next_log_in(closed, arriving):
    address, provider, folder = closed
    provider.people["bo"] = {**BO, "groups": ["toile-admins"]}
    members = "select count(*) from memberships where workspace_id = 'house-knitwear' and role = 'administrator'"
    for expected, groups in ((1, ["toile-admins"]), (0, [])):
        provider.people["bo"]["groups"] = groups
        page = arriving()
        page.goto(f"{address}/?lang=en")
        log_in(page, "bo")
        page.wait_for_selector("[data-testid=stSidebar]")
        assert rows(folder, members) == [(expected,)]
        page.context.close()


def test_logging_out_shuts_the_door(closed, arriving):
    address, provider, _folder = closed
    page = arriving()
    page.goto(f"{address}/?lang=en")
    log_in(page, "ada")
    page.goto(f"{address}/workspace?lang=en")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in", exact=True)).to_be_visible()
    assert "/logout" in provider.asked
    page.goto(f"{address}/runs?lang=en")
    expect(page.get_by_role("heading", name="Log in", exact=True)).to_be_visible()


def test_an_old_log_in_is_asked_for_again_in_the_readers_language(closed, arriving):
    address, provider, _folder = closed
    provider.age = 13 * 3600
    try:
        page = arriving("fr")
        page.goto(f"{address}/?lang=fr")
        log_in(page, "ada", "Se connecter")
        expect(page.get_by_text("Votre session a pris fin")).to_be_visible()
        assert page.get_by_role("heading", level=1).count() == 1
    finally:
        provider.age = 0


def test_after_the_log_in_a_link_leads_where_it_led(closed, arriving):
    """The provider comes back to the root; the page, its query and the language of the link aren't lost on the way."""
    address, provider, _folder = closed
    page = arriving()
    page.goto(f"{address}/runs?run=0123456789abcdef&lang=fr#me=whoever")
    provider.fault = "signature"  # a log-in that fails on the way loses nothing
    try:
        log_in(page, "ada", "Se connecter")
        expect(page.get_by_role("heading", name="Log in", exact=True)).to_be_visible()
        page.locator('[data-testid="stSidebar"]').get_by_text("Français").click()
    finally:
        provider.fault = ""
    log_in(page, "ada", "Se connecter")
    expect(page.get_by_role("button", name="Toutes les exécutions")).to_be_visible()
    settle(page)
    assert "/runs?" in page.url and "run=0123456789abcdef" in page.url and "lang=fr" in page.url
    assert page.evaluate("() => sessionStorage['toile.place']") is None
    page.goto(f"{address}/?lang=fr")  # once, and not each time that somebody opens Home
    settle(page)
    assert "/runs" not in page.url


@pytest.mark.parametrize(
    "place", ["https://example.com/", "//example.com", "../x", "no_such_page?run=1", "javascript:alert(1)", 7]
)
def test_what_is_held_for_after_a_log_in_is_never_an_address(closed, arriving, place):
    address, _provider, _folder = closed
    page, left = arriving(), list[str]()
    page.goto(f"{address}/?lang=en")
    page.get_by_role("button", name="Log in", exact=True).wait_for()
    settle(page)
    page.evaluate("place => sessionStorage['toile.place'] = JSON.stringify({ place, language: 'xx' })", place)
    page.on("framenavigated", lambda frame: left.append(frame.url))
    log_in(page, "ada")
    page.get_by_role("heading", level=1).first.wait_for()
    settle(page)
    assert page.url.startswith(f"{address}/?lang=") and page.get_by_role("dialog").count() == 0
    assert not [url for url in left if "127.0.0.1" not in url]


@pytest.mark.parametrize("fault", ["signature", "nonce", "audience", "issuer", "expired"])
def test_a_token_that_does_not_hold_lets_nobody_in(closed, arriving, fault):
    address, provider, _folder = closed
    provider.fault = fault
    try:
        page = arriving()
        page.goto(f"{address}/?lang=en")
        log_in(page, "ada")
        expect(page.get_by_role("heading", name="Log in", exact=True)).to_be_visible()
    finally:
        provider.fault = ""


def test_a_cookie_written_by_hand_lets_nobody_in(closed, arriving):
    address, _provider, _folder = closed
    page = arriving()
    forged = '"{\\"iss\\": \\"x\\", \\"sub\\": \\"ada\\", \\"is_logged_in\\": true}"'
    page.context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": address}])
    page.goto(f"{address}/?lang=en")
    expect(page.get_by_role("heading", name="Log in", exact=True)).to_be_visible()


def test_the_first_log_in_may_take_over_the_work_of_this_browser(tmp_path, arriving):
    """Without a demand for a log-in: a local profile goes over to the person, and its link opens nothing any more."""
    with house(tmp_path / "open", required=False) as (address, _provider):
        page = arriving()
        Visit(page, address, "en").open("workspace")
        token = page.evaluate("() => localStorage['toile.person']")
        hashed = hashlib.sha256(token.encode()).hexdigest()
        [(before,)] = rows(tmp_path / "open", f"select id from people where token_hash = '{hashed}'")
        log_in(page, "ada")
        page.get_by_role("button", name="Take it over").click()
        settle(page)
        expect(page.get_by_role("heading", name="Is this your work?")).to_have_count(0)
        page.goto(f"{address}/workspace?lang=en")
        expect(page.get_by_text("You are logged in as ada@house.example.")).to_be_visible()
        assert rows(tmp_path / "open", "select person_id from identities") == [(before,)]
        assert rows(tmp_path / "open", f"select count(*) from people where token_hash = '{hashed}'") == [(0,)]


def test_a_removed_member_is_told_at_the_next_click_and_loses_nothing(tmp_path, arriving):
    """In a session that stays open: the workspace is gone at the next run, with a word about it."""
    with serving(tmp_path) as address:
        owner, member = arriving(), arriving("fr")
        first, second = Visit(owner, address, "en"), Visit(member, address, "fr")
        first.open("workspace")
        owner.get_by_label("Name of the workspace").fill("Shared house")
        owner.get_by_role("button", name="Create the workspace").click()
        first.settle()
        owner.get_by_role("button", name="Make a code").click()
        first.settle()
        code = owner.locator(".toile-code").inner_text()
        second.open("workspace")
        member.get_by_placeholder("BCDF-2345").fill(code)
        member.get_by_role("button", name="Rejoindre").click()
        second.settle()
        expect(member.get_by_text("Shared house").first).to_be_visible()
        first.open("workspace")
        owner.get_by_text("Remove somebody").click()
        first.settle()
        owner.get_by_role("combobox", name="Who").click()
        owner.get_by_role("option").first.click()
        first.settle()
        owner.get_by_role("button", name="Remove this person").click()
        first.settle()
        expect(owner.locator(".toile-code")).to_have_count(0)  # the code that they know goes with them
        assert rows(tmp_path, "select count(*) from join_codes where revoked_at is null") == [(0,)]
        member.get_by_text("Votre lien personnel").first.wait_for()
        second.settle()
        member.get_by_role("button", name="Enregistrer le nom").click()
        second.settle()
        expect(member.get_by_text("Cet espace de travail ne vous est plus ouvert")).to_be_visible()
        assert member.get_by_text("Shared house").count() == 0


@pytest.mark.long
def test_a_link_made_void_ends_the_visits_of_other_devices_with_a_word(app, arriving):
    """Somebody lost a telephone: whoever has it is shown out at the next click; this browser's tabs go on."""
    mine, lost = arriving(), arriving("fr")
    first = Visit(mine, app, "en")
    first.open("workspace")
    token = mine.evaluate("() => localStorage['toile.person']")
    lost.goto(f"{app}/?lang=fr#me={token}")
    settle(lost)
    take = lost.get_by_role("button", name="Continuer en tant que cette personne")
    if take.count():
        take.click()
        settle(lost)
    Visit(lost, app, "fr").open("evidence")
    other = Visit(mine.context.new_page(), app, "en")
    other.open("evidence")
    mine.locator("summary").filter(has_text="Show my personal link").click()
    first.settle()
    mine.get_by_role("button", name="Make a new link").click()
    mine.wait_for_function("(old) => localStorage['toile.person'] !== old", arg=token)
    fresh = mine.evaluate("() => localStorage['toile.person']")
    lost.get_by_role("tab").nth(3).click()
    expect(lost.get_by_text("Le lien personnel que gardait ce navigateur n’ouvre plus rien")).to_be_visible()
    assert lost.evaluate("() => localStorage['toile.person']") not in (token, fresh)
    with other.page.expect_event("load"):
        other.page.get_by_role("tab").nth(3).click()
    other.settle()
    assert other.page.evaluate("() => localStorage['toile.person']") == fresh
    assert other.page.get_by_text("opens nothing any more").count() == 0
