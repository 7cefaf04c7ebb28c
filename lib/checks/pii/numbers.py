"""Numbers and codes that name a person: telephone, IBAN, card, national number, passport, IP, plate, customer, order.

Check digits are computed (python-stdnum), telephone numbers are read against the numbering plans (phonenumbers); both
work offline. Codes without a check digit count only beside a word that says what they are.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator

from lib.checks.pii.model import Found, Kind, cue_before

EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24})(?![\w-])")
# Mailboxes of a desk, not of a person.
DESKS = frozenset(
    [
        "accueil",
        "achats",
        "admin",
        "ateliers",
        "atelier",
        "bonjour",
        "booking",
        "boutique",
        "boutiques",
        "care",
        "careers",
        "carrieres",
        "ciao",
        "clients",
        "client",
        "clientele",
        "commande",
        "commandes",
        "comptabilite",
        "compta",
        "contact",
        "conciergerie",
        "concierge",
        "customer",
        "customercare",
        "customerservice",
        "dpo",
        "enquiries",
        "event",
        "events",
        "export",
        "facturation",
        "finance",
        "hello",
        "help",
        "hr",
        "info",
        "infos",
        "international",
        "it",
        "jobs",
        "legal",
        "livraison",
        "logistics",
        "logistique",
        "mail",
        "mailing",
        "marketing",
        "media",
        "news",
        "newsletter",
        "no-reply",
        "noreply",
        "office",
        "orders",
        "paie",
        "payroll",
        "presse",
        "press",
        "privacy",
        "qualite",
        "quality",
        "recrutement",
        "recruitment",
        "repairs",
        "reparations",
        "reservation",
        "reservations",
        "returns",
        "retouches",
        "retours",
        "rgpd",
        "rh",
        "sales",
        "sav",
        "service",
        "service-client",
        "services",
        "shop",
        "showroom",
        "stock",
        "store",
        "stores",
        "stylist",
        "suppliers",
        "support",
        "talents",
        "team",
        "tracking",
        "vente",
        "ventes",
        "vip",
        "webmaster",
        "wholesale",
    ]
)
IBAN_FORM = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \u00a0\u202f-]?[A-Z0-9]{1,4}){3,8}(?![A-Za-z0-9])")
CARD_FORM = re.compile(
    r"(?<![\w.,-])(?:\d{4}[ \u00a0.-]?\d{4}[ \u00a0.-]?\d{4}[ \u00a0.-]?\d{1,7}|"
    r"3\d{3}[ .-]?\d{6}[ .-]?\d{4,5})(?![\w-])"
)
NIR_FORM = re.compile(
    r"(?<![\w.-])[12][ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}(?:[ .]?(?:clé )?\d{2})?(?![\w-])"
)
NINO_FORM = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
FISCAL_FORM = re.compile(r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b")
SSN_FORM = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
NIR_CUE = re.compile(
    r"\b(?:NIR|INSEE|s[ée]cu(?:rit[ée] sociale)?|social security|national insurance|NI (?:no|number)|SSN)\b", re.I
)
PASSPORT_CUE = re.compile(
    r"pass(?:e)?ports?|carte d['’]identit[ée]|\bCNI\b|identity card|\bID card|titre de s[ée]jour|permis de conduire|"
    r"driving licen[cs]e|driver'?s licen[cs]e",
    re.I,
)
PASSPORT_FORM = re.compile(r"(?<![\w-])(?=(?:[A-Z]*\d){5})[A-Z0-9]{7,12}(?![\w-])")
IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)")
IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![\w:])", re.I)
NOT_IP = re.compile(r"\b(?:version|release|firmware|build|mise à jour|v|update|logiciel|article|section|§)\W*$", re.I)
PLATE_FORM = re.compile(
    r"(?<![\w-])(?:[A-HJ-NP-TV-Z]{2}[- ]?\d{3}[- ]?[A-HJ-NP-TV-Z]{2}|[A-Z]{2}\d{2} ?[A-Z]{3}|"
    r"\d{1,4} [A-Z]{2,3} \d{2,3})(?![\w-])"
)
PLATE_CUE = re.compile(
    r"\b(?:plates?|plaques?|immatricul\w*|registration|reg|cars?|voitures?|vans?|camionnettes?|camions?|lorry|truck|"
    r"v[ée]hicules?|vehicles?|parking|parked|gar[ée]e?s?|chauffeur|driver|valet|taxi|berline|scooter|moto|targa|auto|"
    r"audi|bmw|mercedes|renault|peugeot|citro[ëe]n|clio|tesla|volvo|fiat|ford|toyota|volkswagen|golf|mini|porsche)\b",
    re.I,
)
SIGN = (
    r"(?:n[°ºo]s?\.?|no\.?|num(?:[ée]ro|ber|\.)?|nr\.?|id|identifiant|code|ref(?:erence|\.)?|réf(?:érence|\.)?|card|"
    r"carte|#|:)"
)
CODE = r"(?P<code>(?=(?:[A-Z]{0,4}[- /.]?)(?:[\d./ -]*\d){4})(?:[A-Z]{1,4}[- /.]?)?\d[\d./ -]{1,18}\d(?:-?[A-Z]\b)?)"
CUSTOMER = re.compile(
    r"\b(?:customer|client|cliente|loyalty|membership|member|account|compte|fid[ée]lit[ée]|adh[ée]rente?|"
    r"matricule|employee|staff|payroll|carte)\b(?:\s(?:de|account|client|cliente|card|fid[ée]lit[ée]|profile|"
    r"file|number|id)\b)*"
    rf"(?:[\s(]*{SIGN}){{0,3}}[\s:=(,]*(?:is\s|est\s(?:le\s)?)?{CODE}",
    re.I,
)
ORDER = re.compile(
    r"\b(?:orders?|commandes?|cde|purchase order|PO|r[ée]servation|booking|return|retour|parcel|colis|tracking|suivi|"
    r"ticket|invoice|facture|receipt|avoir|dossier|case|claim)\b(?:\s(?:de|ref|number)\b)?"
    rf"(?:[\s(]*{SIGN}){{0,3}}[\s:=(,]*(?:is\s|est\s(?:le\s|la\s)?)?{CODE}",
    re.I,
)
COUNTED = re.compile(
    r"^\s*(?:%|€|£|\$|eur|pi[èe]ces?|pieces?|units?|pcs|paires?|pairs?|m[èe]tres?|meters?|metres?|jours?|days?|"
    r"clients?|"
    r"customers?|orders?|commandes?|items?|articles?|stores?|points?|heures?|hours?|cm|mm|kg|g\b|m\b)",
    re.I,
)
YEARS = re.compile(r"(?:19|20)\d{2}(?:[-/ ](?:19|20)?\d{2})?")
PHONE_FORM = re.compile(r"(?<![\w.,/-])(?:\+|00)?[(]?\d[\d ().\u00a0\u202f/-]{6,20}\d(?![\w-]|[.,]\d)")
PHONE_CUE = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?s?|phones?|call(?:ed)?|text|ring|rang|mobile|portable|cell|whatsapp|sms|joindre|"
    r"joignable|"
    r"appel(?:er|ez|le)?|rappel(?:er|ez)?|num[ée]ro|number|reach|fax|dial|on)\b",
    re.I,
)
PHONE_TRUNK = re.compile(r"(?:\+|00[1-9]|0[1-9]|\(\d|\d{3}[-. ]\d{3}[-. ]\d{4}$|3\d{2}[ .-])")
PHONE_REGIONS = ("FR", "GB", "US", "IT", "BE", "CH", "ES", "DE")


def emails(text: str) -> Iterator[Found]:
    """E-mail addresses, but not those of a desk (care@, presse@)."""
    for match in EMAIL.finditer(text):
        local = match[1].split("+")[0].lower()
        parts = re.split(r"[._]", local)
        if not all(_plain(part) in DESKS or part in {"de", "the", "fr", "uk"} for part in parts):
            yield Found(match.start(), match.end(), Kind.EMAIL)


def _plain(word: str) -> str:
    return word.translate(str.maketrans("éèêàâîôûç", "eeeaaiouc"))


def ibans(text: str) -> Iterator[Found]:
    """Account numbers with right check digits, or called IBAN by the text."""
    for match in IBAN_FORM.finditer(text):
        end = _valid_iban(text, match.start(), match.end())
        named = re.search(r"\b(?:IBAN|RIB)\b", text[max(0, match.start() - 20) : match.start()], re.I)
        if end or named:
            yield Found(match.start(), end or match.end(), Kind.IBAN)


def _valid_iban(text: str, start: int, end: int) -> int | None:
    """Where a valid number ends: words in capitals after it look like its last groups."""
    from stdnum import iban

    for _shorter in range(4):
        if iban.is_valid(text[start:end]):
            return end
        cut = max(text.rfind(" ", start, end), text.rfind("\u00a0", start, end))
        if cut <= start + 8:
            return None
        end = cut
    return None


def cards(text: str) -> Iterator[Found]:
    """Payment cards: 14 to 19 digits that begin as a scheme's and pass Luhn's test (ISO/IEC 7812)."""
    from stdnum import luhn

    for match in CARD_FORM.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        scheme = re.match(r"4|5[1-5]|2[2-7]|3[47]|30[0-5]|36|38|6(?:011|4|5|2)|50|5[6-8]", digits)
        if 14 <= len(digits) <= 19 and scheme and luhn.is_valid(digits):
            yield Found(match.start(), match.end(), Kind.CARD)


def national_numbers(text: str) -> Iterator[Found]:
    """French NIR (key checked, or named as such), British NINO, Italian codice fiscale, US SSN beside its name."""
    from stdnum.fr import nir
    from stdnum.it import codicefiscale

    for match in NIR_FORM.finditer(text):
        digits = re.sub(r"[^\dAB]", "", match.group())
        if (len(digits) == 15 and nir.is_valid(digits)) or cue_before(NIR_CUE, text, match.start()):
            yield Found(match.start(), match.end(), Kind.NATIONAL_NUMBER)
    for match in FISCAL_FORM.finditer(text):
        if codicefiscale.is_valid(match.group()):
            yield Found(match.start(), match.end(), Kind.NATIONAL_NUMBER)
    for form in (NINO_FORM, SSN_FORM):
        for match in form.finditer(text):
            if cue_before(NIR_CUE, text, match.start()):
                yield Found(match.start(), match.end(), Kind.NATIONAL_NUMBER)


def passports(text: str) -> Iterator[Found]:
    """Numbers of passports and identity papers, beside the word."""
    for match in PASSPORT_FORM.finditer(text):
        if cue_before(PASSPORT_CUE, text, match.start()) and not _of_a_firm(text, match):
            yield Found(match.start(), match.end(), Kind.PASSPORT)


def _of_a_firm(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a firm's: a valid SIREN or SIRET, or a VAT number, named before it."""
    from stdnum.fr import siren, siret

    before = text[max(0, match.start() - 25) : match.start()]
    if re.search(r"\b(?:TVA|VAT)\b", before, re.I):
        return True
    named = re.search(r"\b(?:SIREN|SIRET|RCS)\b", before, re.I)
    return bool(named) and (siren.is_valid(match.group()) or siret.is_valid(match.group()))


