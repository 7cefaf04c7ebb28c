"""Seeded flaws: each kind is really wrong, stands where its key says, and changes nothing else; scoring by overlap."""

from __future__ import annotations

import io
import random
import re
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from lib.access import Actor
from lib.database import connect
from lib.database.people import create_person
from lib.errors import InputError
from lib.govern.review_queue.flaws import pictures, rounds, seeding
from lib.govern.review_queue.flaws.model import KINDS, TEXT_KINDS, WHY, Flaw, Item, Mark, Specimen
from lib.govern.review_queue.flaws.passages import passages
from lib.govern.review_queue.flaws.scoring import by_kind, found_in, merge, of_checks, precision_by_kind, score

EN = Specimen(
    "Robe", "en",
    {
        "title": "Zéphyrine shirt dress", "opener": "A relaxed cut in cotton poplin.",
        "body": "The dress is made in Bulgaria. It has a box pleat at the back.",
        "bullets.0": "Material: 97% cotton, 3% elastane",
        "fit_and_care": "True to size. Sizes 34 to 46. Care: machine wash at 30 °C; iron while damp.",
    },
    {
        "name": "Zéphyrine shirt dress", "materials": [{"name": "cotton"}, {"name": "elastane"}], "lining": [],
        "attributes": {"fabric": "cotton poplin"}, "origin": "Bulgaria", "price": 340.0, "currency": "EUR",
        "care": ["Machine wash at 30°C"],
    },
    ("iconic",),
)  # fmt: skip
FR = Specimen(
    "Robe", "fr",
    {
        "title": "Robe chemise Jasmine", "opener": "Une robe chemise en popeline de coton.",
        "body": "Issue de la ligne Rive Calme, la robe est fabriquée en France. Elle tombe au genou.",
        "fit_and_care": "Tailles 34 à 46. Composition : 100 % coton. Entretien : lavage en machine à 30 °C.",
    },
    {
        "name": "Robe chemise Jasmine", "materials": [{"name": "coton"}], "lining": [], "attributes": {},
        "origin": "France", "price": 260.0, "currency": "EUR", "care": ["Lavage en machine à 30 °C"],
    },
    ("iconique",),
)  # fmt: skip


@pytest.mark.parametrize("specimen", [EN, FR], ids=["en", "fr"])
@pytest.mark.parametrize("kind", list(TEXT_KINDS))
def test_each_kind_stands_where_its_key_says_and_changes_one_field(specimen: Specimen, kind: str) -> None:
    for seed in range(20):
        made = seeding.SEEDERS[kind](specimen, random.Random(seed))
        assert made is not None and made.flaw.kind == kind and kind in WHY
        flaw, text = made.flaw, made.fields[made.flaw.path]
        changed = [path for path in specimen.fields if made.fields[path] != specimen.fields[path]]
        assert changed == [flaw.path]
        assert 0 <= flaw.start < flaw.end <= len(text)
        assert kind == "missing_care" or text[flaw.start : flaw.end] == flaw.said
        assert made == seeding.SEEDERS[kind](specimen, random.Random(seed))


@pytest.mark.parametrize("specimen", [EN, FR], ids=["en", "fr"])
def test_what_is_said_is_really_wrong(specimen: Specimen) -> None:
    data = set(re.findall(r"\w+", str(specimen.product).casefold()))
    for seed in range(20):
        chance = random.Random(seed)
        for kind in ("wrong_material", "wrong_origin"):
            made = seeding.SEEDERS[kind](specimen, chance)
            assert made and made.flaw.said.casefold() not in data and made.flaw.true.casefold() in data
        price = seeding.wrong_price(specimen, chance)
        assert price and str(round(specimen.product["price"])) not in price.flaw.said
        care = seeding.missing_care(specimen, chance)
        assert care and "30" not in care.fields["fit_and_care"] and "30" in care.flaw.true
        measure = seeding.wrong_measurement(specimen, chance)
        assert measure and measure.flaw.said != measure.flaw.true


def test_agreement_breaks_gender_in_french_and_number_in_english() -> None:
    french = {seeding.agreement(FR, random.Random(seed)).flaw.said for seed in range(30)}  # type: ignore[union-attr]
    assert french <= {"fabriqué", "Issu"} and french
    english = {seeding.agreement(EN, random.Random(seed)).flaw.said for seed in range(30)}  # type: ignore[union-attr]
    assert english == {"are", "have"}


def test_a_kind_without_a_place_gives_nothing() -> None:
    bare = Specimen("x", "en", {"body": "A bag."}, {"name": "bag"})
    for kind in ("wrong_material", "wrong_measurement", "wrong_origin", "wrong_price", "missing_care"):
        assert seeding.SEEDERS[kind](bare, random.Random(1)) is None
    assert seeding.forbidden_word(bare, random.Random(1)) is None
    assert seeding.invented_claim(Specimen("x", "en", {"title": "A bag"}, {}), random.Random(1)) is None


