"""Sentence plans and their realisation.

A plan is a string. In it:

``{slot}``, ``{slot:def}``
    a phrase with an article (see ``phrases.Phrase``); the plan needs the slot.
``<a|b|c>``
    one of these, chosen at random; what isn't chosen isn't needed. They don't nest.
``[is|are]``, ``[fini|finie|finis|finies]``
    agrees with the product in number, or in gender and number; ``[cut:a|b]`` agrees with a slot.
``@``
    the French endings of a participle that agrees with the product: '', e, s, es.
``de~``, ``à~``
    contracted with what follows: du, des, d’, au, aux.
``#flag`` at the start
    the plan needs this to hold of the product or of the brand's voice, or the slot of that name.

The variety comes from the alternations: a plan with three of them stands for a dozen sentences.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from lib.commerce.product_descriptions.writer.phrases import PhraseList, Slot, Word, flattened
from lib.vocabulary.speech import capital, typeset

PLANS = Path(__file__).parent / "plans"
_CHOICE = re.compile(r"<([^<>]*)>")
_PAIR = re.compile(r"{(\w+)(?::(\w+))?} (?:and|et) {(\w+)(?::(\w+))?}")
_BAR = re.compile(r"\|(?![^\[]*\])")  # between alternatives, not inside an agreement
_SLOT = re.compile(r"{(\w+)(?::([\w.à]+))?}")
_AGREE = re.compile(r"\[(?:(\w+):)?([^\[\]|]+(?:\|[^\[\]|]*)+)\]")
_PREPOSITION = re.compile(r"\b(de|à)~\s*{(\w+)(?::(\w+))?}")


@dataclass(frozen=True)
class Plan:
    """One sentence plan. ``key`` names it ('openers.material.3')."""

    key: str
    text: str
    flags: tuple[str, ...]


@cache
def plans(language: str, group: str, role: str) -> tuple[Plan, ...]:
    """The sentence plans of one role in one language."""
    found: list[Plan] = []
    for path in sorted(PLANS.glob(f"{language}_*.toml")):
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get(group, {}).get(role, [])
        for row in rows:
            flags = tuple(re.findall(r"#(\w+)", row))
            text = re.sub(r"#\w+\s*", "", row).strip()
            found.append(Plan(f"{group}.{role}.{len(found)}", text, flags))
    return tuple(found)


@cache
def plans_of(language: str) -> tuple[str, ...]:
    """The texts of all sentence plans of a language, whatever their role."""
    found: list[str] = []
    for path in sorted(PLANS.glob(f"{language}_*.toml")):
        for group in tomllib.loads(path.read_text(encoding="utf-8")).values():
            found += [re.sub(r"#\w+\s*", "", row) for rows in group.values() for row in rows]
    return tuple(found)


def alternatives(text: str) -> list[list[str]]:
    """The plan as a row of places with the texts that may stand in each."""
    parts = _CHOICE.split(text)
    return [_BAR.split(part) if i % 2 else [part] for i, part in enumerate(parts)]


def chosen(text: str, dice: Random) -> str:
    """The plan with each alternation decided."""
    return _CHOICE.sub(lambda match: dice.choice(_BAR.split(match.group(1))), text)


@cache
def needed(text: str) -> tuple[str, ...]:
    """The slots that a decided plan needs, in order."""
    marked = (match.group(1) for match in _AGREE.finditer(text))
    return tuple(dict.fromkeys([*(m.group(1) for m in _SLOT.finditer(text)), *(name for name in marked if name)]))


def realised(text: str, slots: dict[str, Slot], plural: bool, feminine: bool, language: str) -> str:
    """A decided plan as a sentence: agreement, articles, contractions, typography."""

    def agree(match: re.Match[str]) -> str:
        name, forms = match.group(1), match.group(2).split("|")
        many, female = plural, feminine
        if name:
            many, female = slots[name].plural, slots[name].gender == "f"
        if len(forms) == 4:
            return forms[2 * many + female]
        return forms[1] if many else forms[0]

    text, slots = _merged(_AGREE.sub(agree, text), slots)
    text = re.sub(r"(?<=\w)@", ("e" if feminine else "") + ("s" if plural else ""), text)
    text = _PREPOSITION.sub(lambda m: f"{{{m.group(2)}:{m.group(1)}.{m.group(3) or 'indef'}}}", text)
    text = _SLOT.sub(lambda m: format(slots[m.group(1)], m.group(2) or ""), text)
    return tidy(text, language)


def _merged(text: str, slots: dict[str, Slot]) -> tuple[str, dict[str, Slot]]:
    """Two phrases joined by 'and' become one list: 'a, b and c', not 'a and b and c'."""
    made = dict(slots)

    def merge(match: re.Match[str]) -> str:
        first, way, second, other = match.groups()
        left, right = slots[first], slots[second]
        plain = re.sub(r"cap$", "", (way or "").lower()) or "indef"
        if isinstance(left, Word) or isinstance(right, Word) or (other or "indef") != plain:
            return match.group()
        name = f"{first}_{second}"
        made[name] = PhraseList(flattened((left, right)))
        return f"{{{name}:{way or 'indef'}}}"

    return _PAIR.sub(merge, text), made


def tidy(text: str, language: str) -> str:
    """Punctuation that meets, the capital at the start, typography."""
    text = re.sub(r"~", " ", text)
    text = re.sub(r"\s+([,.;])", r"\1", re.sub(r"\s{2,}", " ", text)).strip()
    text = re.sub(r",\s*([,.:;])", r"\1", text)
    text = re.sub(r"\bin in\b", "in", text) if language == "en" else _elided(text)
    text = _uncommaed(text, " and " if language == "en" else " et ")
    return typeset(capital(text), language)


def _elided(text: str) -> str:
    text = re.sub(r"\bsi (ils?)\b", r"s’\1", text)
    return re.sub(r"\b([Qq])ue (?=(?:ils?|elles?|on|une?)\b)", r"\1u’", text)


def _uncommaed(text: str, conjunction: str) -> str:
    """No comma before the one conjunction of a clause: it parts only a list that has its own from what follows."""
    clauses = re.split(r"(?<=[;:.?]) ", text)
    lone = [clause.replace(f",{conjunction}", conjunction) for clause in clauses]
    return " ".join(
        new if new.count(conjunction) == 1 and "," not in new else old for old, new in zip(clauses, lone, strict=True)
    )
