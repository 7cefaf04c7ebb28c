"""A sentence in French or English read into pieces, their options, fabrics, colours and prints.

Longest match over a lexicon (``wordlists/*.toml`` and the colour list), words compared without accents, plurals and
feminine endings. A description belongs to the noun that it stands with; a negation reaches the next word that means
something; where a piece is asked for twice with different words, the last word counts. What isn't understood is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lib.merchandising.sketch_to_design.lexicon import LANGUAGES, Lexicon, Term, Token, lexicon, tokens
from lib.merchandising.sketch_to_design.measures import Measured, dimension_of, find_measures
from lib.merchandising.sketch_to_design.pieces import SOLIDS, offered
from lib.merchandising.sketch_to_design.wish import ATTRIBUTES, SOME, UNSURE, Length, Nearest, PieceWish, Wish

_SIZES = range(34, 56, 2)
#: What 'without' makes of a part.
_NONE = {
    "pockets": "none",
    "belt": "none",
    "pleats": "none",
    "handle": "none",
    "stitching": "none",
    "print": "none",
}
_NONE_IF_ANY = {"collar": "collarless", "sleeve": "sleeveless"}


@dataclass
class _Mention:
    """A known surface in the text: tokens ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    terms: tuple[Term, ...]
    surface: str
    negated: bool = False
    measures: tuple[Measured, ...] = ()  # a length instead of words of the lexicon

    def of(self, attribute: str) -> Term | None:
        return next((term for term in self.terms if term.attribute == attribute), None)


@dataclass
class _Piece:
    """A piece while it is read."""

    kind: str = ""
    values: dict[str, str] = field(default_factory=dict)
    colours: list[str] = field(default_factory=list)
    fibres: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    nearest: list[Nearest] = field(default_factory=list)
    lengths: dict[str, float] = field(default_factory=dict)
    usual: dict[str, float] = field(default_factory=dict)  # lengths that go with the noun: a bench is low

    def wish(self, size: int) -> PieceWish:
        return PieceWish(
            kind=self.kind,
            **self.values,  # type: ignore[arg-type]
            colours=tuple(dict.fromkeys(name for name in self.colours if f"colour={name}" not in self.excluded)),
            fibres=tuple(dict.fromkeys(self.fibres)),
            excluded=tuple(dict.fromkeys(self.excluded)),
            size=0 if self.kind in SOLIDS else size,
            nearest=tuple(dict.fromkeys(self.nearest)),
            lengths=tuple(Length(name=name, mm=mm) for name, mm in (self.usual | self.lengths).items()),
        )


def read_words(text: str, language: str | None = None) -> Wish:
    """What a brief asks for.

    Args:
        text: a sentence or several.
        language: 'fr' or 'en'; None takes the one of which more words are known (French where both know as many).
    """
    if language in LANGUAGES:
        return _Reader(text, lexicon(language)).read()
    readers = [_Reader(text, lexicon(one)) for one in LANGUAGES]
    return max(readers, key=lambda reader: reader.known).read()


