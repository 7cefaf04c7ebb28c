"""The labelled sentences of clients' comments, frozen, and the demo house's comments, which share none of them."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import unicodedata
from collections import Counter
from datetime import date
from typing import Any

import pytest

from sample_data.comment_texts import stock
from sample_data.generate import HERE
from sample_data.products import source

SENTENCES = HERE / "comment_sentences.jsonl"
FROZEN = "3fc6868bd9305a6d611d7f732b7b1782ff65123a5d2053826dfe858232fd5237"
ASPECTS = ("fit", "colour", "fabric", "occasion", "length", "price")


def plain(text: str) -> str:
    """Small letters without accents and signs, a space before and after."""
    letters = unicodedata.normalize("NFD", text.lower())
    words = re.findall(r"\w+", "".join(sign for sign in letters if not unicodedata.combining(sign)))
    return f" {' '.join(words)} "


@pytest.fixture(scope="module")
def sentences() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def comments() -> list[dict[str, str]]:
    return table("comments.csv")


def test_the_labelled_sentences_are_as_they_were_frozen() -> None:
    assert hashlib.sha256(SENTENCES.read_bytes()).hexdigest() == FROZEN


def test_200_sentences_a_language_half_to_tune_half_to_report_interleaved(sentences: list[dict[str, Any]]) -> None:
    counts = Counter((row["language"], row["half"]) for row in sentences)
    assert counts == dict.fromkeys([("fr", "tune"), ("fr", "report"), ("en", "tune"), ("en", "report")], 100)
    assert len({row["id"] for row in sentences}) == len({plain(row["text"]) for row in sentences}) == 400
    for language in ("fr", "en"):
        halves = [row["half"] for row in sentences if row["language"] == language]
        assert all({one, two} == {"tune", "report"} for one, two in zip(halves[::2], halves[1::2], strict=True))


def test_labels_are_of_the_six_aspects_and_quote_the_sentence(sentences: list[dict[str, Any]]) -> None:
    for row in sentences:
        assert set(row) == {"id", "half", "language", "text", "labels"}
        for label in row["labels"]:
            assert set(label) == {"aspect", "value", "sentiment", "words"}
            assert label["aspect"] in ASPECTS and label["sentiment"] in ("positive", "negative", "neutral")
            assert label["words"] and label["words"] in row["text"], row["id"]
            assert label["value"] == label["value"].strip()
        quoted = [(label["aspect"], label["words"]) for label in row["labels"]]
        assert len(set(quoted)) == len(quoted), row["id"]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_aspect_is_said_often_enough_in_either_half_and_language(
    sentences: list[dict[str, Any]], aspect: str
) -> None:
    rows = [row for row in sentences for label in row["labels"] if label["aspect"] == aspect]
    assert 55 <= len(rows) <= 90
    for key in ("half", "language"):
        counts = Counter(row[key] for row in rows)
        assert len(counts) == 2 and min(counts.values()) >= 25, counts
    tones = Counter(label["sentiment"] for row in sentences for label in row["labels"] if label["aspect"] == aspect)
    assert min(tones["positive"], tones["negative"]) >= 12, tones


def test_some_sentences_say_nothing_and_some_two_opposite_things(sentences: list[dict[str, Any]]) -> None:
    assert sum(not row["labels"] for row in sentences) >= 40
    tones = [{label["sentiment"] for label in row["labels"]} for row in sentences]
    assert sum({"positive", "negative"} <= tone for tone in tones) >= 20


def test_no_labelled_sentence_is_in_the_comments_or_their_phrases(
    sentences: list[dict[str, Any]], comments: list[dict[str, str]]
) -> None:
    labelled = [plain(row["text"]) for row in sentences]
    texts = "|".join(plain(row["title"]) + "|" + plain(row["text"]) for row in comments)
    assert not [text for text in labelled if text in texts]
    assert not set(labelled) & set(map(plain, phrases(source("comments"))))


def phrases(table: dict[str, Any]) -> list[str]:
    """All phrases of the source, whatever depth they stand at."""
    found: list[str] = []
    for value in table.values():
        found += phrases(value) if isinstance(value, dict) else value.strip("\n").split("\n")
    return found


def test_phrases_are_many_in_either_language_and_tone() -> None:
    for language in ("fr", "en"):
        for aspect in ASPECTS:
            of_tone: Counter[bool] = Counter()
            for place in source("comments")[language][aspect]:
                of_tone["positive" in place] += len(set(stock(language, aspect, place)))
            assert min(of_tone[True], of_tone[False]) >= 40, (language, aspect, of_tone)


def test_comments_name_customers_and_products_of_the_house(comments: list[dict[str, str]]) -> None:
    assert {row["customer_id"] for row in comments} <= {row["customer_id"] for row in table("customers.csv")}
    named = {row["sku"] for row in comments} - {""}
    assert named <= {row["sku"].upper() for row in table("products.csv")}
    bought = {(row["customer_id"], row["sku"]) for row in table("orders.csv")}
    assert all((row["customer_id"], row["sku"]) in bought for row in comments if row["sku"])


def test_380_clients_write_some_3600_comments_and_a_few_write_very_many(comments: list[dict[str, str]]) -> None:
    counts = Counter(row["customer_id"] for row in {row["comment_id"]: row for row in comments}.values())
    assert len(counts) == 380 and 3_400 <= len(comments) <= 3_800
    ordered = sorted(counts.values(), reverse=True)
    assert ordered[:4] == [220, 150, 112, 104] and ordered[4] == 20 and ordered[-1] == 1
    allowed = {row["customer_id"]: row["allowed_purposes"] for row in table("customers.csv")}
    for customer, _ in counts.most_common(3):
        assert "comments" in allowed[customer]
    assert sum("comments" not in allowed[customer] for customer in counts) >= 40  # a profile without consent


def test_comments_are_well_formed(comments: list[dict[str, str]]) -> None:
    assert Counter(Counter(row["comment_id"] for row in comments).values())[2] == 1  # one row recorded twice
    assert {row["source"] for row in comments} == {"review", "e-mail", "message", "boutique note"}
    assert {row["language"] for row in comments} == {"fr", "en", "de", "it", "es"}
    for row in comments:
        assert (row["rating"] in set("12345")) == (row["source"] == "review")
        assert date(2024, 10, 1) <= date.fromisoformat(row["written_on"]) <= date(2026, 10, 31)
        assert not re.search(r"[{}|]", row["title"] + row["text"]), row
    assert 10 <= sum(not row["text"] for row in comments) <= 60
    assert (HERE / "comments.csv").stat().st_size < 900_000


def test_ratings_follow_what_came_back(comments: list[dict[str, str]]) -> None:
    """Somebody who sent a product back rates it lower than who kept theirs."""
    orders = {(row["order_id"], row["line"]): row["customer_id"] for row in table("orders.csv")}
    back = {(orders[row["order_id"], row["line"]], row["sku"]) for row in table("returns.csv")}
    rated = [row for row in comments if row["rating"] and row["sku"]]
    returned = [int(row["rating"]) for row in rated if (row["customer_id"], row["sku"]) in back]
    kept = [int(row["rating"]) for row in rated if (row["customer_id"], row["sku"]) not in back]
    assert sum(returned) / len(returned) < sum(kept) / len(kept) - 0.5


def test_size_complaints_agree_with_the_reason_of_the_return(comments: list[dict[str, str]]) -> None:
    said = {"too small": ("small_", "small"), "too large": ("large_", "large")}
    orders = {(row["order_id"], row["line"]): row["customer_id"] for row in table("orders.csv")}
    reasons = {(orders[row["order_id"], row["line"]], row["sku"]): row["reason"] for row in table("returns.csv")}
    right = wrong = 0
    for row in comments:
        reason = reasons.get((row["customer_id"], row["sku"]), "")
        if reason in said and row["language"] in ("fr", "en"):
            other = "too large" if reason == "too small" else "too small"
            right += speaks(row, said[reason])
            wrong += speaks(row, said[other])
    assert right > 30 and right > 4 * wrong, (right, wrong)


def speaks(row: dict[str, str], starts: tuple[str, str]) -> bool:
    """Whether the text has a phrase of the fits whose place in the source starts so."""
    places = [place for place in source("comments")[row["language"]]["fit"] if place.startswith(starts)]
    text = plain(row["text"])
    return any(plain(phrase) in text for place in places for phrase in stock(row["language"], "fit", place))
