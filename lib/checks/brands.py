"""Names of other houses, designers and their models in a text, as written, disguised or nearly.

The names are searched all at once (Aho and Corasick, 1975; pyahocorasick) in the folded text. Disguises are undone
first: letters of other scripts that look Latin, figures for letters, letters set apart. What is left over is compared
with the names by edit distance (rapidfuzz): one doubled, missing or swapped letter.

A name that is also a word ('gap', 'mango', 'Chloé') counts only where it stands as a name: written as one inside a
sentence or in capitals, beside another brand, or as the one who makes, sells or costs something. Words of the language
that lie one letter from a name ('bûcheron', 'Bulgarie', 'richement') are words.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lib.checks.brand_terms import HOUSE_DEFAULT, BrandTerms, Name, compiled, near_words
from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.texts import given_text, texts_of
from lib.checks.words import fold
from lib.i18n import N_

NAMED = N_("“{name}” is the name of another house or of its model. Take it out, or have the use of it cleared.")
DESIGNER = N_("“{name}” is a designer’s name. Take it out, or have the use of it cleared.")
STYLE = N_("“{name}” is used to lend its fame to this product. Describe the cut or the material instead.")
ALIKE = N_("“{name}” is close to the name “{brand}”. Correct it, or take it out.")
DISGUISED = N_("“{name}” is the name “{brand}” in disguise. Take it out.")
GIVEN = N_("“{name}” is a name that stands in what you gave. Make sure that the use of it is cleared.")
LIMITS = N_(
    "Knows some 500 names and those that your house adds; a name that is not on the list is missed. A name that "
    "is also "
    "a word is told by how it is written and by what stands beside it."
)
LONGEST = 200_000
# Letters of other scripts, figures and signs that stand for a Latin letter (after Unicode's confusables, UTS 39).
LOOKS = str.maketrans(
    "аеорсухіјѕԁһӏвмнктΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХУІЅЈԛԝαβεικνορτυχɑɡɩⅼѵ0134578@$€",
    "aeopcyxijsdhlbmhktabezhikmnoptyxabekmhopctxyisjqwabeiknoptuxagilvoieastbase",
)
TOKEN = re.compile(r"[^\W_]+(?:[@$][^\W_]+)*(?:['’&][^\W_]+)*")
SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-·*_]{1,2}[^\W\d_]){2,14}(?![^\W_])")
STYLED = re.compile(
    r"(?:\bin the (?:style|spirit|manner|vein) of|\binspired by|\bstyle of|\bà la (?:mani[èe]re|fa[çc]on) de|"
    r"\bfa[çc]on|\bdans le style|"
    r"\bdans l['’]esprit|\binspir[ée]e?s? (?:de|par|d['’])|\bclin d['’][œo]e?il [àa]|\bsi vous aimez|"
    r"\bif you (?:like|love)|\bun air de|"
    r"\bdupes?|\b[àa] la|\bgenre|\btype|\bstyle|\besprit|\bcomme (?:chez|un|une)|\blike an?|\ba nod to|"
    r"\bhomage to|\bhommage [àa])"
    r"\s+(?:the|le|la|les|l['’]|du|de|des|un|une|an?|d['’])?\s*(?:sac|robe|maison|house of)?\s*$",
    re.I,
)
STYLED_AFTER = re.compile(
    r"^[-\s]{0,2}(?:inspired|style[d]?|like|look(?:alike)?|dupe|vibes?|type|esque|feel|silhouette|inspir[ée]|"
    r"d['’]inspiration|-like)\b",
    re.I,
)
TRADE = re.compile(
    r"^(?:['’]s)?\s+(?:bags?|jackets?|jeans?|coats?|sneakers?|shoes?|shirts?|dress(?:es)?|suits?|belts?|tee|"
    r"hoodies?|watch(?:es)?|glasses|perfume|"
    r"store|stores|logo|monogram|show|collection|campaign|denim|raised|raises|sells?|sold|copied|copies|"
    r"charges?|launch\w*|opened|opens|offers?|"
    r"propose|proposent|vend|vendent|lance|ouvre|copie|a\s(?:copi|lanc|ouvert|vendu|augment)\w*|ont\s(?:copi|"
    r"lanc|vendu)\w*|and [A-Z]|et [A-Z]|& [A-Z]|prices?|outlet|trainers|loafers)\b"
)
MADE_BY = re.compile(
    r"\b(?:by|from|at|chez|par|de chez|like|than|que|vs\.?|versus|comme|against|avec|with|of|a|an|un|une|old|"
    r"vintage|new|neuf|sac|jean|jeans|veste|robe|"
    r"tee-shirt|t-shirt|pull|manteau|montre|baskets|chaussures|parfum|marque|brand|label|d['’]|de|la|les|the|"
    r"our|and|et|ou|or|not|ni)\s+$",
    re.I,
)
SENTENCE_START = re.compile(r"(?:^|[.!?…:;»”\"(\n]\s*|[-–—•]\s+)[«“\"'(]?\s*$")


@dataclass(frozen=True)
class Brand:
    """A name found in the text (characters, end exclusive): which, and whether as written, nearly or disguised."""

    start: int
    end: int
    name: Name
    manner: str  # 'written', 'look_alike', 'homoglyph'


@lru_cache(maxsize=500)
def brands_in(text: str, terms: BrandTerms = HOUSE_DEFAULT) -> tuple[Brand, ...]:
    """Names in ``text`` in reading order; they don't overlap."""
    read = text[:LONGEST]
    found = [*_written(read, terms), *_disguised(read, terms), *_spaced(read, terms)]
    found = [one for one in found if not _written_small(read, one)]
    found = [one for one in found if one.name.sure or _as_a_name(read, one, found)]
    found += _alike(read, terms, found)
    return _apart(found)


