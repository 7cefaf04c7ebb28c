"""A client's comment as they write it: phrases of ``source/comments.toml``, joined, then typed in haste."""

from __future__ import annotations

import functools
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sample_data.products import Article, pair, source
from sample_data.shoppers import Shopper

OWN_LANGUAGE = 0.16  # of comments by clients who are at home in neither French nor English
FAMILIES = {
    "wool": "knit", "cashmere": "knit", "mohair": "knit", "linen": "light", "cotton": "light", "viscose": "light",
    "silk": "light", "leather": "leather", "suede": "leather",
}  # fmt: skip
PARTS = {
    "dresses": "top", "coats": "top", "knitwear": "top", "shirts": "top", "trousers": "bottom", "skirts": "bottom",
    "shoes": "shoes", "bags": "bags",
}  # fmt: skip
LENGTHS = {
    "dresses": "dress", "skirts": "dress", "coats": "dress", "knitwear": "top", "shirts": "top",
    "trousers": "trousers", "bags": "bags",
}  # fmt: skip
NAMED = re.compile(r"\{[cf]0?\}")


@dataclass(frozen=True)
class Said:
    """One thing that a comment says: of which aspect, of which value of it, and how it is meant (-1, 0, 1)."""

    aspect: str
    value: str
    tone: int


@dataclass(frozen=True)
class Speaker:
    """Who writes, in which language and form, and of which product."""

    phrases: str  # en or fr
    language: str
    kind: str
    article: Article  # what they write about, or one like what they have in mind
    size: str  # that they bought; nothing for a bag
    bought: bool
    man: bool

    @classmethod
    def of(cls, draw: random.Random, shopper: Shopper, article: Article, size: str, kind: str) -> Speaker:
        """The language they write in: theirs if French or English, else English and now and then their own.

        ``size``: of what they bought, empty where they write of no order.
        """
        phrases = "fr" if shopper.language == "fr" else "en"
        language = phrases
        if shopper.language not in ("fr", "en") and kind != "boutique note" and draw.random() < OWN_LANGUAGE:
            language = shopper.language
        man = shopper.department == "men"
        return cls(phrases, language, kind, article, size if size.isalnum() else "", bool(size), man)


@functools.cache
def stock(language: str, *place: str) -> tuple[str, ...]:
    """The phrases of a place in the source, one a line."""
    table: Any = source("comments")[language]
    for key in place:
        table = table[key]
    return tuple(line.rstrip("|") for line in table.strip("\n").split("\n"))


def compose(draw: random.Random, speaker: Speaker, said: Sequence[Said]) -> str:
    """The whole text: greeting, opening, what is said, closing, as the form of the comment has it."""
    if speaker.language != speaker.phrases:
        return _own(draw, speaker, said)
    text = _said(draw, speaker, said)
    stock_of = functools.partial(stock, speaker.phrases)
    if speaker.kind == "boutique note":
        return _gendered(speaker, draw.choice(stock_of("note_frames")).replace("{t}", text))
    if draw.random() < 0.3:
        opening = draw.choice(stock_of("opening" if speaker.bought else "opening_free"))
        text = f"{_filled(draw, speaker, opening, Said('', '', 0))}{draw.choice((', ', ': ', '. ', '... '))}{text}"
    if draw.random() < {"e-mail": 0.75, "message": 0.35}.get(speaker.kind, 0.02):
        text = f"{draw.choice(stock_of('a_greeting'))}, {text}"
    if draw.random() < {"e-mail": 0.6}.get(speaker.kind, 0.2):
        tone = sum(one.tone for one in said)
        kind = "closing" if not tone or draw.random() < 0.6 else "closing_good" if tone > 0 else "closing_bad"
        text += f"{' ' if text.endswith('?') else draw.choice(('. ', ', ', '. ', '... '))}{draw.choice(stock_of(kind))}"
    return _gendered(
        speaker, _sentences(text) + ("" if text.endswith("?") else draw.choice((".", ".", "", "!", "...")))
    )


def _gendered(speaker: Speaker, text: str) -> str:
    """The phrases are as a woman writes; a man's French agrees with him."""
    if speaker.man and speaker.phrases == "fr":
        for hers, his in source("comments")["men"].items():
            text = text.replace(hers, his).replace(hers.capitalize(), his.capitalize())
    return text


