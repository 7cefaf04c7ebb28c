"""Drawing pictures: one call for every image engine; recorded, held against the budget, with their provenance."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lib.access import Actor, Right, require
from lib.checks import CheckResult
from lib.checks.made_pictures import MadePicture, picture_checks
from lib.database import artefacts, connect
from lib.database.engine_slots import EngineLimit, page_call
from lib.database.runs import get_run
from lib.engines.images.atelier import ATELIER
from lib.engines.images.model import Drawn, ImageRequest, Pixels, Watch, check
from lib.engines.images.openai_images import OpenAIImages
from lib.engines.images.prices import ImagePrice, image_price_of
from lib.engines.images.registry import SERVED, ImageEngineInfo, image_engine, image_engine_info, image_engine_settings
from lib.engines.prices import kind_of
from lib.errors import Cancelled, NotFound
from lib.files.pictures import read_picture, written
from lib.files.provenance import Provenance, SourceType, with_provenance
from lib.i18n import N_, translate
from lib.tasks.budget import hold_amount
from lib.tasks.checking import run_checks
from lib.tasks.model import Context
from lib.tasks.recorded import Recorded, recorded

VERSION = "1"
PNG = "image/png"
UNPRICED = N_(
    "There is a budget to keep to, and no price is known for {engine}. Nothing was sent. Set price_image for it in "
    "secrets.toml, or choose another engine."
)
NO_DRAWING = N_("There is no such picture in this workspace. Choose one from the list of runs.")


@dataclass(frozen=True, eq=False)
class Rendered:
    """One picture of a run. ``content`` is a PNG with its provenance; ``artefact`` is None where it isn't kept."""

    pixels: Pixels = field(repr=False)
    content: bytes = field(repr=False)
    name: str
    seed: int | None
    artefact: str | None = None


@dataclass(frozen=True, eq=False)
class ImageRun:
    """A finished drawing as it was recorded. ``cost`` is None where no price is known."""

    id: str
    engine: str
    model: str
    pictures: tuple[Rendered, ...]
    provenance: Provenance
    cost: float | None = 0.0
    currency: str = "EUR"


def draw(
    request: ImageRequest,
    context: Context,
    engine: str = ATELIER,
    *,
    use_case: str = "",
    method: str = "drawing",
    inputs: dict[str, Any] | None = None,
    keep: bool = True,
) -> ImageRun:
    """Draw what is wanted with ``engine``, and record it as a run of kind 'rendering'.

    The pictures are kept as the run's artefacts, as PNG with their provenance. Of the pictures that went in, the run
    holds a fingerprint.

    Args:
        use_case: its slug; the context's where it is empty.
        method: under what name the run is found again, see ``lib.tasks.recorded.read_back``.
        inputs: what the page wants to find in the run again, beside what the request says.
        keep: False records the run without its pictures and their fingerprints, for those that show a person.

    Raises:
        NotAllowed: the actor may not run.
        InputError: the request lacks something or doesn't fit together.
        EngineError: the engine did not draw; the run says why.
    """
    require(context.actor, Right.RUN)
    info, found = image_engine_info(engine), image_engine(engine)
    if info.name != ATELIER:
        check(request, found)
    asked = {**(inputs or {}), "request": _said(request, fingerprints=keep)}
    run = _begun(context, use_case or context.use_case, method, asked, request.seed, engine, found.model)
    with run:
        price, most = _held(info, request, found, context, run.id)
        drawn = _charged(run, price, most, lambda: found.draw(request, _watch(context)))
        counted = price.cost(request.count, drawn.usage) if price else None
        run.cost = most if price and counted is None else counted  # nobody counted: what was set aside stands
        model = drawn.model or found.model
        provenance = Provenance(engine, model, run.id, datetime.now(UTC), source_type(request, engine))
        pictures = tuple(_kept(run, place, drawn, provenance, keep) for place in range(len(drawn.pictures)))
        run.checks += _checked(request, info, pictures, context.language)
        run.output = {"pictures": [_row(one) for one in pictures], "source_type": provenance.source_type.value}
    return ImageRun(run.id, engine, provenance.model, pictures, provenance, run.cost, run.currency or "EUR")


def references(request: ImageRequest) -> dict[str, Pixels]:
    """The given pictures, by name ('' for the only one), of which a result must not be nearly a copy.

    None where a given picture is meant to be seen again: a part of it is drawn anew, or it is the house's own drawing
    that is followed.
    """
    if request.operation == "inpaint" or request.follows:
        return {}
    given = {"image_to_image": request.image, "control": request.control}.get(request.operation)
    return {} if given is None else {"": given}


def _checked(
    request: ImageRequest, info: ImageEngineInfo, pictures: tuple[Rendered, ...], language: str
) -> tuple[CheckResult, ...]:
    """What the files say of themselves, and what a model copied of a given picture; rules copy none."""
    given = {} if info.name == ATELIER else references(request)
    made = [MadePicture(one.name, one.content, one.pixels) for one in pictures]
    return run_checks(picture_checks(given), given, made, language)


