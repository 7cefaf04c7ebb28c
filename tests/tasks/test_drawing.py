"""A drawing is a recorded run with its pictures, their provenance and what it cost, whichever engine drew it."""

from __future__ import annotations

import base64
import json
import threading
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from lib.access import Actor, Role
from lib.database import artefacts, connect
from lib.database.budgets import set_cohort_budget
from lib.database.runs import checks_of, get_run, recent, spent
from lib.database.spending import set_budget
from lib.engines.images.model import ImageRequest
from lib.errors import BudgetSpent, Cancelled, EngineRefused, EngineUnavailable, InputError, NotAllowed, NotFound
from lib.files.pictures import read_picture, written
from lib.settings import settings
from lib.tasks import Context
from lib.tasks.drawing import draw, drawing, most_it_costs, references
from lib.tasks.recorded import read_back
from tests.loopback import images as i
from tests.loopback import server as s
from tests.loopback.engine import KEY, configure
from tests.loopback.server import LoopbackServer

PHOTO = np.random.default_rng(8).integers(0, 255, (70, 80, 3), dtype=np.uint8)


class Shades:
    """A painter."""

    def paint(self, width: int, height: int, seed: int) -> np.ndarray:
        return np.full((height, width, 3), 40 + seed, dtype=np.uint8)


class Falls:
    """A painter with a defect."""

    def paint(self, width: int, height: int, seed: int) -> np.ndarray:
        raise ZeroDivisionError


BY_RULES = ImageRequest(size=(80, 70), count=2, seed=7, painter=Shades())
BY_MODEL = ImageRequest(prompt="a linen dress", size=(80, 70), count=2)


def xmp(content: bytes) -> str:
    with Image.open(BytesIO(content)) as found:
        said = found.info["xmp"]
    return said if isinstance(said, str) else said.decode()


def last(actor: Actor) -> dict:
    with connect() as database:
        return recent(database, actor, limit=1)[0]


def test_a_drawing_by_rules_is_a_run_with_its_pictures(actor: Actor) -> None:
    run = draw(BY_RULES, Context(actor), use_case="sketch_to_design", inputs={"wish": "a dress"})
    assert [int(one.pixels[0, 0, 0]) for one in run.pictures] == [47, 48] and [one.seed for one in run.pictures] == [
        7,
        8,
    ]
    with connect() as database:
        row = get_run(database, actor, run.id)
        kept = artefacts.of_run(database, actor, run.id)
        assert artefacts.load(database, actor, run.pictures[0].artefact) == run.pictures[0].content
    assert (row["kind"], row["status"], row["engine"], row["use_case"]) == (
        "rendering",
        "done",
        "atelier",
        "sketch_to_design",
    )
    assert row["inputs"]["wish"] == "a dress" and row["inputs"]["request"]["size"] == [80, 70] and row["seed"] == 7
    assert row["cost"] == 0 and len(kept) == 2
    assert np.array_equal(read_picture(run.pictures[1].content).pixels, run.pictures[1].pixels)


def test_each_picture_says_who_drew_it_and_in_which_run(actor: Actor) -> None:
    run = draw(BY_RULES, Context(actor), use_case="sketch_to_design")
    said = xmp(run.pictures[0].content)
    assert "digitalsourcetype/algorithmicMedia" in said and run.id in said and "atelier" in said
    mixed = draw(ImageRequest(size=(80, 70), painter=Shades(), photo=True), Context(actor), use_case="x")
    assert "digitalsourcetype/compositeSynthetic" in xmp(mixed.pictures[0].content)


def checks_said(actor: Actor, run: str) -> dict[str, dict[str, Any]]:
    with connect() as database:
        return {row["check_name"]: row for row in checks_of(database, actor, run)}


def test_what_each_file_says_of_itself_is_recorded_with_the_run(actor: Actor) -> None:
    run = draw(BY_RULES, Context(actor), use_case="sketch_to_design")
    said = checks_said(actor, run.id)
    assert set(said) == {"provenance"}  # rules copy no picture, and none was given
    (found,) = said["provenance"]["findings"]  # marked; but a resize would drop the mark
    assert (said["provenance"]["verdict"], found["kind"]) == ("note", "fragile")
    assert found["evidence"] == "sketch_to_design-1.png, sketch_to_design-2.png"


