"""Vectors of a connected engine for the search: recorded, held against the budget, and never mixed with another's."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from lib.access import Right, require
from lib.database import connect
from lib.database.engine_slots import EngineLimit, page_call
from lib.engines.embeddings import AT_ONCE, able, embed, embedding_model
from lib.engines.prices import Price, estimated_tokens, price_of
from lib.engines.registry import EngineInfo, engine_settings, info, pace
from lib.engines.text.retry import RetryPolicy
from lib.errors import Cancelled, EngineError, EngineUnavailable, SettingsError
from lib.i18n import N_
from lib.retrieval.embedding import LONGEST
from lib.tasks.budget import hold_amount
from lib.tasks.model import Context
from lib.tasks.recorded import Recorded, recorded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

METHOD: Final = "embedding"
VERSION: Final = "1"
QUESTION_SECONDS: Final = 10.0  # that somebody who waits for an answer waits for vectors; the words need none
QUESTION_POLICY: Final = RetryPolicy(tries=2, first_wait=0.3, longest_wait=1.0)
TOO_SLOW = N_("{engine} didn’t answer within {seconds} seconds. Try again later, or choose what runs on this machine.")


@dataclass(frozen=True)
class EmbeddingCost:
    """What vectors of some texts cost at most; ``most`` is None where no price is known."""

    most: float | None
    currency: str


def embedding_engines() -> tuple[EngineInfo, ...]:
    """The connected engines that make vectors; nothing is called for it."""
    return tuple(info(name) for name in able())


def embedding_cost(engine: str, texts: Sequence[str]) -> EmbeddingCost:
    """What vectors of ``texts`` cost at most. Nothing is sent.

    Raises:
        EngineNotConfigured: there is no such engine.
        SettingsError: its settings make no sense.
    """
    price = _price(engine)
    tokens = sum(estimated_tokens(text[:LONGEST]) for text in texts)
    return EmbeddingCost(price.cost(tokens, 0) if price else None, price.currency if price else "")


def _price(engine: str) -> Price | None:
    """The embedding model's own price where the table holds it: the settings give that of the model that writes."""
    settings, model = engine_settings(engine), embedding_model(engine)
    if not settings.local:
        listed = price_of(replace(settings, price_input=None, price_output=None), model)
        if listed is not None:
            return listed
    return price_of(settings, model)


@dataclass
class EngineEmbedder:
    """An ``Embedder`` of ``lib.retrieval``: each document is one recorded run, and so is what one turn asks.

    After a question failed, ``failure`` says why and nothing more is sent for questions: one turn asks several, and a
    server that is down would be waited for each time.
    """

    engine: str
    context: Context
    failure: EngineError | SettingsError | None = field(default=None, init=False)
    _known: dict[str, NDArray[np.float32]] = field(default_factory=dict, init=False, repr=False)

    @property
    def name(self) -> str:
        """Engine and model: vectors of two of them are never compared."""
        return f"{self.engine}/{embedding_model(self.engine)}"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Of shape (texts, dimensions); see ``document``."""
        return self.document(texts)

    def document(
        self,
        texts: Sequence[str],
        progress: Callable[[float], None] = lambda share: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> NDArray[np.float32]:
        """A document's passages, of shape (texts, dimensions), as one run that is held against the budget as a whole.

        Raises:
            NotAllowed: the actor may not run.
            BudgetSpent: a budget doesn't cover it; nothing was sent.
            EngineError: the engine did not; what it had counted until then is charged.
        """
        return self._run("document", texts, RetryPolicy(), progress, cancelled)

    def ask(self, texts: Sequence[str]) -> None:
        """Make the vectors of what one turn asks, as one run; ``query`` has them then.

        Raises:
            EngineError: the engine did not, now or before.
            SettingsError: its settings make no sense.
        """
        if self.failure is not None:
            raise self.failure
        wanted = [text for text in dict.fromkeys(texts) if text.strip() and text not in self._known]
        if not wanted:
            return
        until = time.monotonic() + QUESTION_SECONDS
        try:
            made = self._run("question", wanted, QUESTION_POLICY, cancelled=lambda: time.monotonic() > until)
        except Cancelled:
            title = info(self.engine).title
            self.failure = EngineUnavailable(TOO_SLOW, engine=title, seconds=round(QUESTION_SECONDS))
            raise self.failure from None
        except (EngineError, SettingsError) as failure:
            self.failure = failure
            raise
        self._known |= dict(zip(wanted, made, strict=True))

    def query(self, text: str) -> NDArray[np.float32]:
        """Of shape (dimensions,).

        Raises:
            EngineError: the engine did not.
        """
        self.ask([text])
        return self._known[text]

    def _run(
        self,
        what: str,
        texts: Sequence[str],
        policy: RetryPolicy,
        progress: Callable[[float], None] = lambda share: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> NDArray[np.float32]:
        import numpy as np

        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        require(self.context.actor, Right.RUN)
        cut = [text[:LONGEST] for text in texts]
        with self._begun(what, cut) as run:
            price = self._held(run, cut)
            made: list[NDArray[np.float32]] = []
            run.cost = 0.0 if price else None
            for start in range(0, len(cut), AT_ONCE):
                made.append(self._charged(run, price, cut[start : start + AT_ONCE], policy, cancelled))
                progress(min(1.0, (start + AT_ONCE) / len(cut)))
            found: NDArray[np.float32] = np.concatenate(made)
            run.output = {"texts": len(cut), "dimensions": found.shape[1]}
        return found

    def _begun(self, what: str, texts: Sequence[str]) -> Recorded:
        """The run: of the texts it holds how many and how long they are, as they are kept elsewhere."""
        return recorded(
            self.context.actor,
            use_case=self.context.use_case,
            kind="analysis",
            method=METHOD,
            method_version=VERSION,
            inputs={"what": what, "texts": len(texts), "characters": sum(len(text) for text in texts)},
            language=self.context.language,
            engine=self.engine,
            model=embedding_model(self.engine),
            cohort=self.context.cohort or None,
        )

    def _held(self, run: Recorded, texts: Sequence[str]) -> Price | None:
        """The price, what all texts cost at most being set aside; the call is counted in the engine's pace."""
        price, cost, at = _price(self.engine), embedding_cost(self.engine, texts), pace(self.engine)
        title = info(self.engine).title
        with connect() as database:
            hold_amount(
                database, self.context.actor, run.id, title, cost.most, cost.currency, cohort=self.context.cohort
            )
            page_call(database, self.engine, EngineLimit(at.concurrency, at.per_minute))
        run.currency = price.currency if price else None
        return price

    def _charged(
        self,
        run: Recorded,
        price: Price | None,
        texts: Sequence[str],
        policy: RetryPolicy,
        cancelled: Callable[[], bool],
    ) -> NDArray[np.float32]:
        """The vectors of one call, its cost added to the run: as counted, else as estimated. A call that was stopped
        may be charged as well.
        """
        counted: list[int | None] = []
        most = price.cost(sum(estimated_tokens(text) for text in texts), 0) if price else 0.0
        try:
            made = embed(self.engine, texts, cancelled=cancelled, policy=policy, counted=counted.append)
        except Cancelled:
            run.cost = run.cost + most if run.cost is not None else None
            raise
        tokens = counted[0] if counted else None
        if price and run.cost is not None:
            run.cost += most if tokens is None else price.cost(tokens, 0)
        return made