class _Reader:
    """One text with one lexicon."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self.text, self.words = text, words
        self.tokens = tokens(text)
        self.unread: list[str] = []
        self.known = 0  # letters of words that this language knows
        self.size = 0
        self.measures = find_measures(text)
        self.mentions = self._mentions()
        self.not_drawn: list[str] = []

    def read(self) -> Wish:
        """The pieces, in the order of the text."""
        read = self._pieces()
        for piece in read:
            self._settle(piece)
        pieces = [piece.wish(self.size) for piece in read]
        return Wish(
            pieces=tuple(piece for piece in pieces if piece.kind or piece.claims() or piece.fibres or piece.nearest),
            not_drawn=tuple(dict.fromkeys(self.not_drawn)),
            not_read=tuple(dict.fromkeys(self.unread)),
        )

    def _settle(self, piece: _Piece) -> None:
        """A word that is drawn by its nearest gives way to one that can be drawn, and the second to the first."""
        kept: dict[str, Nearest] = {}
        for near in piece.nearest:
            if near.attribute in piece.values or kept.get(near.attribute, near).value != near.value:
                self.not_drawn.append(near.said)
            else:
                kept.setdefault(near.attribute, near)
        piece.nearest = list(kept.values())

    def _mentions(self) -> list[_Mention]:
        """Known surfaces from left to right, with what is negated."""
        found: list[_Mention] = []
        at, negated = 0, False
        while at < len(self.tokens):
            length, terms = self.words.longest(self.tokens, at)
            if measures := self._measures_at(at):
                end = max(k for k, token in enumerate(self.tokens) if token.start < measures[0].end) + 1
                surface = self.text[measures[0].start : measures[0].end]
                found.append(_Mention(at, end, (), surface, measures=measures))
                at, negated = end, False
            elif terms:
                mention = self._mention(at, length, terms)
                mention.negated = negated or self._goes_on(found, mention)
                self._add(found, mention)
                at, negated = at + length, False
            elif taken := self.words.negation(self.tokens, at):
                negated = True
                self.known += self._letters(at, taken)
                at += taken
            else:
                negated = negated and not self.tokens[at].sign
                self._pass(self.tokens[at])
                at += 1
        return found

    def _measures_at(self, at: int) -> tuple[Measured, ...]:
        """The lengths that begin with this word."""
        token = self.tokens[at]
        return tuple(one for one in self.measures if one.start <= token.start < one.end)

    def _mention(self, at: int, length: int, terms: tuple[Term, ...]) -> _Mention:
        first, last = self.tokens[at], self.tokens[at + length - 1]
        self.known += self._letters(at, length)
        return _Mention(at, at + length, terms, self.text[first.start : last.end])

    def _letters(self, at: int, length: int) -> int:
        return sum(token.end - token.start for token in self.tokens[at : at + length])

    def _pass(self, token: Token) -> None:
        """A word that stands for nothing: said back, unless it only joins others."""
        if token.sign:
            return
        if token.key in self.words.ignored or token.key in self.words.joins:
            self.known += token.end - token.start
            return
        self.unread.append(self.text[token.start : token.end])

    def _goes_on(self, found: Sequence[_Mention], mention: _Mention) -> bool:
        """'no pockets or belt': a negation goes on over 'or'."""
        if not found or not found[-1].negated:
            return False
        between = {token.key for token in self.tokens[found[-1].end : mention.start]}
        return bool(between) and between <= {"or", "nor", "ou", "ni", "any", "a"}

    def _add(self, found: list[_Mention], mention: _Mention) -> None:
        """'emerald green' and 'vert émeraude' are one colour: the finer word stands, the family's goes."""
        colour = mention.of("colour")
        before = found[-1] if found and found[-1].end == mention.start else None
        if colour and before and before.of("colour") and before.negated == mention.negated:
            own, other = self._family(mention), self._family(before)
            if own and not other and self.words.language == "en":
                return
            if other and not own and self.words.language == "fr":
                found.pop()
        found.append(mention)

    def _family(self, mention: _Mention) -> bool:
        return mention.end - mention.start == 1 and self.tokens[mention.start].key in self.words.families

    def _nouns(self) -> list[_Mention]:
        """Mentions that name a piece; of two side by side, one describes the other ('robe pull', 'knit dress')."""
        nouns: list[_Mention] = []
        for mention in self.mentions:
            if mention.of("kind") is None or mention.negated:
                continue
            if nouns and nouns[-1].end == mention.start and not self._same(nouns[-1], mention):
                if self.words.language == "fr":
                    continue
                nouns.pop()
            nouns.append(mention)
        return nouns

    @staticmethod
    def _same(one: _Mention, other: _Mention) -> bool:
        return _kind(one) == _kind(other)

    def _pieces(self) -> list[_Piece]:
        nouns = self._nouns()
        pieces: dict[str, _Piece] = {}
        for noun in nouns:
            piece = pieces.setdefault(_kind(noun), _Piece(_kind(noun)))
            self._also(piece, noun)
        if not pieces:
            pieces[""] = _Piece()
        for mention in self.mentions:
            if mention in nouns:
                continue
            owner = self._owner(mention, nouns)
            self._tell(pieces[_kind(owner) if owner else ""], mention)
        return list(pieces.values())

    def _also(self, piece: _Piece, noun: _Mention) -> None:
        """What a noun says beside the kind: a 'shirt dress' has a shirt's collar."""
        term = noun.of("kind")
        if term and term.near:
            piece.nearest.append(Nearest(said=noun.surface, attribute="kind", value=piece.kind))
        for value in (term.values[0].split("+") if term else [])[1:]:
            name, _colon, mm = value.partition(":")
            if mm:
                piece.usual[name] = float(mm)
            for attribute, values in offered(piece.kind).items():
                if value in values:
                    piece.values.setdefault(attribute, value)
                    break

    def _owner(self, mention: _Mention, nouns: Sequence[_Mention]) -> _Mention | None:
        """The noun that a description stands with: the one before it, or the next where nothing parts the two."""
        before = next((noun for noun in reversed(nouns) if noun.start < mention.start), None)
        after = next((noun for noun in nouns if noun.start > mention.start), None)
        if before is None or after is None:
            return before or after
        if self._parted(mention.end, after.start):
            return before
        return after if self.words.language == "en" or self._parted(before.end, mention.start) else before

    def _parted(self, start: int, end: int) -> bool:
        taken = {at for mention in self.mentions for at in range(mention.start, mention.end)}
        return any(
            token.sign or token.key in self.words.joins or token.key in ("un", "une", "des")
            for at, token in enumerate(self.tokens[start:end], start)
            if at not in taken
        )

    def _tell(self, piece: _Piece, mention: _Mention) -> None:
        """Put a description down with its piece."""
        if mention.measures:
            self._measure(piece, mention)
            return
        told = False
        for term in mention.terms:
            if term.attribute == "fibre" and piece.kind not in SOLIDS:
                if not mention.negated:
                    piece.fibres.append(term.values[0])
                told = True
            elif term.attribute == "colour" and piece.kind not in SOLIDS and not self._is_cloth(mention):
                self._colour(piece, mention, term)
                told = True
        told = self._value(piece, mention) or told
        if not told and not mention.negated:
            self.not_drawn.append(mention.surface)

    def _is_cloth(self, mention: _Mention) -> bool:
        """'en denim' names the cloth; the colour of that name is meant where the cloth is no answer."""
        return mention.of("fabric") is not None

    def _colour(self, piece: _Piece, mention: _Mention, term: Term) -> None:
        if mention.negated:
            piece.excluded.append(f"colour={term.values[0]}")
            return
        piece.colours.append(term.values[0])
        if "denim" in mention.surface.lower():  # raw denim is a colour of denim
            piece.values.setdefault("fabric", "denim")

    def _value(self, piece: _Piece, mention: _Mention) -> bool:
        """The first meaning that the piece can be had with; whether there was one."""
        for attribute, value, near in _meanings(piece.kind, mention.terms):
            if mention.negated and not near:
                self._without(piece, attribute, value)
            elif near:
                self._near(piece, mention, attribute, value)
            elif value != SOME or attribute not in piece.values:
                piece.values[attribute] = value
            return True
        none_of = next((_NONE[term.attribute] for term in mention.terms if term.attribute in _NONE), "")
        if mention.negated and none_of and piece.kind not in SOLIDS:  # no belt on what never has one
            piece.values.update({term.attribute: none_of for term in mention.terms if term.attribute in _NONE})
        return False

    @staticmethod
    def _near(piece: _Piece, mention: _Mention, attribute: str, value: str) -> None:
        """Drawn by the nearest there is, unless the text has a word for what is drawn."""
        if not mention.negated:
            piece.nearest.append(Nearest(said=mention.surface, attribute=attribute, value=value))

    def _measure(self, piece: _Piece, mention: _Mention) -> None:
        """A length sets a dimension of a piece in three dimensions, and the size of a garment."""
        for one in mention.measures:
            if piece.kind in SOLIDS:
                meant = dimension_of(piece.kind, one)
                if meant and one.name == "diameter" and piece.kind == "table":
                    piece.values.setdefault("top", "round")
                if meant:
                    piece.lengths[meant[0]] = meant[1]
            else:
                meant = ("size", one.mm) if one.name == "size" and not one.unit and one.mm in _SIZES else None
                self.size = int(one.mm) if meant else self.size
            if meant is None and not (one.name == "purity" and one.mm == 18):
                self.not_drawn.append(mention.surface)

    @staticmethod
    def _without(piece: _Piece, attribute: str, value: str) -> None:
        bare_of = _NONE.get(attribute) or (_NONE_IF_ANY.get(attribute) if value == SOME else None)
        if bare_of is not None and bare_of in offered(piece.kind).get(attribute, (bare_of,)):
            piece.values[attribute] = bare_of
        elif piece.values.get(attribute) == value:
            del piece.values[attribute]
        if bare_of is None:
            piece.excluded.append(f"{attribute}={value}")


def _kind(mention: _Mention | None) -> str:
    term = mention.of("kind") if mention else None
    return term.values[0].partition("+")[0] if term else ""


def _meanings(kind: str, terms: Sequence[Term]) -> Iterator[tuple[str, str, bool]]:
    """(attribute, value, whether only near) that a piece of this kind can be had with, in the lexicon's order."""
    known = offered(kind)
    for term in terms:
        values = known.get(term.attribute, ())
        for value in term.values:
            if value == SOME:
                fits = term.attribute in UNSURE and bool(values or not kind)
            else:
                fits = value in values or (not kind and term.attribute in _OF_GARMENTS)
            if fits:
                yield term.attribute, value, term.near


#: Attributes that a description without a noun may speak of: a sketch brings the garment then.
_OF_GARMENTS = frozenset(ATTRIBUTES[: ATTRIBUTES.index("setting")])
