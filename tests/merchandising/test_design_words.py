"""A brief in words is read in both languages: grammar, negation, several pieces, and what isn't understood."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lib.access import DEMO_WORKSPACE, Actor, Role
from lib.merchandising.sketch_to_design.keywords import search
from lib.merchandising.sketch_to_design.lexicon import lexicon
from lib.merchandising.sketch_to_design.pieces import KINDS, SOLIDS, everything, offered
from lib.merchandising.sketch_to_design.reading_proof import (
    FILE,
    KEYWORDS,
    PLAIN,
    counts,
    f1,
    measures,
    null_wins,
    ours,
    sentences,
)
from lib.merchandising.sketch_to_design.task import READ_DESIGN_WORDS, draft
from lib.merchandising.sketch_to_design.wish import ATTRIBUTES, PieceWish, ReadWords, Wish
from lib.merchandising.sketch_to_design.words import read_words
from lib.tasks import Context
from lib.tasks.prompts import read_file
from lib.tasks.schema import strict_schema


def only(text: str) -> PieceWish:
    """The single piece of a brief."""
    (piece,) = read_words(text).pieces
    return piece


@pytest.mark.parametrize(
    "text",
    ["robe midi en lin vert sauge, encolure carrée, poches", "sage green linen midi dress, square neckline, pockets"],
)
def test_the_same_brief_in_two_languages_is_read_alike(text):
    piece = only(text)
    assert piece.said() == {
        "length": "midi",
        "neckline": "square_neck",
        "pockets": "some",
        "fabric": "linen",
    }
    assert (piece.kind, piece.colours) == ("dress", ("sage",))


@pytest.mark.parametrize("text", ["ROBES PLISSÉES NOIRES", "robes plissees noires", "Robe plissée noire"])
def test_accents_plurals_and_agreement_make_no_difference(text):
    piece = only(text)
    assert (piece.kind, piece.pleats, piece.colours) == ("dress", "knife", ("black",))


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("robe sans manches", "sleeve", "sleeveless"),
        ("robe sans poches", "pockets", "none"),
        ("manteau, pas de ceinture", "belt", "none"),
        ("a dress with no pockets", "pockets", "none"),
        ("a skirt without pleats", "pleats", "none"),
        ("a coat without a belt or pockets", "pockets", "none"),
        ("a shirt, no collar", "collar", ""),
    ],
)
def test_negation_takes_away(text, attribute, value):
    assert getattr(only(text), attribute) == value


def test_what_is_ruled_out_is_not_set():
    piece = only("a coat, not double-breasted, not black, navy")
    assert (piece.closure, piece.colours) == ("", ("navy",))
    assert set(piece.excluded) == {"closure=double_breasted", "colour=black"}


def test_each_description_stays_with_its_piece():
    wish = read_words("a red wool coat with patch pockets and black tapered trousers without pleats")
    coat, trousers = wish.pieces
    assert (coat.kind, coat.colours, coat.pockets) == ("coat", ("signal red",), "patch_pockets")
    assert (trousers.kind, trousers.colours) == ("trousers", ("black",))
    assert (trousers.silhouette, trousers.pleats, trousers.pockets) == ("tapered_leg", "none", "")
    veste, jupe = read_words("une veste noire à rayures et une jupe droite blanche").pieces
    assert (veste.print, jupe.silhouette, jupe.colours) == ("stripe", "straight", ("pure white",))


def test_pieces_in_three_dimensions_take_materials_and_no_colours():
    ring = only("bague solitaire en or rose avec une émeraude")
    assert (ring.kind, ring.setting, ring.metal, ring.stone, ring.colours) == (
        "ring",
        "solitaire",
        "gold_18k_rose",
        "emerald",
        (),
    )
    assert only("an emerald green dress").colours == ("emerald",)


def test_what_nothing_can_draw_and_what_is_not_understood_is_said():
    wish = read_words("robe léopard brimborion à capuche")
    assert wish.not_drawn == ("léopard", "capuche")
    assert wish.not_read == ("brimborion",)
    assert read_words("").pieces == ()


def test_without_a_noun_cloth_and_colour_are_read_for_a_sketch():
    piece = only("en velours bordeaux, à pois")
    assert (piece.kind, piece.fabric, piece.print, piece.colours) == ("", "velvet", "dot", ("burgundy",))


def test_a_size_is_read_and_not_called_unknown():
    wish = read_words("robe noire taille 44")
    assert (wish.pieces[0].size, wish.not_read) == (44, ())


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text):
    wish = read_words(text)
    assert Wish.model_validate(wish.model_dump()) == wish
    assert all(piece.kind == "" or piece.kind in KINDS for piece in wish.pieces)


@given(st.sampled_from([*sorted(SOLIDS), "dress", "coat", "jeans", "bag"]), st.data())
def test_every_value_of_the_lexicon_can_be_had_by_what_it_is_read_for(kind, data):
    language = data.draw(st.sampled_from(["fr", "en"]))
    surface = data.draw(st.sampled_from(sorted(lexicon(language).surfaces)))
    noun = next(
        word
        for word, terms in lexicon(language).surfaces.items()
        if any(term.attribute == "kind" and term.values == (kind,) for term in terms)
    )
    for piece in read_words(f"{noun}, {surface}", language).pieces:
        for name, value in piece.said().items():
            assert value in (*offered(piece.kind).get(name, ()), "some", "none")


def test_every_lexicon_value_is_one_of_the_lists():
    known = everything()
    for language in ("fr", "en"):
        for terms in lexicon(language).surfaces.values():
            for term in terms:
                if term.attribute in known:
                    assert set(term.values) <= known[term.attribute] | {"some"}


def test_an_engines_answer_outside_of_the_lists_is_refused():
    PieceWish(kind="dress", neckline="v_neck", colours=("sage",), size=40)
    for wrong in ({"kind": "cape"}, {"neckline": "funnel"}, {"colours": ("mud",)}, {"size": 41}, {"collar": "some"}):
        with pytest.raises(ValidationError):
            PieceWish(**wrong)


def test_the_prompt_names_every_value_that_an_answer_may_hold():
    prompt = read_file(READ_DESIGN_WORDS.prompts, READ_DESIGN_WORDS.name)
    for values in everything().values():
        assert all(value in prompt.system for value in values)
    assert all(kind in prompt.system for kind in KINDS)
    assert "sage" in prompt.system
    schema = strict_schema(Wish)
    assert set(ATTRIBUTES) <= set(schema["$defs"]["PieceWish"]["properties"])


def test_the_drafter_reads_either_language_whatever_the_page_speaks():
    nobody = Context(Actor("", DEMO_WORKSPACE, Role.PARTICIPANT), language="fr")
    assert draft(ReadWords(text="a navy coat"), nobody).pieces[0].colours == ("navy",)


def test_the_labelled_sentences_are_those_that_were_frozen():
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == (
        "4c355b0d6751aa1f73fba0f226c00ce439ea9718270c9aa1e201deab32f2fe33"
    )
    both = [sentences("tune"), sentences("report")]
    assert [len(half) for half in both] == [30, 30]
    assert {sentence.language for sentence in both[0]} == {sentence.language for sentence in both[1]} == {"fr", "en"}


def test_reading_beats_keyword_search_on_the_half_that_nothing_was_tuned_on():
    read, whole = measures(sentences("report"), seed=0, draws=300)
    assert read.ours > 0.9
    assert read.wins(KEYWORDS) and read.wins(PLAIN) and whole.wins(KEYWORDS)


def test_a_reader_that_reads_as_a_search_does_wins_nothing(monkeypatch):
    from lib.merchandising.sketch_to_design import reading_proof

    monkeypatch.setattr(reading_proof, "ours", search)
    read, whole = measures(sentences("report"), seed=0, draws=200)
    assert not read.wins(KEYWORDS) and not whole.wins(KEYWORDS)


def test_where_labels_are_exchanged_nothing_is_won():
    assert null_wins(sentences("report"), seed=1, shuffles=20, draws=100) <= 2


def test_f1_counts_what_is_wrong_and_what_is_missing():
    claims = [frozenset({("dress", "kind", "dress"), ("dress", "length", "midi")})]
    assert f1(counts(claims, claims)) == 1
    assert f1(counts([frozenset()], claims)) == 0
    half = [frozenset({("dress", "kind", "dress"), ("dress", "length", "maxi")})]
    assert f1(counts(half, claims)) == pytest.approx(0.5)
    assert ours("a dress") == frozenset({("dress", "kind", "dress")})


@pytest.mark.parametrize(
    ("text", "kind", "lengths"),
    [
        ("table en noyer, 2 m de long", "table", {"length": 2000}),
        ("an oak table 2 m long and 90 cm wide", "table", {"length": 2000, "width": 900}),
        ("table 180 x 80 cm", "table", {"length": 1800, "width": 800}),
        ("bague taille 54", "ring", {"size": 54}),
        ("gold ring, size 54", "ring", {"size": 54}),
        ("a ring 18 mm in diameter", "ring", {"size": 56.5}),
        ("bague diamètre 18 mm avec un saphir de 5 mm", "ring", {"size": 56.5, "stone_mm": 5}),
        ("a half moon ring with a diamond of 0.5 ct", "ring", {"stone_mm": 5.2}),
        ("lampadaire de 1 m 60", "lamp", {"height": 1600}),
        ("lunettes 52-18-145", "frame", {"lens": 52, "bridge": 18, "temple": 145}),
        ("créoles de 30 mm", "earring", {"size": 30}),
        ("tabouret de 65 cm de haut", "stool", {"height": 650}),
        ("chaise, hauteur d’assise 46 cm", "chair", {"seat_height": 460}),
        ("18-inch side table", "table", {"length": 457.2, "height": 500}),
        ("ring size 20000", "ring", {"size": 20000}),
    ],
)
def test_sizes_are_read_in_millimetres_for_what_they_measure(text, kind, lengths):
    wish = read_words(text)
    (piece,) = wish.pieces
    assert (piece.kind, {one.name: round(one.mm, 1) for one in piece.lengths}) == (kind, lengths)
    assert not [word for word in wish.not_read if word[0].isdigit()]


@pytest.mark.parametrize("text", ["robe longue de 95 cm", "coat, size 20000", "a dress 2 m long", "robe taille 41"])
def test_a_length_that_nothing_is_drawn_to_is_said(text):
    wish = read_words(text)
    assert len(wish.not_drawn) == 1 and wish.pieces[0].size == 0
    assert not wish.not_read


@pytest.mark.parametrize(
    ("text", "kind", "near"),
    [
        ("boucles en or", "earring", ""),
        ("pendant en argent", "pendant", ""),
        ("jonc en or", "bracelet", ""),
        ("gourmette en argent", "bracelet", ""),
        ("alliance en platine", "ring", ""),
        ("guéridon en noyer", "table", ""),
        ("coffee table in oak", "table", ""),
        ("fauteuil en hêtre", "chair", "fauteuil"),
        ("an oak armchair", "chair", "armchair"),
        ("banc en chêne", "table", "banc"),
        ("a walnut bench", "table", "bench"),
        ("a walnut desk", "table", "desk"),
        ("lampe de chevet en laiton", "lamp", ""),
        ("a brass standing lamp", "lamp", ""),
        ("lunettes de soleil écaille", "frame", "lunettes de soleil"),
        ("mocassins à boucles", "shoe", ""),
        ("robe avec ceinture à boucle", "dress", ""),
    ],
)
def test_synonyms_find_their_piece_and_what_is_only_near_is_said(text, kind, near):
    piece = only(text)
    assert piece.kind == kind
    assert [one.said for one in piece.nearest] == ([near] if near else [])


@pytest.mark.parametrize("text", ["une tiare en or", "a gold brooch", "canapé en chêne", "a brass chandelier"])
def test_a_piece_that_nothing_here_makes_is_said_and_no_other_takes_its_place(text):
    wish = read_words(text)
    assert not wish.solids and not [piece for piece in wish.pieces if piece.kind]
    assert wish.not_drawn


def test_a_word_drawn_by_its_nearest_gives_way_to_one_that_can_be_drawn():
    wish = read_words("robe en satin et tulle")
    assert (wish.pieces[0].fabric, wish.pieces[0].nearest, wish.not_drawn) == ("satin", (), ("tulle",))
    assert wish.pieces[0].drawn("fabric") == "satin"
    assert read_words("robe en tulle").pieces[0].claims() == {("dress", "kind", "dress")}
