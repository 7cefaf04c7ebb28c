"""Near-copies of earlier texts: shared word sequences, with their place in the new text and the post they come from.

Method: word n-grams ('shingles') and containment, the share of a text's shingles that stand in an earlier one (Broder,
1997, On the resemblance and containment of documents); then the longest common passages by extending shared shingles.
Words are compared without case, accents or punctuation. An inverted index from shingle to posts is built once for a set
of posts and kept under the posts' content; a new text then looks up only its own shingles.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lib.checks.lexicon import phrases
from lib.checks.model import Finding, Verdict
from lib.checks.reworded import Reworded, is_boilerplate, reworded, triples
from lib.checks.words import Phrases, Word, sentences, words
from lib.i18n import N_

SHINGLE = 5  # words; five in a row are rarely shared by chance, see tests and `python -m bench claims_traced`
PASSAGE = 8  # words in a row from which a passage is shown
LONG_PASSAGE = 14  # words in a row that are a copy whatever the rest is
CONTAINED = 0.5  # share of the text's own shingles found in one post: a near-copy
COMMON_SHARE = 0.02  # a shingle in more than this share of the posts is house idiom, not copying
COMMON_POSTS = 4  # ... and in more than this many posts
INDEXES_KEPT = 8

COPIED = N_("“{passage}” stands word for word in the earlier post “{post}”. Say it in other words.")
CONTAINED_IN = N_("{percent}% of this text stands word for word in the earlier post “{post}”. Write it anew.")

FOLLOWS = N_("“{passage}” follows the earlier post “{post}” with a few words changed. Write it anew.")


@dataclass(frozen=True)
class Earlier:
    """An earlier text and how a reader knows it: its identifier and its title."""

    post_id: str
    text: str
    title: str = ""


@dataclass(frozen=True)
class Passage:
    """A passage of the new text that stands in an earlier one.

    Offsets are characters in the new text, end exclusive.
    """

    start: int
    end: int
    words: int
    post_id: str


@dataclass(frozen=True)
class Overlap:
    """How much of the new text stands in one earlier post. ``containment`` is between 0 and 1 (Broder, 1997)."""

    post_id: str
    containment: float
    longest: int  # words in the longest common passage
    passages: tuple[Passage, ...]


@dataclass
class CopyIndex:
    """Earlier texts, indexed by their shingles. Build with ``index_of``."""

    posts: dict[str, Earlier] = field(default_factory=dict)
    by_shingle: dict[int, tuple[int, ...]] = field(default_factory=dict)
    by_triple: dict[int, tuple[int, ...]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)

    def overlaps(self, text: str, allowed: Sequence[str] = ()) -> list[Overlap]:
        """Posts that share a shingle with ``text``, most contained first.

        ``allowed`` are texts that anybody may use again: the product's name, attributes, materials, care. A shared run
        that holds fewer than ``SHINGLE`` words beside set phrases and allowed texts is not counted.
        """
        new = words(text)
        keys = _shingles(new)
        free = free_words(text, new, tuple(allowed))
        counted = [_own_words(free, place, place + SHINGLE) >= 3 for place in range(len(keys))]
        hits = self._hits(keys, counted)
        total = sum(counted)
        found = [self._overlap(number, places, total, new, free) for number, places in hits.items()]
        kept = [overlap for overlap in found if overlap]
        return sorted(kept, key=lambda overlap: (-overlap.containment, -overlap.longest, overlap.post_id))

    def _hits(self, keys: list[int], counted: list[bool]) -> dict[int, list[int]]:
        """Post number to the places in the new text whose shingle it holds."""
        hits: dict[int, list[int]] = {}
        for place, key in enumerate(keys):
            if counted[place]:
                for post in self.by_shingle.get(key, ()):
                    hits.setdefault(post, []).append(place)
        return hits

    def _overlap(
        self, number: int, places: list[int], total: int, new: tuple[Word, ...], free: list[bool]
    ) -> Overlap | None:
        runs = [run for run in _runs(places) if _own_words(free, *run) >= SHINGLE]
        if not runs:
            return None
        held = sum(1 for place in places if any(first <= place < last for first, last in runs))
        post_id = self.ids[number]
        passages = tuple(Passage(new[first].start, new[last - 1].end, last - first, post_id) for first, last in runs)
        return Overlap(post_id, held / total, max(passage.words for passage in passages), passages)


def _shingles(text: Sequence[Word]) -> list[int]:
    return [hash(tuple(word.text for word in text[i : i + SHINGLE])) for i in range(len(text) - SHINGLE + 1)]


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Consecutive shingle places joined to runs of words (first, past the last)."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place <= runs[-1][1] - SHINGLE + 1:
            runs[-1] = (runs[-1][0], place + SHINGLE)
        else:
            runs.append((place, place + SHINGLE))
    return runs


def _own_words(free: list[bool], first: int, last: int) -> int:
    return sum(1 for word in free[first:last] if not word)


@lru_cache(maxsize=64)
def _allowed_phrases(allowed: tuple[str, ...]) -> Phrases[None]:
    return Phrases(((phrase, None) for phrase in (*phrases("set_phrases"), *allowed)), across=2)


def _free_words(text: tuple[Word, ...], allowed: tuple[str, ...]) -> list[bool]:
    """For each word whether it lies in a set phrase or an allowed text.

    Short words between two such count with them.
    """
    free = [False] * len(text)
    for match in _allowed_phrases(allowed).find(text):
        free[match.first : match.last] = [True] * (match.last - match.first)
    for place in range(1, len(text) - 1):
        if not free[place] and len(text[place].text) <= 3 and free[place - 1] and free[place + 1]:
            free[place] = True
    return free


def free_words(text: str, new: tuple[Word, ...], allowed: tuple[str, ...]) -> list[bool]:
    """For each word whether anybody may use it: set phrases, allowed texts, sentences about care or service."""
    free = _free_words(new, allowed)
    for start, end in sentences(text):
        own = [place for place, word in enumerate(new) if start <= word.start and word.end <= end]
        if is_boilerplate([new[place] for place in own]):
            for place in own:
                free[place] = True
    return free


_indexes: OrderedDict[str, CopyIndex] = OrderedDict()


def index_of(posts: Iterable[Earlier]) -> CopyIndex:
    """The index of ``posts``, built once for the same content and kept for the last few sets."""
    given = tuple(posts)
    digest = hashlib.blake2b(digest_size=16)
    for post in given:
        digest.update(f"{post.post_id}\x1f{post.title}\x1f{post.text}\x1e".encode())
    key = digest.hexdigest()
    if key not in _indexes:
        _indexes[key] = _build(given)
        while len(_indexes) > INDEXES_KEPT:
            _indexes.popitem(last=False)
    _indexes.move_to_end(key)
    return _indexes[key]


def _build(posts: Sequence[Earlier]) -> CopyIndex:
    index = CopyIndex()
    gathered: dict[int, list[int]] = {}
    thrice: dict[int, list[int]] = {}
    seen: set[tuple[str, ...]] = set()
    for post in posts:
        # Not through the words() cache: 5,000 posts would push everything else out of it.
        text = words.__wrapped__(post.text)
        content = tuple(word.text for word in text)
        if content in seen:  # the same text on another channel: one source, not two, when idiom is counted
            continue
        seen.add(content)
        number = len(index.ids)
        index.ids.append(post.post_id)
        index.posts[post.post_id] = post
        for key in dict.fromkeys(_shingles(text)):
            gathered.setdefault(key, []).append(number)
        for key in dict.fromkeys(triples(text)):
            thrice.setdefault(key, []).append(number)
    idiom = max(COMMON_POSTS, COMMON_SHARE * len(seen))
    index.by_shingle = {key: tuple(numbers) for key, numbers in gathered.items() if len(numbers) <= idiom}
    index.by_triple = {key: tuple(numbers) for key, numbers in thrice.items() if len(numbers) <= idiom}
    return index


def copy_findings(text: str, path: str, index: CopyIndex, allowed: Sequence[str] = ()) -> list[Finding]:
    """Passages of ``text`` taken from earlier posts, each reported once with the post that holds most of it.

    A passage of at least ``PASSAGE`` words is a WARN; one of ``LONG_PASSAGE`` words, or any in a text of which at least
    ``CONTAINED`` stands in one post, is a FAIL.
    """
    overlaps = index.overlaps(text, allowed)
    taken: list[tuple[int, int]] = []
    findings: list[Finding] = []
    for overlap in overlaps:
        contained = overlap.containment >= CONTAINED and overlap.longest >= PASSAGE
        for passage in overlap.passages:
            if passage.words >= PASSAGE and not any(s < passage.end and passage.start < e for s, e in taken):
                taken.append((passage.start, passage.end))
                findings.append(_finding(text, path, passage, contained, index))
        if contained and findings and not any(f.start is None for f in findings):
            values = {"percent": round(100 * overlap.containment), "post": _label(index.posts[overlap.post_id])}
            evidence = f"post.{overlap.post_id}"
            findings.append(Finding(path, Verdict.FAIL, CONTAINED_IN, values, evidence=evidence, kind="near_copy"))
    posts = [index.posts[post].text for post in index.ids]
    free = free_words(text, words(text), tuple(allowed))
    for one in reworded(text, index.by_triple, posts, free):
        if not any(start < one.end and one.start < end for start, end in taken):
            findings.append(_followed(text, path, one, index))
    return findings


def _followed(text: str, path: str, one: Reworded, index: CopyIndex) -> Finding:
    post = index.posts[index.ids[one.post]]
    values = {"passage": _shown(text[one.start : one.end]), "post": _label(post)}
    evidence = f"post.{post.post_id}"
    return Finding(path, Verdict.WARN, FOLLOWS, values, one.start, one.end, evidence=evidence, kind="reworded")


def _shown(passage: str) -> str:
    shown = " ".join(passage.split())
    return shown if len(shown) <= 90 else shown[:89].rsplit(" ", 1)[0] + "…"


def _finding(text: str, path: str, passage: Passage, contained: bool, index: CopyIndex) -> Finding:
    verdict = Verdict.FAIL if contained or passage.words >= LONG_PASSAGE else Verdict.WARN
    shown = _shown(text[passage.start : passage.end])
    values = {"passage": shown, "post": _label(index.posts[passage.post_id])}
    evidence = f"post.{passage.post_id}"
    return Finding(path, verdict, COPIED, values, passage.start, passage.end, evidence=evidence, kind="near_copy")


def _label(post: Earlier) -> str:
    return post.title or post.post_id