def same(content: bytes) -> s.Behaviour:
    """A server that gives back one picture, whatever it is asked for."""
    coded = base64.b64encode(content).decode()
    said = json.dumps({"created": 1, "data": [{"b64_json": coded}], "usage": i.counted()}).encode()
    return lambda exchange: exchange.send(200, said, "application/json")


@pytest.mark.parametrize(("turned", "follows", "verdict"), [
    (False, False, "warn"), (True, False, "warn"), (False, True, None),
])  # fmt: skip
def test_a_model_that_gives_the_given_picture_back_is_told(
    actor: Actor, tmp_path: Path, turned: bool, follows: bool, verdict: str | None
) -> None:
    given = np.kron(PHOTO[:10, :10], np.ones((16, 16, 1), dtype=np.uint8))
    given[:, :60] //= 3
    back = written(np.ascontiguousarray(given[:, ::-1]) if turned else given)
    request = ImageRequest("image_to_image", "in wool", size=(160, 160), image=given, follows=follows)
    with LoopbackServer(same(back)) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images")
        run = draw(request, Context(actor), "pictures", use_case="x")
    said = checks_said(actor, run.id).get("near_copy_images")
    assert (said and said["verdict"]) == verdict
    if said:
        assert ("mirrored" in said["findings"][0]["message"]) == turned and said["findings"][0]["values"] == {}


def test_another_picture_than_the_given_one_is_let_through(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(i.pictures()) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images")
        request = ImageRequest("image_to_image", "in wool", size=(80, 70), image=PHOTO)
        run = draw(request, Context(actor), "pictures", use_case="x")
    assert checks_said(actor, run.id)["near_copy_images"]["verdict"] == "pass"


def test_a_part_drawn_anew_keeps_the_rest_on_purpose() -> None:
    mask = np.full(PHOTO.shape[:2], 255, dtype=np.uint8)
    assert references(ImageRequest("inpaint", "in wool", image=PHOTO, mask=mask)) == {}
    assert set(references(ImageRequest("image_to_image", "in wool", image=PHOTO))) == {""}


def test_a_refresh_finds_it_again(actor: Actor) -> None:
    run = draw(BY_RULES, Context(actor), use_case="sketch_to_design", method="variants")
    row = read_back(actor, "sketch_to_design", "variants")
    assert row is not None and row["id"] == run.id
    again = drawing(actor, row["id"])
    assert again.provenance.run == run.id and again.provenance.source_type == run.provenance.source_type
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(again.pictures, run.pictures, strict=True))
    assert [one.content for one in again.pictures] == [one.content for one in run.pictures]


def test_another_house_does_not_see_it(actor: Actor, stranger: Actor) -> None:
    run = draw(BY_RULES, Context(actor), use_case="sketch_to_design")
    with pytest.raises(NotFound):
        drawing(stranger, run.id)


def test_a_picture_of_a_person_is_not_kept(actor: Actor) -> None:
    run = draw(BY_RULES, Context(actor), use_case="x", keep=False)
    assert run.pictures[0].artefact is None and run.pictures[0].content
    with connect() as database:
        assert artefacts.of_run(database, actor, run.id) == []
    assert drawing(actor, run.id).pictures == ()


