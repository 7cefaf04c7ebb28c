"""Postal addresses and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lib.checks.pii.model import Found, Kind, cue_before

UP = r"[A-ZÀ-ÖØ-Þ]"
NAME = rf"{UP}[\w'’.-]*"
LETTERS = rf"{UP}[^\W\d_]*(?:['’-][^\W\d_]+)*(?!\w)"
NUMBER = r"\d{1,4}(?:[ ]?(?:bis|ter|quater|[A-Da-d]\b))?"
UK_CODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
FLAT = r"(?:(?:Flat|Apt\.?|Apartment|Unit|Suite|Room)\s\w{1,4},?\s)?"
ENGLISH_WAYS = (
    r"(?:Road|Rd|Street|St|Close|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Gardens|Way|Crescent|"
    r"Row|Mews|Hill|Park|Boulevard|Blvd|Grove|Rise|Walk|Green|Quay|Parade|Wharf|Broadway|Highway|Vale|View)\b\.?"
)
# An English address begins with a number ('14 Bramley Close') or a house's name before a way and a postcode.
ENGLISH = re.compile(
    rf"{FLAT}\b{NUMBER},?[ ](?:{NAME}[ ]){{1,3}}{ENGLISH_WAYS}(?:,?[ ](?:Apt|Flat|Unit|#)\.?[ ]?\w{{1,4}})?"
    rf"(?:,?[ ]{LETTERS}(?:[ ]{LETTERS}){{0,2}})?(?:,?[ ](?:{UK_CODE}|[A-Z]{{2}}[ ]\d{{5}}(?:-\d{{4}})?))?"
)
ENGLISH_HOUSE = re.compile(
    rf"\b(?:The[ ])?{NAME}(?:[ ]{NAME}){{0,2}},[ ](?:{NAME}[ ]){{1,3}}{ENGLISH_WAYS}"
    rf",?[ ]{NAME}(?:[ ]{NAME})?,?[ ]{UK_CODE}\b"
)
FRENCH_WAYS = (
    r"(?:rue|avenue|av\.?|boulevard|bd\.?|boul\.?|place|pl\.?|all[ée]es?|impasse|chemin|quai|cours|passage|"
    r"square|route|"
    r"faubourg|fbg|villa|sentier|esplanade|ruelle|cit[ée]|mont[ée]e|venelle|promenade|r[ée]sidence|hameau|lotissement)"
)
TOWN = rf"(?:{UP}|[a-zà-ÿ])[\w'’-]+(?:[ -]{NAME}|[ ](?:sur|sous|en|le|la|les|de|du)[ ]{NAME}){{0,3}}"
FRENCH = re.compile(
    rf"\b{NUMBER},?[ ]{FRENCH_WAYS}[ ](?:[\w'’.-]+[ ]?){{1,6}}(?:,[ ]?(?:[^\n,;:!?]{{3,25}},[ ]?)?\d{{5}}[ ]{TOWN})?",
    re.I,
)
FRENCH_PLACE = re.compile(rf"\b(?:lieu[- ]dit|chez|BP \d+|CS \d+)\b[^\n;:!?]{{3,60}}?\b\d{{5}}[ ]{TOWN}", re.I)
ITALIAN = re.compile(
    rf"\b(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo|[Ll]argo)[ ](?:{NAME}[ ]?|"
    rf"d[aei]\w*[ ]){{1,4}},?[ ]?\d{{1,4}}\b"
    rf"(?:,[ ]?\d{{5}}[ ]{TOWN})?"
)
# The house's own doors are public.
DOORS = re.compile(
    r"\b(?:boutiques?|stores?|shops?|magasins?|showrooms?|flagship|si[èe]ge|head ?office|headquarters|our atelier|"
    r"notre atelier|ateliers?|visit us|nous trouver|rendez-vous au|come and see|pop-?up|concession|workshop|maison|"
    r"corner|galerie|gallery|museum|mus[ée]e|hotel|h[ôo]tel|restaurant|opening|ouvre|ouverture|founded|"
    r"fond[ée]e?|warehouse|entrep[ôo]t)\b",
    re.I,
)
MONTHS = (
    r"(?:jan(?:uary|vier|\.)?|feb(?:ruary|\.)?|f[ée]v(?:rier|\.)?|mar(?:ch|s|\.)?|apr(?:il|\.)?|avr(?:il|\.)?|"
    r"mai|may|june?|juin|"
    r"july?|juil(?:let|\.)?|aug(?:ust|\.)?|ao[ûu]t|sep(?:t|tember|tembre|\.)?|oct(?:ober|obre|\.)?|nov(?:ember|"
    r"embre|\.)?|"
    r"d[ée]c(?:ember|embre|\.)?)"
)
DATE = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}}[./ -]\d{{1,2}}[./ -](?:19|20)?\d{{2}}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}|"
    rf"(?:the )?\d{{1,2}}(?:er|st|nd|rd|th)?(?: of)?[ ]{MONTHS}(?:[ ,]+(?:19|20)\d{{2}})?|"
    rf"{MONTHS}[ ]\d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)\d{{2}})?)(?![\w-]|/\d)",
    re.I,
)
BIRTH = re.compile(
    r"\b(?:born|birth|birthday|b-?day|birth ?date|d\.?o\.?b\.?|n[ée]e?(?:\(e\))?s?|naissance|anniversaire|ddn|"
    r"d\.?d\.?n\.?)\b"
    r"(?:[^.;!?\n]|(?<=[a-z])\.(?=\w)){0,28}$",
    re.I,
)
NOT_A_BIRTH = re.compile(r"\b(?:house|brand|maison|marque|label|collection|store|boutique|baby collection)\b", re.I)


def addresses(text: str) -> Iterator[Found]:
    """Postal addresses in English, French and Italian form; not the doors of the house itself."""
    for form in (ENGLISH, ENGLISH_HOUSE, FRENCH, FRENCH_PLACE, ITALIAN):
        for match in form.finditer(text):
            end = match.start() + len(match.group().rstrip(" ,."))
            if not cue_before(DOORS, text, match.start()):
                yield Found(match.start(), end, Kind.ADDRESS)


def birth_dates(text: str) -> Iterator[Found]:
    """Dates after a word of birth."""
    for match in DATE.finditer(text):
        before = text[max(0, match.start() - 45) : match.start()]
        if BIRTH.search(before) and not NOT_A_BIRTH.search(before):
            yield Found(match.start(), match.end(), Kind.BIRTH_DATE)


RECOGNISERS: tuple[Callable[[str], Iterator[Found]], ...] = (addresses, birth_dates)
