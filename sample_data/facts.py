"""What a sentence may name of a product, in English and in French, with the French agreements."""

from __future__ import annotations

import re

from sample_data.products import Article

VOWEL = re.compile(r"[aeiouyéèêâîôûàh]", re.IGNORECASE)
PLAIN_SLOTS = ("sleeve", "length", "fit", "closure", "pockets", "strap", "toe", "sole", "rise", "leg")


def slots(article: Article, language: str) -> dict[str, str]:
    """What a sentence may name of a product; facts that it doesn't have are empty."""
    side = 0 if language == "en" else 1
    attributes = {key: value[side] for key, value in article.attributes.items()}
    composition = article.composition[side]
    share, _, fibre = composition.split(",")[0].replace(" %", "%").partition(" ")
    details = [text[side] for text in article.details] + ["", ""]
    care = [text[side] for text in article.care] + ["", ""]
    sizes = article.sizes
    run = f"{sizes[0]} {'to' if side == 0 else 'à'} {sizes[-1]}" if len(sizes) > 1 else ""
    euros = f"{article.price:,.0f}"
    facts = {
        "name": article.name[side], "style": article.style, "kind": article.kind[side], "colour": article.colour[side],
        "fabric": article.fabric[side], "comp": composition, "share": share, "fibre": fibre,
        "origin": article.origin[side], "line": article.line,
        "dept": {"women": ("women", "femme"), "men": ("men", "homme")}.get(
            article.department, ("", "")
        )[side],
        "lining": article.lining[side],
        "note": article.fit_note[side],
        "d1": details[0], "d2": details[1], "care1": care[0], "care2": care[1], "sizes": run,
        "price": f"€{euros}" if side == 0 else f"{euros.replace(',', ' ')} €",
        "neck": attributes.get("neckline") or attributes.get("collar", ""),
        "heel": attributes.get("heel_height", ""), "dims": attributes.get("dimensions", ""),
        "tag": re.sub(r"\W", "", article.style.lower()),
        **{key: attributes.get(key, "") for key in PLAIN_SLOTS},
        "pattern": "" if attributes.get("pattern") in (None, "plain", "uni") else attributes["pattern"],
    }  # fmt: skip
    if facts["closure"].startswith(("none", "sans")):
        facts["closure"] = ""
    facts["len"] = _length(facts["length"], facts["kind"], side)
    facts["NAME"] = facts["name"].upper()
    for key in ("kind", "fabric"):
        facts[key.capitalize()] = facts[key][0].upper() + facts[key][1:]
    return facts | (_english(facts) if side == 0 else _french(article, facts))


def _length(length: str, kind: str, side: int) -> str:
    """The length as an adjective ('knee-length'); empty where the type says it already."""
    if length in kind:
        return ""
    if side == 1:
        return length if length in ("midi", "longue", "mini") else ""
    if length in ("midi", "maxi", "mini", "cropped", ""):
        return length
    return f"{length}-length" if length in ("knee", "floor", "ankle", "hip") else ""


def _english(facts: dict[str, str]) -> dict[str, str]:
    return {"origin": facts["origin"].replace("United Kingdom", "the United Kingdom")}


def _french(article: Article, facts: dict[str, str]) -> dict[str, str]:
    """Articles, pronouns and endings that agree with the type's gender and number."""
    gender, vowel = article.gender, bool(VOWEL.match(facts["kind"]))
    single = {
        "m": ("le ", "un ", "ce ", "il", "", "du ", "beau"),
        "f": ("la ", "une ", "cette ", "elle", "e", "de la ", "belle"),
    }
    many = {
        "mp": ("les ", "des ", "ces ", "ils", "s", "des ", "beaux"),
        "fp": ("les ", "des ", "ces ", "elles", "es", "des ", "belles"),
    }
    le, un, ce, il, e, du, bel = (single | many)[gender]
    lep = le
    if vowel and gender in single:
        le, du = "l’", "de l’"
        ce = "cet " if gender == "m" else ce
    au = "au" if facts["origin"] in ("Portugal", "Royaume-Uni", "Pérou") else "en"
    words = {
        "le": le,
        "lep": lep,
        "un": un,
        "ce": ce,
        "il": il,
        "e": e,
        "du": du,
        "bel": bel,
        "en_origin": f"{au} {facts['origin']}",
    }
    return words | {key.capitalize(): words[key].capitalize() for key in ("le", "un", "ce", "il")}


def is_plural(article: Article, language: str) -> bool:
    return article.category in ("trousers", "shoes") if language == "en" else article.gender.endswith("p")
