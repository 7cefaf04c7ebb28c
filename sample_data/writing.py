"""Past posts' texts: sentences of several copywriters, put together by plans. Pure text; results come later."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sample_data.facts import is_plural, slots
from sample_data.products import Article, source

FORM = re.compile(r"\[([^\[\]/]*)/([^\[\]/]*)\]")
CHOICE = re.compile(r"<([^<>]*)>")
SLOT = re.compile(r"\{(\w+)\}")
SAID_ONCE = {
    "d1",
    "d2",
    "closure",
    "pockets",
    "neck",
    "heel",
    "comp",
    "origin",
    "note",
    "care1",
    "dims",
    "strap",
    "sole",
    "fit",
    "sizes",
    "price",
    "lining",
}
OPENINGS = (
    "scene",
    "material",
    "question",
    "product",
    "provenance",
    "story",
    "long",
    "number",
    "imperative",
    "superlative",
)


@dataclass(frozen=True)
class Writer:
    """A copywriter's habits: opening kinds by weight, and how often this and that is put in."""

    name: str
    language: str
    openings: tuple[int, ...]  # weights in the order of OPENINGS
    fit: float
    care: float
    superlative: float
    filler: float
    benefit: float
    typo: float
    bullet: str
    straight: bool  # types straight quotes
    since: int = 0  # days after the first post


WRITERS = (
    Writer("a", "en", (4, 5, 2, 3, 3, 5, 1, 1, 2, 0), 0.55, 0.35, 0.06, 0.02, 0.25, 0.00, "- ", False),
    Writer("b", "en", (2, 2, 4, 6, 1, 1, 3, 2, 2, 4), 0.20, 0.15, 0.40, 0.35, 0.15, 0.10, "• ", True),
    Writer("c", "en", (1, 3, 1, 7, 2, 0, 1, 6, 2, 1), 0.60, 0.55, 0.08, 0.08, 0.10, 0.03, "* ", True),
    Writer("d", "en", (5, 2, 3, 2, 2, 3, 5, 1, 2, 2), 0.30, 0.20, 0.18, 0.12, 0.30, 0.02, "– ", False, 330),
    Writer("e", "fr", (4, 5, 2, 3, 2, 5, 2, 1, 3, 0), 0.50, 0.35, 0.06, 0.03, 0.25, 0.00, "– ", False),
    Writer("f", "fr", (2, 2, 4, 6, 1, 1, 3, 2, 2, 4), 0.25, 0.20, 0.35, 0.35, 0.12, 0.10, "- ", True),
    Writer("g", "fr", (1, 3, 2, 6, 3, 1, 4, 4, 2, 1), 0.50, 0.45, 0.12, 0.08, 0.20, 0.03, "• ", True, 250),
)


@dataclass
class Draft:
    """A text in the making and the moves that went into it."""

    moves: list[str] = field(default_factory=list)
    text: str = ""
    title: str = ""


@functools.cache
def bank(language: str) -> dict[str, Any]:
    """The sentences of one language, by move and kind."""
    return source(f"copy_{language}")


@functools.cache
def plans() -> dict[str, list[str]]:
    return source("plans")


def render(sentence: str, facts: dict[str, str], plural: bool, rng: random.Random) -> str | None:
    """One sentence with its choices made, or None where the product lacks a fact that it names."""
    chosen = CHOICE.sub(lambda match: rng.choice(match[1].split("|")), sentence)
    formed = FORM.sub(lambda match: match[2] if plural else match[1], chosen)
    names = SLOT.findall(formed)
    if any(not facts.get(name) and name not in ("e",) for name in names):
        return None
    text = SLOT.sub(lambda match: _fact(match, facts), formed).strip()
    text = re.sub(r"(?<=[.!?] )[a-zà-ÿ]", lambda match: match[0].upper(), text)
    text = re.sub(r"\b([Aa]) (?=[aeiouAEIOU](?!ne\b|ni))", r"\1n ", text) if "le" not in facts else text
    text = re.sub(r"\bde (?=[aeiouyéèêà])", "d’", text) if "le" in facts else text
    text = re.sub(r"\b([Ll])e (?=[aeiouéèêà])", r"\1’", text) if "le" in facts else text
    return text[:1].upper() + text[1:]


def _fact(match: re.Match[str], facts: dict[str, str]) -> str:
    """A slot's fact; a note after a colon goes on in lower case."""
    fact = facts[match[1]]
    after_colon = match.string[: match.start()].endswith(": ")
    return fact[:1].lower() + fact[1:] if after_colon and match[1] in ("note", "care1", "care2") else fact


def _kind_of_opening(writer: Writer, article: Article, rng: random.Random) -> str:
    """Dear pieces are given longer and more storied openings than cheap ones."""
    weights = list(writer.openings)
    if article.price > 500:
        weights[5] += 1
        weights[6] += 3
    return rng.choices(OPENINGS, weights)[0]


