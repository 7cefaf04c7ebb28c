"""What a conversation names: order numbers, proofs of identity, pieces, sizes, stores, days, times, reasons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lib.commerce.service_assistant.cleaning import EMAIL, LONGEST
from lib.commerce.service_assistant.house import House, Store
from lib.commerce.service_assistant.records import order_number
from lib.retrieval.words import fold

_POSTCODE: Final = re.compile(
    r"(?<![\w.])(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|\d{4}\s?[A-Z]{2}(?![a-z])|\d{3}-\d{4}|\d{5})(?![\w@])",
    re.IGNORECASE,
)
_NAMED_CODE: Final = re.compile(
    r"(?:postcode|post code|zip|code postal|cp|plz|npa|cap)\W{0,3}(\w{3,5}(?:[ -]\w{3,4})?)", re.IGNORECASE
)
_SIZE: Final = re.compile(
    r"\b(?:size|sizes|taille|tailles|t\.|en|in a|in|le|un|a|the|for a|contre (?:un|le|du))\s*"
    r"(3[2-9]|4\d|5[0-8]|XXS|XS|S|M|L|XL|XXL|one size|taille unique)\b",
    re.IGNORECASE,
)
_BARE_SIZE: Final = re.compile(r"\b(XS|XL|XXL|3[4-9]|4[0-8])\b")
_WANTED: Final = re.compile(
    r"(?:for (?:a|the|size)|want (?:a|the)|rather (?:a|the)|into (?:a|the)|swap(?: "
    r"it)? (?:for|to)(?: a| the| size)*|exchange(?: it)? for (?:a|an|the|size)|"
    r"voudrais (?:le|un|du|la taille)|veux (?:le|un|du)|(?:contre|pour|par) (?:un|le|du|la taille|une taille)|"
    r"(?:need|prefer|would like) (?:a|the|size))\s*(?:size |taille )?(3[2-9]|4\d|5[0-8]|XXS|XS|S|M|L|XL|XXL)\b",
    re.IGNORECASE,
)
INSTEAD: Final = re.compile(
    (
        r"(?:instead of|rather than|au lieu (?:de|du|d['’]un)|a la place (?:de|"
        r"du))\s*(?:a |an |the |une? |le |la |size |taille )*(3[2-9]|4\d|5[0-8]|XXS|XS|S|"
        r"M|L|XL|XXL)\b"
    ),
    re.IGNORECASE,
)
STORES: Final = {
    "paris-marais": ("marais", "verrerie"),
    "paris-passy": ("passy",),
    "lyon": ("lyon", "presqu'ile", "presquile"),
    "london": ("london", "londres", "marylebone", "chiltern", "londra", "londen", "ロンドン"),
    "milano": ("milan", "milano", "brera", "mailand", "ミラノ"),
    "hamburg": ("hamburg", "hambourg", "neuer wall", "amburgo", "hamburgo"),
}
_DAYS: Final = (
    ("monday", "lundi", "montag", "lunedi", "lunes"),
    ("tuesday", "mardi", "dienstag", "martedi", "martes"),
    ("wednesday", "mercredi", "mittwoch", "mercoledi", "miercoles"),
    ("thursday", "jeudi", "donnerstag", "giovedi", "jueves"),
    ("friday", "vendredi", "freitag", "venerdi", "viernes"),
    ("saturday", "samedi", "samstag", "sabato", "sabado"),
    ("sunday", "dimanche", "sonntag", "domenica", "domingo"),
)
_MONTHS: Final = (
    ("january", "janvier", "jan"),
    ("february", "fevrier", "feb"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "aout"),
    ("september", "septembre", "sept"),
    ("october", "octobre", "oct"),
    ("november", "novembre", "nov"),
    ("december", "decembre", "dec"),
)
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_TIME: Final = re.compile(
    (
        r"(?<![\d:])(?:([01]?\d|2[0-3])\s?(?:[:h]|heures?\b|uhr\b)\s?([0-5]\d)?(?!\d)|"
        r"(1[0-2]|[1-9])(?:[:.]([0-5]\d))?\s?([ap])\.?m)"
    ),
    re.IGNORECASE,
)
_REASONS: Final = (
    (
        "quality",
        (
            r"quality|qualite|defect|defaut|faulty|broken|casse|crack|seam|couture|wobbl|came "
            r"off|hole\b|trous?\b|zip|decous|lache|dechir|peel|scratch|ray[eu]|fell apart|"
            r"stain|tache|bouloch|pill"
        ),
    ),
    (
        "gift not wanted",
        (
            r"gift not wanted|unwanted gift|cadeau qui ne|received (?:it )?as a (?:gift|"
            r"present)|got (?:it )?as a (?:gift|present)|cadeau recu"
        ),
    ),
    (
        "too large",
        (
            r"too (?:big|large|wide|long|loose)|runs large|trop (?:grand|large|long)|zu "
            r"(?:gross|groß|weit|lang)|touch large|swims|flotte"
        ),
    ),
    (
        "too small",
        r"too (?:small|tight|short|narrow)|runs small|trop (?:petit|serre|etroit|court)|zu (?:klein|eng|kurz)|serree?",
    ),
    (
        "not as pictured",
        r"pic\b|picture|photo|as shown|different colour|looks different|not like|site|differe|couleur|colour",
    ),
    (
        "arrived late",
        (
            r"too late|arrived late|came late|arrive trop tard|arrivee? (?:trop )?tard|after "
            r"the (?:wedding|party|event)|en retard"
        ),
    ),
    (
        "changed my mind",
        (
            r"chang\w* (?:of |my |d'?)?\s*(?:mind|avis)|don't (?:like|want)|no longer|ne me "
            r"plait|plus envie|avis|n'en veux plus|regret"
        ),
    ),
)


@dataclass(frozen=True)
class Named:
    """What the messages name. Lists keep the order of the messages."""

    orders: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()  # SKUs, the likeliest first
    size: str = ""
    wanted_size: str = ""
    instead_size: str = ""
    day: dt.date | None = None
    time: str = ""
    reason: str = ""


def named(texts: Sequence[str], house: House) -> Named:
    """Read the client's messages, oldest first. What is said later counts more."""
    whole = "\n".join(text[:LONGEST] for text in texts)
    bare = house.order_pattern.sub(" ", EMAIL.sub(" ", whole))
    folded = fold(bare.replace("’", "'"))
    days = [found for text in reversed(texts) if (found := day_in(fold(text[:LONGEST].replace("’", "'")), house.today))]
    sizes = _SIZE.findall(bare) or _BARE_SIZE.findall(bare)
    wanted, instead = _WANTED.findall(bare), INSTEAD.findall(fold(bare))
    return Named(
        orders=tuple(dict.fromkeys(order_number(match[0]) for match in house.order_pattern.finditer(whole))),
        emails=tuple(dict.fromkeys(mail.lower().strip(".") for mail in EMAIL.findall(whole))),
        postcodes=tuple(dict.fromkeys(code.upper() for code in (*_NAMED_CODE.findall(bare), *_POSTCODE.findall(bare)))),
        stores=stores_in(folded, house),
        pieces=pieces_in(folded, house),
        size=sizes[-1].upper() if sizes else "",
        wanted_size=wanted[-1].upper() if wanted else "",
        instead_size=instead[-1].upper() if instead else "",
        day=days[0] if days else None,
        time=time_in(folded),
        reason=next((name for name, pattern in _REASONS if re.search(pattern, folded)), ""),
    )


