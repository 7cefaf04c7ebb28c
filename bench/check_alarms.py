"""How often the checks of what was given warn about drafts of the built-in engine, which says nothing of its own.

Each task writes over the sample data, and is read by the checks that it gets by what it declares. A warning about
numbers or copies on such a draft is a false alarm; one about instructions is right where the sample holds an attack.
"""

from __future__ import annotations

import importlib
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from lib.access import Actor, Role
from lib.checks import Finding, Verdict
from lib.checks.given import Given, Told, given_checks
from lib.checks.injection import injection_check
from lib.tasks import Context, Task

CHECKS = ("unsupported_numbers", "near_copy", "injection")
LANGUAGES = ("fr", "en")
NOBODY = Actor("bench", "bench", Role.INNOVATOR)
Draft = tuple[str, Any, Any, Told]  # language, inputs, output, what else was told
Drafts = Callable[[], Iterable[Draft]]


def descriptions() -> Iterator[Draft]:
    """120 products of the sample in both languages, with six earlier posts each."""
    from lib.commerce.product_descriptions.model import DescribeProduct
    from lib.commerce.product_descriptions.proof import sample
    from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT

    data = sample()
    for product, language in itertools.product(data.products[:120], LANGUAGES):
        posts = [post for post in data.posts if post.category == product.category and post.language == language][:6]
        yield _drafted(DESCRIBE_PRODUCT, DescribeProduct(product=product, winners=tuple(posts)), language)


def shop_words() -> Iterator[Draft]:
    """Pages of a hero and eight cards, with an offer on every second one."""
    from lib.commerce.personalised_storefront.words import WRITE_SHOP_WORDS, Piece, WriteShopWords
    from lib.commerce.product_descriptions.proof import sample

    products = sample().products
    for at in range(60):
        pieces = tuple(Piece(product=one) for one in products[at : at + 9])
        offer = {"offer": "10% off from 150 €", "conditions": "Open to everybody until 31 December."} if at % 2 else {}
        inputs = WriteShopWords(house="Maison Solène", hero=pieces[0], cards=pieces[1:], **offer)
        for language in LANGUAGES:
            yield _drafted(WRITE_SHOP_WORDS, inputs, language)


def notes() -> Iterator[Draft]:
    """Notes on one to four pieces of the sample, with their prices and sizes."""
    from lib.commerce.product_descriptions.proof import sample
    from lib.commerce.stylist.note.model import ClientNoteInputs, NotePiece
    from lib.commerce.stylist.note.task import WRITE_CLIENT_NOTE

    pieces = [
        NotePiece(name=one.name, kind=one.category, colour=one.colour, because=("colour", "fit")[at % 2 :],
                  fabric=one.materials[0].name if one.materials else "", price=f"{one.price or 100:.0f} €",
                  size=one.sizes[at % len(one.sizes)] if one.sizes else "")
        for at, one in enumerate(sample().products)
    ]  # fmt: skip
    for at, language in itertools.product(range(120), LANGUAGES):
        inputs = ClientNoteInputs(first_name="Claire", house="Maison Solène", stylist="Ana", occasion="",
                                  pieces=tuple(pieces[at : at + 1 + at % 4]))  # fmt: skip
        yield _drafted(WRITE_CLIENT_NOTE, inputs, language, seed=at)


def design_words() -> Iterator[Draft]:
    """The labelled briefs."""
    import json

    from lib.commerce.product_descriptions.proof import SAMPLE
    from lib.merchandising.sketch_to_design.task import READ_DESIGN_WORDS
    from lib.merchandising.sketch_to_design.wish import ReadWords

    for line in (SAMPLE / "design_sentences.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield _drafted(READ_DESIGN_WORDS, ReadWords(text=row["text"]), row["language"])


def criticism() -> Iterator[Draft]:
    """The four agents of the first round on the demo house's past line."""
    from lib.merchandising.product_ideation.model import ROLES, Steering
    from lib.merchandising.product_ideation.model import Role as AgentRole
    from lib.merchandising.product_ideation.rounds import hold_round
    from lib.merchandising.product_ideation.samples import fitted, sample_styles
    from lib.merchandising.product_ideation.scoring import Codes, Scorer
    from lib.merchandising.product_ideation.speaking import shortlist
    from lib.merchandising.product_ideation.task import CRITICISE_IDEAS

    _line, sell, margin = fitted(sample_styles())
    scorer = Scorer(sell, margin, Codes(house_name="Maison Solène"), Steering(sentence="plus de lin, moins de noir"))
    for seed in range(3):
        held = hold_round(scorer, 1, seed)
        roles = [cast(AgentRole, role) for role in ROLES if role in held.ideas[0].views]
        for role, language in itertools.product(roles, LANGUAGES):
            yield _drafted(CRITICISE_IDEAS, shortlist(scorer, role, held.ideas), language)


def answers() -> Iterator[Draft]:
    """The labelled conversations with client service, each turn with its tools' results."""
    from lib.commerce.service_assistant.dialogue import converse
    from lib.commerce.service_assistant.knowledge import elsewhere
    from lib.commerce.service_assistant.marking import conversations
    from lib.tasks.checking import decoded

    with elsewhere() as place:
        for one in conversations():
            turns = converse(one.turns, one.channel, place, place.actor)  # type: ignore[arg-type]
            for at, turn in enumerate(turns):
                results = tuple((result.tool, decoded(result.text)) for result in turn.results)
                earlier = tuple(before.inputs for before in turns[:at])
                yield one.language, turn.inputs, turn.answer, Told(results, earlier)


def _drafted(task: Task[Any, Any], inputs: Any, language: str, seed: int = 0) -> Draft:
    return language, inputs, task.draft(inputs, Context(NOBODY, language=language, seed=seed)), Told()


DRAFTS: dict[str, Drafts] = {
    "lib.commerce.product_descriptions.task.DESCRIBE_PRODUCT": descriptions,
    "lib.commerce.personalised_storefront.words.WRITE_SHOP_WORDS": shop_words,
    "lib.commerce.stylist.note.task.WRITE_CLIENT_NOTE": notes,
    "lib.merchandising.sketch_to_design.task.READ_DESIGN_WORDS": design_words,
    "lib.merchandising.product_ideation.task.CRITICISE_IDEAS": criticism,
    "lib.commerce.service_assistant.task.ANSWER_CLIENT": answers,
}


def warned(given: Given, draft: Draft) -> Iterator[tuple[str, Finding]]:
    """(check, warning) on one draft by the checks that a task with ``given`` gets."""
    language, inputs, output, told = draft
    checks = (*given_checks(given, told), injection_check(told.results))
    for check in checks:
        for finding in check.run(inputs, output, language).findings:
            if finding.verdict in (Verdict.WARN, Verdict.FAIL):
                yield check.name, finding


def run() -> list[dict[str, Any]]:
    """For each task: drafts, and how many of them each check warned about; '-' where the task's own checks stand in."""
    rows = []
    for dotted, drafts in DRAFTS.items():
        module, _dot, name = dotted.rpartition(".")
        given: Given = getattr(importlib.import_module(module), name).given
        fits = {check.name for check in given_checks(given)} | {"injection"}
        drafted, counted = 0, Counter[str]()
        for draft in drafts():
            drafted += 1
            counted.update({check for check, _finding in warned(given, draft)})
        said = {check: counted[check] if check in fits else "-" for check in CHECKS}
        rows.append({"task": name.lower(), "drafts": drafted, **said})
        print("  ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
    return rows
