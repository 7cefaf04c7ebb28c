"""What models can do and cost: ``models.toml``, over which the installation's settings win."""

from __future__ import annotations

import datetime as dt
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from lib.engines.text.model import Capabilities
from lib.errors import SettingsError
from lib.i18n import N_
from lib.settings import EngineSettings, settings

FILE = Path(__file__).with_name("models.toml")
MILLION = 1_000_000
SNAPSHOT = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{8})$")  # a dated version of a model costs what the model costs
# Cautious: English has about 4, French about 3.5 with most tokenisers; the newest make up to 30% more tokens of a text.
BYTES_PER_TOKEN = 2.5

PriceClass = Literal["free", "low", "medium", "high", "unknown"]
PRICE_NAMES: dict[PriceClass, str] = {
    "free": N_("free"),
    "low": N_("low price"),
    "medium": N_("medium price"),
    "high": N_("high price"),
    "unknown": N_("price unknown"),
}
# Upper bounds of money per million output tokens, in the currency of the price: 1,000 descriptions of 300 tokens cost
# under 0.60 in the low class and under 4.50 in the medium one.
LOW, MEDIUM = 2.0, 15.0


@dataclass(frozen=True)
class Price:
    """Money per million tokens. ``date`` is when it was published; None where the settings gave it.

    A prompt of more than ``long_from`` tokens is priced throughout, its answer too, by the ``long_`` prices; None where
    the provider has no such step.
    """

    input: float
    output: float
    currency: str
    date: dt.date | None = None
    long_from: int | None = None
    long_input: float = 0.0
    long_output: float = 0.0

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        """What one call costs."""
        read, written = self.input, self.output
        if self.long_from is not None and input_tokens > self.long_from:
            read, written = self.long_input, self.long_output
        return (input_tokens * read + output_tokens * written) / MILLION

    @property
    def price_class(self) -> PriceClass:
        if self.input == self.output == 0:
            return "free"
        return "low" if self.output <= LOW else "medium" if self.output <= MEDIUM else "high"


@cache
def known() -> dict[str, Any]:
    """The content of ``models.toml``."""
    with FILE.open("rb") as file:
        return tomllib.load(file)


def kind_of(kind: str) -> Mapping[str, Any]:
    """The defaults of one kind of engine: model, base_url, capabilities; empty for an unknown kind."""
    found: Mapping[str, Any] = known()["kinds"].get(kind, {})
    return found


def _row(model: str) -> Mapping[str, Any]:
    models: Mapping[str, Mapping[str, Any]] = known()["models"]
    return models.get(model) or models.get(SNAPSHOT.sub("", model)) or {}


def price_of(engine: EngineSettings, model: str) -> Price | None:
    """What a call of ``model`` costs, None where nobody said. An engine in the own network costs nothing per token.

    Raises:
        SettingsError: the settings give a price that is none.
    """
    if engine.price_input is not None and engine.price_output is not None:
        return Price(_amount(engine, engine.price_input), _amount(engine, engine.price_output), engine.currency)
    if engine.local or engine.kind == "gguf":
        return Price(0.0, 0.0, engine.currency)
    row = _row(model)
    if "input" not in row or not at_home(engine):
        return None
    long = row.get("long", {})
    steps = (long.get("above"), long.get("input", 0.0), long.get("output", 0.0))
    return Price(row["input"], row["output"], row["currency"], row["date"], *steps)


def _amount(engine: EngineSettings, value: object) -> float:
    if isinstance(value, int | float) and 0 <= value < math.inf:
        return float(value)
    raise SettingsError(
        N_(
            "The price of the engine '{name}' in secrets.toml is not a number from 0 up. "
            "Write it as 0.15, without a unit."
        ),
        name=engine.name,
    )


def at_home(engine: EngineSettings) -> bool:
    """True where the engine is the provider whose prices the table holds; a reseller has prices of its own."""
    home = kind_of(engine.kind).get("base_url", "")
    return not engine.base_url or engine.base_url.rstrip("/") == home


def capabilities_of(engine: EngineSettings, model: str) -> Capabilities:
    """What the engine can do: its kind's abilities at its provider, then the model's, then what the settings say.

    Raises:
        SettingsError: the settings name an ability that does not exist.
    """
    said: dict[str, Any] = {}
    if at_home(engine):
        said |= kind_of(engine.kind).get("capabilities", {})
        said |= _row(model).get("capabilities", {})
    said |= engine.capabilities
    unknown = set(said) - {field.name for field in fields(Capabilities)}
    if unknown:
        raise SettingsError(
            N_(
                "The engine '{name}' in secrets.toml names capabilities that do not exist: {unknown}. "
                "Correct their names."
            ),
            name=engine.name,
            unknown=", ".join(sorted(unknown)),
        )
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    return Capabilities(**plain)


def estimated_tokens(text: str) -> int:
    """At most about how many tokens ``text`` has; for estimates before a call and where a server counted none."""
    return math.ceil(len(text.encode()) / BYTES_PER_TOKEN)


def rate(currency: str, into: str) -> float | None:
    """How much of ``into`` one unit of ``currency`` is, None where no rate is known. See ``[exchange]``."""
    table = {**known()["exchange"], **settings().exchange}
    if currency == into:
        return 1.0
    one, other = table.get(currency), table.get(into)
    return other / one if isinstance(one, float | int) and isinstance(other, float | int) and one > 0 else None


def rates_date() -> dt.date:
    """Of which day the rates of ``models.toml`` are."""
    day: dt.date = known()["exchange"]["date"]
    return day
