"""Descriptions for a whole catalogue: the rows of a job, what it will cost and take, its start, its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles

from lib.access import Actor, Right, require
from lib.commerce.product_descriptions.desk import seed_of
from lib.commerce.product_descriptions.exports import Written
from lib.commerce.product_descriptions.model import BrandVoice, Channel, DescribeProduct, Descriptions, Product
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.commerce.product_descriptions.what_sold import WhatSold, advice
from lib.commerce.product_descriptions.winners import Shelf
from lib.database import connect
from lib.database.jobs import Item, Job
from lib.database.new_jobs import NewItem, create_rows_job
from lib.database.runs import recent
from lib.engines import registry
from lib.errors import Cancelled, EngineRefused, InputError
from lib.i18n import N_, language_name, list_of
from lib.settings import settings
from lib.tasks import Context
from lib.tasks.estimate import Estimate, estimate
from lib.tasks.prompts import load_prompt

USE_CASE = "product_descriptions"
TASK = "lib.commerce.product_descriptions.task.DESCRIBE_PRODUCT"
TITLE = N_("Descriptions for {n} products ({languages})")
WINNERS = 3  # examples handed to the writer for each product, as on the page
LARGEST_PRODUCT = 50_000  # characters of all that is known of one product
PAGE = 2_500  # characters of a printed page
LABEL = 80  # characters of a name in a row's label
SAMPLE = 12  # products that the estimate renders
ENOUGH_RUNS = 3  # earlier ones that took their time, before a time is estimated

EMPTY = N_("There are no products to describe. Choose a file with at least one product.")
TOO_MANY = N_(
    "{n} products in {languages} languages are more than the {limit} rows that this installation allows. Choose fewer "
    "products or one language."
)
NO_LANGUAGE = N_("No language is chosen. Choose at least one for the texts.")
OTHER_LANGUAGE = N_(
    "{engine} writes {languages} only. Choose one of these as the language of the texts, or another engine."
)
NO_BUDGET = N_("A budget of zero lets nothing begin. Enter what the run may cost at most, above zero.")
BUDGET_TOO_SMALL = N_(
    "This budget does not cover a single text, which costs up to {amount}. Raise it, or choose a cheaper engine."
)
STOPPED = N_("The run was not started: it was stopped while its rows were being prepared.")
ROW_TOO_LONG = N_(
    "This product’s data fill about {size} pages, and a text is written from {limit} at most. Shorten the longest "
    "field, then start a run for this product."
)


@dataclass(frozen=True)
class Settings:
    """What all texts of a run share. ``learned`` is what sold before, from which each product gets its own advice."""

    channel: Channel
    voice: BrandVoice
    note: str = ""
    learned: WhatSold | None = None


def label_of(product: Product) -> str:
    """A product as the rows of a job name it, cut where it would fill a page."""
    name = product.name if len(product.name) <= LABEL else product.name[: LABEL - 1] + "…"
    return f"{name} · {product.sku[:LABEL]}"


def inputs_of(product: Product, how: Settings, shelf: Shelf | None = None) -> DescribeProduct:
    """What the page's own run would hand to the writer for this product."""
    winners = shelf.nearest(product, n=WINNERS) if shelf else ()
    return DescribeProduct(
        product=product,
        channel=how.channel,
        voice=how.voice,
        advice=advice(how.learned, how.channel, product.category) if how.learned else (),
        winners=tuple(winner.post for winner in winners),
        note=how.note,
    )


def rows_of(
    products: Iterable[Product],
    how: Settings,
    languages: Sequence[str],
    shelf: Shelf | None = None,
    begun: Callable[[int], None] = lambda number: None,
) -> Iterator[NewItem]:
    """One row for each product in each language, a product's languages one after another.

    A product whose data are too long becomes a row that is refused with the reason; the others are not touched by it.
    ``begun`` hears how many products were prepared before each one.
    """
    for number, product in enumerate(products):
        begun(number)
        error = refusal(product)
        inputs = {} if error else inputs_of(product, how, shelf).model_dump(mode="json", by_alias=True)
        for language in languages:
            yield NewItem(label_of(product), language, inputs, error)


