"""The checks of a description: which field, on which channel, against which product and which earlier posts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from lib.checks.claims import LIMITS as CLAIM_LIMITS
from lib.checks.claims import Fact, Facts, MaterialFact, NumberFact, claim_findings
from lib.checks.language import language_findings
from lib.checks.length import length_findings, limits_for
from lib.checks.markup import find_markup
from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.near_copy import CopyIndex, Earlier, copy_findings, index_of
from lib.checks.words import Phrases, words
from lib.commerce.product_descriptions.contradictions import Contradiction, contradictions
from lib.commerce.product_descriptions.limits import LIMITS
from lib.commerce.product_descriptions.model import (
    Channel,
    DescribeProduct,
    Description,
    Descriptions,
    Material,
    Post,
    Product,
)
from lib.commerce.product_descriptions.writer.naming import name_words
from lib.i18n import N_

TEXT_FIELDS = ("title", "opener", "body", "bullets", "fit_and_care", "snippet")


@lru_cache(maxsize=500)
def _facts(content: str, note: str, house: str) -> Facts:
    product = Product.model_validate_json(content)
    price = (NumberFact(product.price, product.currency, "product.price"),) if product.price is not None else ()
    free = [Fact(product.fit_note, "product.fit_note"), Fact(note, "note"), Fact(product.season, "product.season")]
    free += [Fact(product.category, "product.category"), Fact(product.department, "product.department")]
    return Facts(
        name=product.name,
        materials=_material_facts(product.materials, "product.materials"),
        lining=_material_facts(product.lining, "product.lining"),
        origin=Fact(product.origin, "product.origin") if product.origin.strip() else None,
        care=_listed(product.care, "product.care"),
        colours=(Fact(product.colour, "product.colour"),) if product.colour.strip() else (),
        attributes=tuple((n, Fact(v, f"product.attributes.{n}")) for n, v in product.attributes.items() if v.strip()),
        details=_listed(product.details, "product.details"),
        numbers=(*price, *_sizes(product)),
        free=tuple(fact for fact in (*free, *_listed(product.sizes, "product.sizes")) if fact.text.strip()),
        house=tuple(name for name in (house, product.line) if name.strip()),
        category=product.category,
        language=product.language,
    )


def facts_of(product: Product, note: str = "", house: str = "") -> Facts:
    """What ``product`` says, each item with its path; ``note`` is the user's own sentence in the brief."""
    return _facts(product.model_dump_json(), note, house)


def _material_facts(materials: Sequence[Material], path: str) -> tuple[MaterialFact, ...]:
    return tuple(MaterialFact(item.name, item.share, f"{path}.{number}") for number, item in enumerate(materials))


def _listed(texts: Sequence[str], path: str) -> tuple[Fact, ...]:
    return tuple(Fact(text, f"{path}.{number}") for number, text in enumerate(texts) if text.strip())


def _sizes(product: Product) -> tuple[NumberFact, ...]:
    found = []
    for number, size in enumerate(product.sizes):
        for digits in re.findall(r"\d+(?:[.,]5)?", size):
            found.append(NumberFact(float(digits.replace(",", ".")), "size", f"product.sizes.{number}"))
    return tuple(found)


def texts_of(description: Description, path: str = "") -> Iterator[tuple[str, str, str]]:
    """(field, path, text) of every text in ``description``; each point of the list is one, its field is 'bullet'."""
    before = f"{path}." if path else ""
    for field in TEXT_FIELDS:
        value = getattr(description, field)
        if isinstance(value, list):
            yield from (("bullet", f"{before}{field}.{number}", item) for number, item in enumerate(value))
        else:
            yield field, f"{before}{field}", value


def _texts(output: Descriptions) -> Iterator[tuple[str, str, str]]:
    for number, option in enumerate(output.options):
        yield from texts_of(option, f"options.{number}")


