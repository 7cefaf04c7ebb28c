"""A round: texts that the built-in engine writes for sample products, some with known errors, by a seed."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import use_case
from lib.checks import Verdict
from lib.comparable import comparable
from lib.errors import InputError
from lib.govern.review_queue.flaws import pictures
from lib.govern.review_queue.flaws.model import KINDS, Flaw, Item, Mark, Specimen
from lib.govern.review_queue.flaws.seeding import SEEDERS, flawed, right_price
from lib.govern.review_queue.reading import fields_of, recheck, with_edits
from lib.i18n import N_
from lib.tasks import Context, Task

USE_CASE = "product_descriptions"
VERSION = "2"  # of the seeded flaws; a kept round says which it was made with
SIZES = (6, 10, 16)
CLEAN = 0.3  # of the texts have no flaw, so that finding none is an answer too
PICTURES = 0.2  # of a round
SOUND_PICTURE = 1  # which of its pictures has no flaw
SAMPLES = {"en": "sample", "fr": "sample_fr"}


def make(
    database: Database,
    actor: Actor,
    language: str,
    seed: int,
    size: int = SIZES[0],
    progress: Callable[[float], None] = lambda share: None,
) -> tuple[Item, ...]:
    """The texts of a round with their key: the same for the same seed, language, size and house voice.

    Raises:
        InputError: a size or language that isn't offered.
    """
    if size not in SIZES or language not in SAMPLES:
        raise InputError(N_("Choose one of the sizes and languages that are offered."))
    case = use_case(USE_CASE)
    sets = {one.key: one for one in comparable(case.comparable).sets(database, actor)}
    chance = random.Random(f"{seed}/{language}/{size}")
    inputs = chance.sample(list(sets[SAMPLES[language]].load()), size)
    task = _task(case.tasks[0])
    clean = set(chance.sample(range(size), max(1, round(size * CLEAN))))
    wanted = iter(_kinds(size - len(clean), chance))
    made = []
    drawn = _pictured(size, chance)
    for at, one in enumerate(inputs):
        if at in drawn:
            made.append(pictures.make(language, drawn[at], chance))
        else:
            kinds = () if at in clean else next(wanted)
            made.append(_item(task, actor, one.label, one.values, language, kinds, seed, chance))
        progress((at + 1) / size)
    return tuple(made)


def _pictured(size: int, chance: random.Random) -> dict[int, str]:
    """Which places of a round are pictures, one in five, and the kind of flaw in each; '' where it is sound."""
    places = chance.sample(range(size), max(1, round(size * PICTURES)))
    kinds = chance.sample([*pictures.FLAWS], len(pictures.FLAWS))
    return {place: "" if at == SOUND_PICTURE else kinds[at % len(kinds)] for at, place in enumerate(places)}


def _kinds(count: int, chance: random.Random) -> list[tuple[str, ...]]:
    """Kinds for each flawed text, so that all kinds come about equally often; further ones stand in where one finds no
    place. Every third text has two flaws."""
    order: list[str] = []
    while len(order) < count * 2:
        order += chance.sample(list(SEEDERS), len(SEEDERS))
    return [tuple(order[2 * at : 2 * at + 2]) for at in range(count)]


def _task(dotted: str) -> Task[Any, Any]:
    module, _dot, name = dotted.rpartition(".")
    found: Task[Any, Any] = getattr(importlib.import_module(module), name)
    return found


def _item(
    task: Task[Any, Any],
    actor: Actor,
    label: str,
    inputs: Any,
    language: str,
    kinds: tuple[str, ...],
    seed: int,
    chance: random.Random,
) -> Item:
    """One text: written, flawed where it should be, and read by the checks."""
    given = inputs.model_dump(mode="json", by_alias=True)
    output = task.draft(inputs, Context(actor, language=language, seed=seed)).model_dump(mode="json")
    prefix = "options.0."
    fields = {field.path.removeprefix(prefix): field.text for field in fields_of(output)}
    forbidden = tuple(word for word in given["voice"]["forbidden"])
    specimen = Specimen(label, language, fields, given["product"], forbidden)
    if chance.random() < 0.4:
        specimen = right_price(specimen, chance)
    texts, flaws = specimen.fields, tuple[Flaw, ...]()
    if kinds:
        most = 2 if chance.random() < 1 / 3 else 1
        spare = [kind for kind in SEEDERS if kind not in kinds]
        # What is wanted first, then whatever finds a place.
        for kind in (*kinds, *chance.sample(spare, len(spare))):
            if len(flaws) == most:
                break
            more, added = flawed(Specimen(label, language, texts, given["product"], forbidden), (kind,), chance)
            if added and added[0].path not in {flaw.path for flaw in flaws} and _one_price(specimen, added[0]):
                texts, flaws = more, (*flaws, *added)
    edited = with_edits(output, {prefix + path: text for path, text in texts.items()})
    findings = _objections(recheck(actor, task, given, edited, 0, language), prefix)
    return Item(label, language, dict(texts), given, flaws, findings)


def _one_price(specimen: Specimen, flaw: Flaw) -> bool:
    """Whether a text would not tell two prices, of which one is right: that would give the flaw away."""
    known = specimen.product.get("price")
    return flaw.kind != "wrong_price" or not known or not any(f"{known:g} €" in text or f"€{known:g}" in text
                                                              for text in specimen.fields.values())  # fmt: skip


def _objections(rows: Sequence[dict[str, Any]], prefix: str) -> tuple[Mark, ...]:
    """What the checks object to at a place, as marks; a finding on a whole field has the field for its place."""
    made = []
    for row in rows:
        for one in row["findings"]:
            if one["verdict"] in (Verdict.WARN.value, Verdict.FAIL.value) and one["field"].startswith(prefix):
                whole = one["start"] is None
                start, end = (0, 1_000_000) if whole else (one["start"], one["end"])
                made.append(Mark(one["field"].removeprefix(prefix), start, end))
    return tuple(made)


def as_json(items: Sequence[Item]) -> list[dict[str, Any]]:
    """The round as the database keeps it, its key apart from what a reader sees."""
    made = []
    for item in items:
        row = asdict(item)
        made.append({"shown": {name: row[name] for name in ("label", "language", "fields", "facts")},
                     "key": {name: row[name] for name in ("flaws", "findings")}})  # fmt: skip
    return made


def from_json(rows: Sequence[dict[str, Any]]) -> tuple[Item, ...]:
    """The items of a kept round; without their key where the database has held it back."""
    return tuple(
        Item(
            **row["shown"],
            flaws=tuple(Flaw(**one) for one in row.get("key", {}).get("flaws", ())),
            findings=tuple(Mark(**one) for one in row.get("key", {}).get("findings", ())),
        )
        for row in rows
    )


def kind_known(kind: str) -> bool:
    """Whether a reader may name a mark so."""
    return kind in KINDS
