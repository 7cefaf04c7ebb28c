"""What an idea scores on each goal, and how each agent sees it. The same scores for the search, the agents, a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from lib.merchandising.product_ideation.columns import ATTRIBUTES
from lib.merchandising.product_ideation.feasible import can_be_made, suits
from lib.merchandising.product_ideation.goals import near_palette, pairs_of, wish_met, within
from lib.merchandising.product_ideation.line import DOMAIN, Array, PastLine, differs_in
from lib.merchandising.product_ideation.model import ROLES, Code, Evidence, Genome, Score, Steering
from lib.merchandising.product_ideation.pooling import Pooled, Z, as_it_is, share_of

REFERENCE = 400  # random ideas that say what is little and much of each goal
ABSOLUTE = (
    "materials",
    "balance",
    "inspiration",
    "wish",
)  # whose ends are those of the codes, not of what chance finds
# How far each agent looks at each goal. The merchandiser's expected sell-through weighs double its margin.
AIMS: dict[str, dict[str, float]] = {
    "director": {"novelty": 1.0, "inspiration": 0.8},
    "merchandiser": {"sell": 1.0, "margin": 0.5},
    "materials": {"materials": 1.0},
    "guardian": {"brand": 1.0, "balance": 1.0},
}
WISH = 0.4  # of an agent's own aims: how far each heeds what the person wishes for


@dataclass(frozen=True)
class Codes:
    """The codes of the house and, in a collaboration, of the second brand."""

    house: tuple[Code, ...] = ()
    partner: tuple[Code, ...] = ()
    house_name: str = ""
    partner_name: str = ""

    @cached_property
    def of_house(self) -> dict[tuple[str, str], float]:
        return {(code.attribute, code.value): code.weight for code in self.house}

    @cached_property
    def of_partner(self) -> dict[tuple[str, str], float]:
        return {(code.attribute, code.value): code.weight for code in self.partner}


@dataclass(frozen=True)
class Scorer:
    """Scores ideas of one line, with a brand's codes and what the person wants."""

    sell: Pooled
    margin: Pooled | None
    codes: Codes
    steering: Steering
    seed: int = 0
    reaches: Mapping[str, float] = field(default_factory=dict, compare=False)  # goal -> see ``conformal``
    _seen: dict[tuple[tuple[str, str], ...], dict[str, float]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def line(self) -> PastLine:
        return self.sell.line

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """The goals that can be told apart in this session."""
        found = ["novelty", "sell", "brand"]
        found += ["margin"] if self.margin else []
        found += ["materials"] if any(code.attribute == "fabric" for code in self.codes.house) else []
        found += ["balance"] if self.codes.partner else []
        found += ["inspiration"] if self.steering.palette else []
        return tuple(found + (["wish"] if self.steering.more or self.steering.less else []))

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories in which ideas are wanted."""
        left = [one for one in self.line.categories if ("category", one) not in self.steering.must_not]
        wanted = [one for one in left if one in self.steering.categories]
        return tuple(wanted or left) or self.line.categories

    @cached_property
    def choices(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Category -> attribute -> values to choose from: what was made, what a partner brings, what must be."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        banned = set(self.steering.must_not)
        for category in self.categories:
            found[category] = {}
            for name, made in self.line.offered[category].items():
                brought = [code.value for code in self.codes.partner if code.attribute == name and code.weight > 0]
                values = list(made) + [value for value in brought if suits(category, name, value)]
                must = [value for attribute, value in self.steering.must if attribute == name]
                values = must or [value for value in dict.fromkeys(values) if (name, value) not in banned]
                found[category][name] = tuple(values) or made[:1]
        return found

    def allowed(self, genome: Genome) -> bool:
        """Whether an idea keeps to what must and must not be, and can be made."""
        choices = self.choices.get(genome["category"])
        if choices is None:
            return False
        return all(genome.get(name) in values for name, values in choices.items()) and can_be_made(genome)

    def raw(self, genomes: Sequence[Genome]) -> list[dict[str, float]]:
        """Each goal's plain value, for many ideas at once."""
        missing = list({key_of(genome): genome for genome in genomes if key_of(genome) not in self._seen}.values())
        if missing:
            sell = share_of(self.sell.means(missing))
            margin = self.margin.means(missing) if self.margin else np.zeros(len(missing))
            for at, genome in enumerate(missing):
                found = {"sell": float(sell[at]), "margin": float(np.clip(margin[at], 0, 1))}
                found |= {"novelty": self._novelty(genome), "brand": self._brand(genome)}
                found |= {"materials": self._materials(genome), "balance": self._balance(genome)}
                found |= {"inspiration": self._inspiration(genome), "wish": wish_met(genome, self.steering)}
                self._seen[key_of(genome)] = {goal: found[goal] for goal in self.goals}
        return [self._seen[key_of(genome)] for genome in genomes]

    @cached_property
    def spans(self) -> dict[str, tuple[float, float]]:
        """What is little and much of each goal.

        Little is the 5th percentile of random ideas. Much lies as far above the 95th as that above the median: a search
        finds ideas that chance doesn't, and they must be told apart, too. Codes have ends of their own.
        """
        generator = np.random.default_rng((self.seed, 11))
        raw = self.raw([random_genome(self, generator) for _draw in range(REFERENCE)])
        found = {}
        for goal in self.goals:
            if goal in ABSOLUTE:
                found[goal] = (0.0, 1.0)
                continue
            low, middle, top = (float(end) for end in np.quantile([one[goal] for one in raw], (0.05, 0.5, 0.95)))
            high = top + (top - middle)
            found[goal] = (low, high) if high - low > 1e-6 else (low - 0.5, low + 0.5)
        return found

    def scaled(self, genome: Genome) -> dict[str, float]:
        """Each goal between 0 (little, among random ideas) and 1 (much)."""
        (raw,) = self.raw([genome])
        return self._scaled(raw)

    def _scaled(self, raw: Mapping[str, float]) -> dict[str, float]:
        return {goal: within(raw[goal], *self.spans[goal]) for goal in self.goals}

    def views(self, genome: Genome) -> dict[str, float]:
        """How each agent sees an idea, between 0 and 1; an agent without data on its goal has no view."""
        return self._views(self.scaled(genome))

    def _views(self, scaled: Mapping[str, float]) -> dict[str, float]:
        found = {}
        for role in ROLES:
            weights = self.aims(role)
            if weights:
                total = sum(weights.values())
                found[role] = sum(weight * scaled[goal] for goal, weight in weights.items()) / total
        return found

    def aims(self, role: str) -> dict[str, float]:
        """How far an agent looks at each goal that can be told apart, the person's wish among them."""
        found = {goal: weight for goal, weight in AIMS[role].items() if goal in self.goals}
        return {**found, "wish": WISH * sum(found.values())} if found and "wish" in self.goals else found

    def joint(self, views: Mapping[str, float]) -> float:
        """The agents' views weighted as the person wants."""
        weights = {role: max(self.steering.weights.get(role, 1.0), 0.0) for role in views}
        total = sum(weights.values())
        if not total:
            return float(np.mean(list(views.values())))
        return sum(weight * views[role] for role, weight in weights.items()) / total

    def standing(self, genome: Genome) -> float:
        """The joint score of an idea's genome."""
        return self.joint(self.views(genome))

    def joint_between(self, genome: Genome, scores: Mapping[str, Score]) -> tuple[float, float]:
        """The joint score where all that is uncertain ends at the low, and at the high ends of its interval."""
        (raw,) = self.raw([genome])
        low = {goal: score.low for goal, score in scores.items() if score.low is not None}
        high = {goal: score.high for goal, score in scores.items() if score.high is not None}
        one, two = (self.joint(self._views(self._scaled({**raw, **ends}))) for ends in (low, high))
        return one, two

    def scores(self, genome: Genome) -> dict[str, Score]:
        """Each goal with its interval: of one such style, where past sales tell."""
        (raw,) = self.raw([genome])
        found = {goal: Score(value=raw[goal]) for goal in self.goals}
        value, low, high = self.sell.predict([genome]).of_one(share_of, self.reaches.get("sell", Z))
        found["sell"] = Score(value=float(value[0]), low=float(low[0]), high=float(high[0]))
        if self.margin:
            ends = self.margin.predict([genome]).of_one(as_it_is, self.reaches.get("margin", Z))
            value, low, high = (np.clip(end, 0, 1) for end in ends)
            found["margin"] = Score(value=float(value[0]), low=float(low[0]), high=float(high[0]))
        return found

    def evidence(self, genome: Genome, most: int = 5) -> tuple[tuple[Evidence, ...], int]:
        """The past styles that say most about an idea, and in how many attributes the most similar one differs."""
        asked = self.line.coded([genome])[0]
        known = self.line.codes
        same = ((known == asked) & (asked >= 0)).astype(float)
        weights = np.array([self.sell.variances[name] + self.sell.variances["drift"] for name in self.line.attributes])
        count = same.sum(axis=1)
        told = same @ weights + self.sell.variances["pairs"] * count * (count - 1) / 2
        order = np.lexsort((np.arange(len(told)), -self.line.times, -told))[:most]
        rows = tuple(self._evidence(int(at), same[at]) for at in order)
        return rows, min(differs_in(style.genome, genome) for style in self.line.styles)

    def _evidence(self, at: int, same: Array) -> Evidence:
        style = self.line.styles[at]
        shared = tuple(name for name, there in zip(self.line.attributes, same, strict=True) if there)
        return Evidence(
            style=style.style,
            season=style.season,
            name=style.name,
            shared=shared,
            sell_through=style.sell_through,
            bought=style.bought,
            markdown=style.markdown,
        )

    @cached_property
    def _pairs(self) -> dict[tuple[str, str, str, str, str], int]:
        """(category, attribute, value, attribute, value) -> how many styles had both."""
        found: dict[tuple[str, str, str, str, str], int] = {}
        for style in self.line.styles:
            for pair in pairs_of(style.genome):
                found[pair] = found.get(pair, 0) + 1
        return found

    def _novelty(self, genome: Genome) -> float:
        """The mean over an idea's pairs of values of 1 / (1 + styles of its category that had both)."""
        pairs = list(pairs_of(genome))
        return sum(1 / (1 + self._pairs.get(pair, 0)) for pair in pairs) / max(len(pairs), 1)

    def unmade(self, genome: Genome, most: int = 2) -> tuple[tuple[str, str, str, str], ...]:
        """Pairs of an idea's values that its category never had together; those of frequent values first."""
        found = [pair for pair in pairs_of(genome) if not self._pairs.get(pair)]

        def frequent(pair: tuple[str, str, str, str, str]) -> float:
            category, first, one, second, two = pair
            return self._habit.get((category, first, one), 0.0) * self._habit.get((category, second, two), 0.0)

        found.sort(key=lambda pair: (-frequent(pair), pair))
        return tuple(pair[1:] for pair in found[:most])

    @cached_property
    def _habit(self) -> dict[tuple[str, str, str], float]:
        """(category, attribute, value) -> its share among the category's styles, against the most frequent value's."""
        counted: dict[tuple[str, str, str], int] = {}
        for style in self.line.styles:
            for name in ATTRIBUTES:
                if value := style.genome.get(name):
                    key = (style.genome["category"], name, value)
                    counted[key] = counted.get(key, 0) + 1
        most: dict[tuple[str, str], int] = {}
        for (category, name, _value), count in counted.items():
            most[category, name] = max(most.get((category, name), 0), count)
        return {key: count / most[key[:2]] for key, count in counted.items()}

    def _brand(self, genome: Genome) -> float:
        """How much an idea is the house's: its habit in the category (half), and its codes (half) where given."""
        names = [name for name in ATTRIBUTES if genome.get(name)]
        habit: list[float] = [self._habit.get((genome["category"], name, genome[name]), 0.0) ** 0.5 for name in names]
        own = float(sum(habit)) / max(len(habit), 1)
        if not self.codes.house:
            return own
        codes = sum(self.codes.of_house.get((name, genome[name]), 0.0) for name in names)
        return 0.5 * own + 0.5 * within(codes, -2.0, 4.0)

    def _materials(self, genome: Genome) -> float:
        """The house's policy on the fabric, from never (0) to preferred (1)."""
        return within(self.codes.of_house.get(("fabric", genome.get("fabric", "")), 0.0), -2.0, 2.0)

    def _balance(self, genome: Genome) -> float:
        """How evenly both brands' codes speak: the smaller of the two strengths, up to three points each."""
        pairs = [(name, genome[name]) for name in ATTRIBUTES if genome.get(name)]
        house = sum(max(self.codes.of_house.get(pair, 0.0), 0.0) for pair in pairs)
        partner = sum(self.codes.of_partner.get(pair, 0.0) for pair in pairs)
        return within(min(house, partner), 0.0, 3.0)

    def _inspiration(self, genome: Genome) -> float:
        """How near the colour is to the nearest of the inspiration's (CIEDE2000), squared so that near ones count."""
        if not self.steering.palette or not genome.get("colour"):
            return 0.0
        return near_palette(genome["colour"], self.steering.palette)


def key_of(genome: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A genome as a key; empty values don't count."""
    return tuple((name, genome[name]) for name in DOMAIN if genome.get(name))


def random_genome(scorer: Scorer, generator: np.random.Generator, category: str = "") -> Genome:
    """An idea drawn from what there is to choose from."""
    shares = np.array([1.0 for _category in scorer.categories])
    for _try in range(50):
        drawn = category or str(generator.choice(scorer.categories, p=shares / shares.sum()))
        genome: Genome = {"category": drawn}
        for name, values in scorer.choices[drawn].items():
            genome[name] = values[int(generator.integers(len(values)))]
        if can_be_made(genome):
            return genome
    return genome
