"""Material claims: is the fibre in the composition, with the share that the text gives it?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lib.checks.claim_model import NOT_LISTED, Claim, Kind, supported, unsupported
from lib.checks.evidence import Evidence, Supplied
from lib.checks.facts import MaterialFact
from lib.checks.figures_in_text import Figure, figures
from lib.checks.kinship import broader
from lib.checks.lexicon import context
from lib.checks.material_reading import LINKS, Said, compared, is_bare, said_of
from lib.checks.model import Verdict
from lib.checks.reading import Reading
from lib.checks.words import Phrases, words
from lib.i18n import N_
from lib.vocabulary import Mention, concept, find, recognise

SHARE_TOLERANCE = 0.005
PURE = 0.995
MINOR = 0.50  # below this share a garment named after the fibre ('cashmere jumper') misleads

NOT_IN_COMPOSITION = N_(
    "“{claim}” isn't in this product's composition ({value}). Take it out, or correct the composition."
)
WRONG_SHARE = N_("The composition says {value}, not “{claim}”. Correct the figure.")
NOT_PURE = N_("“{claim}” says that there is nothing else, but the composition is {value}. Give the share instead.")
SHARE_UNKNOWN = N_(
    "“{claim}” gives a share that the product's data don't hold. Take the share out, or add it to the product."
)
NO_BLEND = N_("“{claim}” says that it is mixed, but the composition is {value}. Say what it is.")
MISLEADING = N_(
    "The composition is {value}: a reader of “{claim}” expects more of it. Give the share, or name the main fibre."
)
DENIED_BUT_THERE = N_("The text denies “{claim}”, but the composition is {value}. Correct the text.")
CANNOT_DENY = N_(
    "Nothing shows that there is no “{claim}”: the composition isn't complete. Take it out, or complete the "
    "product's data."
)

CANNOT_BE_ALONE = N_(
    "Nothing shows that “{claim}” is true: the product has no composition. Take it out, or add the composition."
)

ANIMALS = {"goose": "goose", "oie": "goose", "duck": "duck", "canard": "duck"}


def material_claims(
    reading: Reading, evidence: Evidence, mentions: list[Mention], numbers: list[Figure]
) -> Iterator[Claim]:
    """One claim for each material that the text gives to the product."""
    for mention in mentions:
        first, last = reading.span(mention.start, mention.end)
        if mention.kind != "material" or reading.skipped(first, last) or is_bare(reading, mention, first, last):
            continue
        if not compared(reading, first, last):
            said = said_of(reading, mention, first, last, numbers)
            yield _judge(reading.text, said, evidence)


# Passages that say there is one material, without naming it or before its name.
_ALONE = {
    "en": (
        "a single material", "a single fabric", "a single fibre", "a single cloth", "one material only",
        "one fabric only", "one single material", "one single fabric", "only one material", "only one fabric",
        "just one material", "just one fabric", "made of nothing else", "of nothing else",
        "no other material", "no other fibre", "unblended", "not a blend", "single-fibre",
    ),
    "fr": (
        "une seule matière", "une seule et même matière", "une matière unique", "un seul matériau",
        "un matériau unique", "une seule fibre", "une seule étoffe", "un seul tissu", "monomatière",
        "mono-matière", "sans mélange", "aucune autre matière", "aucune autre fibre",
    ),
}  # fmt: skip


@lru_cache(maxsize=2)
def _alone(language: str) -> Phrases[str]:
    return Phrases((phrase, phrase) for phrase in _ALONE[language])


def exclusivity_claims(reading: Reading, evidence: Evidence) -> Iterator[Claim]:
    """'une seule matière', 'nothing else': true of one material that makes up all of the product."""
    materials = evidence.facts.materials
    for match in _alone(reading.language).find(reading.words):
        start, end = reading.words[match.first].start, reading.words[match.last - 1].end
        if not materials:
            verdict = Verdict.WARN
            yield unsupported(reading.text, start, end, Kind.MATERIAL, CANNOT_BE_ALONE, verdict=verdict)
        elif len(materials) > 1 or (materials[0].share or 1) < PURE:
            yield unsupported(
                reading.text, start, end, Kind.MATERIAL, NOT_PURE, evidence=materials[0].path, value=describe(materials)
            )
        else:
            yield supported(reading.text, start, end, Kind.MATERIAL, materials[0].path)


def _judge(text: str, said: Said, evidence: Evidence) -> Claim:
    if said.denied:
        return _denied(text, said, evidence)
    if said.lining:
        return _in_lining(text, said, evidence)
    if said.part:
        return _in_part(text, said, evidence)
    fibres = _fibres(said, text)
    matching = [_matching(fibre, evidence.materials) for fibre in fibres]
    if not all(found or _constructed(fibre, evidence) for fibre, found in zip(fibres, matching, strict=True)):
        return _absent(text, said, evidence)
    main = next((found for found in matching if found), [])
    if not main:
        path = _constructed(said.concept, evidence) or ""
        return supported(text, said.start, said.end, Kind.MATERIAL, path)
    return _shares(text, said, evidence, main)


def _fibres(said: Said, text: str) -> list[str]:
    """The concepts that a surface names: 'wool flannel' is flannel, and of wool."""
    surface = text[said.start : said.end]
    if concept(said.concept).source not in ("fabric", "animal") or " " not in surface:
        return [said.concept]
    single = [
        recognise(word, ("material",)) for word in surface.replace("’", " ").split() if len(word) > 2 and word.isalpha()
    ]
    named = list(dict.fromkeys(found.id for found in single if found))
    # 'merino wool' is merino alone: the parts add nothing that the whole doesn't say.
    extra = [part for part in named if part not in broader(said.concept) and said.concept not in broader(part)]
    fabric = concept(said.concept).source == "fabric" or said.concept.startswith("silk_")
    if said.concept in ("wool_cloth", "cotton_voile"):  # 'drap de laine': a cloth of wool, no construction to prove
        return ["wool" if said.concept == "wool_cloth" else "cotton"]
    return (
        [*(named if said.concept.startswith("silk_") and len(named) > 1 else [said.concept]), *extra]
        if fabric
        else [said.concept]
    )


def _matching(fibre: str, materials: tuple[tuple[frozenset[str], MaterialFact], ...]) -> list[MaterialFact]:
    return [fact for concepts, fact in materials if fibre in concepts]


def _constructed(fibre: str, evidence: Evidence) -> str | None:
    """The path that states a construction ('flannel', 'satin'): any fact may; a fibre must be in the composition."""
    sources = evidence.sources(fibre, "attribute", "detail", "free", "name", "material")
    if not sources or (concept(fibre).source != "fabric" and evidence.materials):
        return None
    return sources[0].path


def _absent(text: str, said: Said, evidence: Evidence) -> Claim:
    stated = _stated(text, said, evidence)
    if stated:
        return stated
    composition = describe(evidence.facts.materials)
    if not composition:
        return unsupported(text, said.start, said.end, Kind.MATERIAL, NOT_LISTED)
    path = evidence.facts.materials[0].path
    return unsupported(text, said.start, said.end, Kind.MATERIAL, NOT_IN_COMPOSITION, evidence=path, value=composition)


def _stated(text: str, said: Said, evidence: Evidence) -> Claim | None:
    """A material outside the composition.

    A filling, or one that a detail names beside the same word ('brass turn lock').
    """
    for source in evidence.sources(said.concept, "detail", "attribute"):
        told = words(source.text)
        if not _same_animal(text[said.start : said.end], source.text):
            continue
        if any(word.text in context("filling") for word in told):
            given = [figure.value / 100 for figure in figures(source.text) if figure.unit == "%"]
            if said.share is None or any(abs(share - said.share) <= SHARE_TOLERANCE for share in given):
                return supported(text, said.start, said.end, Kind.MATERIAL, source.path)
        after = words(text[said.end : said.end + 25])[:1]
        before = words(text[max(0, said.start - 30) : said.start])[-2:]
        beside = {word.text for word in (*after, *before)} - LINKS
        if beside & {word.text for word in told}:
            return supported(text, said.start, said.end, Kind.MATERIAL, source.path)
    return None


def _same_animal(claimed: str, given: str) -> bool:
    """'goose down' isn't duck down: the vocabulary has one word for both."""
    animals = {ANIMALS[word.text] for word in words(claimed) if word.text in ANIMALS}
    return animals <= {ANIMALS[word.text] for word in words(given) if word.text in ANIMALS}


