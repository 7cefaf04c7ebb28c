"""One round: propose, criticise, revise, and a shortlist; from the same inputs and seed always the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from lib.errors import InputError
from lib.i18n import N_
from lib.merchandising.product_ideation.agents import Objection, objection, rescored, settle
from lib.merchandising.product_ideation.line import differs_in
from lib.merchandising.product_ideation.model import ROLES, Event, Genome, Idea, Role, Round
from lib.merchandising.product_ideation.scoring import Scorer, key_of
from lib.merchandising.product_ideation.search import GENERATIONS, POPULATION, diverse, search

# Who criticises: role and the ideas so far -> objections. A model's come from a dialogue, see ``speaking``.
Critic = Callable[[Role, Sequence[Idea]], Sequence[tuple[str, Objection]]]
# What a drawing shows; two ideas of a shortlist differ in at least ``APART`` of these.
VISIBLE = ("category", "fabric", "colour", "pattern", "cut", "neckline", "length", "sleeve")
APART = 2
NEAR_VETO = 1  # attributes in which an idea may differ from a vetoed one and is still that idea
PROPOSES = N_("I find {view} of what I look for in it; all four together, {standing}.")
KEPT = N_("Pinned: it stays as it is.")
SEARCHING = N_("The agents look through combinations")
SPEAKING = N_("The agents criticise and revise")
NOTHING_LEFT = N_(
    "No combination is left that was not made, is not vetoed and keeps to what must and must not be. Take a veto back, "
    "or loosen what must be."
)
KEEP_POPULATION = 48


def hold_round(
    scorer: Scorer,
    number: int,
    seed: int,
    before: Round | None = None,
    pins: Sequence[str] = (),
    vetoes: Sequence[Genome] = (),
    critic: Critic | None = None,
    engine: str = "built-in",
    progress: Callable[[float, str], None] = lambda share, message: None,
    cancelled: Callable[[], bool] = lambda: False,
    generations: int = GENERATIONS,
    population: int = POPULATION,
) -> Round:
    """Hold a round.

    Args:
        before: the round that this one goes on from.
        pins: ids of ideas of the round before that stay as they are.
        vetoes: genomes that must not come back, nor any that differs from one in a single attribute.
        critic: who objects; the built-in agents where None.

    Raises:
        InputError: no combination is left to propose.
        Cancelled: ``cancelled()`` became true.
    """
    banned = _banned(scorer, vetoes)
    found, fronts, tried = search(
        scorer,
        np.random.default_rng((seed, number)),
        _start(before),
        banned,
        lambda share: progress(0.7 * share, SEARCHING),
        cancelled,
        generations,
        population,
    )
    pinned = [idea for idea in (before.ideas if before else ()) if idea.id in pins]
    if not found and not pinned:
        raise InputError(NOTHING_LEFT)
    ideas, events = _proposals(scorer, number, found, fronts, pinned)
    progress(0.75, SPEAKING)
    ideas, said, silent = _criticise(scorer, ideas, critic or _built_in(scorer, banned), banned)
    there = {idea.id for idea in ideas}
    return Round(
        number=number, seed=seed, engine=engine, steering=scorer.steering, tried=tried, withdrawn=silent,
        ideas=tuple(_told(scorer, idea) for idea in _shortlist(ideas, scorer.steering.ideas)),
        events=tuple(event for event in (*events, *said) if event.idea in there),
        population=tuple(found[:KEEP_POPULATION]),
    )  # fmt: skip


def _banned(scorer: Scorer, vetoes: Sequence[Genome]) -> Callable[[Genome], bool]:
    """Whether a genome was made already, or is vetoed or next to one that is."""
    made = {key_of(style.genome) for style in scorer.line.styles}

    def banned(genome: Genome) -> bool:
        return any(differs_in(genome, veto) <= NEAR_VETO for veto in vetoes) or key_of(genome) in made

    return banned


def _start(before: Round | None) -> list[Genome]:
    """What the search goes on from: the first fronts and the ideas of the round before."""
    return [*before.population, *(idea.genome for idea in before.ideas)] if before else []


def candidates(ideas: int) -> int:
    """How many ideas are proposed and criticised for a shortlist of so many."""
    return ideas + max(2, ideas // 2)


def _shortlist(ideas: Sequence[Idea], count: int) -> list[Idea]:
    """Pinned ideas, then those that stand best and differ; the best first."""
    pinned = [idea for idea in ideas if idea.pinned]
    others = {key_of(idea.genome): idea for idea in ideas if not idea.pinned}
    chosen = diverse(
        [idea.genome for idea in others.values()],
        lambda genome: others[key_of(genome)].standing,
        max(count - len(pinned), 0),
        [idea.genome for idea in pinned],
    )
    kept = [*pinned, *(others[key_of(genome)] for genome in chosen)]
    return sorted(kept, key=lambda idea: (-idea.pinned, -idea.standing, idea.id))


def _proposals(
    scorer: Scorer,
    number: int,
    found: Sequence[Genome],
    fronts: Mapping[tuple[tuple[str, str], ...], int],
    pinned: Sequence[Idea],
) -> tuple[list[Idea], list[Event]]:
    """Each agent in turn proposes what serves its aim and the whole, different from what is there already."""
    ideas = [_repinned(scorer, idea) for idea in pinned]
    events = [
        Event(agent=idea.by, act="keep", idea=idea.id, reason=KEPT, after=idea.genome, standing_after=idea.standing)
        for idea in ideas
    ]
    roles = [role for role in ROLES if role in scorer.views(found[0])] if found else []
    wanted = max(candidates(scorer.steering.ideas) - len(ideas), 1)
    left = [genome for genome in found if not _near(genome, [idea.genome for idea in ideas])]
    for turn in range(wanted):
        if not left or not roles:
            break
        role = roles[turn % len(roles)]

        def worth(genome: Genome, role: Role = role) -> float:  # type: ignore[assignment]
            return 0.5 * scorer.views(genome)[role] + 0.5 * scorer.standing(genome) - 0.05 * fronts[key_of(genome)]

        (genome,) = diverse(left, worth, 1, [idea.genome for idea in ideas])
        left = [one for one in left if not _near(one, [genome])]
        idea = _idea(scorer, f"{number}.{turn + 1}", genome, role, fronts[key_of(genome)])  # type: ignore[arg-type]
        ideas.append(idea)
        events.append(_proposed(idea))
    return ideas, events


def _idea(scorer: Scorer, name: str, genome: Genome, role: Role, front: int) -> Idea:
    views = scorer.views(genome)
    return Idea(id=name, genome=genome, by=role, scores={}, views=views, joint=scorer.joint(views), front=front)


def _repinned(scorer: Scorer, idea: Idea) -> Idea:
    """A pinned idea under the weights of now."""
    return rescored(scorer, idea, idea.genome).model_copy(update={"pinned": True, "reservations": {}})


def _proposed(idea: Idea) -> Event:
    return Event(
        agent=idea.by,
        act="propose",
        idea=idea.id,
        reason=PROPOSES,
        values={"standing": idea.standing, "view": idea.views[idea.by]},
        after=idea.genome,
        standing_after=idea.standing,
        view_after=idea.views[idea.by],
    )


def _built_in(scorer: Scorer, banned: Callable[[Genome], bool]) -> Critic:
    """The agents without a model: each objects once to each idea that falls short of its aim."""

    def criticise(role: Role, ideas: Sequence[Idea]) -> list[tuple[str, Objection]]:
        found = []
        for idea in ideas:
            others = [one.genome for one in ideas if one.id != idea.id]

            def refused(genome: Genome, others: Sequence[Genome] = others) -> bool:  # type: ignore[assignment]
                return _near(genome, others) or banned(genome)

            asked = objection(scorer, role, idea, refused, ideas) if idea.by != role else None
            if asked is not None:
                found.append((idea.id, asked))
        return found

    return criticise


def _criticise(
    scorer: Scorer, ideas: list[Idea], critic: Critic, banned: Callable[[Genome], bool]
) -> tuple[list[Idea], list[Event], int]:
    """Every agent's objections in turn, each settled before the next agent speaks."""
    events, silent = [], 0
    for role in ROLES:
        if ideas and role not in ideas[0].views:
            continue
        for name, asked in critic(role, ideas):  # type: ignore[arg-type]
            place = next((at for at, idea in enumerate(ideas) if idea.id == name), None)
            if place is None or ideas[place].pinned or banned(asked.genome) or _doubled(ideas, place, asked.genome):
                silent += 1
                continue
            settled = settle(scorer, ideas[place], asked)
            if settled is None:
                silent += 1
                continue
            ideas[place], event = settled
            events.append(event)
    return ideas, events, silent


def _doubled(ideas: Sequence[Idea], place: int, genome: Genome) -> bool:
    """Whether another idea looks already like this one."""
    return _near(genome, [idea.genome for at, idea in enumerate(ideas) if at != place])


def _near(genome: Genome, others: Sequence[Genome]) -> bool:
    """Whether a genome differs from another in fewer than ``APART`` of the attributes that are seen."""
    return any(sum(genome.get(name, "") != one.get(name, "") for name in VISIBLE) < APART for one in others)


def _told(scorer: Scorer, idea: Idea) -> Idea:
    """The idea with its scores' intervals and its evidence."""
    evidence, nearest = scorer.evidence(idea.genome)
    scores = scorer.scores(idea.genome)
    low, high = scorer.joint_between(idea.genome, scores)
    return idea.model_copy(
        update={
            "scores": scores,
            "joint_low": low,
            "joint_high": high,
            "evidence": evidence,
            "nearest": nearest,
            "unmade": scorer.unmade(idea.genome),
        }
    )
