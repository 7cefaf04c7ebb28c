"""Many comments read, and only those that may be: who didn't agree isn't read at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lib.commerce.stylist.model import Client, Comment, LeftOut, Reading, Said
from lib.commerce.stylist.reading import read_comment
from lib.commerce.stylist.samples import House, sample_house
from lib.errors import Cancelled
from lib.i18n import N_

METHOD, VERSION = "stylist_reading", "1"
STOPPED = N_("Stopped before the end. Start it again when you want the result.")
READING_NOW = N_("{done} of {n} comments read")
EVERY = 250


@dataclass(frozen=True)
class Read:
    """A house's readings. ``said`` and ``left_out`` by comment; ``closed`` counts comments that may not be read."""

    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    left_out: Mapping[str, tuple[LeftOut, ...]] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    closed: int = 0


def may_read(comment: Comment, clients: Mapping[str, Client], confirmed: bool) -> bool:
    """Whether a comment may be read for advice.

    One that names no client is about a product; for one that does, the client agreed, or, where a house has no list of
    consents, somebody of the house confirmed for the file that its writers did.
    """
    if not comment.client:
        return True
    if not clients:
        return confirmed
    client = clients.get(comment.client)
    return client is not None and client.agreed


def read_all(
    comments: Sequence[Comment],
    clients: Mapping[str, Client],
    confirmed: bool = False,
    progress: Callable[..., None] = lambda share, message="", **values: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Read:
    """Read all comments that may be read.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    said: dict[str, tuple[Said, ...]] = {}
    left: dict[str, tuple[LeftOut, ...]] = {}
    languages: dict[str, int] = {}
    closed = 0
    for at, comment in enumerate(comments):
        if at % EVERY == 0:
            if cancelled():
                raise Cancelled(STOPPED)
            progress(at / max(len(comments), 1), READING_NOW, done=at, n=len(comments))
        if not may_read(comment, clients, confirmed):
            closed += 1
            continue
        found = read_one(comment)
        said[comment.id] = found.said
        if found.left_out:
            left[comment.id] = found.left_out
        for language in found.languages:
            languages[language] = languages.get(language, 0) + 1
    return Read(said, left, languages, closed)


def read_one(comment: Comment) -> Reading:
    """One comment; a heading is read as a sentence before it."""
    if comment.title:
        comment = replace(comment, text=f"{comment.title.rstrip(' .!?')}. {comment.text}" if comment.text else "")
    return read_comment(comment)


@lru_cache(maxsize=1)
def _sample_read(house: int) -> Read:
    found = sample_house()
    return read_all(found.comments, found.clients)


def sample_read() -> Read:
    """The demo house's comments read, once per process."""
    return _sample_read(id(sample_house()))


def by_client(house: House, read: Read) -> dict[str, list[Said]]:
    """Opinions by client, for all whose comments were read; a client who said nothing of taste has an empty list."""
    found: dict[str, list[Said]] = {}
    for comment in house.comments:
        if comment.client and comment.id in read.said:
            found.setdefault(comment.client, []).extend(read.said[comment.id])
    return found


def left_out_of(comments: Iterable[Comment], read: Read) -> list[LeftOut]:
    """What was left out of some comments, in their order."""
    return [one for comment in comments for one in read.left_out.get(comment.id, ())]
