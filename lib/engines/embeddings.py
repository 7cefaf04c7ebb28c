"""Texts as vectors, from any server that speaks OpenAI's embeddings; the model on this machine does too."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from lib.engines.prices import capabilities_of, kind_of
from lib.engines.registry import MAKERS, configured, engine_settings, model_of
from lib.engines.text.call import meaning
from lib.engines.text.faults import GARBLED, NO_VECTORS, Fault
from lib.engines.text.line import Failure, Line, Waited, read_in_thread
from lib.engines.text.openai_compatible import OpenAICompatible
from lib.engines.text.retry import STOPPED, Failed, RetryPolicy, with_retries
from lib.errors import Cancelled, EngineRefused, EngineUnavailable, InputError, SettingsError
from lib.i18n import N_
from lib.settings import EngineSettings

if TYPE_CHECKING:
    import numpy as np

AT_ONCE = 64  # texts in one call
SPEAK = ("openai", "gguf")  # kinds of engines that speak this protocol
EMPTY_TEXT = N_("One of the texts is empty, so it has no vector. Leave empty texts out.")


def embed(
    name: str,
    texts: Sequence[str],
    *,
    cancelled: Callable[[], bool] = lambda: False,
    policy: RetryPolicy | None = None,
    counted: Callable[[int | None], None] = lambda tokens: None,
) -> np.ndarray:
    """The vectors of ``texts`` from the engine ``name``: an array of shape (texts, dimensions), float32, length 1 each.

    ``counted`` is told after each call how many tokens the server counted, None where it counted none.

    Raises:
        InputError: a text is empty.
        EngineError: the engine cannot, or did not.
    """
    import numpy as np

    if any(not text.strip() for text in texts):
        raise InputError(EMPTY_TEXT)
    engine = _engine(name)
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    rows: list[list[float]] = []
    for start in range(0, len(texts), AT_ONCE):
        attempt = partial(_attempt, engine, list(texts[start : start + AT_ONCE]), cancelled, counted)
        rows += with_retries(attempt, policy or RetryPolicy(), cancelled)
    found = np.asarray(rows, dtype=np.float32)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    unit: np.ndarray = found / np.where(length == 0, 1, length)
    return unit


def able() -> tuple[str, ...]:
    """The names of the connected engines that make vectors. Nothing is called for it.

    An engine whose settings make no sense is left out here: choosing it elsewhere says what is wrong with them.
    """
    return tuple(found.name for found in configured() if _is_able(found))


def _is_able(found: EngineSettings) -> bool:
    try:
        return found.kind in SPEAK and capabilities_of(found, _model(found)).embeddings
    except SettingsError:
        return False


def embedding_model(name: str) -> str:
    """The model of the engine ``name`` that makes its vectors.

    Raises:
        EngineNotConfigured: there is no such engine.
    """
    return _model(engine_settings(name))


def _model(found: EngineSettings) -> str:
    return found.embedding_model or str(kind_of(found.kind).get("embedding_model", "")) or model_of(found)


def _engine(name: str) -> OpenAICompatible:
    found = engine_settings(name)
    model = _model(found)
    engine = MAKERS[found.kind](replace(found, model=model))
    if not isinstance(engine, OpenAICompatible) or not capabilities_of(found, model).embeddings:
        raise EngineRefused(NO_VECTORS, engine=found.title or found.name)
    return engine


def _attempt(
    engine: OpenAICompatible, texts: list[str], cancelled: Callable[[], bool], counted: Callable[[int | None], None]
) -> list[list[float]]:
    """One call; what may be tried again is raised as ``Failed``."""
    origin = engine.origin(engine.settings.timeout)

    def ask(line: Line) -> Iterator[Any]:
        with engine.client(engine.place(), engine.settings.timeout, line) as client:
            yield client.embeddings.create(model=engine.model, input=texts, encoding_format="float")

    answers: Generator[Any, None, None] = read_in_thread(ask)  # type: ignore[assignment]
    found: Any = None
    try:
        for item in answers:
            if isinstance(item, Failure):
                raise meaning(item.error, origin, "")
            if isinstance(item, Waited):
                if cancelled():
                    raise Cancelled(STOPPED)
            else:
                found = item
    finally:
        answers.close()
    rows = _rows(found, len(texts))
    if rows is None:
        raise Failed(Fault(EngineUnavailable(GARBLED, engine=engine.title)))
    tokens = getattr(getattr(found, "usage", None), "prompt_tokens", None)
    counted(tokens if isinstance(tokens, int) and not isinstance(tokens, bool) and tokens >= 0 else None)
    return rows


def _rows(answer: Any, count: int) -> list[list[float]] | None:
    """The vectors in the texts' order, None where they are not that: servers differ and the SDK does not look."""
    data = getattr(answer, "data", None)
    if not isinstance(data, list) or len(data) != count:
        return None
    rows: dict[Any, Any] = {getattr(row, "index", None): getattr(row, "embedding", None) for row in data}
    if set(rows) != set(range(count)):
        return None
    ordered = [rows[place] for place in range(count)]
    sizes = {len(row) if isinstance(row, list) else 0 for row in ordered}
    sound = len(sizes) == 1 and 0 not in sizes and all(isinstance(x, int | float) for row in ordered for x in row)
    return ordered if sound else None
