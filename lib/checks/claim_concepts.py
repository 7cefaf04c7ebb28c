"""Claims in the words of fashion: colour, care, neckline, sleeves, pockets, closure, pattern, fit."""

from __future__ import annotations

from collections.abc import Iterator

from lib.checks.claim_model import NOT_LISTED, OTHER_VALUE, Claim, Kind, supported, unsupported
from lib.checks.evidence import Evidence, Supplied, fit_words
from lib.checks.lexicon import context
from lib.checks.model import Verdict
from lib.checks.reading import Reading
from lib.checks.words import words
from lib.i18n import N_
from lib.vocabulary import Mention

KINDS = {
    "colour": Kind.COLOUR, "care": Kind.CARE, "fit": Kind.FIT, "neckline": Kind.ATTRIBUTE, "sleeve": Kind.ATTRIBUTE,
    "length": Kind.ATTRIBUTE, "closure": Kind.ATTRIBUTE, "pocket": Kind.ATTRIBUTE, "pattern": Kind.ATTRIBUTE,
    "rise": Kind.ATTRIBUTE, "leg": Kind.ATTRIBUTE, "back": Kind.ATTRIBUTE, "hem": Kind.ATTRIBUTE,
    "heel": Kind.ATTRIBUTE,
    "toe": Kind.ATTRIBUTE, "sole": Kind.ATTRIBUTE, "bag_part": Kind.ATTRIBUTE, "finish": Kind.ATTRIBUTE,
}  # fmt: skip
# A product has one of these: another value in its data contradicts the text.
EXCLUSIVE = frozenset({"colour", "neckline", "sleeve", "length", "rise", "heel", "toe"})

NO_CARE = N_(
    "“{claim}” isn't among the care instructions of this product. A wrong one ruins the piece: take it out, or "
    "correct the data."
)
NO_FIT = N_(
    "“{claim}” isn't in this product's fit. A wrong one sends the piece back: take it out, or add it to the fit note."
)

# Colour words that mean something else beside these: 'gold-standard', 'rose' (a flower), 'natural light'.


def concept_claims(reading: Reading, evidence: Evidence, mentions: list[Mention]) -> Iterator[Claim]:
    """One claim for each such concept that the text gives to the product."""
    for mention in mentions:
        kind = KINDS.get(mention.kind)
        first, last = reading.span(mention.start, mention.end)
        if kind is None or reading.skipped(first, last) or _no_claim(reading, mention, first, last):
            continue
        claim = _judge(reading, mention, kind, evidence)
        if claim.supported or not _ambiguous(reading, mention, first, last):
            yield claim


def _no_claim(reading: Reading, mention: Mention, first: int, last: int) -> bool:
    if mention.kind == "care":
        return False
    # 'unlined', 'no pockets', 'sans manches' are concepts of their own; other denials assert nothing.
    if reading.denied(first, last):
        return True
    return mention.kind == "colour" and reading.word(last) in context("not_a_colour", reading.language)


def _ambiguous(reading: Reading, mention: Mention, first: int, last: int) -> bool:
    """A word that says something else unless a garment, a material or 'in' stands beside it: 'smoke', 'hip', 'long'.

    Such a mention counts as evidence shown, never as an objection.
    """
    plain = mention.kind == "colour" and mention.concept not in context("plain_colours")
    if not plain and mention.surface.lower() not in context("bare_surfaces"):
        return False
    before, after = reading.before(first, 1), reading.after(last, 1)
    if plain and before and before[0] in ("in", "en", "colour", "color", "couleur", "coloris", "teinte", "shade"):
        return False
    named = reading.product_places | reading.material_places
    return not (last in named or first - 1 in named or (after and after[0] in ("colour", "shade", "tone")))


def _judge(reading: Reading, mention: Mention, kind: Kind, evidence: Evidence) -> Claim:
    text, start, end = reading.text, mention.start, mention.end
    sources = _preferred(evidence.sources(mention.concept), mention.kind)
    if sources:
        return supported(text, start, end, kind, sources[0].path)
    path = evidence.states(mention.surface) or (_same_fit(mention.surface, evidence) if kind is Kind.FIT else "")
    if path:
        return supported(text, start, end, kind, path)
    other = _other(evidence, mention)
    if other:
        return unsupported(text, start, end, kind, OTHER_VALUE, evidence=other.path, value=other.text)
    reason = {Kind.CARE: NO_CARE, Kind.FIT: NO_FIT}.get(kind, NOT_LISTED)
    verdict = Verdict.WARN if kind is Kind.FIT else Verdict.FAIL
    return unsupported(text, start, end, kind, reason, verdict=verdict)


def _same_fit(surface: str, evidence: Evidence) -> str:
    """'a close fit' where the data say 'close'."""
    rest = [word.text for word in words(surface) if word.text not in context("cuts")]
    return evidence.states(" ".join(rest)) if rest else ""


def _preferred(sources: tuple[Supplied, ...], kind: str) -> list[Supplied]:
    """Sources with the same concept and field first: the colour field before the name."""
    area = {"colour": "colour", "care": "care"}.get(kind, "attribute")
    return sorted(sources, key=lambda item: item.area != area)


def _other(evidence: Evidence, mention: Mention) -> Supplied | None:
    if mention.kind not in EXCLUSIVE:
        return None
    area = "colour" if mention.kind == "colour" else "attribute"
    return next((item for item in evidence.of_kind(mention.kind) if item.area == area), None)


def fit_claims(reading: Reading, evidence: Evidence) -> Iterator[Claim]:
    """Fit words beside a garment or 'cut': 'a slim shirt', 'une coupe ample'."""
    for match in fit_words(reading.language).find(reading.words):
        first, last = match.first, match.last
        if reading.skipped(first, last) or reading.denied(first, last):
            continue
        if not _is_fit(reading, first, last):
            continue
        start, end = reading.words[first].start, reading.words[last - 1].end
        yield _judge(reading, Mention(match.value, "fit", start, end, reading.text[start:end]), Kind.FIT, evidence)


def _is_fit(reading: Reading, first: int, last: int) -> bool:
    """Whether a garment, 'cut' or a part of the body stands with the word, or it opens the sentence before a comma."""
    near = {first - 1, last}
    cuts = context("cuts")
    if near & reading.product_places or any(reading.word(place) in cuts for place in (*near, *range(first, last))):
        return True
    if reading.word(last) != "to" and any(word in context("body") for word in reading.after(last, 4)):
        return True
    opens = first == 0 or not reading.same_clause(first - 1, first)
    return opens and last < len(reading.words) and reading.comma_between(last - 1, last)


def quoted_claims(reading: Reading, evidence: Evidence, taken: list[Claim]) -> Iterator[Claim]:
    """Passages that repeat an attribute or a detail word by word and that no other claim covers."""
    for match in evidence.quotes.find(reading.words):
        start, end = reading.words[match.first].start, reading.words[match.last - 1].end
        named = reading.skipped(match.first, match.last)
        if not named and not any(claim.start < end and start < claim.end for claim in taken):
            yield supported(reading.text, start, end, Kind.ATTRIBUTE, match.value)
