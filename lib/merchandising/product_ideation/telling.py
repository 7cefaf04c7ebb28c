"""Lines of the exchange in the reader's words, from what was recorded."""

from __future__ import annotations

from lib.i18n import N_, _, number, percent, translate
from lib.merchandising.product_ideation.agents import ASKS, TITLES
from lib.merchandising.product_ideation.exports import AS_PERCENT
from lib.merchandising.product_ideation.levels import attribute_name, genome_name, value_name
from lib.merchandising.product_ideation.model import Event
from lib.vocabulary.speech import capital

ACTS = {"propose": N_("proposes"), "keep": N_("keeps"), "revise": N_("changes"), "reserve": N_("objects to")}


def reason_said(event: Event) -> str:
    """What the agent says: a model's own words where there are any, else what the scores say."""
    if event.said:
        return event.said
    goal = next((name for name, message in ASKS.items() if message == event.reason), "")
    values = {}
    for name, value in event.values.items():
        if isinstance(value, str):
            values[name] = value_name(event.attribute, value) if value else _("nothing")
        else:
            values[name] = percent(value) if goal in AS_PERCENT or goal == "materials" else number(value, 2)
    return capital(translate(event.reason, None, **values))


def change_said(event: Event) -> str:
    """What came of it: the attribute before and after, or the standing."""
    before = "" if event.standing_before is None else number(event.standing_before, 2)
    after = number(event.standing_after, 2)
    if event.act == "revise" and event.before is not None:
        return _(
            "{attribute}: {from_} → {to}. Standing {before} → {after}.",
            attribute=attribute_name(event.attribute),
            from_=value_name(event.attribute, event.before.get(event.attribute, "")) or "–",
            to=value_name(event.attribute, event.after.get(event.attribute, "")),
            before=before,
            after=after,
        )
    if event.act == "reserve":
        return _("The idea stays, with a reservation. Standing {before} → {after}.", before=before, after=after)
    return genome_name(event.after, 9)


def line_of(event: Event) -> str:
    """A whole line: who, on which idea, what, and what came of it."""
    return _(
        "{agent}, on {idea}: {said} {change}",
        agent=translate(TITLES[event.agent]),
        idea=event.idea,
        said=reason_said(event),
        change=change_said(event),
    )
