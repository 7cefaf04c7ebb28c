"""Made-to-measure eyewear in a real browser: a photo brought, its points moved, the fit kept, nothing of it on disk."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from lib.merchandising.made_to_measure_eyewear.heads import Head, Shot, photograph
from tests.e2e.app import Visit, context, serving, visit

pytestmark = [pytest.mark.e2e, pytest.mark.long]
SLUG = "made_to_measure_eyewear"
WORDS = {
    "en": {
        "photo": "My photo or camera", "agree": "The person in the photo agrees to being measured",
        "age": "Age of the person in the photo", "points": "The points", "keep": "Keep this fit",
        "picture": "Picture with the frame", "pd": "Pupillary distance, far", "left": "Left pupil",
    },
    "fr": {
        "photo": "Ma photo ou ma caméra", "agree": "La personne de la photo accepte d’être mesurée",
        "age": "Âge de la personne de la photo", "points": "Les points", "keep": "Garder cet ajustement",
        "picture": "Image avec la monture", "pd": "Écart pupillaire, vision de loin", "left": "Pupille gauche",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def jpeg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo as a telephone would bring it, of nobody."""
    path = tmp_path_factory.mktemp("photo") / "of_me.jpg"
    pixels = photograph(Head(tone=7, pd=61), Shot(width=700, height=900, card=True, seed=5))
    Image.fromarray(pixels).save(path, quality=91)
    return path


def arrive(browser: Browser, address: str, language: str = "en", width: int = 1440) -> Visit:
    """A visitor with patience: a server's first face loads the landmark model."""
    someone = visit(context(browser, language, width), address, language)
    someone.page.set_default_timeout(180_000)
    someone.open(SLUG)
    return someone


def bring(someone: Visit, jpeg: Path, language: str) -> Page:
    words, page = WORDS[language], someone.page
    page.get_by_text(words["photo"], exact=True).click()
    someone.settle()
    page.get_by_text(words["agree"], exact=True).click()
    someone.settle()
    page.get_by_label(words["age"]).fill("41")
    page.keyboard.press("Enter")
    someone.settle()
    page.locator("input[type=file]").first.set_input_files(jpeg)
    someone.settle()
    page.get_by_text(words["picture"], exact=True).wait_for()
    return someone.settle()


def pupillary_distance(page: Page, language: str) -> float:
    row = page.locator("table.toile-runs tr", has_text=WORDS[language]["pd"])
    return float(row.locator("td").nth(1).inner_text().split("±")[0].strip().replace(",", "."))


def pieces(content: bytes) -> list[bytes]:
    step = max(len(content) // 60, 1)
    plain = [content[at : at + 45] for at in range(600, len(content) - 45, step)]
    plain = [piece for piece in plain if not piece.isascii()]  # what a file says of itself is in others, too
    return [*plain, *(base64.b64encode(piece)[:56] for piece in plain)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_photo_leaves_measurements_and_a_frame_and_no_trace_of_itself(
    tmp_path: Path, browser: Browser, jpeg: Path, language: str
) -> None:
    with serving(tmp_path) as address:
        someone = arrive(browser, address, language)
        page = bring(someone, jpeg, language)
        assert abs(pupillary_distance(page, language) - 61) < 2.5
        with page.expect_download() as awaited:
            page.get_by_text(WORDS[language]["picture"], exact=True).click()
        taken = Path(awaited.value.path()).read_bytes()
        assert Image.open(io.BytesIO(taken)).size == (700, 900)
        someone.settle()
        page.get_by_role("button", name=WORDS[language]["keep"]).click()
        page.get_by_role("button", name="GLB").wait_for()
        someone.settle()
        # The order sheet is asked for as well: it is kept with the run, and must not hold the photo either.
        with page.expect_download():
            page.get_by_role("button", name="PDF").click()
        assert someone.complaints == []
        betraying = [*pieces(jpeg.read_bytes()), *pieces(taken), b"of_me"]
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert any(path.suffix == ".db" for path in files)
        for path in files:
            content = path.read_bytes()
            assert not any(piece in content for piece in betraying), path
            assert not content.startswith((b"\x89PNG", b"\xff\xd8\xff")), path
        # After a reload the fit is there and the photo isn't.
        someone.open(SLUG)
        expect(page.get_by_role("button", name="GLB")).to_be_visible()
        assert page.get_by_alt_text("of_me.jpg").count() == 0


TELL_TALE = """
import os, tempfile
def spooled(self, before=tempfile.SpooledTemporaryFile.rollover):
    with open(os.environ["TELL_TALE"], "a") as told:
        told.write("to disk ")
    before(self)
tempfile.SpooledTemporaryFile.rollover = spooled
"""


def test_a_photo_of_five_megabytes_goes_into_no_temporary_file(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server tells on itself: each upload that its parser puts on disk leaves a word in a file."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(TELL_TALE, encoding="utf-8")
    told = tmp_path / "told.txt"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "watch"))
    monkeypatch.setenv("TELL_TALE", str(told))
    pixels = photograph(Head(tone=4), Shot(width=1400, height=1800, card=True, seed=6)).astype(int)
    grain = np.random.default_rng(6).integers(-12, 13, pixels.shape)
    large = tmp_path / "large.png"
    Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8)).save(large)
    assert 4_000_000 < large.stat().st_size < 12_000_000
    probe = "import tempfile; f = tempfile.SpooledTemporaryFile(max_size=1); f.write(b'two')"
    subprocess.run([sys.executable, "-c", probe], check=True)
    assert told.read_text("utf-8") == "to disk "  # the tell-tale itself works
    told.unlink()
    (tmp_path / "app").mkdir()
    with serving(tmp_path / "app") as address:
        bring(arrive(browser, address), large, "en")
    assert not told.exists(), told.read_text("utf-8")


