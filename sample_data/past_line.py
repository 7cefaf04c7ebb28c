"""The house's past line: eight seasons of styles with what was bought and sold, untidy as a planning export is."""

from __future__ import annotations

import csv
import io
import math
import random
from dataclasses import dataclass

SEASONS = ("SS23", "AW23", "SS24", "AW24", "SS25", "AW25", "SS26", "AW26")
PER_SEASON = 74
COLUMNS = (
    "Style", "Season", "Category", "Name", "Cut", "Length", "Neckline", "Sleeves", "Closure", "Fabric", "Colour",
    "Pattern", "Price", "Units bought", "Units sold at full price", "Gross margin", "Markdown",
)  # fmt: skip
# What each category is made in; the first of a list is what its buyers reach for most.
LINE: dict[str, dict[str, tuple[str, ...]]] = {
    "Dress": {
        "Cut": ("A-line", "fitted", "straight", "oversized", "wrap"),
        "Length": ("midi", "knee", "mini", "maxi"),
        "Neckline": ("V-neck", "crew neck", "square neck", "boat neck", "shirt collar"),
        "Sleeves": ("long sleeves", "short sleeves", "sleeveless", "puff sleeves"),
        "Closure": ("back zip", "buttons"),
        "Fabric": ("crepe", "linen", "silk satin", "cotton poplin", "jersey", "velvet", "lace"),
    },
    "Coat": {
        "Cut": ("straight", "oversized", "A-line", "fitted"),
        "Length": ("knee", "mid-thigh", "midi", "maxi"),
        "Neckline": ("notch lapels", "peak lapels", "shawl collar", "band collar"),
        "Closure": ("buttons", "zip", "open front"),
        "Fabric": ("double-faced wool", "tweed", "gabardine", "bouclé", "cashmere"),
    },
    "Blazer": {
        "Cut": ("straight", "fitted", "oversized"),
        "Length": ("hip", "cropped", "mid-thigh"),
        "Neckline": ("notch lapels", "peak lapels", "shawl collar"),
        "Closure": ("buttons", "open front"),
        "Fabric": ("twill", "tweed", "linen", "velvet", "crepe"),
    },
    "Shirt": {
        "Cut": ("straight", "oversized", "fitted"),
        "Length": ("hip", "tunic length", "cropped"),
        "Neckline": ("shirt collar", "band collar", "bow collar", "peter pan collar"),
        "Sleeves": ("long sleeves", "balloon sleeves", "short sleeves", "puff sleeves"),
        "Fabric": ("cotton poplin", "silk satin", "linen", "chambray", "crepe"),
    },
    "Jumper": {
        "Cut": ("straight", "oversized", "fitted"),
        "Length": ("hip", "cropped", "tunic length"),
        "Neckline": ("crew neck", "V-neck", "roll neck", "boat neck"),
        "Sleeves": ("long sleeves", "balloon sleeves", "short sleeves"),
        "Fabric": ("merino", "cashmere", "mohair", "organic cotton"),
    },
    "Trousers": {
        "Cut": ("straight leg", "wide leg", "tapered leg", "flared leg"),
        "Length": ("full length", "ankle", "cropped"),
        "Closure": ("zip", "side zip"),
        "Fabric": ("twill", "linen", "crepe", "velvet", "denim", "corduroy"),
    },
    "Skirt": {
        "Cut": ("A-line", "pencil", "straight", "flared"),
        "Length": ("midi", "knee", "mini", "maxi"),
        "Closure": ("side zip", "back zip", "buttons"),
        "Fabric": ("crepe", "twill", "silk satin", "denim", "tweed", "linen", "lace"),
    },
}
SHARES = {"Dress": 17, "Coat": 9, "Blazer": 8, "Shirt": 12, "Jumper": 11, "Trousers": 9, "Skirt": 8}
PRICES = {"Dress": 390, "Coat": 820, "Blazer": 560, "Shirt": 240, "Jumper": 310, "Trousers": 290, "Skirt": 270}
DEAR = {"cashmere": 1.45, "silk satin": 1.3, "lace": 1.2, "double-faced wool": 1.15, "mohair": 1.15, "velvet": 1.1}
COLOURS = ("black", "navy", "ivory", "camel", "sage", "burgundy", "terracotta", "sky blue", "charcoal", "mustard")
PATTERNS = ("plain", "stripes", "check", "floral", "dots", "houndstooth")
KNITS = ("plain", "stripes", "cable knit", "rib knit")
NAMES = (
    "Ondine", "Sarcelle", "Brume", "Lisière", "Garance", "Oriel", "Calade", "Verveine", "Ancolie", "Mirande", "Bruyère",
    "Corolle", "Douve", "Embrun", "Genêt", "Mélisse", "Orée", "Romarin", "Sauge", "Tamaris", "Vallon", "Yole", "Alizé",
)  # fmt: skip
FRENCH = {
    "V-neck": "col V", "crew neck": "col rond", "long sleeves": "manches longues", "black": "noir", "navy": "marine",
    "linen": "lin", "cashmere": "cachemire", "stripes": "rayures", "buttons": "boutons", "sage": "vert sauge",
    "straight": "droite", "Dress": "Robe", "Shirt": "Chemise", "Coat": "Manteau", "plain": "uni",
}  # fmt: skip


