"""One turn of the service assistant on the built-in engine, beside the bare retrieval that it stands on.

A turn is all from the message to the answer: language, intent, signals, two searches, ranking, tools, composition.
A turn is all from the message to the answer: language, wish, signals, two searches, ranking, tools, composition.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence

import numpy as np

from bench.model import Result
from lib.commerce.service_assistant import intents, knowledge
from lib.commerce.service_assistant.cleaning import matter_of
from lib.commerce.service_assistant.dialogue import converse
from lib.commerce.service_assistant.intents import UTTERANCES
from lib.commerce.service_assistant.knowledge import Place, elsewhere
from lib.database import connect
from lib.retrieval import search

ASKED = 120  # every fifth utterance, all intents and both languages


def run() -> Result:
    """Ask each question both ways, the one that goes first in turn."""
    texts = [json.loads(line)["text"] for line in UTTERANCES.read_text(encoding="utf-8").splitlines()][::5][:ASKED]
    with elsewhere() as place:
        _turn(place, texts[0])
        _bare(place, texts[0])
        ours, bare = _alternated(texts, lambda text: _turn(place, text), lambda text: _bare(place, text))
    detail = {
        "turns": len(texts),
        "p50_ms": float(np.percentile(ours, 50) * 1000),
        "retrieval_p50_ms": float(np.percentile(bare, 50) * 1000),
    }
    value, baseline = (float(np.percentile(each, 95) * 1000) for each in (ours, bare))
    return Result("assistant_turn", "p95 of a turn on the built-in engine", value, baseline, "ms", detail)


def _alternated(
    texts: Sequence[str], ours: Callable[[str], object], bare: Callable[[str], object]
) -> tuple[list[float], list[float]]:
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number, text in enumerate(texts):
        for mine in (number % 2 == 0, number % 2 == 1):
            intents._embedded.cache_clear()  # the other way round has just embedded the same words
            began = time.perf_counter()
            (ours if mine else bare)(text)
            taken[mine].append(time.perf_counter() - began)
    return taken[True], taken[False]


def _turn(place: Place, text: str) -> object:
    return converse([text], "chat", place, place.actor)


def _bare(place: Place, text: str) -> object:
    with connect(place.path) as database:
        return search(database, place.actor, place.collection, matter_of(text), 10, embedder=knowledge.embedder())
