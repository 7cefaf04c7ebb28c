"""Claims told by their wording.

Environment, superlatives, performance, health, price, making and heritage, size advice.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lib.checks.claim_model import NOT_LISTED, Claim, Kind, supported, unsupported
from lib.checks.evidence import Evidence, term_phrases
from lib.checks.kinship import broader
from lib.checks.lexicon import context, phrases
from lib.checks.model import Verdict
from lib.checks.reading import Reading
from lib.checks.words import Match, Phrases, words
from lib.i18n import N_
from lib.vocabulary import Mention

GENERIC = N_(
    "“{claim}” is a general environmental claim, which Directive (EU) 2024/825 forbids without recognised proof. "
    "Name the fact instead, such as the certified share."
)
CLIMATE_CLAIM = N_(
    "“{claim}” speaks of the climate. Directive (EU) 2024/825 forbids it when it rests on offsets. Take it out."
)
NO_CERTIFICATE = N_(
    "“{claim}” isn't among this product's attributes. Take it out, or add the certificate to the product."
)
SUPERLATIVE = N_("“{claim}” can't be proved. Say what is special about the piece instead.")
PUFF = N_("“{claim}” is praise that nothing in the data bears out. Readers learn more from a fact.")
PERFORMS = N_(
    "“{claim}” promises a performance that the product's data don't hold. Take it out, or add the test result to "
    "the product."
)
HEALTH_CLAIM = N_(
    "“{claim}” promises an effect on body or health, which needs proof. Take it out, or add the proof to the product."
)
PRICE_CLAIM = N_(
    "“{claim}” speaks of price or of an offer, which the product's data don't hold and which changes. Take it out."
)
MAKING = N_(
    "“{claim}” says how or by whom the piece is made; the product's data don't. Take it out, or add it to the details."
)
SIZING = N_(
    "“{claim}” is size advice that the fit note doesn't give. A wrong one sends the piece back: take it out, or add it."
)

REASONS = {
    Kind.SUSTAINABILITY: (NO_CERTIFICATE, Verdict.FAIL),
    Kind.PERFORMANCE: (PERFORMS, Verdict.FAIL),
    Kind.HERITAGE: (MAKING, Verdict.FAIL),
    Kind.FIT: (SIZING, Verdict.WARN),
    Kind.MATERIAL: (NOT_LISTED, Verdict.FAIL),
    Kind.ATTRIBUTE: (NOT_LISTED, Verdict.FAIL),
}
# 'warm' and 'never' are mostly mood in fashion copy: shown, not objected to.
MOOD = frozenset({"warm", "cooling"})
# Terms that need no environmental reading beside these words.
# 'circulaire' says a skirt's cut, 'circular hem' a shape; 'sain' and 'conscious' likewise.


@lru_cache(maxsize=2)
def _plain_phrases(language: str) -> Phrases[tuple[str, Kind]]:
    tables = (
        ("generic_green", Kind.SUSTAINABILITY),
        ("climate", Kind.SUSTAINABILITY),
        ("superlatives", Kind.SUPERLATIVE),
        ("health", Kind.HEALTH),
        ("price", Kind.PRICE),
    )
    return Phrases((phrase, (name, kind)) for name, kind in tables for phrase in phrases(name, language))


def wording_claims(reading: Reading, evidence: Evidence, mentions: list[Mention]) -> Iterator[Claim]:
    """One claim for each such wording; a denied one ('not waterproof') claims nothing."""
    busy = {p for m in mentions if m.kind == "care" for p in range(*reading.span(m.start, m.end))}
    for plain in _plain_phrases(reading.language).find(reading.words):
        if not _passed_over(reading, plain.first, plain.last, busy):
            claim = _plain_claim(reading, evidence, plain)
            if claim:
                yield claim
    for term in term_phrases(reading.language).find(reading.words):
        if not _passed_over(reading, term.first, term.last, busy):
            claim = _term_claim(reading, evidence, term, mentions)
            if claim:
                yield claim


def _passed_over(reading: Reading, first: int, last: int, busy: set[int]) -> bool:
    return all(p in reading.named or p in busy for p in range(first, last)) or reading.denied(first, last)


def _offsets(reading: Reading, first: int, last: int) -> tuple[int, int]:
    return reading.words[first].start, reading.words[last - 1].end


def _plain_claim(reading: Reading, evidence: Evidence, match: Match[tuple[str, Kind]]) -> Claim | None:
    name, kind = match.value
    start, end = _offsets(reading, match.first, match.last)
    text = reading.text
    if name == "climate":
        return unsupported(text, start, end, kind, CLIMATE_CLAIM)
    if name == "generic_green":
        near = [*reading.before(match.first, 1), *reading.after(match.last, 1)]
        return (
            None
            if any(word in context("shapes") | context("innocent_before", reading.language) for word in near)
            else unsupported(text, start, end, kind, GENERIC)
        )
    if kind is Kind.SUPERLATIVE and not _is_superlative(reading, match):
        return None
    path = evidence.states(text[start:end])
    if path and kind is not Kind.PRICE:
        return supported(text, start, end, kind, path)
    if kind is Kind.SUPERLATIVE:
        puff = text[start:end].lower() in context("puffery")  # and 'never': mostly narrative
        return unsupported(
            text, start, end, kind, PUFF if puff else SUPERLATIVE, verdict=Verdict.NOTE if puff else Verdict.WARN
        )
    return unsupported(text, start, end, kind, PRICE_CLAIM if kind is Kind.PRICE else HEALTH_CLAIM)


def _is_superlative(reading: Reading, match: Match[tuple[str, Kind]]) -> bool:
    """'la plus' before an adjective is one.

    'taille unique', 'les plus longues manches' of care ('not more than') aren't.
    """
    phrase = reading.text[reading.words[match.first].start : reading.words[match.last - 1].end].lower()
    before = reading.before(match.first, 1)
    if phrase.startswith("unique") and before and before[0] in ("taille", "size"):
        return False
    if phrase in ("never", "always", "jamais", "toujours") and _is_instruction(reading, match):
        return False
    if match.value[0] == "superlatives" and any(word in context("weather") for word in reading.before(match.first, 1)):
        return False
    return not (phrase == "best" and before and before[0] in ("at", "worn", "works"))


def _is_instruction(reading: Reading, match: Match[tuple[str, Kind]]) -> bool:
    after = reading.after(match.last, 2)
    verbs = (
        "wash",
        "iron",
        "dry",
        "store",
        "use",
        "tumble",
        "bleach",
        "laver",
        "repasser",
        "secher",
        "ranger",
        "utiliser",
    )
    return any(word in verbs for word in after)


def _term_claim(
    reading: Reading, evidence: Evidence, match: Match[tuple[str, str]], mentions: list[Mention]
) -> Claim | None:
    name, term = match.value
    kind = Kind(name)
    start, end = _offsets(reading, match.first, match.last)
    near = [*reading.before(match.first, 1), *reading.after(match.last, 1)]
    if term in ("warm", "cooling") and any(word in context("warm_tones") for word in near):
        return None
    path = _term_path(reading, evidence, match, mentions)
    if path:
        return supported(reading.text, start, end, kind, path)
    reason, verdict = REASONS[kind]
    verdict = Verdict.NOTE if term in MOOD else verdict
    return unsupported(reading.text, start, end, kind, reason, verdict=verdict)


def _term_path(reading: Reading, evidence: Evidence, match: Match[tuple[str, str]], mentions: list[Mention]) -> str:
    """The fact that states the term; for 'recycled' and 'organic', of the same material."""
    name, term = match.value
    if name == "heritage" and term in ("handmade", "artisan", "heritage"):
        return evidence.states(reading.text[slice(*_offsets(reading, match.first, match.last))]) or _same_hand(
            reading, evidence, match
        )
    if term not in ("recycled", "organic"):
        return evidence.terms.get((name, term), "")
    material = _material_near(reading, match, mentions)
    if material is None:
        return evidence.terms.get((name, term), "")
    wanted = broader(material)
    for concepts, fact in (*evidence.materials, *evidence.lining):
        if concepts & wanted and any(found.value == (name, term) for found in _terms_in(fact.name)):
            return fact.path
    return ""


def _same_hand(reading: Reading, evidence: Evidence, match: Match[tuple[str, str]]) -> str:
    """Handwork in the data supports the same handwork in the text: 'hand-finished hem' isn't 'handmade'."""
    phrase = reading.text[slice(*_offsets(reading, match.first, match.last))].lower()
    whole = any(word in phrase for word in ("made", "crafted", "fait", "faite", "artisan", "atelier"))
    if whole or match.value[1] != "handmade":
        return evidence.terms.get(match.value, "") if _whole_piece(evidence, match) else ""
    return evidence.terms.get(match.value, "")


def _whole_piece(evidence: Evidence, match: Match[tuple[str, str]]) -> bool:
    path = evidence.terms.get(match.value, "")
    text = next((fact.text.lower() for fact in evidence.facts.texts() if fact.path == path), "")
    return any(
        word in text
        for word in (
            "handmade",
            "hand-made",
            "made by hand",
            "handcrafted",
            "fait main",
            "faite main",
            "à la main",
            "artisan",
            "atelier",
        )
    )


def _terms_in(text: str) -> list[Match[tuple[str, str]]]:
    return [found for language in ("en", "fr") for found in term_phrases(language).find(words(text))]


def _material_near(reading: Reading, match: Match[tuple[str, str]], mentions: list[Mention]) -> str | None:
    for mention in mentions:
        first, last = reading.span(mention.start, mention.end)
        if mention.kind == "material" and first <= match.last + 1 and last >= match.first - 1:
            return mention.concept
    return None
