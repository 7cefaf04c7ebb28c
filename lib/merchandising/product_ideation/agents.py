"""Four agents with different aims: what each would change about an idea, and what comes of its objection.

An agent that sees too little of its aim in an idea names the one attribute whose change would serve it most. If all
agents together, weighted as the person wants, are then no worse off, the idea is changed. If they are, it stays, and
the objection stands as a reservation: it takes something off the idea's standing. An objection that would
do neither isn't made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lib.i18n import N_
from lib.merchandising.product_ideation.model import Event, Genome, Idea, Role
from lib.merchandising.product_ideation.scoring import Scorer
from lib.merchandising.product_ideation.search import neighbours

BAR = 0.5  # an agent objects to an idea in which it sees less than the middle of its aim
COMMON = 0.5  # taken off a change's worth where all other ideas have its value already
LEAST_GAIN = 0.08  # of an agent's view, from which a change is worth a word
RESERVATION = 0.3  # of the distance to the bar that a standing objection takes off, at an agent's full weight
SMALLEST = 0.005  # change of standing that a person can see
TITLES: dict[str, str] = {
    "director": N_("Creative director"),
    "merchandiser": N_("Merchandiser"),
    "materials": N_("Materials and sustainability"),
    "guardian": N_("Brand guardian"),
}
AIM_TITLES: dict[str, str] = {
    "director": N_("wants what the house has not made yet, near the inspiration"),
    "merchandiser": N_("wants sell-through at full price, and margin"),
    "materials": N_("wants fabrics that the house’s policy prefers"),
    "guardian": N_("wants the house’s codes to be read at once"),
}
GOAL_TITLES: dict[str, str] = {
    "novelty": N_("Novelty"),
    "sell": N_("Expected sell-through"),
    "margin": N_("Expected margin"),
    "brand": N_("Brand fit"),
    "materials": N_("Material policy"),
    "balance": N_("Balance of both brands"),
    "inspiration": N_("Near the inspiration"),
    "wish": N_("Your wish"),
}
# What an agent says: of a change that it asks for, by the goal that gains most.
ASKS: dict[str, str] = {
    "novelty": N_("We know this: with {to} in place of {from_}, novelty rises from {low} to {high}."),
    "inspiration": N_("Too far from the images: {to} in place of {from_} brings it from {low} to {high}."),
    "sell": N_("Past styles let me expect {low} at full price; with {to} in place of {from_}, {high}."),
    "margin": N_("The margin is thin: {to} in place of {from_} takes it from {low} to {high}."),
    "brand": N_("Not yet ours: {to} in place of {from_} takes the brand fit from {low} to {high}."),
    "materials": N_("Our material policy gives {from_} {low}; {to} has {high}."),
    "balance": N_("One brand speaks alone: {to} in place of {from_} brings the balance from {low} to {high}."),
    "wish": N_("You wished for it: {to} in place of {from_} takes it from {low} to {high} of your wish."),
}


@dataclass(frozen=True)
class Objection:
    """What an agent would change: the genome after it, and the goal that gains most by it."""

    role: Role
    attribute: str
    genome: Genome
    goal: str
    said: str = ""  # a model's words


def objection(
    scorer: Scorer, role: Role, idea: Idea, banned: Callable[[Genome], bool], others: Sequence[Idea] = ()
) -> Objection | None:
    """What an agent would change about an idea most; None where it is content or nothing helps.

    A value that many of the ``others`` have already is asked for less: a shortlist of one print is none.
    """
    views = scorer.views(idea.genome)
    if role not in views or views[role] >= BAR or idea.pinned:
        return None
    # Of changes that serve the agent enough it asks for the one that all can live with best.
    served = []
    for attribute, genome in neighbours(scorer, idea.genome):
        after = scorer.views(genome)
        gain = after[role] - views[role]
        if gain >= LEAST_GAIN and not banned(genome):
            worth = gain + scorer.joint(after) - scorer.joint(views) - COMMON * _share(others, attribute, genome)
            served.append((worth, attribute, sorted(genome.items()), genome))
    if not served:
        return None
    _worth, attribute, _key, genome = max(served, key=lambda one: one[:3])
    return Objection(role, attribute, genome, goal_gained(scorer, role, idea.genome, genome))


def _share(ideas: Sequence[Idea], attribute: str, genome: Genome) -> float:
    """The share of ideas that have a genome's value of an attribute."""
    return sum(idea.genome.get(attribute) == genome[attribute] for idea in ideas) / max(len(ideas), 1)


def goal_gained(scorer: Scorer, role: Role, before: Genome, after: Genome) -> str:
    """The agent's goal that a change serves most."""
    one, two = scorer.scaled(before), scorer.scaled(after)
    gains = {goal: weight * (two[goal] - one[goal]) for goal, weight in scorer.aims(role).items()}
    return max(gains, key=lambda goal: gains[goal])


def settle(scorer: Scorer, idea: Idea, asked: Objection) -> tuple[Idea, Event] | None:
    """What comes of an objection: the idea after it and the line of the exchange; None where nothing changes."""
    views, after = scorer.views(idea.genome), scorer.views(asked.genome)
    told = _told(scorer, idea, asked)
    view = {"view_before": views.get(asked.role), "standing_before": idea.standing}
    changed = rescored(scorer, idea, asked.genome)
    if scorer.joint(after) >= scorer.joint(views) and changed.standing != idea.standing:
        event = Event(
            agent=asked.role, act="revise", idea=idea.id, before=idea.genome, after=asked.genome,
            standing_after=changed.standing, view_after=after.get(asked.role), **view, **told,
        )  # fmt: skip
        return changed, event
    short = max(BAR - views.get(asked.role, BAR), 0.0)
    weight = max(scorer.steering.weights.get(asked.role, 1.0), 0.0) / max(max(scorer.steering.weights.values()), 1e-9)
    cost = RESERVATION * weight * short
    if cost - idea.reservations.get(asked.role, 0.0) < SMALLEST:
        return None
    kept = idea.model_copy(update={"reservations": {**idea.reservations, asked.role: cost}})
    event = Event(
        agent=asked.role, act="reserve", idea=idea.id, before=idea.genome, after=idea.genome,
        standing_after=kept.standing, view_after=views.get(asked.role), **view, **told,
    )  # fmt: skip
    return kept, event


def rescored(scorer: Scorer, idea: Idea, genome: Genome) -> Idea:
    """The idea with another genome: scored anew, and without the reservations that no longer hold."""
    views = scorer.views(genome)
    kept = {role: cost for role, cost in idea.reservations.items() if views.get(role, 1.0) < BAR}
    return idea.model_copy(
        update={"genome": genome, "views": views, "joint": scorer.joint(views), "reservations": kept}
    )


def _told(scorer: Scorer, idea: Idea, asked: Objection) -> dict[str, object]:
    """What an agent says, as a message with its values; attributes' values are said when it is read."""
    before, after = scorer.raw([idea.genome, asked.genome])
    values: dict[str, str | float] = {
        "from_": idea.genome.get(asked.attribute, ""),
        "to": asked.genome.get(asked.attribute, ""),
        "low": before[asked.goal],
        "high": after[asked.goal],
    }
    return {"reason": ASKS[asked.goal], "values": values, "attribute": asked.attribute, "said": asked.said}
