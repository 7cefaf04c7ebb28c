"""A house's own voice: the demo house's words are nobody else's."""

from __future__ import annotations

import pytest

from lib.access import DEMO_WORKSPACE, Actor
from lib.commerce.product_descriptions.comparing import FIRST_OPTION
from lib.commerce.product_descriptions.desk import desk_of
from lib.commerce.product_descriptions.exports import json_ld
from lib.commerce.product_descriptions.model import BrandVoice, DescribeProduct, Product
from lib.commerce.product_descriptions.voice import keep_voice, voice_of
from lib.commerce.product_descriptions.writer import draft
from lib.database import connect
from lib.database.people import actor_for, create_person, create_workspace
from lib.i18n import use_language
from lib.settings import ROOT
from lib.tasks import Context

COAT = Product(sku="Z-1", name="Manteau Bastille", category="manteaux", colour="marine", origin="France", language="fr")


def dupont():
    """An actor in a workspace of a house of its own."""
    with connect() as database:
        person, _token = create_person(database)
        return actor_for(database, person, create_workspace(database, person, "Pilote", "Atelier Dupont"))


def test_a_workspace_begins_with_its_own_house_and_no_words_of_the_demos():
    with connect() as database:
        voice, stamp = voice_of(database, dupont())
        demo, _stamp = voice_of(database, actor_for(database, create_person(database)[0], DEMO_WORKSPACE))
    assert (voice.house, voice.preferred, voice.forbidden, stamp) == ("Atelier Dupont", (), (), "")
    assert demo.house == "Maison Solène" and demo.preferred and demo.forbidden


def test_a_voice_that_was_set_is_found_again():
    actor = dupont()
    mine = BrandVoice(house="Dupont", register="warm", preferred=("patine",), forbidden=("chic",))
    with connect() as database:
        keep_voice(database, actor, mine)
        found, stamp = voice_of(database, actor)
    assert found == mine and stamp


def test_no_text_or_feed_of_a_house_names_the_demo_house():
    actor = dupont()
    with connect() as database:
        voice, _stamp = voice_of(database, actor)
    brief = DescribeProduct(product=COAT, voice=voice)
    output = draft(brief, Context(actor=actor, language="fr", seed=3, use_case="product_descriptions"))
    assert "Solène" not in output.model_dump_json()
    row = {"id": "r", "engine": "built-in", "model": "", "language": "fr", "inputs": brief.model_dump(mode="json")}
    desk = desk_of({**row, "output": output.model_dump()})
    assert json_ld(desk.written(output.options[0], 0))["brand"]["name"] == "Atelier Dupont"


def test_comparisons_are_written_in_the_workspaces_voice():
    actor = dupont()
    with connect() as database:
        (sample, *_own) = FIRST_OPTION.sets(database, actor)
    assert {one.values.voice.house for one in sample.load()} == {"Atelier Dupont"}


@pytest.mark.parametrize(("language", "first"), [("fr", "produits.csv"), ("en", "products.csv")])
def test_a_comparison_offers_the_products_in_the_readers_language_first(
    actor: Actor, language: str, first: str
) -> None:
    with use_language(language), connect() as database:
        sets = FIRST_OPTION.sets(database, actor)
    names = (ROOT / "sample_data" / first).read_bytes().decode("latin-1")  # as one house exports it
    assert sets[0].load()[0].label.split(" · ")[1] in names
    assert {one.key for one in sets} == {"sample", "sample_fr"}