@pytest.mark.parametrize("text", ["", "One.", EN.fields["fit_and_care"], "1,5 cm : « oui » ; non !", " a, b… c "])
def test_passages_hold_every_sign_once(text: str) -> None:
    found = passages(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("kind", ["", *pictures.FLAWS])
def test_a_picture_differs_from_what_was_asked_for_in_its_flaw_alone(kind: str) -> None:
    for seed, language in enumerate(("en", "fr")):
        item = pictures.make(language, kind, random.Random(seed))
        asked, drawn = item.facts["asked"], item.facts["drawn"]
        told = item.fields["picture"]
        assert item == pictures.make(language, kind, random.Random(seed))
        assert (drawn == asked) == (not kind) and len(passages(told)) == 5
        if not kind:
            continue
        (flaw,) = item.flaws
        assert kind in KINDS and kind in WHY and told[flaw.start : flaw.end] == flaw.true
        lost = len(pictures._front(asked).shapes) - len(pictures._front(drawn).shapes)
        assert lost > 0 if kind != "picture_colour" else lost == 0


def test_a_drawn_picture_shows_its_flaw() -> None:
    """As many pixels change as a button, a sleeve, a pocket or a whole cloth cover."""
    shares = {}
    for kind in pictures.FLAWS:
        item = pictures.make("en", kind, random.Random(5))
        one, other = (
            np.asarray(Image.open(io.BytesIO(pictures.png(item.facts[name]))), dtype=int) for name in ("asked", "drawn")
        )
        assert one.shape[0] > 200 and abs(one.shape[1] - other.shape[1]) <= one.shape[1] * 0.4
        if one.shape == other.shape:
            shares[kind] = float((abs(one - other).sum(axis=2) > 30).mean())
    assert shares["picture_colour"] > 0.2 and 0.0001 < shares["picture_button"] < 0.02
    assert 0.001 < shares["picture_pocket"] < 0.1


FLAW = Flaw("wrong_price", "body", 10, 20, "€1", "€2")
MISSING = Flaw("missing_care", "fit_and_care", 0, 30, "", "Wash")
ITEMS = (
    Item("a", "en", {"body": "x" * 40}, {}, (FLAW,), (Mark("body", 12, 14),)),
    Item("b", "en", {"fit_and_care": "x" * 30}, {}, (MISSING,), ()),
    Item("c", "en", {"body": "x" * 40}, {}, (), (Mark("body", 0, 4),)),
)


def test_scores_count_overlaps_names_and_false_alarms() -> None:
    marks = [
        [Mark("body", 0, 11, "tone_slip"), Mark("body", 30, 40, "tone_slip")],
        [Mark("fit_and_care", 0, 5, "tone_slip")],
        [],
    ]
    made = score(ITEMS, marks)
    assert (made.recall.hits, made.recall.n) == (1, 2) and (made.precision.hits, made.precision.n) == (1, 3)
    assert (made.named.hits, made.named.n) == (0, 1) and (made.clean.hits, made.clean.n) == (1, 1)
    perfect = [[Mark("body", 10, 20, "wrong_price")], [Mark("fit_and_care", 2, 4, "missing_care")], []]
    best = score(ITEMS, perfect)
    assert best.recall.value == best.precision.value == best.named.value == best.clean.value == 1.0
    assert merge([made, best]).recall.n == 4
    nothing = score(ITEMS, [[], [], []])
    assert nothing.precision.value is None and nothing.precision.interval is None and nothing.recall.value == 0.0


def test_the_checks_are_scored_on_the_same_texts_and_kinds_apart() -> None:
    checks = of_checks(ITEMS)
    assert (checks.recall.hits, checks.recall.n) == (1, 2) and (checks.clean.hits, checks.clean.n) == (0, 1)
    marks = [[Mark("body", 10, 20, "wrong_price")], [Mark("fit_and_care", 0, 3, "wrong_price")], []]
    kinds = by_kind(found_in(ITEMS, marks))
    assert [(one.hits, one.n) for one in kinds["wrong_price"]] == [(1, 1), (1, 1)]
    assert [(one.hits, one.n) for one in kinds["missing_care"]] == [(0, 1), (0, 1)]
    named = precision_by_kind(ITEMS, marks)["wrong_price"]
    assert (named.hits, named.n) == (1, 2)


@pytest.fixture
def visitor() -> Actor:
    from lib.database.people import actor_for

    with connect() as database:
        return actor_for(database, create_person(database)[0], "demo")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_round_is_the_same_for_its_seed_and_keeps_its_key_apart(visitor: Actor, language: str) -> None:
    with connect() as database:
        items = rounds.make(database, visitor, language, 11, 6)
        assert items == rounds.make(database, visitor, language, 11, 6)
    assert len(items) == 6 and 1 <= sum(not item.flaws for item in items) <= 3
    for item in items:
        for flaw in item.flaws:
            text = item.fields[flaw.path]
            stands = flaw.true if flaw.path == pictures.FIELD else flaw.said
            assert flaw.kind == "missing_care" or text[flaw.start : flaw.end] == stands
    kept = rounds.as_json(items)
    assert "flaws" not in str([row["shown"].keys() for row in kept])
    hidden = rounds.from_json([{"shown": row["shown"]} for row in kept])
    assert all(not item.flaws and not item.findings for item in hidden)
    with connect() as database, pytest.raises(InputError, match="offered"):
        rounds.make(database, visitor, language, 1, 7)


def test_texts_without_a_flaw_are_without_objection_of_the_checks(visitor: Actor) -> None:
    """What the checks object to is then the flaw's doing: their figures are a fair measure beside a reader's."""
    with connect() as database:
        items = rounds.make(database, visitor, "en", 3, 10)
    assert of_checks(items).clean.value == 1.0
