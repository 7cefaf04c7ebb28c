"""Features are about what a text says, not about how it is spaced; both languages are read alike."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.commerce.product_descriptions.features import FEATURES, LEARNED, features_of, step_of
from lib.commerce.product_descriptions.lexicon import word_lists
from lib.commerce.product_descriptions.model import Material, Product
from lib.commerce.product_descriptions.prose import Prose, guess_language, syllables

WORDS = st.sampled_from(
    ["wool", "soft", "keeps", "you", "warm", "collar", "the", "38", "perfect", "most", "in", "Italy"]
)
# no sentence starts with a figure: '38. Soft.' at the start of a line reads as a numbered point
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: " ".join(["Yes", *words]) + ".")
TEXTS = st.lists(SENTENCES, min_size=1, max_size=6)


@given(st.text(max_size=300), st.sampled_from(["fr", "en", "", "de"]))
def test_every_text_gives_finite_numbers(text, language):
    values = features_of(text, language=language)
    assert all(math.isfinite(value) for value in values.values())
    for name, value in values.items():
        if FEATURES[name].kind == "flag":
            assert value in (0, 1)
        if FEATURES[name].kind == "share":
            assert 0 <= value <= 1


@given(TEXTS)
def test_spaces_do_not_count(sentences):
    close, wide = (
        " ".join(sentences),
        "  " + "\u00a0 ".join(" ".join(s.replace(" ", "  ") for s in [x]) for x in sentences),
    )
    assert features_of(close, language="en") == pytest.approx(features_of(wide + " \n", language="en"))


@given(TEXTS)
def test_saying_it_twice_doubles_counts_and_keeps_shares(sentences):
    once = features_of(" ".join(sentences), language="en")
    twice = features_of(" ".join(sentences * 2), language="en")
    for name in ("words", "sentences", "numbers", "superlatives"):
        assert twice[name] == pytest.approx(2 * once[name])
    for name in (
        "benefit_share",
        "words_per_sentence",
        "sensory_share",
        "second_person",
        "readability",
        "opening_words",
    ):
        assert twice[name] == pytest.approx(once[name])


@pytest.mark.parametrize(
    ("feature", "language", "text"),
    [
        ("fit_information", "en", "It is true to size."),
        ("fit_information", "fr", "Il taille normalement."),
        ("care_information", "en", "Dry-clean only."),
        ("care_information", "fr", "Nettoyage à sec."),
        ("origin_named", "en", "Woven in a mill near Como, made in Italy."),
        ("origin_named", "fr", "Fabriqué en Italie."),
        ("material_named", "en", "A coat in wool."),
        ("material_named", "fr", "Un manteau en laine."),
        ("styling", "en", "Wear it with jeans."),
        ("styling", "fr", "Il se porte avec un jean."),
        ("question_opening", "en", "Cold again? This coat helps."),
        ("question_opening", "fr", "Encore froid ? Ce manteau aide."),
        ("call_to_action", "fr", "Découvrez la pièce."),
        ("urgency", "en", "Only a few pieces are left."),
        ("numbers_in_opening", "fr", "Taillé dans 92 % de cette étoffe. Rien d’autre."),
        ("superlatives", "fr", "La pièce la plus belle."),
        ("second_person", "fr", "Vous le garderez."),
        ("exclamations", "en", "Here it is!"),
    ],
)
def test_each_trait_is_seen_in_its_sentence_and_not_without_it(feature, language, text):
    assert features_of(text, language=language)[feature] > 0
    bare = "Rien à dire de cette chose." if language == "fr" else "There is nothing to say of this thing."
    assert features_of(bare, language=language)[feature] == 0


def test_benefits_are_told_from_attributes():
    benefit = "It keeps you warm all day."
    attribute = "Two pockets and a collar."
    assert features_of(benefit, language="en")["benefit_share"] == 1
    assert features_of(attribute, language="en")["benefit_share"] == 0
    assert features_of(f"{benefit} {attribute}", language="en")["benefit_share"] == 0.5


def test_french_numbers_with_spaces_are_one_number():
    values = features_of("Au prix de 1\u202f250,00 €, en 3 tailles.", language="fr")
    assert values["numbers"] == 2


def test_bullets_and_their_numbers_are_no_sentences():
    values = features_of("Three things.\n1. Wool\n2. Horn buttons\n• Made in Italy", language="en")
    assert (values["bullets"], values["sentences"], values["paragraphs"], values["numbers"]) == (3, 1, 1, 0)


def test_a_salutation_is_not_the_opening_and_mark_up_is_not_text():
    assert Prose("Bonjour,\nVoici le manteau.", "fr").sentences == ("Voici le manteau.",)
    assert Prose("<p>A <b>coat</b>.</p><ul><li>wool</li></ul>", "en").bullets == ("wool",)
    assert features_of("A coat. #solene https://example.org/x?y=1", language="en")["words"] == 2


def test_readability_follows_its_two_formulas():
    # 10 words, 2 sentences; syllables: the-cat-sat-on-mats (5), a-dog-ran-to-me (5)
    assert features_of("The cat sat on mats. A dog ran to me.", language="en")["readability"] == pytest.approx(
        206.835 - 1.015 * 5 - 84.6 * 1
    )
    # 4 words of one syllable each
    assert features_of("Le chat dort bien.", language="fr")["readability"] == pytest.approx(207 - 1.015 * 4 - 73.6)
    hard = "The incomparable characterisation of extraordinarily sophisticated materials necessitates consideration."
    assert features_of(hard, language="en")["readability"] < 0


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("soft", "en", 1),
        ("table", "en", 2),
        ("pieces", "en", 2),
        ("collar", "en", 2),
        ("robe", "fr", 1),
        ("matière", "fr", 2),
    ],
)
def test_syllables(word, language, count):
    assert syllables(word, language) == count


def test_attributes_are_found_across_languages_and_only_with_a_product():
    product = Product(
        sku="1",
        name="Aube",
        category="coats",
        colour="black",
        materials=(Material(name="wool", share=1),),
        origin="Italy",
        language="en",
    )
    english, french = "A black wool coat, made in Italy.", "Un manteau noir en laine, fabriqué en Italie."
    assert features_of(english, product, "en")["attribute_mentions"] == 1
    assert features_of(french, product, "fr")["attribute_mentions"] == 1
    assert features_of("Un manteau.", product, "fr")["attribute_mentions"] == 0
    assert "attribute_mentions" not in features_of(english)


@pytest.mark.parametrize(
    ("text", "language"),
    [("A coat in wool for the cold.", "en"), ("Un manteau en laine pour l’hiver.", "fr"), ("", "en"), ("12345", "en")],
)
def test_language_is_guessed(text, language):
    assert guess_language(text) == language


def test_both_languages_have_the_same_lists():
    assert set(word_lists("fr")) == set(word_lists("en"))
    assert all(word_lists(language)[name] for language in ("fr", "en") for name in word_lists(language))


@given(st.sampled_from(LEARNED), st.floats(0, 500))
def test_a_step_is_one_that_the_posts_have_seen(name, deviation):
    feature = FEATURES[name]
    step = step_of(feature, deviation)
    assert step == feature.step or feature.step < step <= deviation
