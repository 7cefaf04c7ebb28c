"""What the stylist works on: comments, opinions read in them, pieces, clients, what was bought."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

ASPECTS = ("fit", "colour", "fabric", "occasion", "length", "price")
#: Read beside the six, for the choice of pieces: kinds of piece and patterns.
EXTRA = ("kind", "pattern")
LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Comment:
    """One comment as it was written. ``client``, ``sku`` and ``group`` are empty where the file doesn't tell."""

    id: str
    text: str
    client: str = ""
    written_on: dt.date | None = None
    source: str = ""
    language: str = ""  # as the file says; the words themselves decide
    rating: float | None = None
    sku: str = ""
    group: str = ""  # class or department of the product
    title: str = ""


@dataclass(frozen=True)
class Opinion:
    """What one sentence says of one aspect. ``polarity`` is 1, 0 or -1; ``value`` is empty for the aspect as such.

    ``start`` and ``end`` are character offsets in the sentence.
    """

    aspect: str
    value: str
    polarity: int
    words: str = ""
    start: int = 0
    end: int = 0
    wish: bool = False


@dataclass(frozen=True)
class Said:
    """An opinion with the comment and the sentence that it stands in."""

    opinion: Opinion
    comment: str
    sentence: str
    source: str = ""
    written_on: dt.date | None = None
    sku: str = ""
    language: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A sentence that the profile doesn't use. ``why``: present, service, other_person, language, empty, twice."""

    comment: str
    sentence: str
    why: str


@dataclass(frozen=True)
class Reading:
    """What one comment gives."""

    said: tuple[Said, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Piece:
    """A piece of the range in the words of ``lib.vocabulary`` where it knows them. ``price`` in its currency.

    ``stock`` is size -> units over all places; empty where nothing is known of it.
    """

    sku: str
    name: str
    kind: str
    category: str = ""
    colour: str = ""
    colour_said: str = ""
    fabrics: tuple[str, ...] = ()
    fabric_said: str = ""
    fit: str = ""  # tight, straight, loose; '' unknown
    length: str = ""  # short, midi, long; '' unknown
    pattern: str = ""
    neckline: str = ""
    sleeve: str = ""
    closure: str = ""
    occasions: tuple[str, ...] = ()
    price: float | None = None
    currency: str = "EUR"
    department: str = ""
    sizes: tuple[str, ...] = ()
    stock: dict[str, int] = field(default_factory=dict, hash=False)

    @property
    def in_stock(self) -> tuple[str, ...]:
        """Sizes of which there are units, in the order of the size run."""
        order = {size: at for at, size in enumerate(self.sizes)}
        return tuple(sorted((s for s, n in self.stock.items() if n > 0), key=lambda size: (order.get(size, 99), size)))


@dataclass(frozen=True)
class Client:
    """A client as far as the page needs: no address, no telephone. ``purposes`` is None where nothing is known."""

    id: str
    first_name: str = ""
    last_name: str = ""
    language: str = ""
    purposes: frozenset[str] | None = None
    sizes: dict[str, str] = field(default_factory=dict, hash=False)  # top, trouser, shoe

    @property
    def agreed(self) -> bool:
        """Whether comments may be read for advice."""
        return self.purposes is not None and "comments" in self.purposes


@dataclass(frozen=True)
class Purchase:
    """One line that a client bought for themselves. ``returned`` is the reason of a return, '' where it was kept."""

    client: str
    sku: str
    day: dt.date
    price: float | None = None
    size: str = ""
    returned: str = ""
    gift: bool = False
    line: str = ""  # order and line, by which it's one purchase