def stores_in(folded: str, house: House) -> tuple[str, ...]:
    """Stores that are named, the last one first."""
    called = {store.id: STORES.get(store.id) or _calls(store) for store in house.stores.values()}
    at = {store: max((folded.rfind(name) for name in names), default=-1) for store, names in called.items()}
    return tuple(sorted((store for store in at if at[store] >= 0), key=lambda store: -at[store]))


def _calls(store: Store) -> tuple[str, ...]:
    """What a client may call a store: its name, or a word of it that is long enough to say which."""
    name = fold(store.name)
    return (name, *(word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 3))


def pieces_in(folded: str, house: House) -> tuple[str, ...]:
    """Products whose line's name stands in the text; those whose other words stand there too come first."""
    words = set(re.findall(r"[^\W\d_]+", folded))
    scored = []
    for product in house.products.values():
        first, *rest = re.findall(r"[^\W\d_]+", fold(product.name)) or [""]
        if first in words:
            kind = sum(word in words or _SAME.get(word, "\n") in folded for word in rest)
            in_category = any(word in folded for word in _CATEGORY.get(product.category.lower(), ()))
            scored.append((-(2 * kind + in_category), product.sku))
    return tuple(sku for _score, sku in sorted(scored))


_SAME: Final = {
    "skirt": "jupe",
    "dress": "robe",
    "coat": "manteau",
    "raincoat": "imper",
    "jumper": "pull",
    "blouse": "blous",
    "shirt": "chemis",
    "trousers": "pantalon",
    "bag": "sac",
    "cardigan": "gilet",
    "jacket": "veste",
    "pumps": "escarpin",
    "flats": "ballerine",
    "boots": "bottes",
    "sandals": "sandale",
    "loafers": "mocassin",
    "trainers": "basket",
    "jeans": "jean",
    "belt": "ceinture",
    "scarf": "foulard",
    "puffer": "doudoune",
    "cape": "cape",
    "trench": "trench",
    "blazer": "blazer",
    "weekend": "week",
    "wrap": "portefeuille",
    "pleated": "pliss",
    "pencil": "crayon",
    "shoulder": "bandouliere",
}
_CATEGORY: Final = {
    "dresses": ("dress", "robe"),
    "knitwear": ("jumper", "cardigan", "knit", "pull", "gilet", "maille", "sweater"),
    "coats": ("coat", "jacket", "manteau", "imper", "trench", "doudoune", "veste", "cape", "mantel", "cappotto"),
    "shirts": ("shirt", "blouse", "chemis", "top"),
    "skirts": ("skirt", "jupe"),
    "trousers": ("trousers", "pantalon", "jean"),
    "shoes": (
        "pump",
        "flat",
        "boot",
        "sandal",
        "loafer",
        "trainer",
        "escarpin",
        "ballerine",
        "botte",
        "mocassin",
        "basket",
        "chaussure",
        "shoe",
    ),
    "bags": ("bag", "sac", "tote", "clutch", "pochette"),
}