def trace(
    description: Description, product: Product, language: str, *, path: str = "", note: str = "", house: str = ""
) -> list[Finding]:
    """Every claim of ``description`` with its field, place, evidence and verdict, for display; edited texts too.

    ``path`` is put before the fields ('options.0'). Supported claims have the verdict PASS and name their evidence.
    """
    facts = facts_of(product, note, house)
    return [
        f for _field, place, text in texts_of(description, path) for f in claim_findings(text, place, facts, language)
    ]


def near_copies(
    description: Description, posts: Sequence[Post], product: Product | None = None, *, path: str = ""
) -> list[Finding]:
    """Passages of ``description`` that stand in an earlier post. The product's own data may be repeated."""
    index = index_of(_earlier(posts))
    allowed = allowed_texts(product) if product else ()
    return [f for _f, place, text in texts_of(description, path) for f in copy_findings(text, place, index, allowed)]


def _earlier(posts: Iterable[Post]) -> tuple[Earlier, ...]:
    return tuple(Earlier(post.post_id, f"{post.title}\n{post.text}", post.title) for post in posts)


@lru_cache(maxsize=500)
def _allowed(content: str) -> tuple[str, ...]:
    product = Product.model_validate_json(content)
    values = [
        product.name,
        product.line,
        product.colour,
        product.origin,
        product.fit_note,
        *product.details,
        *product.care,
    ]
    values += [item.name for item in (*product.materials, *product.lining)] + list(product.attributes.values())
    return tuple(value for value in values if value.strip())


def allowed_texts(product: Product) -> tuple[str, ...]:
    """The product's own words, which no post can claim."""
    return _allowed(product.model_dump_json())


def measured(description: Description, channel: Channel, path: str = "") -> list[Finding]:
    """Findings on the length of each field on ``channel``."""
    before = f"{path}." if path else ""
    found: list[Finding] = []
    for field in TEXT_FIELDS:
        if field == "bullets" and channel is Channel.SOCIAL and not description.bullets:
            continue  # a post does without a list
        found += length_findings(getattr(description, field), f"{before}{field}", limits_for(field, channel, LIMITS))
    for number, bullet in enumerate(description.bullets):
        found += length_findings(bullet, f"{before}bullets.{number}", limits_for("bullet", channel, LIMITS))
    return found


def _check_claims(inputs: DescribeProduct, output: Descriptions, language: str) -> CheckResult:
    found: list[Finding] = []
    for number, option in enumerate(output.options):
        house = inputs.voice.house
        found += trace(option, inputs.product, language, path=f"options.{number}", note=inputs.note, house=house)
    return CheckResult("claims", tuple(found))


def _check_near_copy(inputs: DescribeProduct, output: Descriptions, language: str) -> CheckResult:
    index = index_of(_earlier(inputs.winners))
    allowed = allowed_texts(inputs.product)
    return CheckResult("near_copy", tuple(_copied(output, index, allowed)))


def _copied(output: Descriptions, index: CopyIndex, allowed: tuple[str, ...]) -> Iterator[Finding]:
    for _field, place, text in _texts(output):
        yield from copy_findings(text, place, index, allowed)


def _check_length(inputs: DescribeProduct, output: Descriptions, language: str) -> CheckResult:
    options = enumerate(output.options)
    return CheckResult("length", tuple(f for n, o in options for f in measured(o, inputs.channel, f"options.{n}")))


def _check_language(inputs: DescribeProduct, output: Descriptions, language: str) -> CheckResult:
    names = (inputs.product.name, inputs.product.line, inputs.voice.house)
    told = (name for name in names if name.strip())
    given = tuple(told)
    return CheckResult(
        "language", tuple(f for _f, p, t in _texts(output) for f in language_findings(t, p, language, given))
    )


FORBIDDEN = N_("“{word}” is among the words that the brand voice rules out. Choose another one.")


def _check_markup(inputs: DescribeProduct, output: Descriptions, language: str) -> CheckResult:
    return CheckResult("markup", tuple(f for _field, place, text in _texts(output) for f in find_markup(text, place)))