def _same_length(text: str) -> str:
    """The text folded letter by letter, so that places stay: a letter that folds to two keeps its first."""
    return text.lower() if text.isascii() else "".join((fold(char) or " ")[0] for char in text)


def _written(text: str, terms: BrandTerms) -> list[Brand]:
    return _searched(_same_length(text), terms, "written")


def _disguised(text: str, terms: BrandTerms) -> list[Brand]:
    """Names in words that mix scripts, or letters and figures."""
    found = []
    for token in TOKEN.finditer(text):
        word = token.group()
        if word.isascii() and (word.isalpha() or not re.search(r"[a-zA-Z]", word)):
            continue
        plain = _same_length(_same_length(word).translate(LOOKS))
        if plain != _same_length(word) and len(plain) >= 4:
            found += _shifted(_searched(plain, terms, "homoglyph"), token.start())
    seen = "".join(_same_length(text.translate(LOOKS)))
    if found and len(seen) == len(text):  # 'L0uis Vuitton': one word of two is disguised
        places = {place for one in found for place in range(one.start, one.end)}
        found += [one for one in _searched(seen, terms, "homoglyph") if places & set(range(one.start, one.end))]
    elif len(seen) == len(text) and any(char.isdigit() or ord(char) > 0x24F for char in text):
        plain_text = _same_length(text)
        found += [one for one in _searched(seen, terms, "homoglyph") if _mixed(plain_text[one.start : one.end])]
    return found


def _mixed(passage: str) -> bool:
    """Whether a passage holds letters and, inside a word, what is none or is of another script."""
    return bool(re.search(r"[a-z][0134578@$]|[0134578@$][a-z]", passage)) or any(ord(char) > 0x24F for char in passage)


def _spaced(text: str, terms: BrandTerms) -> list[Brand]:
    """Names whose letters are set apart: 'G U C C I', 'C.H.A.N.E.L'."""
    found = []
    for match in SPACED.finditer(text):
        places = [place for place in range(match.start(), match.end()) if text[place].isalpha()]
        joined = "".join(_same_length(text[place]) for place in places)
        for one in _searched(joined, terms, "homoglyph"):
            if one.end - one.start >= 4:
                found.append(Brand(places[one.start], places[one.end - 1] + 1, one.name, "homoglyph"))
    return found


def _searched(folded: str, terms: BrandTerms, manner: str) -> list[Brand]:
    found = []
    for last, name in compiled(terms).automaton.iter(folded):
        start, end = last + 1 - len(name.folded), last + 1
        if not _inside_word(folded, start, end):
            found.append(Brand(start, end, name, manner))
    return found


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())


def _shifted(found: Iterable[Brand], by: int) -> list[Brand]:
    return [Brand(one.start + by, one.end + by, one.name, one.manner) for one in found]


def _written_small(text: str, one: Brand) -> bool:
    """Whether a name that is a word without its capitals is written without them here: 'un petit bateau brodé'."""
    written = text[one.start : one.end]
    return one.name.small and one.manner == "written" and not all(word[0].isupper() for word in written.split())


def _as_a_name(text: str, one: Brand, found: list[Brand]) -> bool:
    """Whether a name that is also a word stands as a name here."""
    if one.manner != "written":
        return True
    written = text[one.start : one.end]
    if not written[:1].isupper() or _other_sense(text, one):
        return False
    if any(other.name.sure and other.name.folded != one.name.folded for other in found):
        return True
    if written.isupper() and len(written) > 1 and not text.isupper():
        return not SENTENCE_START.search(text[max(0, one.start - 4) : one.start]) or bool(
            TRADE.match(text[one.end : one.end + 30])
        )
    if one.name.model:
        return bool(
            STYLED.search(text[max(0, one.start - 40) : one.start]) or STYLED_AFTER.match(text[one.end : one.end + 20])
        )
    if TRADE.match(text[one.end : one.end + 30]):
        return True
    if SENTENCE_START.search(text[max(0, one.start - 4) : one.start]):
        return False
    return bool(MADE_BY.search(text[max(0, one.start - 20) : one.start]))


OTHER_SENSE = re.compile(
    r"^(?:['’]s)?[\s-]+(?:is|was|est|sera|and [A-Z][a-z]+ from|a (?:village|town|colour|word)|[ée]tait|vous|"
    r"lettuce|of the|green|blue|season|day|village)\b"
)