class Composer:
    """Writes one post: picks a plan of the channel, fills its moves, adds what its writer likes to add."""

    def __init__(self, article: Article, channel: str, writer: Writer, rng: random.Random) -> None:
        self.article, self.channel, self.writer, self.rng = article, channel, writer, rng
        self.facts = slots(article, writer.language)
        self.plural = is_plural(article, writer.language)
        self.used: set[str] = set()
        self.draft = Draft()

    def say(self, move: str) -> str | None:
        """A sentence for a move ('open.scene', 'detail'), or None where none fits the product."""
        name, _, kind = move.partition(".")
        kinds: dict[str, list[str]] | list[str] = bank(self.writer.language)[name]
        if isinstance(kinds, dict):
            kind = kind or self._default_kind(name, kinds)
            options = list(kinds[kind])
        else:
            options = list(kinds)
        self.rng.shuffle(options)
        for option in options:
            text = render(option, self.facts, self.plural, self.rng) if self._fresh(option) else None
            if text:
                self.used |= {option, *SAID_ONCE.intersection(SLOT.findall(option))}
                self.draft.moves.append(f"{name}.{kind}" if kind else name)
                return text
        return None

    def _fresh(self, option: str) -> bool:
        """Not said yet, no fact in it told before, and fit for the channel."""
        if option in self.used or self.used.intersection(SLOT.findall(option)):
            return False
        return ("mail" not in option or self.channel == "email") and (" bio" not in option or self.channel == "social")

    def _default_kind(self, name: str, kinds: dict[str, list[str]]) -> str:
        if name == "open":
            return _kind_of_opening(self.writer, self.article, self.rng)
        if name == "sensory":
            silk_object = self.article.family == "silk" and self.article.category in ("bags", "shoes")
            return "satin_object" if silk_object else self.article.family
        if name == "style":
            return self.article.category
        if name == "fit":
            return "note" if self.article.fit_note[0] and self.rng.random() < 0.7 else "plain"
        return "any" if "any" in kinds else next(iter(kinds))

    def lines(self) -> list[str]:
        """The plan's lines; list items stand on lines of their own."""
        lines, number = [""], 0
        for token in self._tokens():
            if token == "+":
                lines += [*self._closing(), ""]
                continue
            if token in ("/", "//"):
                lines += [""] * len(token)
                continue
            if token.endswith("?") and self.rng.random() < 0.5:
                continue
            mark, moves = token[0] if token[0] in "*#" else "", token.strip("*#?")
            text = self.say(self.rng.choice(moves.split("|")))
            if not text:
                continue
            number += mark == "#"
            if mark:
                lines.append((self.writer.bullet if mark == "*" else f"{number}. ") + text)
            elif text and token.startswith("heading"):
                lines += ["", text]
            else:
                lines[-1] = f"{lines[-1]} {text}".strip()
        return lines

    def _tokens(self) -> list[str]:
        """The plan's tokens; '+' marks where the writer's additions go: before the call to action, or last."""
        tokens = self.rng.choice(plans()[self.channel]).split()
        calls = [index for index, token in enumerate(tokens) if token.startswith("cta")]
        place = calls[0] if calls else len(tokens)
        return [*tokens[:place], "+", *tokens[place:]]

    def _closing(self) -> list[str]:
        """Fit, care, superlatives and stopgaps, as the writer's habits have it; more of it for dear products."""
        added, dear = [], 0.12 if self.article.price > 500 else 0.0
        short = 0.35 if self.channel == "social" else 1.0
        writer = self.writer
        for move, chance in (
            ("benefit", writer.benefit),
            ("superlative", writer.superlative),
            ("filler", writer.filler),
            ("fit", (writer.fit + dear) * short * (0 if self.article.category == "bags" else 1)),
            ("care", (writer.care + dear) * short),
        ):
            if self.rng.random() < chance:
                name = {"superlative": "filler.superlative", "benefit": "filler.benefit"}.get(move, move)
                if text := self.say(name):
                    added.append(text)
        if not added:
            return []
        if self.rng.random() < 0.4:
            return ["", *added]
        return [" ".join(added)]

    def write(self) -> Draft:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines()).strip())
        options = list(bank(self.writer.language)["titles"][self.channel])
        self.rng.shuffle(options)
        rendered = (render(option, self.facts, self.plural, self.rng) for option in options)
        self.draft.title = next((title for title in rendered if title is not None), "")
        self.draft.text = _typed(text, self.writer, self.rng)
        return self.draft


def _typed(text: str, writer: Writer, rng: random.Random) -> str:
    """As the writer types: straight quotes, a plain space for the French one, now and then a slip."""
    if writer.straight:
        text = text.replace("’", "'")
    if writer.language == "fr" and writer.name == "g":
        text = re.sub(r" ([;:!?])", r"\1", text)
    if writer.language == "fr" and writer.name == "e":
        text = re.sub(r" ([;!?])", "\u202f\\1", text).replace(" :", "\u00a0:")
    if rng.random() < writer.typo:
        text = _slip(text, rng)
    return text


def _slip(text: str, rng: random.Random) -> str:
    """One typing error: two letters swapped or a letter doubled in a longer word."""
    words = list(re.finditer(r"[a-zà-ÿ]{6,}", text))
    if not words:
        return text
    word = rng.choice(words)
    at = word.start() + rng.randint(1, 3)
    changes: tuple[Callable[[], str], ...] = (
        lambda: text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        lambda: text[:at] + text[at] + text[at:],
    )
    return rng.choice(changes)()
