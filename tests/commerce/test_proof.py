"""The proof reports wins and losses alike, and none where there is nothing to find."""

from __future__ import annotations

import pytest

from lib.commerce.product_descriptions.coverage import coverage
from lib.commerce.product_descriptions.model import DescribeProduct, Description, Material, Product
from lib.commerce.product_descriptions.plain_template import from_template
from lib.commerce.product_descriptions.proof import BUILT_IN, ProofData, proof, sample
from lib.commerce.product_descriptions.ranking_proof import NullControl, null_control
from lib.commerce.product_descriptions.repetition import repeated, skeleton
from lib.commerce.product_descriptions.table import table_of
from lib.errors import Cancelled, EngineNotConfigured
from lib.i18n.messages import catalogue
from lib.proofs import at_least, share_interval
from tests.commerce.made_posts import made

COAT = Product(
    sku="1",
    name="Aube",
    category="coats",
    colour="black",
    materials=(Material(name="wool", share=0.9), Material(name="cashmere", share=0.1)),
    attributes={"length": "midi", "closure": "concealed button placket"},
    care=("Dry clean only",),
    origin="Italy",
    price=900,
    language="en",
)


def test_on_planted_data_the_text_ranks_unseen_posts_and_on_shuffled_data_nothing_wins():
    posts, products = made(planted={"fit_information": 0.4, "urgency": -0.4}, seed=1)
    made_proof = proof(ProofData(tuple(products), tuple(posts), "made"), engines=(), repeats=1, shuffles=3, draws=200)
    whole, text, null = made_proof.measures
    assert text.wins("length alone")
    assert whole.wins("all that is known but the text")
    assert text.low > 0
    assert null.n == 3
    assert not made_proof.null_win
    assert made_proof.data == "made"


@pytest.mark.parametrize("seed", range(4))
def test_the_null_control_finds_nothing(seed):
    posts, products = made(250, 200, {"fit_information": 0.4}, seed=seed)
    assert not null_control(table_of(posts, products), seed, shuffles=4, draws=100).won


def test_where_nothing_is_planted_the_proof_reports_no_win_of_the_text():
    posts, products = made(250, 200, seed=2)
    data = ProofData(tuple(products), tuple(posts))
    whole, text, _null = proof(data, engines=(), repeats=1, shuffles=1, draws=200).measures
    assert not whole.wins("all that is known but the text")
    assert not text.wins("length alone")


def test_a_null_control_that_finds_too_much_is_a_defect():
    assert not NullControl(20, 1, 0).won
    assert NullControl(20, 6, 0).won
    assert NullControl(20, 0, 5).won
    assert at_least(0, 5, 0.05) == pytest.approx(1)
    assert at_least(1, 2, 0.5) == pytest.approx(0.75)
    low, high = share_interval(0, 20)
    assert low == 0
    assert 0.1 < high < 0.2


def test_coverage_counts_what_is_told_in_either_language():
    everything = (
        "A black midi coat in wool and cashmere with a concealed button placket. Dry clean only. Made in Italy."
    )
    french = "Manteau midi noir en laine et cachemire, patte de boutonnage cachée. Nettoyage à sec uniquement. Italie."
    assert coverage(everything, COAT, "en") == 1
    assert coverage(french, COAT, "fr") == 1
    assert coverage("A coat.", COAT, "en") == 0
    assert 0 < coverage("A black coat in wool.", COAT, "en") < 1
    assert coverage("A coat.", Product(sku="2", name="x", category="coats"), "en") is None


def test_figures_of_a_fact_must_be_told():
    heel = Product(sku="2", name="x", category="shoes", attributes={"heel_height": "6 cm"}, language="en")
    assert coverage("A heel of 6 cm.", heel, "en") == 1
    assert coverage("A heel of 7 cm.", heel, "en") == 0


def test_a_skeleton_is_what_the_product_does_not_bring():
    silk = COAT.model_copy(update={"materials": (Material(name="silk"),), "name": "Noé", "colour": "ivory"})
    one = skeleton("Aube falls quietly, cut in a black wool.", COAT, "en")
    other = skeleton("Noé falls quietly, cut in an ivory silk.", silk, "en")
    assert one == other != ""
    assert skeleton("Aube lifts every morning.", COAT, "en") != one
    assert skeleton("Wool, cashmere.", COAT, "en") == ""


def description(body: str) -> Description:
    return Description(angle="", title="", opener="", body=body, bullets=[], fit_and_care="", snippet="")


def test_repetition_is_counted_over_the_whole_set():
    same = [(description(f"It walks beside you for {n} winters."), COAT) for n in range(30)]
    counts, share = repeated(same, "en")
    assert counts == [1] * 30
    assert share == 1
    animals = ("fox", "owl", "hare", "lynx", "crane", "otter", "finch", "wren", "newt", "toad", "swan", "mole")
    different = [(description(f"A {animal} would envy it."), COAT) for animal in animals]
    assert repeated(different, "en") == ([0] * 12, pytest.approx(1 / 12))


def test_the_template_against_itself_neither_wins_nor_loses():
    def write(inputs: DescribeProduct, language: str) -> Description:
        return from_template(inputs.product, language)

    posts, products = made(200, 150, seed=1)
    made_proof = proof(
        ProofData(tuple(products), tuple(posts)),
        engines=("copy",),
        writers={"copy": write},
        products=12,
        repeats=1,
        shuffles=1,
        draws=100,
    )
    written = [measure for measure in made_proof.measures if measure.engine == "copy"]
    assert len(written) == 8
    for measure in written:
        assert measure.n == 12
        assert measure.ours == measure.baselines["plain template"]
        assert measure.wins("plain template") is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_template_tells_facts_and_repeats_itself(language):
    products = sample().products[:20]
    texts = [(from_template(one, language), one) for one in products]
    counts, share = repeated(texts, language)
    assert sum(counts) >= 2 * len(counts)
    assert share > 0.8


def test_the_sample_can_be_proved():
    data = sample()
    assert len(data.products) >= 300
    assert len(data.posts) >= 400
    assert {one.category.casefold() for one in data.products} >= {"dresses", "coats", "bags", "shoes"}


def test_an_engine_without_a_writer_is_refused_and_a_proof_can_be_stopped():
    posts, products = made(200, 150, seed=1)
    data = ProofData(tuple(products), tuple(posts))
    with pytest.raises(EngineNotConfigured):
        proof(data, engines=("unheard of",), repeats=1, shuffles=1, draws=100)
    with pytest.raises(Cancelled):
        proof(data, engines=(BUILT_IN,), cancelled=lambda: True)


def test_every_text_of_a_measure_has_its_french():
    posts, products = made(200, 150, seed=1)
    data = ProofData(tuple(products), tuple(posts))
    writers = {"copy": lambda inputs, language: from_template(inputs.product, language)}
    measures = proof(data, engines=("copy",), writers=writers, products=3, repeats=1, shuffles=1, draws=50).measures
    french = catalogue("fr")
    for measure in measures:
        for text in (measure.metric, measure.unit, measure.note, *measure.baselines):
            assert not text or text in french, text
