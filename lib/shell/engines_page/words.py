"""How the Engines page says prices, amounts, times and languages."""

from __future__ import annotations

from lib.engines.prices import Price
from lib.i18n import _, amount, date, language_name, list_of, number
from lib.workbench.engine_list import Connected


def price_said(engine: Connected) -> str:
    """What a million tokens cost, and since when or by whose word."""
    price = engine.price
    if price is None:
        return _("No price is known")
    if price.input == price.output == 0:
        return _("Free: nothing is paid per token")
    said = _(
        "{read} for a million tokens read, {written} for a million written",
        read=amount(price.input, price.currency),
        written=amount(price.output, price.currency),
    )
    if price.long_from is not None:
        said += "; " + _(
            "{read} and {written} for a prompt of more than {n} tokens",
            read=amount(price.long_input, price.currency),
            written=amount(price.long_output, price.currency),
            n=number(price.long_from),
        )
    return f"{said} ({_price_source(price)})"


def _price_source(price: Price) -> str:
    if price.date is None:
        return _("from your settings")
    return _("published on {day}; check the provider’s price list", day=date(price.date, "medium"))


def languages_said(engine: Connected) -> str:
    """The languages that the engine writes."""
    if not engine.info.languages:
        return _("Any language")
    return list_of([language_name(code) for code in engine.info.languages])


def seconds_said(seconds: float) -> str:
    """A short time with a sensible number of digits."""
    return _("{n} s", n=number(seconds, 1 if seconds >= 1 else 2))