def test_of_the_pictures_that_went_in_the_run_holds_a_fingerprint_alone(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(i.pictures()) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images")
        request = ImageRequest("image_to_image", "in wool", size=(80, 70), image=PHOTO)
        run = draw(request, Context(actor), "pictures", use_case="x")
    said = last(actor)["inputs"]["request"]["image"]
    assert set(said) == {"shape", "sha256"} and said["shape"] == [70, 80, 3]
    assert "compositeWithTrainedAlgorithmicMedia" in xmp(run.pictures[0].content)


def test_a_model_draws_and_what_it_counted_is_charged(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(i.pictures(usage=i.counted(20, 0, 3000))) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images", price_image=0.04, currency="EUR")
        run = draw(BY_MODEL, Context(actor), "pictures", use_case="x")
    row = last(actor)
    assert (row["engine"], row["model"], row["currency"]) == ("pictures", "loop-1", "EUR")
    assert row["cost"] == run.cost == pytest.approx(0.08)
    assert "trainedAlgorithmicMedia" in xmp(run.pictures[0].content) and "loop-1" in xmp(run.pictures[0].content)
    assert KEY not in json.dumps(row) and KEY.encode() not in run.pictures[0].content


def test_a_budget_stops_it_before_anything_is_sent(actor: Actor, tmp_path: Path) -> None:
    with connect() as database:
        set_budget(database, actor, 0.05)
    with LoopbackServer(i.pictures()) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images", price_image=0.04, currency="EUR")
        with pytest.raises(BudgetSpent, match=r"0\.08"):
            draw(BY_MODEL, Context(actor), "pictures", use_case="x")
        assert not server.calls and last(actor)["status"] == "failed"
        draw(ImageRequest(prompt="a dress", size=(80, 70)), Context(actor), "pictures", use_case="x")
        with pytest.raises(BudgetSpent):
            draw(ImageRequest(prompt="a dress", size=(80, 70)), Context(actor), "pictures", use_case="x")
    draw(BY_RULES, Context(actor), use_case="x")  # the atelier costs nothing
    with connect() as database:
        assert spent(database, actor) == pytest.approx({"EUR": 0.04})


def test_a_cohorts_budget_counts_as_well(actor: Actor, tmp_path: Path) -> None:
    with connect() as database:
        set_cohort_budget(database, actor, "spring", 0.05)
    with LoopbackServer(i.pictures()) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images", price_image=0.04, currency="EUR")
        with pytest.raises(BudgetSpent, match="spring"):
            draw(BY_MODEL, Context(actor, cohort="spring"), "pictures", use_case="x")
        assert not server.calls
        draw(BY_MODEL, Context(actor), "pictures", use_case="x")


def test_with_a_budget_an_engine_without_a_price_is_not_asked(
    actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect() as database:
        set_budget(database, actor, 5.0)
    # An address outside, which is never reached: the budget comes first.
    configure(tmp_path, "https://models.example/v1", name="pictures", kind="openai-images", local=False)
    assert most_it_costs(BY_MODEL, "pictures") is None
    with pytest.raises(BudgetSpent, match="price_image"):
        draw(BY_MODEL, Context(actor), "pictures", use_case="x")


def test_a_failure_is_recorded_and_costs_nothing(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.error(400, "no such size")) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images", price_image=0.04)
        with pytest.raises(EngineRefused, match="no such size"):
            draw(BY_MODEL, Context(actor), "pictures", use_case="x")
    row = last(actor)
    assert row["status"] == "failed" and not row["cost"] and "refused" in row["error"]["message"]
    with pytest.raises(NotFound):
        drawing(actor, row["id"])


def test_what_is_stopped_while_a_server_draws_counts_as_it_may_be_charged(actor: Actor, tmp_path: Path) -> None:
    stop = threading.Event()

    def slow(exchange: s.Exchange) -> None:
        stop.set()
        exchange.wait(30)

    with LoopbackServer(slow) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images", price_image=0.04, currency="EUR")
        with pytest.raises(Cancelled):
            draw(BY_MODEL, Context(actor, cancelled=stop.is_set), "pictures", use_case="x")
    assert last(actor)["status"] == "cancelled" and last(actor)["cost"] == pytest.approx(0.08)


def test_a_defect_of_a_painter_is_recorded(actor: Actor) -> None:
    with pytest.raises(ZeroDivisionError):
        draw(ImageRequest(painter=Falls()), Context(actor), use_case="x")
    assert last(actor)["status"] == "failed"


def test_a_request_that_makes_no_sense_leaves_no_run(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", name="pictures", kind="openai-images")
    with pytest.raises(InputError):
        draw(ImageRequest(prompt="a dress", count=99), Context(actor), "pictures", use_case="x")
    with connect() as database:
        assert recent(database, actor) == []


def test_who_only_reads_does_not_draw(actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        draw(BY_RULES, Context(replace(actor, role=Role.REVIEWER)), use_case="x")


def test_progress_is_said_in_the_readers_language(actor: Actor) -> None:
    said: list[tuple[float, str]] = []
    draw(BY_RULES, Context(actor, progress=lambda share, text="": said.append((share, text))), use_case="x")
    assert said[-1][0] == 1.0 and all(text for _share, text in said)


def test_an_unreachable_server_is_one_clear_error(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", name="pictures", kind="openai-images")
    context = Context(actor)
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        draw(ImageRequest(prompt="a dress", size=(64, 64)), context, "pictures", use_case="x")
    settings.cache_clear()