def _begun(
    context: Context, use_case: str, method: str, inputs: dict[str, Any], seed: int | None, engine: str, model: str
) -> Recorded:
    """The run of a drawing that begins."""
    return recorded(
        context.actor,
        use_case=use_case,
        kind="rendering",
        method=method,
        method_version=VERSION,
        inputs=inputs,
        language=context.language,
        seed=seed,
        data_set=context.data_set,
        parent=context.parent,
        engine=engine,
        model=model or None,
        cohort=context.cohort or None,
    )


def drawing(actor: Actor, run_id: str) -> ImageRun:
    """A drawing read back from the database, as after a refresh; without pictures where they weren't kept.

    Raises:
        NotFound: there is no such finished drawing among those that the actor sees.
        StorageError: a kept picture is missing or was changed on disk.
    """
    with connect() as database:
        row = get_run(database, actor, run_id)
        output = row["output"] or {}
        if row["status"] != "done" or "source_type" not in output:
            raise NotFound(NO_DRAWING)
        kept = [one for one in output["pictures"] if one["artefact"]]
        contents = [artefacts.load(database, actor, one["artefact"]) for one in kept]
    provenance = Provenance.of_run(row, SourceType(output["source_type"]))
    pictures = tuple(
        Rendered(read_picture(content).pixels, content, one["name"], one["seed"], one["artefact"])
        for one, content in zip(kept, contents, strict=True)
    )
    return ImageRun(
        run_id, row["engine"], row["model"] or "", pictures, provenance, row["cost"], row["currency"] or "EUR"
    )


def source_type(request: ImageRequest, engine: str) -> SourceType:
    """IPTC's term for what comes of a request: a model that starts from a picture changes existing media."""
    model = engine != ATELIER
    starts = model and request.operation in ("image_to_image", "inpaint")
    return SourceType.of(model=model, photo=starts or request.photo)


def most_it_costs(request: ImageRequest, engine: str) -> tuple[float, str] | None:
    """What a request costs at most, and in which currency, before anything is sent; None where no price is known.

    Raises:
        EngineNotConfigured: there is no such engine.
    """
    info = image_engine_info(engine)
    return _estimate(info, request, image_engine(engine))


def _estimate(info: ImageEngineInfo, request: ImageRequest, engine: object) -> tuple[float, str] | None:
    if info.price is None:
        return None
    abilities = engine.abilities if isinstance(engine, OpenAIImages) else None
    return (info.price.most(request, abilities) if abilities else 0.0), info.price.currency


def _held(
    info: ImageEngineInfo, request: ImageRequest, engine: object, context: Context, run_id: str
) -> tuple[ImagePrice | None, float]:
    """The price, and what is set aside for the run; a server's call is counted in its pace."""
    if info.name == ATELIER:
        return info.price, 0.0
    settings = image_engine_settings(info.name)
    price = image_price_of(settings, info.model)  # once more: here wrong settings are an error, not a missing price
    estimate = _estimate(info, request, engine)
    with connect() as database:
        hold_amount(
            database,
            context.actor,
            run_id,
            info.title,
            estimate[0] if estimate else None,
            estimate[1] if estimate else "",
            context.cohort,
            UNPRICED,
        )
        if info.kind == SERVED:
            at_once = settings.concurrency or int(kind_of(SERVED)["concurrency"])
            page_call(database, info.name, EngineLimit(at_once, settings.per_minute))
    return price, estimate[0] if estimate else 0.0


def _charged(run: Recorded, price: ImagePrice | None, most: float, work: Callable[[], Drawn]) -> Drawn:
    """What ``work`` gives. Where a person stopped it, something may be charged: the estimate then stands."""
    run.currency = price.currency if price else None
    try:
        return work()
    except Cancelled:
        run.cost = most if price else None
        raise


def _watch(context: Context) -> Watch:
    def progress(share: float, message: str = "") -> None:
        context.progress(share, translate(message) if message else "")

    return Watch(progress, context.cancelled)


def _kept(run: Recorded, place: int, drawn: Drawn, provenance: Provenance, keep: bool) -> Rendered:
    pixels, name = drawn.pictures[place], f"{run.use_case or 'picture'}-{place + 1}.png"
    content = with_provenance(written(pixels), PNG, provenance)
    artefact = run.keep(name, content, PNG) if keep else None
    return Rendered(pixels, content, name, drawn.seeds[place], artefact)


def _row(picture: Rendered) -> dict[str, Any]:
    height, width = picture.pixels.shape[:2]
    return {
        "name": picture.name,
        "artefact": picture.artefact,
        "seed": picture.seed,
        "width": width,
        "height": height,
    }


def _said(request: ImageRequest, fingerprints: bool = True) -> dict[str, Any]:
    """The request for the database; of its pictures a fingerprint alone, and of a person's not even that."""
    said: dict[str, Any] = {
        "operation": request.operation,
        "prompt": request.prompt,
        "negative": request.negative,
        "size": list(request.size),
        "count": request.count,
        "steps": request.steps,
        "guidance": request.guidance,
        "strength": request.strength,
        "photo": request.photo,
    }
    for name in ("image", "mask", "control"):
        pixels = getattr(request, name)
        if pixels is not None and fingerprints:
            said[name] = {"shape": list(pixels.shape), "sha256": hashlib.sha256(pixels.tobytes()).hexdigest()}
    return said