def test_a_point_is_moved_by_keyboard_and_by_mouse_and_put_back(app: str, browser: Browser, jpeg: Path) -> None:
    someone = arrive(browser, app)
    page = bring(someone, jpeg, "en")
    before = pupillary_distance(page, "en")
    page.get_by_text("The points", exact=True).click()
    someone.settle()
    pupil = page.get_by_role("button", name="Left pupil", exact=True)
    pupil.focus()
    for _press in range(4):
        page.keyboard.press("Shift+ArrowRight")
    page.wait_for_function(
        "before => !document.querySelector('table.toile-runs').innerText.includes(before)", arg=f"{before:.1f}"
    )
    someone.settle()
    wider = pupillary_distance(page, "en")
    assert wider > before + 3
    expect(page.get_by_role("button", name="Left pupil", exact=True)).to_be_focused()
    box = page.get_by_role("button", name="Left pupil", exact=True).locator(".mark").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 12, y, steps=4)
    page.mouse.up()
    page.wait_for_function(
        "wider => !document.querySelector('table.toile-runs').innerText.includes(wider)", arg=f"{wider:.1f}"
    )
    someone.settle()
    assert pupillary_distance(page, "en") < wider - 1
    page.get_by_role("button", name="Put the points back").click()
    page.wait_for_function(
        "before => document.querySelector('table.toile-runs').innerText.includes(before)", arg=f"{before:.1f}"
    )
    assert someone.complaints == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_wider_than_the_screen(app: str, browser: Browser, language: str, width: int) -> None:
    someone = arrive(browser, app, language, width)
    page = someone.page
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    stage = page.locator('[data-testid="stImage"] img').first
    pixels = stage.bounding_box()
    assert pixels is not None and pixels["width"] > 250
    assert someone.complaints == []


def test_ten_thousand_customers_are_taken_in_from_a_file(app: str, browser: Browser, tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    rows = [f"K{k};{generator.normal(63.5, 3):.1f};{generator.normal(139, 7):.0f}" for k in range(10_000)]
    rows[17] = "K17;abc;139"
    path = tmp_path / "clients.csv"
    path.write_text("Code client;Écart pupillaire;Largeur du visage\n" + "\n".join(rows) + "\n", encoding="utf-8")
    someone = arrive(browser, app)
    page = someone.page
    page.get_by_text("A file of your own", exact=True).click()
    someone.settle()
    page.locator("input[type=file]").last.set_input_files(path)
    someone.settle()
    page.get_by_text("Leave out this row").click()
    someone.settle()
    page.get_by_role("button", name="Use 9,999 rows").click()
    someone.settle()
    page.get_by_role("button", name="Fit 9,999 customers").click()
    page.get_by_text("customers that they weren’t chosen on").wait_for()
    assert someone.complaints == []
