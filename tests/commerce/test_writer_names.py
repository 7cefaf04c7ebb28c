"""A product's own name is never lost: not by the writer, and not in a text that a check has seen."""

from __future__ import annotations

import pytest

from lib.access import Actor, Role
from lib.checks.model import Verdict
from lib.commerce.product_descriptions.checks import CHECKS, name_findings
from lib.commerce.product_descriptions.model import (
    BrandVoice,
    Channel,
    DescribeProduct,
    Description,
    Descriptions,
    Material,
    Product,
)
from lib.commerce.product_descriptions.writer import draft
from lib.commerce.product_descriptions.writer.naming import naming
from lib.i18n import LANGUAGES
from lib.tasks.model import Context

ACTOR = Actor(person="p", workspace="w", role=Role.INNOVATOR)
WOOL = (Material(name="laine", share=1),)


def product(name: str, source: str = "fr", **more: object) -> Product:
    return Product.model_validate(
        {"sku": "1", "name": name, "category": "manteaux", "materials": WOOL, "language": source, **more}
    )


def texts(given: Product, language: str, channel: Channel = Channel.SITE) -> Descriptions:
    inputs = DescribeProduct(product=given, channel=channel, voice=BrandVoice(address="formal"))
    return draft(inputs, Context(actor=ACTOR, language=language, seed=1))


@pytest.mark.parametrize(
    ("source", "name", "french", "english"),
    [
        ("fr", "Manteau croisé Bastille", "manteau croisé Bastille", "Bastille double-breasted coat"),
        ("fr", "MANTEAU CROISÉ BASTILLE", "manteau croisé Bastille", "Bastille double-breasted coat"),
        ("fr", "Robe Zéphyrine", "robe Zéphyrine", "Zéphyrine dress"),
        ("fr", "Robe Longue Zéphyrine", "robe longue Zéphyrine", "Zéphyrine maxi dress"),
        ("fr", "Robe longue Été", "robe longue Été", "Été maxi dress"),
        ("fr", "Robe Nuit d’Été", "robe Nuit d’Été", "Nuit d’Été dress"),
        ("fr", "Blazer croisé « Bastille »", "blazer croisé Bastille", "Bastille double-breasted blazer"),
        ("fr", "Robe", "robe", "dress"),
        ("fr", "ROBE", "robe", "dress"),
        ("fr", "Manteau croisé", "manteau croisé", "double-breasted coat"),
        ("fr", "Bastille", "Bastille", "Bastille"),
        ("en", "Bastille double-breasted coat", "manteau croisé Bastille", "Bastille double-breasted coat"),
        ("en", "BASTILLE DOUBLE-BREASTED COAT", "manteau croisé Bastille", "Bastille double-breasted coat"),
        ("en", "The Oslo skort", "The Oslo skort", "The Oslo skort"),
    ],
)
def test_a_name_is_taken_apart_and_loses_nothing(source: str, name: str, french: str, english: str) -> None:
    given = product(name, source)
    assert naming(given, "fr").title("fr") == french
    assert naming(given, "en").title("en") == english


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("name", ["Manteau croisé Bastille", "Robe Zéphyrine", "MANTEAU BASTILLE", "Sarouel Oslo"])
def test_the_title_holds_the_name(language: str, channel: Channel, name: str) -> None:
    own = name.split()[-1].capitalize() if name.isupper() else name.split()[-1]
    for option in texts(product(name), language, channel).options:
        assert own in option.title
        assert own in option.snippet
        assert name_findings(option, product(name), language) == []


BARE = Description(
    angle="a", title="Manteau en laine", opener="Un manteau.", body="Il est chaud.", bullets=[], fit_and_care="",
    snippet="Un manteau.",
)  # fmt: skip


def test_a_text_that_names_the_product_nowhere_is_marked() -> None:
    given = product("Manteau croisé Bastille")
    [finding] = name_findings(BARE, given, "fr")
    assert (finding.field, finding.verdict, finding.values) == (
        "title",
        Verdict.WARN,
        {"name": "Manteau croisé Bastille"},
    )
    named = BARE.model_copy(update={"body": "Bastille se porte long."})
    assert name_findings(named, given, "fr") == []
    check = next(item for item in CHECKS if item.name == "name")
    outcome = check.run(DescribeProduct(product=given), Descriptions(options=[BARE, named]), "fr")
    assert [found.field for found in outcome.findings] == ["options.0.title"]


def test_a_name_that_is_only_a_type_is_there_when_the_type_is() -> None:
    assert name_findings(BARE, product("Manteau"), "fr") == []
    assert len(name_findings(BARE, product("Robe"), "fr")) == 1
    assert name_findings(BARE, product("Robe"), "de") == []  # no words for the type in this language
