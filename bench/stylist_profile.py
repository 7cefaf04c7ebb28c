"""Comments read to opinions per second, beside the word list that a house's first script would be.

A file of 10,000 comments is put together from the demo house's, so that no two are the same and nothing is cached.
"""

from __future__ import annotations

import random

from bench.model import Result, alternate, median
from lib.commerce.stylist.model import Comment
from lib.commerce.stylist.profile import prior_of, profile_of
from lib.commerce.stylist.reading import read_comment
from lib.commerce.stylist.samples import sample_house
from lib.commerce.stylist.word_list import read_by_list

COMMENTS, TURNS = 10_000, 3


def _comments(seed: int = 0) -> list[Comment]:
    chance = random.Random(seed)
    texts = [(one.text, one.language) for one in sample_house().comments if one.text and one.language in ("fr", "en")]
    rows = []
    for at in range(COMMENTS):
        text, language = chance.choice(texts)
        other = chance.choice(texts)[0]
        rows.append(Comment(str(at), f"{text} {other} {at}", f"c{at % 200}", language=language))
    return rows


def run() -> Result:
    """Read all, make 200 clients' profiles; the baseline counts words."""
    comments = _comments()
    today = max(one.written_on for one in sample_house().comments if one.written_on)

    def ours() -> None:
        by: dict[str, list[object]] = {}
        for one in comments:
            by.setdefault(one.client, []).extend(read_comment(one).said)
        prior = prior_of(by)  # type: ignore[arg-type]
        for client, said in by.items():
            profile_of(client, said, prior, today, quick=True)  # type: ignore[arg-type]

    def theirs() -> None:
        for one in comments:
            read_by_list(one.text, one.language)

    read_comment(comments[0])  # the lexicons are loaded once
    mine, plain = alternate(ours, theirs, TURNS)
    detail = {"comments": COMMENTS, "turns": TURNS, "seconds": median(mine), "word_list_seconds": median(plain)}
    value, baseline = COMMENTS / median(mine), COMMENTS / median(plain)
    return Result("stylist_profile", "comments read to profiles per second", value, baseline, "comments/s", detail)
