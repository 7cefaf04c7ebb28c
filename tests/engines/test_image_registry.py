"""Which image engines there are, what each can do and costs, and what is said of one that isn't ready."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from lib.engines.images.atelier import ATELIER, Atelier
from lib.engines.images.fitting import nearest, rounded_up
from lib.engines.images.model import ImageRequest, ImageUsage, Watch
from lib.engines.images.prices import image_abilities_of, image_price_of
from lib.engines.images.registry import image_engine, image_engine_info, image_engines
from lib.engines.prices import known
from lib.engines.registry import available
from lib.errors import Cancelled, EngineNotConfigured, EngineRefused, SettingsError
from lib.settings import EngineSettings, settings
from tests.loopback.engine import configure

OPENAI = EngineSettings("openai-images", "openai-images", "gpt-image-2.5-flare", key="k")


class Stripes:
    """A painter."""

    def paint(self, width: int, height: int, seed: int) -> np.ndarray:
        return np.full((height, width, 3), seed, dtype=np.uint8)


def names() -> list[str]:
    return [one.name for one in image_engines()]


def test_the_atelier_is_always_there_and_alone_at_first() -> None:
    (only,) = image_engines()
    assert only.name == ATELIER and only.price is not None and only.price.free and only.problem is None


def test_a_key_for_openai_offers_its_pictures_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-sentinel")
    settings.cache_clear()
    (_atelier, served) = image_engines()
    assert served.name == "openai-images" and served.model == "gpt-image-2.5-flare" and served.problem is None
    assert served.price is not None and served.price.output == 30.0 and "sk-sentinel" not in repr(served)
    assert "control" not in served.operations


def test_engines_of_the_secrets_file_stand_beside_the_text_engines(tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:1/v1", name="workshop")
    configure(tmp_path, "http://127.0.0.1:1/v1", name="pictures", kind="openai-images")
    configure(tmp_path, "", name="studio", kind="diffusers", path=str(tmp_path / "nowhere"))
    assert names() == [ATELIER, "pictures", "studio"]
    assert not {"pictures", "studio"} & {one.name for one in available()}
    studio = image_engine_info("studio")
    assert studio.problem is not None and "not there" in studio.problem.text("en")
    assert image_engine_info("pictures").runs == "own network" and image_engine_info("pictures").problem is None


def test_an_address_elsewhere_does_not_get_openais_key(tmp_path: Path) -> None:
    configure(tmp_path, "https://models.example/v1", name="openai", local=False)
    assert names() == [ATELIER]


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"capabilities": {"telepathy": True}}, "telepathy"),
        ({"capabilities": {"sizes": ["large"]}}, "sizes"),
        ({"price_image": -1}, "price"),
        ({"key": "", "local": False, "base_url": "https://models.example/v1"}, "key"),
        ({"key": "two words", "local": False, "base_url": "https://models.example/v1"}, "key"),
    ],
)
def test_wrong_settings_are_said_and_leave_the_others_alone(tmp_path: Path, fields: dict, said: str) -> None:
    configure(tmp_path, fields.pop("base_url", "http://127.0.0.1:1/v1"), name="wrong", kind="openai-images", **fields)
    assert names() == [ATELIER, "wrong"]
    problem = image_engine_info("wrong").problem
    assert problem is not None and said in problem.text("en") and problem.text("fr") != problem.text("en")


def test_an_engine_that_is_not_there_is_named() -> None:
    with pytest.raises(EngineNotConfigured, match="nobody"):
        image_engine("nobody")


def test_a_picture_costs_what_its_tokens_cost() -> None:
    price = image_price_of(OPENAI, OPENAI.model)
    assert price is not None
    assert price.cost(1, ImageUsage(100, 1000, 2000)) == pytest.approx((100 * 5 + 1000 * 8 + 2000 * 30) / 1e6)
    assert price.cost(1, None) is None  # nobody counted


def test_what_is_set_aside_covers_what_it_can_cost() -> None:
    price, can = image_price_of(OPENAI, OPENAI.model), image_abilities_of(OPENAI, OPENAI.model)
    assert price is not None and can.quality == "medium"
    two = price.most(ImageRequest(prompt="a dress", count=2), can)
    assert two == pytest.approx(2 * price.most(ImageRequest(prompt="a dress"), can), rel=0.01)
    assert price.cost(2, ImageUsage(100, 0, 2 * 1767)) < two < 1.0  # a medium picture of 1024 x 1536 has some 2,500


def test_prices_come_from_the_settings_first_and_from_nowhere_for_resellers() -> None:
    own = EngineSettings("x", "openai-images", "gpt-image-2.5-flare", key="k", price_image=0.04, currency="EUR")
    price = image_price_of(own, own.model)
    assert price is not None and price.cost(3, None) == pytest.approx(0.12) and price.currency == "EUR"
    reseller = EngineSettings("x", "openai-images", "gpt-image-2.5-flare", key="k", base_url="https://other.example/v1")
    assert image_price_of(reseller, reseller.model) is None
    dated = image_price_of(OPENAI, "gpt-image-2.5-flare-2026-09-08")
    assert dated == image_price_of(OPENAI, OPENAI.model)
    local = image_price_of(EngineSettings("x", "diffusers", path="/a"), "a")
    assert local is not None and local.free


def test_the_table_of_image_models_is_sound() -> None:
    for name, row in known()["images"].items():
        price = image_price_of(OPENAI, name)
        assert price is not None and isinstance(row["date"], dt.date), name
        assert 0 < price.text_input <= price.image_input < price.output < 1000
        assert list(price.tokens.values()) == sorted(price.tokens.values())


# The atelier


def test_the_atelier_calls_the_painter_once_for_each_seed() -> None:
    shares: list[float] = []
    drawn = Atelier().draw(
        ImageRequest(size=(80, 70), count=3, seed=5, painter=Stripes()),
        Watch(lambda share, said="": shares.append(share)),
    )
    assert [one.shape for one in drawn.pictures] == [(70, 80, 3)] * 3 and drawn.seeds == (5, 6, 7)
    assert [int(one[0, 0, 0]) for one in drawn.pictures] == [5, 6, 7] and shares[-1] == 1.0


def test_the_atelier_needs_a_painter_and_can_be_stopped() -> None:
    with pytest.raises(EngineRefused, match="model"):
        Atelier().draw(ImageRequest(prompt="a dress"), Watch())
    with pytest.raises(Cancelled):
        Atelier().draw(ImageRequest(painter=Stripes()), Watch(cancelled=lambda: True))


# Sizes


@pytest.mark.parametrize(
    "wanted, chosen", [((300, 500), (1024, 1536)), ((500, 300), (1536, 1024)), ((90, 100), (1024, 1024))]
)
def test_the_offered_size_nearest_in_shape_is_taken(wanted: tuple[int, int], chosen: tuple[int, int]) -> None:
    fit = nearest(wanted, [(1024, 1024), (1536, 1024), (1024, 1536)])
    left, top, right, bottom = fit.inner
    assert fit.drawn == chosen and (right - left) / (bottom - top) == pytest.approx(wanted[0] / wanted[1], rel=0.01)


@pytest.mark.parametrize("wanted", [(64, 64), (65, 200), (333, 100), (1000, 777)])
def test_there_and_back_is_the_same_picture(wanted: tuple[int, int]) -> None:
    rows, columns = np.mgrid[: wanted[1], : wanted[0]]
    smooth = np.dstack([rows / wanted[1] * 255, columns / wanted[0] * 255, rows * 0 + 90]).astype(np.uint8)
    for fit in (rounded_up(wanted, 16), nearest(wanted, [(1024, 1024), (1536, 1024)])):
        held = fit.into(smooth)
        assert held.shape[1::-1] == fit.drawn
        assert np.abs(fit.back(held).astype(int) - smooth).max() <= 6


def test_wrong_abilities_stop_the_engine(tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:1/v1", name="wrong", kind="openai-images", capabilities={"colour": True})
    with pytest.raises(SettingsError, match="colour"):
        image_engine("wrong")