def _shares(text: str, said: Said, evidence: Evidence, found: list[MaterialFact]) -> Claim:
    composition, path = describe(evidence.facts.materials), found[0].path
    shares = [fact.share for fact in found]
    total = sum(share or 0 for share in shares) if None not in shares else None

    def wrong(reason: str, verdict: Verdict = Verdict.FAIL) -> Claim:
        return unsupported(
            text, said.start, said.end, Kind.MATERIAL, reason, verdict=verdict, evidence=path, value=composition
        )

    wanted = said.share if said.share is not None else 1.0 if said.pure else None
    if wanted is not None and total is None:
        return wrong(SHARE_UNKNOWN)
    given = [share for share in (*shares, total) if share is not None]
    if wanted is not None and not any(abs(share - wanted) <= SHARE_TOLERANCE for share in given):
        return wrong(NOT_PURE if wanted >= PURE else WRONG_SHARE)
    if said.blend and total is not None and total >= PURE:
        return wrong(NO_BLEND, Verdict.WARN)
    if total is not None and total < MINOR and wanted is None and not said.blend and _attributive(text, said):
        return wrong(MISLEADING, Verdict.WARN)
    return supported(text, said.start, said.end, Kind.MATERIAL, path)


def _attributive(text: str, said: Said) -> bool:
    """Whether the garment is named after the fibre: 'cashmere jumper', 'pull en cachemire'."""
    after = text[said.end : said.end + 25]
    before = text[max(0, said.start - 25) : said.start].rstrip()
    if any(m.kind == "product" and m.start <= 2 for m in find(after, "en")) and after[:1] == " ":
        return True
    return before.endswith(" en") and any(m.kind == "product" and m.end >= len(before) - 4 for m in find(before, "fr"))