def addresses_on_the_net(text: str) -> Iterator[Found]:
    """IP addresses; the number of a version is none."""
    for form in (IPV4, IPV6):
        for match in form.finditer(text):
            if _is_ip(match.group()) and not NOT_IP.search(text, max(0, match.start() - 20), match.start()):
                yield Found(match.start(), match.end(), Kind.IP)


def _is_ip(form: str) -> bool:
    try:
        address = ipaddress.ip_address(form)
    except ValueError:
        return False
    return address.version == 4 or form.count(":") >= 3


def plates(text: str) -> Iterator[Found]:
    """Number plates (French, British, Italian), beside a word for a vehicle: a style code can look the same."""
    for match in PLATE_FORM.finditer(text):
        if cue_before(PLATE_CUE, text, match.start(), 60) or PLATE_CUE.search(text, match.end(), match.end() + 30):
            yield Found(match.start(), match.end(), Kind.PLATE)


def file_numbers(text: str) -> Iterator[Found]:
    """Numbers of customers and orders, beside the word that says so; amounts and years are none."""
    for form, kind in ((CUSTOMER, Kind.CUSTOMER_NUMBER), (ORDER, Kind.ORDER_NUMBER)):
        for match in form.finditer(text):
            code = match["code"].rstrip(" ./-")
            start = match.start("code")
            if COUNTED.match(text[start + len(code) : start + len(code) + 14]) or YEARS.fullmatch(code):
                continue
            if len(re.sub(r"\D", "", code)) >= 4 and not re.fullmatch(r"\d{1,3}(?: \d{3})+", code):
                yield Found(start, start + len(code), kind)


def phones(text: str) -> Iterator[Found]:
    """Telephone numbers that a numbering plan knows, international or written as in France, Britain, the US, Italy."""
    for match in PHONE_FORM.finditer(text):
        form = match.group()
        if re.fullmatch(r"[\d .]+\.\d\d", form) and form.count(".") == 1:
            continue
        cued = cue_before(PHONE_CUE, text, match.start(), 30)
        if (PHONE_TRUNK.match(form) or cued) and _dialled(form, cued):
            yield Found(match.start(), match.end(), Kind.PHONE)


def _dialled(form: str, cued: bool) -> bool:
    from phonenumbers import NumberParseException, is_possible_number, is_valid_number, parse

    for region in PHONE_REGIONS if cued else PHONE_REGIONS[:4]:
        try:
            number = parse(form, region)
        except NumberParseException:
            continue
        if is_valid_number(number) or (form.startswith("+") and is_possible_number(number)):
            return True
    return False


RECOGNISERS: tuple[Callable[[str], Iterator[Found]], ...] = (
    emails, ibans, national_numbers, cards, addresses_on_the_net, passports, file_numbers, phones, plates,
)  # fmt: skip