def _own(draw: random.Random, speaker: Speaker, said: Sequence[Said]) -> str:
    """A line or two in German, Italian or Spanish."""
    tone = "positive" if sum(one.tone for one in said) >= 0 else "negative"
    lines = stock("own", speaker.language, tone)
    return ". ".join(draw.sample(lines, draw.choice((1, 2)))) + "."


def _said(draw: random.Random, speaker: Speaker, said: Sequence[Said]) -> str:
    """In one of three plans: one thing after another, for and against, or a label before each."""
    phrases = [_phrase(draw, _switched(draw, speaker), one) for one in said]
    good = [phrase for phrase, one in zip(phrases, said, strict=True) if one.tone > 0]
    bad = [phrase for phrase, one in zip(phrases, said, strict=True) if one.tone < 0]
    if good and bad and draw.random() < 0.14:
        plan = draw.choice(stock(speaker.phrases, "pros"))
        return plan.format(a=", ".join(good), b=", ".join(bad))
    labels = dict(line.split(" : ") for line in stock(speaker.phrases, "labels"))
    if len(said) > 1 and all(one.aspect in labels for one in said) and draw.random() < 0.09:
        between = draw.choice((". ", "; ", "\n", " / "))
        return between.join(f"{labels[one.aspect]}: {phrase}" for one, phrase in zip(said, phrases, strict=True))
    return _joined(draw, speaker, phrases, [one.tone for one in said])


def _switched(draw: random.Random, speaker: Speaker) -> Speaker:
    """Now and then a thing is said in the other language."""
    if speaker.kind == "boutique note" or draw.random() > 0.02:
        return speaker
    return replace(speaker, phrases="en" if speaker.phrases == "fr" else "fr")


def _joined(draw: random.Random, speaker: Speaker, phrases: Sequence[str], tones: Sequence[int]) -> str:
    text, before = phrases[0], tones[0]
    for phrase, tone in zip(phrases[1:], tones[1:], strict=True):
        against = before * tone < 0
        text += draw.choice(stock(speaker.phrases, "joins_against" if against else "joins_same")) + phrase
        before = tone or before
    if speaker.phrases == "fr":
        text = re.sub(r"\b(qu)e (?=[aeiouéèê])", r"\1'", text)
    return re.sub(r"\? ?[.,;!]+", "?", text)


def _sentences(text: str) -> str:
    """Capitals at the start and after full stops."""
    text = re.sub(r"([^.][.!?] )(\w)", lambda found: found[1] + found[2].upper(), text)
    return text[:1].upper() + text[1:]


def _phrase(draw: random.Random, speaker: Speaker, one: Said) -> str:
    places = _places(draw, speaker, one)
    phrases = [phrase for place in places for phrase in stock(speaker.phrases, *place)]
    if one.value == "unnamed":
        phrases = [phrase for phrase in phrases if not NAMED.search(phrase)]
    elif one.aspect in ("colour", "fabric") and draw.random() < 0.65:
        phrases = [phrase for phrase in phrases if NAMED.search(phrase)] or phrases
    if not speaker.size:
        phrases = [phrase for phrase in phrases if "{z}" not in phrase]
    return _filled(draw, speaker, draw.choice(phrases), one)


def _places(draw: random.Random, speaker: Speaker, one: Said) -> Sequence[tuple[str, ...]]:
    """Where in the source a phrase that says this may stand."""
    good = "positive" if one.tone > 0 else "negative"
    if one.aspect == "fit":
        return _fit_places(speaker, one)
    if one.aspect == "length":
        part = LENGTHS[speaker.article.category]
        root = one.value or "positive"
        return [("length", f"{root}_{part}")] if draw.random() < 0.45 else [("length", root)]
    if one.aspect == "fabric":
        family = FAMILIES.get(one.value or speaker.article.family)
        special = [("fabric", f"{good}_{family}")] if family and draw.random() < 0.25 else []
        return special or [("fabric", good)]
    if one.aspect == "occasion":
        return [("occasion", f"general_{good}")] if draw.random() < 0.2 else [("occasion", good)]
    if one.aspect in ("colour", "price"):
        return [(one.aspect, good)]
    if one.aspect in ("category", "pattern"):
        return [(f"{'like' if one.tone > 0 else 'dislike'}_{one.aspect}",)]
    if one.aspect == "wish":
        return [("wish", one.value.split()[0])]
    return [("praise" if one.tone > 0 else "blame",) if one.aspect == "overall" else (one.aspect,)]


