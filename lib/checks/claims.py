"""Claims in a text, each traced to a fact about the product or marked as unsupported.

Rules and word lists, no model. A claim is compared by concept, so that a French text is checked against English data and
the other way round. Denials ('not waterproof') claim nothing, except of materials; passages that tell what to wear the piece
with are about other garments.
"""

from __future__ import annotations

from lib.checks.claim_concepts import concept_claims, fit_claims, quoted_claims
from lib.checks.claim_figures import figure_claims
from lib.checks.claim_materials import is_comparison, material_claims
from lib.checks.claim_model import KIND_TITLES, Claim, Kind
from lib.checks.claim_origin import origin_claims
from lib.checks.claim_wording import wording_claims
from lib.checks.evidence import Evidence, evidence_of
from lib.checks.facts import Fact, Facts, MaterialFact, NumberFact
from lib.checks.figures_in_text import figures
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
    "Finds claims by rules and word lists in French and English. It misses what is only implied, irony, and words that aren't in its "
    "lists, and it doesn't know whether the product's data are true."
)


def trace_claims(text: str, facts: Facts, language: str) -> list[Claim]:
    """Every claim that ``text`` ('fr' or 'en') makes about the product, in reading order, without overlaps of one kind.

    A text in another language is read as English: figures and shared words are still checked.
    """
    if not text.strip():
        return []
    tongue = language if language in ("en", "fr") else "en"
    evidence = evidence_of(facts)
    reading = Reading(text, tongue, (facts.name, *facts.house), tuple(find(text, tongue)))
    mentions = _mentions(reading, evidence)
    found = figures(text)
    claims = [
        *material_claims(reading, evidence, mentions, found),
        *origin_claims(reading, evidence, mentions),
        *concept_claims(reading, evidence, mentions),
        *wording_claims(reading, evidence, mentions),
        *fit_claims(reading, evidence),
    ]
    claims += figure_claims(reading, evidence, found, claims)
    claims += quoted_claims(reading, evidence, claims)
    return _resolved(claims)


def _mentions(reading: Reading, evidence: Evidence) -> list[Mention]:
    """The vocabulary's mentions, one for each place: of several concepts with one surface, the one the product has."""
    chosen: dict[tuple[int, int], Mention] = {}
    for mention in reading.mentions:
        place = (mention.start, mention.end)
        if place not in chosen or (not evidence.sources(chosen[place].concept) and evidence.sources(mention.concept)):
            chosen[place] = mention
    kept = [mention for mention in chosen.values() if mention.kind != "material" or not is_comparison(reading, mention)]
    return sorted(kept, key=lambda mention: mention.start)


def _resolved(claims: list[Claim]) -> list[Claim]:
    """Without repetitions: of two claims of one kind that overlap, the graver, then the longer one stays."""
    order = sorted(claims, key=lambda c: (-GRAVITY[c.verdict], -(c.end - c.start), c.start))
    kept: list[Claim] = []
    for claim in order:
        if not any(claim.kind is k.kind and claim.start < k.end and k.start < claim.end for k in kept):
            kept.append(claim)
    green = [claim for claim in kept if claim.kind is Kind.SUSTAINABILITY]
    # 'mode durable' is the environment's claim; the 'durable' in it promises no wear.
    worn = [c for c in kept if c.kind is Kind.PERFORMANCE and any(g.start <= c.start and c.end <= g.end for g in green)]
    return sorted((claim for claim in kept if claim not in worn), key=lambda c: (c.start, c.end))


def claim_findings(text: str, path: str, facts: Facts, language: str) -> list[Finding]:
    """Every claim as a finding at ``path``: PASS with its evidence where it is supported."""
    return [
        Finding(path, c.verdict, c.reason, c.values, c.start, c.end, evidence=c.evidence, kind=str(c.kind))
        for c in trace_claims(text, facts, language)
    ]