def _other_sense(text: str, one: Brand) -> bool:
    return bool(OTHER_SENSE.match(text[one.end : one.end + 30]))


def _alike(text: str, terms: BrandTerms, found: list[Brand]) -> list[Brand]:
    """Words that differ from a name by one doubled, missing, added or swapped letter."""
    tokens = list(TOKEN.finditer(text))
    near = _alike_pairs(text, tokens, terms)
    taken = [(one.start, one.end) for one in (*found, *near)]
    for token in tokens:
        word = token.group()
        if len(word) < 5 or not word.isalpha() or any(s < token.end() and token.start() < e for s, e in taken):
            continue
        name = _nearest(_same_length(word), terms)
        if name and (name.sure or word[0].isupper()) and _may_be_meant(text, token):
            near.append(Brand(token.start(), token.end(), name, "look_alike"))
    return near


def _alike_pairs(text: str, tokens: list[re.Match[str]], terms: BrandTerms) -> list[Brand]:
    """Names of two words, one or both of them misspelt: 'Louis Viton'."""
    near = []
    for first, second in itertools.pairwise(tokens):
        if text[first.end() : second.start()] == " " and first.group()[0].isalpha():
            name = _nearest_pair(f"{_same_length(first.group())} {_same_length(second.group())}", terms)
            if name:
                near.append(Brand(first.start(), second.end(), name, "look_alike"))
    return near


def _may_be_meant(text: str, token: re.Match[str]) -> bool:
    """A word of the language counts only where it is written as a name inside a sentence, before goods."""
    if fold(token.group()) not in near_words():
        return True
    starts = SENTENCE_START.search(text[max(0, token.start() - 4) : token.start()])
    return token.group()[0].isupper() and not starts and bool(GOODS.match(text[token.end() : token.end() + 20]))


GOODS = re.compile(r"\s+(?:jackets?|bags?|suits?|tweed|dress|style|inspired|perfume|veste|sac)\b", re.I)


@lru_cache(maxsize=20_000)
def _nearest(word: str, terms: BrandTerms) -> Name | None:
    from rapidfuzz.distance import OSA

    plain = _single(word)
    for name in compiled(terms).by_initial.get(word[:1], ()):
        if name.folded == word or abs(len(name.folded) - len(word)) > 2:
            continue
        if _single(name.folded) == plain and len(word) >= 5:
            return name
        distance = OSA.distance(word, name.folded, score_cutoff=2)
        longer = len(word) != len(name.folded)
        least = 6 if longer else 7
        if distance == 1 and min(len(word), len(name.folded)) >= least:
            return name
        if distance == 2 and min(len(word), len(name.folded)) >= 9:
            return name
    return None


@lru_cache(maxsize=20_000)
def _nearest_pair(words: str, terms: BrandTerms) -> Name | None:
    from rapidfuzz.distance import OSA

    for name in compiled(terms).pairs.get(words[:1], ()):
        if abs(len(name.folded) - len(words)) <= 2 and 0 < OSA.distance(words, name.folded, score_cutoff=2) <= 2:
            return name
    return None


def _single(word: str) -> str:
    """Doubled letters written once: 'Guccci' and 'Gucci' are the same."""
    return re.sub(r"(.)\1+", r"\1", word)


def _apart(found: Iterable[Brand]) -> tuple[Brand, ...]:
    kept: list[Brand] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def brand_findings(text: str, path: str, given: str = "", terms: BrandTerms = HOUSE_DEFAULT) -> list[Finding]:
    """What names of others stand in ``text``; a note where the same name stands in ``given``, the text of the "
    "inputs."""
    known = fold(given)
    return [_finding(text, path, one, known) for one in brands_in(text, terms)]


def _finding(text: str, path: str, one: Brand, known: str) -> Finding:
    written = text[one.start : one.end]
    values = {"name": _shown(written), "brand": one.name.written}
    kind, message = one.manner, {"look_alike": ALIKE, "homoglyph": DISGUISED}.get(one.manner, NAMED)
    if one.manner == "written":
        kind = "designer" if one.name.designer else "brand"
        message = DESIGNER if one.name.designer else NAMED
        if STYLED.search(text[max(0, one.start - 40) : one.start]) or STYLED_AFTER.match(text[one.end : one.end + 20]):
            kind, message = "in_the_style_of", STYLE
    if known and fold(written) in known:
        return Finding(path, Verdict.NOTE, GIVEN, values, one.start, one.end, kind=kind)
    return Finding(path, Verdict.WARN, message, values, one.start, one.end, kind=kind)


def _shown(written: str) -> str:
    """Without characters that don't print, for the message."""
    return "".join(char for char in written if unicodedata.category(char)[0] != "C")


def brands_check(terms: BrandTerms = HOUSE_DEFAULT) -> Check:
    """The check with a house's own names and exceptions."""

    def run(inputs: Any, output: Any, language: str) -> CheckResult:
        given = given_text(inputs)
        found = [finding for path, text in texts_of(output) for finding in brand_findings(text, path, given, terms)]
        return CheckResult("brands", tuple(found))

    return Check("brands", N_("Other houses’ names"), run, LIMITS)


BRANDS = brands_check()