def _in_lining(text: str, said: Said, evidence: Evidence) -> Claim:
    found = _matching(said.concept, evidence.lining)
    if found:
        if said.share is not None and found[0].share is not None and abs(found[0].share - said.share) > SHARE_TOLERANCE:
            value = describe(evidence.facts.lining)
            return unsupported(
                text, said.start, said.end, Kind.MATERIAL, WRONG_SHARE, evidence=found[0].path, value=value
            )
        return supported(text, said.start, said.end, Kind.MATERIAL, found[0].path)
    stated = [
        s for s in evidence.sources(said.concept, "detail", "attribute", "free") if _shares_word(s, context("lining"))
    ]
    if stated:
        return supported(text, said.start, said.end, Kind.MATERIAL, stated[0].path)
    value = describe(evidence.facts.lining)
    if not value:
        return unsupported(text, said.start, said.end, Kind.MATERIAL, NOT_LISTED)
    return unsupported(text, said.start, said.end, Kind.MATERIAL, OTHER_LINING, value=value)


OTHER_LINING = N_("“{claim}” isn't in this product's lining ({value}). Take it out, or correct the lining.")


def _in_part(text: str, said: Said, evidence: Evidence) -> Claim:
    sources = evidence.sources(said.concept, "detail", "attribute", "free", "name")
    named = [s for s in sources if _shares_word(s, context("part_nouns"))] or list(sources)
    if named:
        return supported(text, said.start, said.end, Kind.MATERIAL, named[0].path)
    if said.part in ("collar", "cuffs", "cuff", "pockets", "poignets") and _matching(said.concept, evidence.materials):
        return supported(text, said.start, said.end, Kind.MATERIAL, _matching(said.concept, evidence.materials)[0].path)
    return unsupported(text, said.start, said.end, Kind.MATERIAL, NOT_LISTED)


def _shares_word(source: Supplied, wanted: frozenset[str]) -> bool:
    return any(word.text in wanted for word in words(source.text))


def _denied(text: str, said: Said, evidence: Evidence) -> Claim:
    everywhere = (*evidence.materials, *evidence.lining)
    value = describe((*evidence.facts.materials, *evidence.facts.lining))
    present = _matching(said.concept, everywhere)
    if present:
        return unsupported(
            text, said.start, said.end, Kind.MATERIAL, DENIED_BUT_THERE, evidence=present[0].path, value=value
        )
    if evidence.composition_known:
        return supported(text, said.start, said.end, Kind.MATERIAL, evidence.facts.materials[0].path)
    return unsupported(text, said.start, said.end, Kind.MATERIAL, CANNOT_DENY, verdict=Verdict.WARN)


def describe(materials: tuple[MaterialFact, ...]) -> str:
    """The composition as a reader knows it from the label: '92% wool, 8% cashmere'; '' when none is given."""
    return ", ".join(f"{100 * m.share:.4g}% {m.name}" if m.share is not None else m.name for m in materials)
