"""Which engines there are: the built-in one always, and those that the owner of the installation configured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from lib.engines.embedded.engine import SMOLLM2, embedded, smollm2_file
from lib.engines.prices import PRICE_NAMES, PriceClass, capabilities_of, kind_of, known, price_of
from lib.engines.text.anthropic_messages import AnthropicMessages
from lib.engines.text.call import StreamedEngine
from lib.engines.text.caller import Caller
from lib.engines.text.openai_compatible import OpenAICompatible
from lib.errors import EngineNotConfigured, SettingsError
from lib.i18n import N_
from lib.settings import EngineSettings, settings

BUILT_IN = "built-in"
Runs = Literal["this machine", "own network", "network"]
RUNS_NAMES: dict[Runs, str] = {
    "this machine": N_("on this machine"),
    "own network": N_("in your network"),
    "network": N_("over the internet"),
}


@dataclass(frozen=True)
class EngineInfo:
    """What the interface says about an engine.

    ``title`` is an English message id for the engines of the house and plain text for configured ones; ``note`` is a
    message id or empty. ``where`` and ``price`` are the message ids of ``runs`` and ``price_class``.
    ``languages`` are those it can write (ISO 639-1); empty where it writes any.
    """

    name: str
    title: str
    runs: Runs
    price_class: PriceClass
    model: str
    languages: tuple[str, ...] = ()
    note: str = ""

    @property
    def where(self) -> str:
        """The message id that says where it runs."""
        return RUNS_NAMES[self.runs]

    @property
    def price(self) -> str:
        """The message id that says what it costs."""
        return PRICE_NAMES[self.price_class]


BUILT_IN_INFO = EngineInfo(
    name=BUILT_IN,
    title=N_("Built-in"),
    runs="this machine",
    price_class="free",
    model="",
    languages=("en", "fr"),
    note=N_("Writes by rules from your data, without a model. Repeatable, and the baseline that a model has to beat."),
)
SMOLLM2_NOTE = N_(
    "A very small model that runs on this machine: English only, weak, often wrong. It shows how a model works here "
    "without a key; connect a larger one to judge what a use case is worth."
)
WRONG_SETTINGS = N_("The settings of this engine in secrets.toml need a correction. Run it once to read which.")
NO_MODEL_ENGINE = N_("The built-in engine writes by rules and has no model behind it. Choose an engine with a model.")
NO_PACE = N_(
    "The limit {field} of the engine '{name}' in secrets.toml is not a whole number from 1 to {most}. Write it as "
    "{field} = {example}."
)
MOST_AT_ONCE = 1_000
MOST_PER_MINUTE = 1_000_000
NO_PRICE = N_("No price is known for this model. Set price_input and price_output for it in secrets.toml.")


@dataclass(frozen=True)
class Pace:
    """How fast an engine may be called by all jobs together: calls at once, and calls begun in a minute (None: any)."""

    concurrency: int
    per_minute: int | None


def _openai(engine: EngineSettings) -> StreamedEngine:
    model = model_of(engine)
    base_url = engine.base_url or kind_of("openai")["base_url"]
    return OpenAICompatible(engine, model=model, base_url=base_url, capabilities=capabilities_of(engine, model))


def _anthropic(engine: EngineSettings) -> StreamedEngine:
    model = model_of(engine)
    base_url = engine.base_url or kind_of("anthropic")["base_url"]
    return AnthropicMessages(engine, model=model, base_url=base_url, capabilities=capabilities_of(engine, model))


def _gguf(engine: EngineSettings) -> StreamedEngine:
    model = model_of(engine)
    return embedded(engine, model=model, capabilities=capabilities_of(engine, model))


# One maker per kind of engine. A kind that is not here is not offered.
MAKERS: dict[str, Callable[[EngineSettings], StreamedEngine]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "gguf": _gguf,
}


def model_of(engine: EngineSettings) -> str:
    """The engine's model: the one in the settings, else the name of its file, else its kind's default."""
    return engine.model or Path(engine.path).stem or str(kind_of(engine.kind).get("model", ""))


@cache
def _smollm2() -> EngineSettings | None:
    """The small model that comes with the installation, None where its packages are missing."""
    found = smollm2_file()
    if found is None:
        return None
    fields = known()["embedded"][SMOLLM2]
    return EngineSettings(name=SMOLLM2, kind="gguf", path=str(found), local=True, **fields)


def configured() -> tuple[EngineSettings, ...]:
    """The settings of all model engines: the small one that is there by itself, then those of the owner."""
    owned = tuple(engine for engine in settings().engines if engine.kind in MAKERS)
    small = _smollm2()
    return owned if small is None or any(engine.name == SMOLLM2 for engine in owned) else (small, *owned)


def available() -> tuple[EngineInfo, ...]:
    """All engines that can be chosen, the built-in one first. Nothing is called or imported for it."""
    return (BUILT_IN_INFO, *(_info(engine) for engine in configured()))


def info(name: str) -> EngineInfo:
    """The engine called ``name``.

    Raises:
        EngineNotConfigured: there is none; the message says where engines are configured.
    """
    for found in available():
        if found.name == name:
            return found
    raise EngineNotConfigured(
        N_("There is no engine '{engine}'. Choose another one, or add it to secrets.toml."), engine=name
    )


def engine_settings(name: str) -> EngineSettings:
    """The settings of the configured engine ``name``.

    Raises:
        EngineNotConfigured: there is none.
    """
    info(name)
    for found in configured():
        if found.name == name:
            return found
    raise EngineNotConfigured(NO_MODEL_ENGINE)


def engine(name: str) -> StreamedEngine:
    """The model engine called ``name``; the built-in one has no model and is the task's own drafter.

    Raises:
        EngineNotConfigured: there is none.
        SettingsError: its settings make no sense.
    """
    found = engine_settings(name)
    price_of(found, model_of(found))
    return MAKERS[found.kind](found)


def caller(name: str) -> Caller:
    """What calls the model engine ``name`` for many rows.

    Raises:
        EngineNotConfigured: there is none.
        SettingsError: its settings make no sense.
    """
    found = engine(name)
    return Caller(found, price_of(found.settings, found.model))


def pace(name: str) -> Pace:
    """How fast the model engine ``name`` may be called.

    Raises:
        EngineNotConfigured: there is none.
        SettingsError: a limit in its settings is none.
    """
    found = engine_settings(name)
    return _pace(found)


def _pace(engine: EngineSettings) -> Pace:
    at_once = _limit(engine, "concurrency", engine.concurrency, MOST_AT_ONCE, 16)
    per_minute = _limit(engine, "per_minute", engine.per_minute, MOST_PER_MINUTE, 500)
    return Pace(at_once or int(kind_of(engine.kind)["concurrency"]), per_minute)


def _limit(engine: EngineSettings, field: str, value: object, most: int, example: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
        return value
    raise SettingsError(NO_PACE, name=engine.name, field=field, most=most, example=example)


def _info(engine: EngineSettings) -> EngineInfo:
    model = model_of(engine)
    try:
        price, languages = price_of(engine, model), capabilities_of(engine, model).languages
        _pace(engine)
    except SettingsError:
        # One engine's settings must not take the list of all away; using this engine says what is wrong with them.
        price, languages, note = None, (), WRONG_SETTINGS
    else:
        note = SMOLLM2_NOTE if engine.name == SMOLLM2 else "" if price else NO_PRICE
    return EngineInfo(
        name=engine.name,
        title=engine.title or engine.name,
        runs="this machine" if engine.kind == "gguf" else "own network" if engine.local else "network",
        price_class=price.price_class if price else "unknown",
        model=model,
        languages=languages,
        note=note,
    )