def _check_voice(inputs: DescribeProduct, output: Descriptions, language: str) -> CheckResult:
    found = [f for _field, place, text in _texts(output) for f in forbidden_words(text, place, inputs.voice.forbidden)]
    return CheckResult("voice", tuple(found))


def forbidden_words(text: str, path: str, forbidden: Sequence[str]) -> list[Finding]:
    """Words that the brand voice rules out, compared without case and accents, as whole words."""
    read = words(text)
    found = []
    for match in Phrases((word, word) for word in forbidden if word.strip()).find(read):
        start, end = read[match.first].start, read[match.last - 1].end
        values: dict[str, Any] = {"word": text[start:end]}
        found.append(Finding(path, Verdict.WARN, FORBIDDEN, values, start, end, kind="voice"))
    return found


NAMELESS = N_("The text names the product nowhere: “{name}” is missing. Put the name in the title or in the opener.")
CONTRADICTION = N_(
    "The product’s data say both “{first}” and “{second}”. Correct one of them; the built-in engine says neither."
)


def name_findings(description: Description, product: Product, language: str, path: str = "") -> list[Finding]:
    """A finding where no field of ``description`` holds the product's own name, or, where it has none, its type."""
    wanted = name_words(product, language)
    there = {word.text for _field, _place, text in texts_of(description) for word in words(text)}
    missing = [word for word in wanted if word.text not in there]
    if not missing:
        return []
    field = f"{path}.title" if path else "title"
    return [Finding(field, Verdict.WARN, NAMELESS, {"name": product.name}, kind="name")]


def _check_name(inputs: DescribeProduct, output: Descriptions, language: str) -> CheckResult:
    found = [name_findings(o, inputs.product, language, f"options.{n}") for n, o in enumerate(output.options)]
    return CheckResult("name", tuple(finding for findings in found for finding in findings))


def _check_data(inputs: DescribeProduct, output: Descriptions, language: str) -> CheckResult:
    """The finding stands at fit and care: composition and lining are told there, or left out."""
    told = contradictions(inputs.product)
    found = [_contradiction(one, f"options.{n}.fit_and_care") for n in range(len(output.options)) for one in told]
    return CheckResult("data", tuple(found))


def _contradiction(one: Contradiction, path: str) -> Finding:
    values = {"first": one.first, "second": one.second}
    return Finding(path, Verdict.WARN, CONTRADICTION, values, evidence=one.first_path, kind="data")


CHECKS: tuple[Check, ...] = (
    Check("claims", N_("Claims traced to the product"), _check_claims, CLAIM_LIMITS),
    Check(
        "near_copy",
        N_("Near-copies of earlier posts"),
        _check_near_copy,
        N_(
            "Compares word for word with the posts given to the writer. It doesn't see a paraphrase, a "
            "translation, or texts of other houses."
        ),
    ),
    Check(
        "length",
        N_("Length by channel"),
        _check_length,
        N_("The limits are what channels usually show or take; each shop and marketplace may set others."),
    ),
    Check(
        "language",
        N_("Language"),
        _check_language,
        N_(
            "Tells whole sentences apart. Short titles and single foreign words stay unsure, which is no "
            "objection; grammar isn't checked."
        ),
    ),
    Check(
        "markup",
        N_("No code, links or placeholders"),
        _check_markup,
        N_(
            "Finds HTML, scripts, links, template signs and invisible characters; it doesn't judge what plain "
            "words say."
        ),
    ),
    Check(
        "voice",
        N_("Words the brand voice rules out"),
        _check_voice,
        N_("Finds the listed words as they are written, not their other forms or synonyms."),
    ),
    Check(
        "name",
        N_("The product’s name"),
        _check_name,
        N_("Looks for the words of the name as they are written; a translated name counts as missing."),
    ),
    Check(
        "data",
        N_("Product data without contradictions"),
        _check_data,
        N_("Knows a few contradictions: lined and unlined, sleeveless and with cuffs, without pockets and with them."),
    ),
)
