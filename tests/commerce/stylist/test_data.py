"""The tables: the demo house's, a review file of 23,000 rows with other columns, and rows that can't be used."""

from __future__ import annotations

import csv
import io
import random

import pytest

from lib.commerce.stylist.columns import CLIENT_COLUMNS, COMMENT_COLUMNS, PIECE_COLUMNS
from lib.commerce.stylist.data import clients_from, comments_from, pieces_from
from lib.commerce.stylist.groundwork import agreement, ground_of
from lib.commerce.stylist.kept import packed, unpacked
from lib.commerce.stylist.reading_all import Read, may_read, read_all
from lib.commerce.stylist.samples import House, sample_house
from lib.commerce.stylist.selection import ALL, GROUP, PRODUCT, Who, select
from lib.files.intake import Choices, mapping_of, read, take_in
from lib.shell.stylist.tables import Given
from lib.shell.upload_slot import OWN, UploadResult

HEADER = (
    "", "Clothing ID", "Age", "Title", "Review Text", "Rating", "Recommended IND", "Positive Feedback Count",
    "Division Name", "Department Name", "Class Name",
)  # fmt: skip
GOOD = (
    "Love the {colour}, it fits perfectly.",
    "Gorgeous fabric, so soft, and true to size!",
    "Great for work, I get compliments.",
)
BAD = (
    "Way too short and the fabric is scratchy.",
    "Runs huge, I had to return it.",
    "The colour is awful and it pills.",
)
COLOURS = ("navy", "burgundy", "mustard", "emerald", "black")
CLASSES = (("Dresses", "Dresses"), ("Tops", "Knits"), ("Bottoms", "Pants"), ("Jackets", "Outerwear"))


def review_file(rows: int = 23_000) -> bytes:
    """A file with the columns of a well known public one: no client, some comments without words or heading."""
    chance = random.Random(7)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for at in range(rows):
        rating = chance.choice((1, 2, 3, 4, 5, 5, 5))
        text = " ".join(chance.sample(GOOD if rating > 3 else BAD, 2)).format(colour=chance.choice(COLOURS))
        department, group = chance.choice(CLASSES)
        writer.writerow(
            [at, 700 + at % 400, 20 + at % 60, chance.choice(("", "Nice")), "" if at % 27 == 0 else text, rating,
             int(rating > 3), 0, "General", department, group]
        )  # fmt: skip
    return out.getvalue().encode()


@pytest.mark.long
def test_a_review_file_of_23_000_rows_is_mapped_read_and_profiled_by_product_class_and_for_all() -> None:
    table = read(review_file(), "reviews.csv", Choices())
    mapping = mapping_of(table, COMMENT_COLUMNS, Choices())
    sources = mapping.sources()
    assert sources["text"] == "Review Text"
    assert sources["sku"] == "Clothing ID"
    assert sources["rating"] == "Rating"
    assert sources["title"] == "Title"
    assert sources["group"] == "Class Name"
    assert sources["client"] is None
    intake = take_in(table, mapping, COMMENT_COLUMNS, comments_from)
    assert len(intake.items) == 23_000
    assert not intake.problems
    found = read_all(intake.items, {})
    assert len(found.said) == 23_000
    assert found.closed == 0
    empty = sum(one.why == "empty" for rows in found.left_out.values() for one in rows)
    assert empty == 852
    house = House(comments=intake.items, pieces=sample_house().pieces)
    share = agreement(house, found)
    assert share is not None
    assert share[0] > 0.9
    ground = ground_of(house, found)
    for who in (Who(PRODUCT, "700"), Who(GROUP, "Knits"), Who(ALL)):
        profile = select(house, found, ground, who).profile
        assert profile.get("colour", "navy") is not None
        assert profile.comments > 0
    kept = unpacked(packed(found))
    assert kept == found


def test_age_is_not_taken_from_the_file() -> None:
    assert not [column for column in COMMENT_COLUMNS if "age" in (column.name, *column.aliases)]


def test_rows_that_cannot_be_used_are_listed_with_their_line_and_the_fix() -> None:
    rows = [
        {"text": "fine", "id": "1"},
        {"text": "x" * 200_000, "id": "2"},
        {"text": "again", "id": "1"},
        {"text": "fine", "id": "3", "written_on": "soon"},
        {"text": "fine", "id": "4", "rating": "lots"},
        {"text": "", "id": "5"},
    ]
    items, problems = comments_from(rows, range(2, 8))
    assert [one.id for one in items] == ["1", "5"]
    assert [(one.line, one.column) for one in problems] == [(3, "text"), (4, "id"), (5, "written_on"), (6, "rating")]


def test_consent_reads_as_it_is_written() -> None:
    rows = [
        {"client": "A", "purposes": "orders; browsing; comments"},
        {"client": "B", "purposes": "orders"},
        {"client": "C", "purposes": "?"},
        {"client": "D", "purposes": ""},
        {"client": "E", "purposes": "Commandes, Commentaires"},
    ]
    items, _problems = clients_from(rows, range(2, 7))
    assert [one.id for one in items if one.agreed] == ["A", "E"]


def test_pieces_of_a_french_file_speak_the_same_words() -> None:
    rows = [
        {"sku": "1", "name": "Jupe Aube", "category": "Jupes", "colour": "Bleu marine", "fabric": "Lin lavé",
         "fit": "Ample", "length": "Midi", "price": "1 290,00", "sizes": "36; 38", "units": "0"},
    ]  # fmt: skip
    (piece,), problems = pieces_from(rows, [2])
    assert not problems
    assert (piece.kind, piece.colour, piece.fit, piece.length, piece.price) == (
        "skirt",
        "navy",
        "loose",
        "midi",
        1290.0,
    )
    assert "linen" in piece.fabrics
    assert piece.in_stock == ()


def test_comments_of_clients_who_did_not_agree_are_not_read() -> None:
    house = sample_house()
    closed = [one for one in house.comments if one.client and not house.clients[one.client].agreed]
    assert closed
    found = read_all(closed, house.clients)
    assert found == Read({}, {}, {}, len(closed))


def test_a_file_with_clients_and_no_consents_stays_closed_until_somebody_answers_for_it() -> None:
    comment = sample_house().comments[0]
    assert comment.client
    assert not may_read(comment, {}, confirmed=False)
    assert may_read(comment, {}, confirmed=True)
    own, pieces = UploadResult((comment,), origin=OWN, ready=True), UploadResult(origin=OWN, ready=True)
    assert Given(own, pieces, None, None, False).unanswered
    assert not Given(own, pieces, None, None, True).unanswered
    assert not Given(own, pieces, UploadResult(origin=OWN, ready=True), None, False).unanswered


def test_the_templates_say_what_they_need() -> None:
    assert [column.name for column in COMMENT_COLUMNS if column.required] == ["text"]
    assert {column.name for column in PIECE_COLUMNS if column.required} == {"sku", "name", "category"}
    assert "purposes" in {column.name for column in CLIENT_COLUMNS}
