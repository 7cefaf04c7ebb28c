"""Names of people, by what stands around them: a title, a role, a greeting, a known first name before a surname.

There is no model in it, so a name without such a sign is missed; ``LIMITS`` of the check says so. Model names ('sac
Jane'), towns, feasts and firms look like names: a single capitalised word counts only after a sign that no thing has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from lib.checks.lexicon import TERMS, context
from lib.checks.pii.model import Found, Kind
from lib.checks.words import fold

UP = r"[A-ZÀ-ÖØ-Þ]"
WORD = rf"{UP}[^\W\d_]*(?:['’-]{UP}?[^\W\d_]+)*"
PARTICLE = r"(?:d['’]|(?:de|du|da|di|del|della|van|von|der|den|ter|le|la|el|al|bin|ben|ibn|Mac|Mc|O['’])[ ]?)"
FULL = rf"{WORD}(?:[ ](?:{PARTICLE}){{0,2}}{WORD}){{1,3}}"
ONE_OR_MORE = rf"{WORD}(?:[ ](?:{PARTICLE}){{0,2}}{WORD}){{0,3}}"
TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Lady|Lord|Dame|Rev|Mme|Mmes|Mlle|MM?|Madame|Monsieur|Mademoiselle|Me|Ma[îi]tre|"
    r"Docteur|Professeur|Signora|Signor|Sig|Herr|Frau|Se[ñn]ora?|Dott(?:oressa)?|Pr)"
)
TITLED = re.compile(rf"\b(?:the[ ])?{TITLES}\.?[ ](?:[A-Z]\.[ ])?{ONE_OR_MORE}")
# 'The bride, Saoirse Kilbride,': a person's role, then a name of two words.
ROLES = (
    r"(?:account[ ]holder|holder|stylist|bride|groom|agent|intern|seamstress|tailor|cutter|driver|courier|"
    r"manager|assistant|"
    r"witness|candidate|applicant|client|customer|buyer|guest|model|colleague|contact|owner|designer|"
    r"pattern[ -]?maker|"
    r"photographer|illustrator|sender|recipient|employee|trainee|apprentice|supervisor|director|consultant|"
    r"advisor|adviser|"
    r"neighbour|mother|father|sister|brother|husband|wife|daughter|son|friend|attn|attention|beneficiary|signed|"
    r"named?|"
    r"called|for|with|from|to|by|of|is|am|was|cc|bcc|ask|tell|meet|thank|contacted|hired|recruited|interview(?:ed)?|"
    r"titulaire|styliste|mari[ée]e?|stagiaire|couturi[èe]re?|retoucheuse|livreur|vendeu(?:r|se)|g[ée]rante?|t[ée]moin|"
    r"candidat(?:e|ure)?|cliente?|acheteu(?:r|se)|invit[ée]e|mannequin|coll[èe]gue|interlocut(?:eur|rice)|"
    r"salari[ée]e?|"
    r"apprentie?|directeur|directrice|conseill(?:er|[èe]re)|voisine?|m[èe]re|p[èe]re|s[œo]e?ur|fr[èe]re|mari|"
    r"[ée]pouse?|fille|"
    r"fils|amie?|nom|signataire|b[ée]n[ée]ficiaire|destinataire|exp[ée]diteur|pr[ée]nom|mod[ée]liste|modiste|"
    r"patronni[èe]re|"
    r"chez|avec|pour|par|suis|appelle|est|c['’]est|de|d['’]|[àa]|remercie[rz]?|joindre|rappeler|contacter|"
    r"appeler|prévenir|"
    r"responsable|assistante?|comptable|chauffeur|from|sent[ ]by|cv|entretien)"
)
AFTER_ROLE = re.compile(rf"(?i:\b{ROLES})(?:[ ]?[,:;(«“\"']?[ ]?|['’])(?P<name>{FULL})")
# 'Ngozi Umeh starts on': what only a person does.
DOES = (
    r"(?:called|calls|wrote|writes|asks|asked|says|said|starts|started|will|has|had|is|was|lives|left|came|"
    r"comes|wants|"
    r"bought|ordered|returned|rang|phoned|works|joined|joins|thinks|signed|sent|paid|needs|would|and[ ]her|and[ ]his|"
    r"a|est|[ée]tait|sera|passera|vient|viendra|demande|souhaite|veut|habite|travaille|commence|[ée]crit|"
    r"appelle|rappelle|"
    r"attend|doit|refuse|accepte|signe|quitte|arrive|rejoint|pr[ée]f[èe]re|conteste|r[ée]clame|nous|vous|m['’]a|"
    r"n['’]a)"
)
BEFORE_DOING = re.compile(rf"(?P<name>{FULL})(?:['’]s\b|(?:,[^,.;]{{0,40}},)?[ ]{DOES}\b)")
# Signs after which one name alone is a person's.
ALONE = re.compile(
    rf"(?:\b(?:[Mm]y[ ]name[ ]is|[Hh]er[ ]name[ ]is|[Hh]is[ ]name[ ]is|[Ii][ ]am|I['’]m|[Aa]sk[ ]for|"
    rf"[Ss]peak[ ]to|[Tt]alk[ ]to|"
    r"[Jj]e[ ]m['’]appelle|[Jj]e[ ]suis|[Ee]lle[ ]s['’]appelle|[Ii]l[ ]s['’]appelle|[Ii]ci|"
    r"[Cc]['’]est|[Dd]emande[rz][ ][àa]|[Dd]e[ ]la[ ]part[ ]de|[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey|[Cc]h[èe]re?|"
    r"[Bb]onjour|[Ss]alut|[Cc]oucou|"
    r"[Tt]hanks|[Tt]hank[ ]you|[Mm]erci|[Rr]egards|[Cc]heers|[Bb]ises|[Cc]ordialement|[Bb]est|[Ll]ove),?[ \n]+)"
    rf"(?P<name>{ONE_OR_MORE})"
)
FROM_DESK = re.compile(
    rf"\b(?P<name>{WORD})[ ](?:from|in|at|du|de[ ]la|des|au|aux)[ ](?:the[ ])?(?i:press|pr|stock|till|accounts|"
    rf"service|repairs|"
    r"shipping|sales|hr|security|legal|marketing|presse|caisse|compta(?:bilit[ée])?|sav|retouches|ventes|"
    r"s[ée]curit[ée]|"
    r"juridique|atelier|rh|accueil|logistique|vip)\b"
)
LOWER = re.compile(
    r"\b(?:my name is|je m['’]appelle|je suis|i['’]?m|i am|c['’]est|here is|au nom de|name:|nom ?:)[ ]"
    r"(?P<name>(?P<first>[a-zà-ÿ]{3,})[ ][a-zà-ÿ]{3,})\b",
    re.I,
)
PAIR = re.compile(rf"(?<![\w'’-])(?P<name>(?P<first>{WORD})(?:[ ][A-Z]\.)?[ ](?:{PARTICLE}){{0,2}}{WORD})(?![\w-])")
HEADER = re.compile(
    rf"(?:^|\n)\s*(?:From|To|Cc|De|À|A|Pour|Name|Nom|Client|Cliente|Customer|Contact)\s?:\s*(?P<name>{FULL})"
)
# A founder of 1911 is history and not personal data (GDPR, recital 27: it doesn't apply to the dead).
HISTORY = re.compile(
    r"\b(?:found(?:ed|er|ress)|fond(?:a|[ée]e?|ateur|atrice)|1[5-8]\d\d|19[0-5]\d|century|si[èe]cle|"
    r"born in 1[89]|archive|"
    r"museum|mus[ée]e|painter|peintre|queen|king|reine|roi|empress|imp[ée]ratrice)\b",
    re.I,
)


@cache
def first_names() -> frozenset[str]:
    """Known first names, folded."""
    lines = (TERMS / "first_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#")) | context("pii_first_names")


def names(text: str) -> Iterator[Found]:
    """Names of people, each passage once per sign that shows it."""
    for finder in _FINDERS:
        yield from finder(text)


def _titled(text: str) -> Iterator[Found]:
    for match in TITLED.finditer(text):
        yield Found(match.start(), match.end(), Kind.NAME)


def _by_role(text: str) -> Iterator[Found]:
    for form in (AFTER_ROLE, BEFORE_DOING, HEADER):
        for match in form.finditer(text):
            if _a_person(match["name"]) and not _history(text, match.start("name"), match.end("name")):
                yield Found(match.start("name"), match.end("name"), Kind.NAME)


def _alone(text: str) -> Iterator[Found]:
    for form in (ALONE, FROM_DESK):
        for match in form.finditer(text):
            name = match["name"]
            if fold(name.split()[0]) in context("pii_no_names") or not _a_person(name, alone=True):
                continue
            yield Found(match.start("name"), match.end("name"), Kind.NAME)
    for match in LOWER.finditer(text):
        if fold(match["first"]) in first_names() and not _words(match["name"]) & context("pii_no_names"):
            yield Found(match.start("name"), match.end("name"), Kind.NAME)


def _known(text: str) -> Iterator[Found]:
    for match in PAIR.finditer(text):
        first = fold(match["first"])
        known = first in first_names() or all(part in first_names() for part in re.split(r"['’-]", first))
        if known and _a_person(match["name"]) and not _history(text, match.start(), match.end()):
            yield Found(match.start("name"), match.end("name"), Kind.NAME)


def _a_person(name: str, alone: bool = False) -> bool:
    """Whether no word of it is a thing's, a place's or a firm's, and, of one alone, whether it is a known "
    "first name."""
    parts = _words(name)
    if parts & context("pii_no_names") or any(len(word) == 1 for word in name.split()):
        return False
    if alone and len(name.split()) == 1:
        return fold(name) in first_names()
    return not name.isupper()


def _words(name: str) -> set[str]:
    return {part for part in re.split(r"[\s'’-]+", fold(name)) if part}


def _history(text: str, start: int, end: int) -> bool:
    return bool(HISTORY.search(text, max(0, start - 60), end + 40))


_FINDERS: tuple[Callable[[str], Iterator[Found]], ...] = (_titled, _by_role, _alone, _known)