def kind_words(sku: str, house: House) -> tuple[str, ...]:
    """Words by which a client may call a piece: of its name and its category, in both languages, folded."""
    product = house.products.get(sku)
    if product is None:
        return ()
    words = re.findall(r"[^\W\d_]+", fold(product.name))
    return (*words, *(_SAME[word] for word in words if word in _SAME), *_CATEGORY.get(product.category.lower(), ()))


def day_in(folded: str, today: dt.date) -> dt.date | None:
    """The day that a text names: a date, a weekday (the next one), tomorrow or today."""
    if match := re.search(r"\b(20\d\d)-(\d\d)-(\d\d)\b", folded):
        return _made(int(match[1]), int(match[2]), int(match[3]))
    names = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
    if match := re.search(rf"\b(\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?({names})\b", folded) or None:
        return _coming(int(match[1]), _MONTH_OF[match[2]], today)
    if match := re.search(rf"\b({names})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b", folded):
        return _coming(int(match[2]), _MONTH_OF[match[1]], today)
    if match := re.search(r"\b(\d{1,2})/(\d{1,2})(?:/20\d\d)?\b", folded):
        return _coming(int(match[1]), int(match[2]), today)
    if re.search(r"\btomorrow\b|\bdemain\b|\bmorgen\b|\bdomani\b", folded):
        return today + dt.timedelta(days=1)
    if re.search(r"\btoday\b|\baujourd'hui\b|\bheute\b|\boggi\b|\bhoy\b|\btonight\b|\bce soir\b", folded):
        return today
    for number, names_of in enumerate(_DAYS):
        if any(re.search(rf"\b{name}s?\b", folded) for name in names_of):
            return today + dt.timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return _feast(folded, today)


def _feast(folded: str, today: dt.date) -> dt.date | None:
    if re.search(r"christmas day|jour de noel|le jour de noel|a noel\b|at christmas", folded):
        return _coming(25, 12, today)
    if re.search(r"christmas eve|veille de noel", folded):
        return _coming(24, 12, today)
    if re.search(r"new year's eve|saint-sylvestre|reveillon", folded):
        return _coming(31, 12, today)
    if re.search(r"new year's day|jour de l'an", folded):
        return _coming(1, 1, today)
    return _coming(1, 11, today) if "toussaint" in folded else _coming(11, 11, today) if "armistice" in folded else None


def _coming(day: int, month: int, today: dt.date) -> dt.date | None:
    found = _made(today.year, month, day)
    return _made(today.year + 1, month, day) if found is not None and (today - found).days > 90 else found


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def time_in(folded: str) -> str:
    """'15h', '3 pm', '10:30' as HH:MM; empty where no time is named."""
    for hour, minute, twelve, of, half in _TIME.findall(folded):
        if hour:
            return f"{int(hour):02d}:{minute or '00'}"
        return f"{int(twelve) % 12 + (12 if half.lower() == 'p' else 0):02d}:{of or '00'}"
    return ""


def lines_meant(found: dict[str, Any], texts: Sequence[str], house: House) -> list[dict[str, Any]]:
    """The lines of an order that the messages speak of, the likeliest first; all that fit as well as the first."""
    folded = fold(" ".join(texts).replace("’", "'"))
    words = set(re.findall(r"[^\W\d_]+", folded))
    lines: list[dict[str, Any]] = found.get("lines", [])
    scored = []
    for line in lines:
        calls = kind_words(line["sku"], house)
        score = 3 * bool(calls and calls[0] in words) + sum(word in words for word in calls[1:])
        scored.append(score + 0.5 * any(call in folded for call in calls[1:]))
    best = max(scored, default=0)
    return [line for line, score in zip(lines, scored, strict=True) if score == best] if best else list(lines)