def refusal(product: Product) -> dict[str, object] | None:
    """Why no text can be written for this product: {'message', 'values'}; None where one can."""
    size = len(product.model_dump_json())
    if size <= LARGEST_PRODUCT:
        return None
    return {"message": ROW_TOO_LONG, "values": {"size": round(size / PAGE), "limit": LARGEST_PRODUCT // PAGE}}


@dataclass(frozen=True)
class Outlook:
    """What a run will be: ``rows`` texts, ``refused`` products left out, the cost, and seconds from ... to ...

    ``seconds`` is None where too few earlier runs say how long one takes. Each row writes three options, which is what
    the task asks an engine for; the cost is that of all three.
    """

    rows: int
    refused: tuple[Product, ...]
    cost: Estimate
    seconds: tuple[float, float] | None = None

    @property
    def each(self) -> float | None:
        """The most that one row costs; None where no price is known."""
        return None if self.cost.high is None or not self.rows else self.cost.high / self.rows


def outlook(
    products: Sequence[Product],
    how: Settings,
    languages: Sequence[str],
    engine: str,
    actor: Actor,
    shelf: Shelf | None = None,
    at_once: int = 1,
) -> Outlook:
    """Rows, cost and time of a run, before anything is sent. The cost is that of a sample spread over the products.

    ``at_once`` is how many calls the engine takes side by side.

    Raises:
        InputError: nothing to do, or too much of it.
        EngineError: the engine is not there, or does not write these languages.
        PromptError: the prompt cannot be filled in.
    """
    _check(products, languages, engine)
    able = [product for product in products if not refusal(product)]
    rows = len(able) * len(languages)
    step = max(1, len(able) // SAMPLE)
    sample = [inputs_of(product, how, shelf) for product in able[::step]]
    context = Context(actor=actor, language=languages[0], use_case=USE_CASE)
    cost = _times(estimate(DESCRIBE_PRODUCT, sample, context, engine), rows)
    refused = tuple(product for product in products if refusal(product))
    return Outlook(rows, refused, cost, _seconds(actor, engine, rows, at_once))


def _times(sample: Estimate, rows: int) -> Estimate:
    """The estimate of a sample for so many rows."""
    factor = rows / sample.calls if sample.calls else 0.0
    read, written = sample.input_tokens, sample.output_tokens
    return replace(
        sample,
        calls=rows,
        low=None if sample.low is None else sample.low * factor,
        high=None if sample.high is None else sample.high * factor,
        input_tokens=(round(read[0] * factor), round(read[1] * factor)),
        output_tokens=(round(written[0] * factor), round(written[1] * factor)),
    )


def _seconds(actor: Actor, engine: str, rows: int, at_once: int) -> tuple[float, float] | None:
    """The first and the last tenth of what earlier texts took on this engine, for all rows."""
    with connect() as database:
        runs = recent(database, actor, 200, task=DESCRIBE_PRODUCT.name, status="done")
    took = [float(run["seconds"]) for run in runs if run["engine"] == engine and run["seconds"]]
    if len(took) < ENOUGH_RUNS:
        return None
    tenths = quantiles(took, n=10, method="inclusive")
    return rows * tenths[0] / at_once, rows * tenths[-1] / at_once


def _check(products: Sequence[Product], languages: Sequence[str], engine: str) -> None:
    limit = settings().max_rows
    if not products:
        raise InputError(EMPTY)
    if not languages:
        raise InputError(NO_LANGUAGE)
    if len(products) > limit:
        raise InputError(TOO_MANY, n=len(products), languages=len(languages), limit=limit * len(languages))
    able = registry.info(engine).languages
    if able and not set(languages) <= set(able):
        names = list_of([language_name(code) for code in able])
        raise EngineRefused(OTHER_LANGUAGE, engine=registry.info(engine).title, languages=names)


def check_budget(budget: float | None, each: float | None, currency: str, shown: Callable[[float, str], str]) -> None:
    """A budget lets at least one row begin. ``each`` is the most that one costs; ``shown`` writes money.

    Raises:
        InputError: it doesn't.
    """
    if budget is None:
        return
    if budget <= 0:
        raise InputError(NO_BUDGET)
    if each is not None and budget < each:
        raise InputError(BUDGET_TOO_SMALL, amount=shown(each, currency))


def start(
    actor: Actor,
    products: Sequence[Product],
    how: Settings,
    languages: Sequence[str],
    engine: str,
    shelf: Shelf | None = None,
    *,
    budget: float | None = None,
    currency: str | None = None,
    row_estimate: float | None = None,
    turn: int = 1,
    data_set: str | None = None,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """Write the run down as a job and return its id; the worker begins with it. Nothing is kept when this raises.

    Raises:
        NotAllowed: the actor may not run.
        InputError: no products, too many, no language, a budget that covers nothing.
        EngineError: the engine is not there or does not write one of the languages.
        Cancelled: ``cancelled`` said so while the rows were being prepared.
    """
    require(actor, Right.RUN)
    _check(products, languages, engine)
    if budget is not None and budget <= 0:
        raise InputError(NO_BUDGET)

    begun = _telling(progress, cancelled, len(products))
    with connect() as database:
        prompt = None if engine == registry.BUILT_IN else load_prompt(database, actor, DESCRIBE_PRODUCT).hash
        return create_rows_job(
            database,
            actor,
            use_case=USE_CASE,
            task=TASK,
            name=DESCRIBE_PRODUCT.name,
            version=DESCRIBE_PRODUCT.version,
            title=TITLE,
            title_values=_titled(products, languages),
            engine=engine,
            prompt_hash=prompt,
            seed=seed_of(USE_CASE, turn),
            items=rows_of(products, how, languages, shelf, begun),
            budget=budget,
            currency=currency,
            row_estimate=row_estimate,
            data_set=data_set,
        )


def _telling(progress: Callable[[float], None], cancelled: Callable[[], bool], count: int) -> Callable[[int], None]:
    """What each row calls as it is prepared, with its number: tells how far it is, and stops where somebody asks."""

    def begun(number: int) -> None:
        if cancelled():
            raise Cancelled(STOPPED)
        progress(number / count)

    return begun


def _titled(products: Sequence[Product], languages: Sequence[str]) -> dict[str, object]:
    names = ", ".join(own_name(code) for code in languages)
    return {"n": len(products), "languages": names, "codes": list(languages)}


def own_name(code: str) -> str:
    """A language as its own speakers write it, which every reader of a job's title understands: 'français'."""
    return language_name(code, code)


def languages_of(job: Job) -> tuple[str, ...]:
    """The languages of a run that ``start`` wrote down."""
    return tuple(job.title_values.get("codes", ()))


def written_by(job: Job, items: Iterable[Item], language: str | None = None) -> Iterator[Written]:
    """The finished texts of a run, for the exports; of each row the option that the engine put first.

    They are drafts: nobody has approved them.
    """
    for item in items:
        if item.output is None or (language is not None and item.language != language):
            continue
        given = DescribeProduct.model_validate(item.inputs)
        first = Descriptions.model_validate(item.output).options[0]
        yield Written(
            given.product,
            first,
            given.channel,
            item.language,
            job.engine,
            item.model or "",
            item.run or "",
            "draft",
            given.voice.house,
        )
