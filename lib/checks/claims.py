"""Claims in a text, each traced to a fact about the product or marked as unsupported.

Rules and word lists, no model. A claim is compared by concept, so that a French text is checked against English data
and the other way round. Denials ('not waterproof') claim nothing, except of materials; passages that tell what to wear
the piece with are about other garments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.checks.claim_concepts import concept_claims, fit_claims, quoted_claims
from lib.checks.claim_figures import figure_claims
from lib.checks.claim_materials import DENIED_BUT_THERE, NOT_PURE, exclusivity_claims, material_claims
from lib.checks.claim_model import KIND_TITLES, Claim, Kind, supported
from lib.checks.claim_origin import origin_claims
from lib.checks.claim_wording import CLIMATE_CLAIM, GENERIC, PRICE_CLAIM, wording_claims
from lib.checks.evidence import Evidence, evidence_of
from lib.checks.facts import Fact, Facts, MaterialFact, NumberFact
from lib.checks.figures_in_text import figures
from lib.checks.material_reading import is_comparison
from lib.checks.model import Finding
from lib.checks.reading import Reading
from lib.checks.spans import GRAVITY
from lib.i18n import N_
from lib.vocabulary import Mention, find

__all__ = [
    "KIND_TITLES",
    "LIMITS",
    "Claim",
    "Fact",
    "Facts",
    "Kind",
    "MaterialFact",
    "NumberFact",
    "claim_findings",
    "trace_claims",
]

LIMITS = N_(
    "Finds claims by rules and word lists in French and English. It misses what is only implied, irony, and words "
    "that aren't in its lists, and it doesn't know whether the product's data are true."
)


def trace_claims(text: str, facts: Facts, language: str) -> list[Claim]:
    """Every claim that ``text`` ('fr' or 'en') makes about the product, in reading order, without overlaps of one kind.

    A text in another language is read as English: figures and shared words are still checked.
    """
    if not text.strip():
        return []
    tongue = language if language in ("en", "fr") else "en"
    evidence = evidence_of(facts)
    reading = Reading(text, tongue, (facts.name, *facts.house), tuple(_found(text, tongue)))
    mentions = _mentions(reading, evidence)
    found = figures(text)
    claims = [
        *material_claims(reading, evidence, mentions, found),
        *exclusivity_claims(reading, evidence),
        *origin_claims(reading, evidence, mentions),
        *concept_claims(reading, evidence, mentions),
        *wording_claims(reading, evidence, mentions),
        *fit_claims(reading, evidence),
    ]
    claims += figure_claims(reading, evidence, found, claims)
    types = [mention for mention in mentions if mention.kind == "product" and evidence.sources(mention.concept)]
    claims = [claim for claim in claims if claim.kind is not Kind.FIT or not _inside(claim, types)]
    claims = [_quoted(claim, reading, evidence) for claim in claims]
    claims += quoted_claims(reading, evidence, claims)
    return _resolved(claims)


def _found(text: str, language: str) -> Iterator[Mention]:
    """The vocabulary's mentions, clause by clause: '100% cotton; lining: viscose' names no cotton lining."""
    start = 0
    for match in re.finditer(r"[;:!?…\n]|\.(?=\s|$)|$", text):
        for m in find(text[start : match.start()], language):
            yield Mention(m.concept, m.kind, m.start + start, m.end + start, m.surface)
        start = match.end()


# The vocabulary compares without accents: 'côté' (side) isn't 'côtes' (ribs), 'grisé' isn't 'gris'.
_OTHER_WORDS = frozenset({"côté", "côtés", "grisé", "grisée"})


def _mentions(reading: Reading, evidence: Evidence) -> list[Mention]:
    """The vocabulary's mentions, one for each place: of several concepts with one surface, the one the product has."""
    chosen: dict[tuple[int, int], Mention] = {}
    for mention in reading.mentions:
        if mention.surface.lower() in _OTHER_WORDS:
            continue
        place = (mention.start, mention.end)
        if place not in chosen or (not evidence.sources(chosen[place].concept) and evidence.sources(mention.concept)):
            chosen[place] = mention
    kept = [mention for mention in chosen.values() if mention.kind != "material" or not is_comparison(reading, mention)]
    return sorted(kept, key=lambda mention: mention.start)


def _inside(claim: Claim, types: list[Mention]) -> bool:
    """Whether the claim is part of what the product is called: 'droite' in 'robe droite', a shift dress."""
    return any(mention.start <= claim.start and claim.end <= mention.end for mention in types)


# What a quotation can't bear out: forbidden or changing whatever the product's data say.
_NEVER_QUOTED = frozenset({GENERIC, CLIMATE_CLAIM, PRICE_CLAIM, DENIED_BUT_THERE, NOT_PURE})


def _quoted(claim: Claim, reading: Reading, evidence: Evidence) -> Claim:
    """An unsupported claim inside a passage that repeats a fact word by word is that fact's ('rubber brush')."""
    if claim.supported or claim.reason in _NEVER_QUOTED:
        return claim
    for match in evidence.quotes.find(reading.words):
        start, end = reading.words[match.first].start, reading.words[match.last - 1].end
        if start <= claim.start and claim.end <= end:
            return supported(reading.text, claim.start, claim.end, claim.kind, match.value)
    return claim


def _resolved(claims: list[Claim]) -> list[Claim]:
    """Without repetitions: of two claims of one kind that overlap, the graver, then the longer one stays."""
    order = sorted(claims, key=lambda c: (-GRAVITY[c.verdict], -(c.end - c.start), c.start))
    kept: list[Claim] = []
    covered: dict[Kind, bytearray] = {}
    length = max((claim.end for claim in claims), default=0)
    for claim in order:
        places = covered.setdefault(claim.kind, bytearray(length))
        if not any(places[claim.start : claim.end]):
            places[claim.start : claim.end] = b"\1" * (claim.end - claim.start)
            kept.append(claim)
    green = [claim for claim in kept if claim.kind is Kind.SUSTAINABILITY]
    # 'mode durable' is the environment's claim; the 'durable' in it promises no wear.
    worn = [c for c in kept if c.kind is Kind.PERFORMANCE and any(g.start <= c.start and c.end <= g.end for g in green)]
    dropped = {id(claim) for claim in worn}
    return sorted((claim for claim in kept if id(claim) not in dropped), key=lambda c: (c.start, c.end))


def claim_findings(text: str, path: str, facts: Facts, language: str) -> list[Finding]:
    """Every claim as a finding at ``path``: PASS with its evidence where it is supported."""
    return [
        Finding(path, c.verdict, c.reason, c.values, c.start, c.end, evidence=c.evidence, kind=str(c.kind))
        for c in trace_claims(text, facts, language)
    ]
