"""The frame of a sentence plan, and how many plans share it: what many plans come down to is chosen less often.

'{s} is made {origin}' and 'Made {origin}, {s} belongs to {line}' read alike on the tenth page although they are two
plans. Weighing each plan by the inverse of its frame's frequency gives every frame, not every plan, the same chance.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import cache

from lib.commerce.product_descriptions.writer.ranking import SMALL
from lib.commerce.product_descriptions.writer.templates import alternatives, plans_of
from lib.vocabulary.matching import bare

_VERBS = ("made", "fabriqué", "coupé", "doublé", "réalisé")  # slots that hold a verb
_EXPANSIONS = 60  # of one plan, at most


@cache
def frame(text: str) -> str:
    """The content words of a decided plan, in order; slots are '_', slots side by side one."""
    text = re.sub(r"\[(?:\w+:)?([^\[\]|]+)\|[^\[\]]*\]", r"\1", text)
    text = re.sub(
        r"{(\w+)(?::[\w.à]+)?}", lambda m: m.group(1).lower() if m.group(1).lower() in _VERBS else " _ ", text
    )
    parts: list[str] = []
    for word in re.findall(r"[^\W\d_]+|_", bare(text)):
        if word == "_":
            parts += ["_"] if parts[-1:] != ["_"] else []
        elif word not in SMALL and len(word) > 1:
            parts.append(word[:5])
    return " ".join(parts)


@cache
def commonness(language: str) -> Counter[str]:
    """Frame -> in how many plans of the language it can come out."""
    counts: Counter[str] = Counter()
    for text in plans_of(language):
        counts.update({frame(one) for one in itertools.islice(_expanded(text), _EXPANSIONS)})
    return counts


def _expanded(text: str) -> itertools.chain[str]:
    pieces = alternatives(text)
    return itertools.chain("".join(choice) for choice in itertools.product(*pieces))