@dataclass(frozen=True)
class Taste:
    """What the house's clients like, which no column tells: log odds of a sale at full price."""

    alone: dict[tuple[str, str], float]
    together: dict[tuple[str, str], float]
    drift: dict[str, float]  # of a colour, a season
    category: dict[str, float]
    season: dict[str, float]

    def of(self, style: dict[str, str], at: int) -> float:
        """The log odds of a style's attributes in the season ``at``."""
        values = [(name, value) for name, value in style.items() if name in COLUMNS[4:12] and value]
        odds = sum(self.alone[pair] for pair in values)
        names = [value for _name, value in values] + [style["Category"]]
        pairs = ((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
        odds += sum(self.together.get((min(a, b), max(a, b)), 0.0) for a, b in pairs)
        odds += self.drift.get(style["Colour"], 0.0) * (at - 3.5)
        return odds + self.category[style["Category"]] + self.season[style["Season"]]


def make_past_line(seed: int) -> list[dict[str, str]]:
    """The table's rows, clean columns in ``COLUMNS``' order, mess included."""
    draw = random.Random(seed)
    taste = _taste(draw)
    rows = []
    for at, season in enumerate(SEASONS):
        categories = draw.choices(list(SHARES), weights=list(SHARES.values()), k=PER_SEASON)
        for number, category in enumerate(categories):
            style = _style(draw, category, season, f"{season}-{category[:2].upper()}{at + 1}{number:02d}")
            rows.append(_results(draw, style, taste, at))
    return _untidy(draw, rows)


def past_line_csv(seed: int) -> str:
    """The table as the planning system exports it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(make_past_line(seed))
    return out.getvalue()


def _taste(draw: random.Random) -> Taste:
    alone: dict[tuple[str, str], float] = {}
    for parts in LINE.values():
        for name, values in parts.items():
            for value in values:
                alone.setdefault((name, value), draw.gauss(0, 0.24))
    alone |= {("Colour", value): draw.gauss(0, 0.26) for value in COLOURS}
    alone |= {("Pattern", value): draw.gauss(0, 0.2) for value in (*PATTERNS, *KNITS)}
    names = sorted({value for _name, value in alone} | set(LINE))
    together = {}
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            if draw.random() < 0.25:
                together[first, second] = draw.gauss(0, 0.28)
    drift = {colour: draw.gauss(0, 0.05) for colour in COLOURS}
    category = {name: draw.gauss(0, 0.2) for name in LINE}
    return Taste(alone, together, drift, category, {season: draw.gauss(0, 0.15) for season in SEASONS})


def _style(draw: random.Random, category: str, season: str, code: str) -> dict[str, str]:
    """A style as a buying team puts it together: what is usual often, what is rare seldom."""
    style = dict.fromkeys(COLUMNS, "")
    style |= {"Style": code, "Season": season, "Category": category, "Name": draw.choice(NAMES)}
    for name, values in LINE[category].items():
        style[name] = draw.choices(values, weights=[1 / (place + 1) ** 0.8 for place in range(len(values))])[0]
    if style["Fabric"] in ("linen", "cotton poplin", "chambray") and season.startswith("AW") and draw.random() < 0.7:
        style["Fabric"] = LINE[category]["Fabric"][0]
    style["Colour"] = draw.choices(COLOURS, weights=[1 / (place + 1) ** 0.6 for place in range(len(COLOURS))])[0]
    patterns = KNITS if category == "Jumper" else PATTERNS
    style["Pattern"] = draw.choices(patterns, weights=[5, *[1] * (len(patterns) - 1)])[0]
    if style["Fabric"] in ("lace", "velvet", "bouclé", "denim", "corduroy"):
        style["Pattern"] = "plain"
    price = PRICES[category] * DEAR.get(style["Fabric"], 1.0) * draw.uniform(0.85, 1.2)
    style["Price"] = str(round(price / 10) * 10)
    return style


def _results(draw: random.Random, style: dict[str, str], taste: Taste, at: int) -> dict[str, str]:
    """Bought, sold at full price, margin and markdown. Buyers guess some of the taste, and buy deeper where they do."""
    wanted = taste.of(style, at)
    belief = 0.45 * wanted + draw.gauss(0, 0.35)
    dear = math.log(int(style["Price"]) / PRICES[style["Category"]])
    bought = max(
        12,
        round(
            130 * math.exp(0.5 * belief - 0.3 * dear + draw.gauss(0, 0.45)) * 240 / PRICES[style["Category"]] ** 0.95
        ),
    )
    deep = math.log(bought / 80)
    odds = 0.35 + wanted - 0.5 * dear - 0.18 * deep + draw.gauss(0, 0.42)
    sold = sum(draw.random() < 1 / (1 + math.exp(-odds)) for _unit in range(bought))
    through = sold / bought
    markdown = min(0.7, max(0.0, (1 - through) * 0.75 + draw.gauss(0, 0.05)))
    cost = 0.27 * DEAR.get(style["Fabric"], 1.0) ** 0.6 * draw.uniform(0.85, 1.15)
    earned = through + (1 - through) * (1 - markdown) * 0.8
    margin = 1 - cost / max(earned, 0.3)
    style |= {"Units bought": str(bought), "Units sold at full price": str(sold)}
    style |= {"Gross margin": f"{margin:.3f}", "Markdown": f"{markdown:.2f}"}
    return style


def _untidy(draw: random.Random, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Two languages in one column, capitals, gaps, percentages, rows twice, and rows that can't be right."""
    for row in rows:
        for name in COLUMNS[2:12]:
            if row[name] in FRENCH and draw.random() < 0.07:
                row[name] = FRENCH[row[name]]
            elif row[name] and draw.random() < 0.03:
                row[name] = row[name].upper()
        if draw.random() < 0.04:
            row[draw.choice(("Closure", "Pattern", "Colour", "Length"))] = ""
        if draw.random() < 0.08:
            row["Gross margin"] = f"{100 * float(row['Gross margin']):.0f} %"
        if draw.random() < 0.06:
            row["Season"] = row["Season"].replace("AW", "AH").replace("SS", "PE")
        if draw.random() < 0.05:
            row["Markdown"] = ""
    for at in draw.sample(range(len(rows)), 4):
        rows.append(dict(rows[at]))
    for at, (name, value) in zip(
        draw.sample(range(300), 4),
        (("Units bought", "n/a"), ("Units sold at full price", "9999"), ("Units bought", "0"), ("Season", "tbc")),
        strict=True,
    ):
        rows[at][name] = value
    return rows


PARTNER = (
    ("Attribute", "Code", "Weight", "Why"),
    ("Colour", "cobalt", "2", "The blue of the workshop’s shutters"),
    ("Colour", "ochre", "1", "Clay of the quarry nearby"),
    ("Colour", "ivory", "1", "Unglazed earthenware"),
    ("Fabric", "canvas", "2", "Aprons of the throwing room"),
    ("Fabric", "linen", "1", "Cloths between the pots"),
    ("Pattern", "stripes", "2", "The brushed bands of the first bowls"),
    ("Pattern", "geometric", "1", "Tiles of the entrance"),
    ("Cut", "straight", "1", "Smocks cut without a curve"),
    ("Cut", "oversized", "1", "Room to work"),
    ("Neckline", "band collar", "2", "The workshop smock"),
    ("Sleeves", "long sleeves", "1", "Rolled up at the wheel"),
)
HOUSE = (
    ("Attribute", "Code", "Weight", "Why"),
    ("Colour", "ink", "1", "The first collection’s only colour"),
    ("Colour", "sage", "2", "The garden behind the atelier"),
    ("Colour", "ivory", "1", "The toile itself"),
    ("Colour", "mustard", "-1", "Too far from the garden"),
    ("Fabric", "linen", "1", "Bought from two mills that the house visits"),
    ("Fabric", "silk satin", "1", "Evening since the beginning"),
    ("Fabric", "organic cotton", "2", "Certified supply is secured"),
    ("Fabric", "crepe", "1", "Woven from one fibre, so it can be recycled"),
    ("Fabric", "merino", "1", "The farms are known by name"),
    ("Fabric", "double-faced wool", "1", "Needs no lining"),
    ("Fabric", "velvet", "-1", "No mill yet that says where its fibre comes from"),
    ("Fabric", "mohair", "-2", "Not bought any more until farms are audited"),
    ("Cut", "A-line", "2", "The line of the first dress"),
    ("Cut", "straight", "1", "Easy to alter for a client"),
    ("Pattern", "plain", "1", "Cut before print"),
    ("Pattern", "dots", "1", "The lining of the first coat"),
    ("Pattern", "camouflage", "-2", "Not the house"),
)


def codes_csv(rows: tuple[tuple[str, ...], ...]) -> str:
    """A small table of a brand's codes."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
