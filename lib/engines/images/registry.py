"""Which image engines there are: the atelier always, and those that the owner of the installation configured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lib.engines.images.atelier import ATELIER, NOTE, TITLE, Atelier
from lib.engines.images.checkpoint import HUB_NAME, NO_PLACE, examine
from lib.engines.images.diffusers_engine import DiffusersEngine
from lib.engines.images.model import ImageEngine, Operation
from lib.engines.images.openai_images import OpenAIImages
from lib.engines.images.prices import FREE, ImagePrice, image_abilities_of, image_price_of
from lib.engines.prices import at_home, kind_of
from lib.engines.registry import RUNS_NAMES, Runs
from lib.engines.text.addresses import check_key
from lib.errors import EngineError, EngineNotConfigured, SettingsError, ToileError
from lib.i18n import N_
from lib.settings import EngineSettings, settings

SERVED, LOCAL = "openai-images", "diffusers"
NO_ENGINE = N_("There is no image engine '{engine}'. Choose another one, or add it to secrets.toml.")
NO_KEY = N_("No key is set for {engine}. Add it in secrets.toml, or choose another engine.")


@dataclass(frozen=True)
class ImageEngineInfo:
    """What the interface says about an image engine.

    ``title`` is an English message id for the atelier and plain text for configured ones; ``note`` is a message id or
    empty. ``price`` is None where nobody said one. ``problem`` says what has to be put right before it can draw.
    """

    name: str
    title: str
    kind: str  # 'atelier', 'diffusers', 'openai-images'
    model: str
    runs: Runs
    operations: frozenset[Operation]
    price: ImagePrice | None
    note: str = ""
    problem: ToileError | None = None

    @property
    def where(self) -> str:
        """The message id that says where it runs."""
        return RUNS_NAMES[self.runs]


ATELIER_INFO = ImageEngineInfo(ATELIER, TITLE, ATELIER, "", "this machine", Atelier.operations, FREE, NOTE)


def configured_image_engines() -> tuple[EngineSettings, ...]:
    """The settings of all image engines with a model.

    Whoever set a key for OpenAI can have its pictures too: unless OpenAI's image API is configured by itself, it is
    offered with the same key.
    """
    owned = [engine for engine in settings().engines if engine.kind in (SERVED, LOCAL)]
    if any(engine.kind == SERVED and at_home(engine) for engine in owned):
        return tuple(owned)
    with_key = (one for one in settings().engines if one.kind == "openai" and one.key and at_home(one))
    derived = [EngineSettings(SERVED, SERVED, key=one.key, title="OpenAI images") for one in with_key]
    return (*owned, *derived[:1])


def image_engines() -> list[ImageEngineInfo]:
    """All image engines that can be chosen, the atelier first. Nothing is called or imported for it."""
    return [ATELIER_INFO, *(_info(engine) for engine in configured_image_engines())]


def image_engine_info(name: str) -> ImageEngineInfo:
    """The image engine called ``name``.

    Raises:
        EngineNotConfigured: there is none.
    """
    return ATELIER_INFO if name == ATELIER else _info(image_engine_settings(name))


def image_engine(name: str) -> ImageEngine:
    """What draws, by its name.

    Raises:
        EngineNotConfigured: there is none.
        SettingsError: its settings make no sense.
    """
    if name == ATELIER:
        return Atelier()
    found = image_engine_settings(name)
    if found.kind == LOCAL:
        return DiffusersEngine(found)
    model = image_model_of(found)
    return OpenAIImages(
        found,
        model=model,
        base_url=found.base_url or kind_of(SERVED)["base_url"],
        abilities=image_abilities_of(found, model),
    )


def image_engine_settings(name: str) -> EngineSettings:
    """The settings of the configured image engine ``name``.

    Raises:
        EngineNotConfigured: there is none.
    """
    for found in configured_image_engines():
        if found.name == name:
            return found
    raise EngineNotConfigured(NO_ENGINE, engine=name)


def image_model_of(engine: EngineSettings) -> str:
    """The engine's model: the one in the settings, else its folder's name, else its kind's default."""
    return engine.model or Path(engine.path).name or str(kind_of(engine.kind).get("model", ""))


def _info(engine: EngineSettings) -> ImageEngineInfo:
    problem: ToileError | None = None
    price: ImagePrice | None = None
    operations: frozenset[Operation] = frozenset()
    try:
        operations = image_engine(engine.name).operations
        price = image_price_of(engine, image_model_of(engine))
        _look(engine)
    except (SettingsError, EngineError) as error:
        # One engine's settings must not take the list of all away.
        problem = error
    return ImageEngineInfo(
        name=engine.name,
        title=engine.title or engine.name,
        kind=engine.kind,
        model=image_model_of(engine),
        runs="this machine" if engine.kind == LOCAL else "own network" if engine.local else "network",
        operations=operations,
        price=price,
        problem=problem,
    )


def _look(engine: EngineSettings) -> None:
    """What can be told without loading or calling anything.

    Raises:
        EngineNotConfigured: the folder isn't one that may be loaded, or a key is missing.
    """
    title = engine.title or engine.name
    if engine.kind == SERVED:
        check_key(engine, title)
        if not engine.key and not engine.local:
            raise EngineNotConfigured(NO_KEY, engine=title)
    elif engine.path:
        examine(Path(engine.path).expanduser(), title)
    elif not HUB_NAME.fullmatch(engine.model):
        raise EngineNotConfigured(NO_PLACE, engine=title)
