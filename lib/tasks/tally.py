"""What the calls of one run took: tokens that the server counted, or an estimate where it counted none."""

from __future__ import annotations

from lib.engines.prices import Price, estimated_tokens
from lib.engines.text.model import Finished


class Tally:
    """The tokens of one run's calls so far. ``counted`` is False as soon as one of them is an estimate.

    ``read``, ``written`` and ``paid`` are those of the calls before a run was set aside.
    """

    def __init__(self, model: str = "", read: int = 0, written: int = 0, paid: float = 0.0) -> None:
        self.model = model
        self.read, self.written = read, written
        self.counted = True
        self._paid = paid
        self._calls: list[tuple[int, int]] = []

    def add(self, sent: int, answer: str, finished: Finished | None) -> None:
        """Add one call's tokens: those that the server counted, else ``sent`` and an estimate of the answer's."""
        read = finished.input_tokens if finished else None
        written = finished.output_tokens if finished else None
        self.counted = self.counted and read is not None and written is not None
        read = sent if read is None else read
        written = estimated_tokens(answer) if written is None else written
        self.read, self.written = self.read + read, self.written + written
        self._calls.append((read, written))
        self.model = (finished.model if finished else "") or self.model

    @property
    def known(self) -> bool:
        """Whether there are counts to write down."""
        return self.counted and bool(self.read or self.written)

    def cost(self, price: Price | None) -> float | None:
        """What the calls cost, in the price's currency; None where no price is known.

        It is reckoned call by call: a long prompt costs more than its share.
        """
        return self._paid + sum(price.cost(read, written) for read, written in self._calls) if price else None