def _fit_places(speaker: Speaker, one: Said) -> Sequence[tuple[str, ...]]:
    part = PARTS[speaker.article.category]
    if one.value in ("small", "large"):
        places = [("fit", one.value)] + ([("fit", f"{one.value}_{part}")] if part != "bags" else [])
        return [place for place in places if part != "shoes" or place[1] != one.value] or places
    if one.value in ("close", "loose"):
        return [("fit", f"positive_{one.value}" if one.tone > 0 else f"dislike_{one.value}")]
    return [("fit", "positive"), ("fit", "positive_shoes" if part == "shoes" else "positive_body")]


def _filled(draw: random.Random, speaker: Speaker, phrase: str, one: Said) -> str:
    """The phrase with the words of this product, or of what is said."""
    article, french = speaker.article, speaker.phrases == "fr"
    aspect, _, wished = one.value.partition(" ") if one.aspect == "wish" else (one.aspect, "", one.value)
    colour = wished if aspect == "colour" and wished not in ("", "unnamed") else article.colour[0]
    family = wished if aspect == "fabric" and wished else article.family
    category = wished if aspect == "category" else article.category
    if one.aspect == "gift":  # what others like is no sign of what the client likes
        colour = draw.choice(("pink", "red", "yellow", "black", "green"))
    named, bare = _colour(colour, french)
    fabric = source("comments")["fabrics"][family].split(" | ")[2 * french :]
    this, thing, things = source("comments")["things"][speaker.phrases][category].split(" | ")
    words = {
        "c": named, "c0": bare, "f": fabric[0], "f0": fabric[1], "it": this, "n": thing, "ns": things,
        "z": speaker.size, "who": draw.choice(stock(speaker.phrases, "who")),
    }  # fmt: skip
    if "{o}" in phrase:
        words["o"] = draw.choice(stock(speaker.phrases, "occasions", wished or "everyday"))
    if "{p}" in phrase:
        words["p"] = pair(source("comments")["patterns"][wished])[french]
    text = phrase.format(**words)
    return re.sub(r"\bde le ", "du ", text) if french else text


def _colour(name: str, french: bool) -> tuple[str, str]:
    """'the burgundy', 'burgundy'; 'l’abricot', 'abricot'."""
    bare = pair(source("comments")["colours"][name])[french]
    if not french:
        return f"the {bare}", bare
    return f"l'{bare}" if unicodedata.normalize("NFD", bare)[0] in "aeiouy" else f"le {bare}", bare


def title(draw: random.Random, speaker: Speaker, said: Sequence[Said]) -> str:
    """A review's title, after its tone."""
    tones = {one.tone for one in said}
    kind = "mixed" if {1, -1} <= tones or not tones & {1, -1} else "good" if 1 in tones else "bad"
    return _gendered(speaker, draw.choice(stock(speaker.phrases, f"titles_{kind}")))


def untidy(draw: random.Random, speaker: Speaker, text: str) -> str:
    """Typed in haste: slips, no accents, no capitals or only capitals, no stops."""
    if speaker.kind == "boutique note":
        return text
    for chance, change in ((0.15, _plain), (0.2, str.lower), (0.02, str.upper), (0.05, _unstopped)):
        if draw.random() < chance:
            text = change(text)
    if draw.random() < 0.09:
        text = _slip(draw, text)
    if draw.random() < 0.05:
        text = text.rstrip(".!") + draw.choice((" :)", " ;)", " :(", "!!", "!!!", " ??", " lol", " 😍", " 🙄"))
    return text.replace("'", "’") if draw.random() < 0.12 else text


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _unstopped(text: str) -> str:
    return re.sub(r"[.,;:!]+", "", text)


def _slip(draw: random.Random, text: str) -> str:
    """One letter left out, doubled, or two turned round."""
    at = draw.randrange(1, max(len(text) - 1, 2))
    pairs = text[at : at + 2]
    return text[:at] + draw.choice((pairs[1:], pairs[:1] + pairs, pairs[::-1])) + text[at + 2 :]
