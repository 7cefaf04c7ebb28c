"""What is connected: each engine with what it can do, what it costs and whether its key is set. Never the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lib.engines import registry
from lib.engines.prices import Price, capabilities_of, price_of
from lib.engines.registry import EngineInfo
from lib.engines.text.model import Capabilities
from lib.errors import SettingsError
from lib.i18n import N_

Key = Literal["set", "none", "not needed"]
KEY_NAMES: dict[Key, str] = {
    "set": N_("A key is set"),
    "none": N_("No key is set"),
    "not needed": N_("Needs no key"),
}


@dataclass(frozen=True)
class Ability:
    """One thing that an engine can do or not. ``name`` and ``meaning`` are English message ids."""

    name: str
    meaning: str
    there: bool


@dataclass(frozen=True)
class Connected:
    """One engine as the page shows it. ``problem`` says what is wrong with its settings, None where nothing is."""

    info: EngineInfo
    abilities: tuple[Ability, ...]
    price: Price | None
    key: Key
    problem: SettingsError | None = None


def connected() -> tuple[Connected, ...]:
    """All engines, the built-in one first. Nothing is called."""
    return tuple(_connected(info) for info in registry.available())


def _connected(info: EngineInfo) -> Connected:
    if info.name == registry.BUILT_IN:
        return Connected(info, abilities(None), Price(0.0, 0.0, "EUR"), "not needed")
    settings = registry.engine_settings(info.name)
    key: Key = "set" if settings.key else "not needed" if settings.local or settings.kind == "gguf" else "none"
    try:
        able, price = capabilities_of(settings, info.model), price_of(settings, info.model)
    except SettingsError as problem:
        return Connected(info, (), None, key, problem)
    return Connected(info, abilities(able), price, key)


def abilities(able: Capabilities | None) -> tuple[Ability, ...]:
    """What an engine can do; None stands for the built-in one, which fills each task's form and answers at once."""
    return (
        Ability(
            N_("Structured answers"),
            N_("The answer comes in the form that the page needs."),
            able is None or able.structured != "none",
        ),
        Ability(N_("Streaming"), N_("The text appears as it is written."), able is not None),
        Ability(N_("Images as input"), N_("It can look at a picture."), able is not None and able.vision),
        Ability(N_("Embeddings"), N_("It can say how near two texts are."), able is not None and able.embeddings),
        Ability(N_("Tools"), _tools(able), True),
    )


def _tools(able: Capabilities | None) -> str:
    """How tools are called: one loop serves every engine (``lib.tasks.toolbox``), each in its own way."""
    if able is None:
        return N_("Where a task has tools, it calls them in the order that the task's rules set.")
    if able.tools:
        return N_("Where a task has tools, it chooses by itself which to call.")
    return N_("Where a task has tools, it chooses by itself which to call, through the form of its answer.")
