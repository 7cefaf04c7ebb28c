"""The demo house's beauty laboratory: a day cream and a shower gel, their raw materials and the batches weighed so far.

The results come from a made-up laboratory with known effects and the noise that such measurements have: about 7% on a
viscosity, 2 mm on a spreading diameter, 4 points on a stability score. A batch that separated has no viscosity.
"""

from __future__ import annotations

import csv
import io
import json
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HEAD = (
    "INCI name", "Function", "Cost per kg", "Lower bound (%)", "Upper bound (%)", "Natural origin (%)", "Phase",
    "Group", "Group at least (%)", "Group at most (%)", "Not together with", "Legal maximum (%)", "Source of the limit",
    "Allergens (% of the material)", "Composition of a blend (%)", "pH from", "pH to",
)  # fmt: skip

CREAM = """\
Aqua|Solvent|0.02|55|82|100|A
Glycerin|Humectant|1.60|2|8|100|A
Sodium PCA|Humectant|6.40|0|2|100|A||||Carbomer
Carbomer|Thickener|14.00|0|0.4|0|A|Thickeners|0.1|0.8|||||5|9
Xanthan Gum|Thickener|9.50|0|0.6|100|A|Thickeners
Cetearyl Olivate (and) Sorbitan Olivate|Emulsifier|22|2|5|100|B|Emulsifiers|3|6.5||\
Cetearyl Olivate 60; Sorbitan Olivate 40
Glyceryl Stearate|Emulsifier|6.50|0|3|100|B|Emulsifiers
Cetearyl Alcohol|Consistency agent|4.20|0.5|4|100|B
Caprylic/Capric Triglyceride|Emollient|5.80|2|12|100|B|Oils|10|20
Squalane|Emollient|38.00|0|6|100|B|Oils
Dimethicone|Emollient|9.00|0|5|0|B|Oils
Butyrospermum Parkii Butter|Emollient|7.50|1|6|100|B|Oils
Phenoxyethanol (and) Ethylhexylglycerin|Preservative|8.20|1|1|0|C||||||||Phenoxyethanol 90; Ethylhexylglycerin 10
Tocopherol|Antioxidant|45.00|0.2|0.2|100|C
Parfum|Fragrance|65.00|0.3|0.3|0|C|||||||Linalool 6; Limonene 4; Citronellol 1.5; Coumarin 0.4; Geraniol 0.1
CI 77491|Colourant|12.00|0.02|0.02||C
"""

GEL = """\
Aqua|Solvent|0.02|60|86|100|A
Sodium Coco-Sulfate|Surfactant|3.20|0|8|100|A|Surfactants|10|16
Coco-Glucoside|Surfactant|3.90|2|10|100|A|Surfactants
Cocamidopropyl Betaine|Surfactant|2.10|1|6|85|A|Surfactants
Glycerin|Humectant|1.60|1|5|100|A
Panthenol|Conditioner|16.00|0|1|0|A
Sodium Chloride|Thickener|0.35|0|3|100|B
Xanthan Gum|Thickener|9.50|0|0.8|100|B||||Guar Hydroxypropyltrimonium Chloride
Guar Hydroxypropyltrimonium Chloride|Conditioner|18.00|0|0.4|60|B
Citric Acid|pH adjuster|1.90|0.1|0.4|100|B
Sodium Benzoate|Preservative|2.40|0.3|0.5|0|C||||||Annex V/1|||3|5.5
Potassium Sorbate|Preservative|5.10|0|0.3|0|C||||||Annex V/4|||3|6
Parfum|Fragrance|58.00|0.3|0.8|0|C|||||||Limonene 20; Citral 3; Linalool 2; Geraniol 0.5
CI 19140|Colourant|30.00|0.001|0.001|0|C
"""
TARGETS = {
    "cream": {
        "product": "face", "batch": 500, "ph": 5.6,
        "targets": [
            {"key": "viscosity", "goal": "hit", "low": 8.0, "value": 18.0, "high": 32.0, "weight": 1.0},
            {"key": "spreading", "goal": "maximise", "low": 45.0, "high": 75.0, "weight": 1.0},
            {"key": "stability", "goal": "at_least", "value": 80.0},
            {"key": "cost", "goal": "minimise", "low": 1.4, "high": 3.6, "weight": 0.5},
            {"key": "natural", "goal": "at_least", "value": 95.0},
        ],
    },
    "gel": {
        "product": "wash", "batch": 1000, "ph": 5.0,
        "targets": [
            {"key": "viscosity", "goal": "hit", "low": 2.0, "value": 5.0, "high": 9.0, "weight": 1.0},
            {"key": "spreading", "goal": "watch"},
            {"key": "stability", "goal": "maximise", "low": 50.0, "high": 100.0, "weight": 1.0},
            {"key": "cost", "goal": "minimise", "low": 0.7, "high": 1.3, "weight": 0.5},
            {"key": "natural", "goal": "at_least", "value": 96.0},
        ],
    },
}  # fmt: skip
Shares = dict[str, float]


@dataclass(frozen=True)
class Measured:
    """What the made-up laboratory's truth is, before its noise."""

    viscosity: float
    spreading: float
    stability: float


def _rows(table: str) -> list[list[str]]:
    """The table's lines as full rows."""
    return [_placed([cell.strip() for cell in line.split("|")]) for line in table.splitlines()]


def _placed(cells: list[str]) -> list[str]:
    """The cells under their columns: what is written behind the fixed ones is recognised by what it says."""
    row = cells[:11] + [""] * (11 - len(cells[:11])) + [""] * 6
    numbers = []
    for cell in cells[11:]:
        if cell.startswith("Annex"):
            row[12] = cell
        elif cell.startswith(("Linalool", "Limonene")):
            row[13] = cell
        elif cell and not cell.replace(".", "").isdigit():
            row[14] = cell
        elif cell:
            numbers.append(cell)
    row[15:17] = numbers if len(numbers) == 2 else ["", ""]
    return row


def _thicken(share: float, strength: float, half: float) -> float:
    """What a thickener adds to the logarithm of viscosity: strong at first, then less and less."""
    return strength * share / (share + half)


def cream_truth(x: Shares) -> Measured:
    """A cream: thickeners and fatty alcohol build body, emulsifier and thickener hold it, silicone lets it glide."""
    oils = x["Caprylic/Capric Triglyceride"] + x["Squalane"] + x["Dimethicone"] + x["Butyrospermum Parkii Butter"]
    emulsifier = x["Cetearyl Olivate (and) Sorbitan Olivate"] + 0.7 * x["Glyceryl Stearate"]
    body = (
        0.55
        + _thicken(x["Carbomer"], 2.3, 0.16)
        + _thicken(x["Xanthan Gum"], 1.5, 0.3)
        + 0.36 * x["Cetearyl Alcohol"]
        + 0.09 * x["Cetearyl Alcohol"] * (emulsifier - 4)
        + 0.045 * (oils - 14)
        + 0.1 * x["Butyrospermum Parkii Butter"]
    )
    spreading = (
        66 - 9 * (body - 2.6) + 2.2 * x["Dimethicone"] + 1.1 * x["Squalane"] - 1.2 * x["Butyrospermum Parkii Butter"]
        - 0.9 * (x["Glycerin"] - 4)
    )  # fmt: skip
    hold = (
        -1.4 + 0.85 * (emulsifier - 3.2) - 0.16 * (oils - 12) + 4.2 * x["Xanthan Gum"] + 3.0 * x["Carbomer"]
        + 0.5 * x["Cetearyl Alcohol"] - 0.35 * x["Dimethicone"] - 0.45 * x["Sodium PCA"]
    )  # fmt: skip
    return Measured(math.exp(body), spreading, 100 / (1 + math.exp(-hold)))


def gel_truth(x: Shares) -> Measured:
    """A gel: salt thickens up to a point and thins beyond it, the more so the more sulfate; gums hold it."""
    sulfate, active = (
        x["Sodium Coco-Sulfate"],
        x["Sodium Coco-Sulfate"] + x["Coco-Glucoside"] + x["Cocamidopropyl Betaine"],
    )
    peak = 2.4 - 0.12 * sulfate
    salt = 2.1 * math.exp(-(((x["Sodium Chloride"] - peak) / 0.9) ** 2)) * (0.35 + 0.09 * sulfate)
    body = (
        -0.9 + salt + 0.16 * (active - 12) + 0.14 * x["Cocamidopropyl Betaine"] + _thicken(x["Xanthan Gum"], 2.0, 0.5)
        + _thicken(x["Guar Hydroxypropyltrimonium Chloride"], 1.0, 0.3)
    )  # fmt: skip
    hold = (
        1.0 + 2.6 * x["Xanthan Gum"] + 1.5 * x["Guar Hydroxypropyltrimonium Chloride"]
        - 1.1 * max(0.0, x["Sodium Chloride"] - 1.6) - 0.22 * (active - 12)
        + 0.2 * x["Cocamidopropyl Betaine"] - 1.5 * max(0.0, x["Parfum"] - 0.5)
    )  # fmt: skip
    return Measured(math.exp(body), 120 - 18 * body, 100 / (1 + math.exp(-hold)))


def habits(rows: Sequence[list[str]], start: Shares, count: int, seed: int) -> list[Shares]:
    """Batches as laboratories weigh them: a starting formula, then a few things changed at a time, water the rest."""
    generator = random.Random(seed)
    bounds = {row[0]: (float(row[3]), float(row[4])) for row in rows}
    free = [name for name, (low, high) in bounds.items() if high > low and name != "Aqua"]
    found = [dict(start)]
    while len(found) < count:
        made = dict(start)
        for name in generator.sample(free, generator.choice((1, 2, 2, 3))):
            low, high = bounds[name]
            made[name] = round(low + (high - low) * generator.choice((0.0, 0.25, 0.5, 0.75, 1.0)), 2)
        if made.get("Carbomer") and made.get("Sodium PCA"):
            made["Sodium PCA"] = 0.0
        if made.get("Xanthan Gum") and made.get("Guar Hydroxypropyltrimonium Chloride"):
            made["Guar Hydroxypropyltrimonium Chloride"] = 0.0
        made["Aqua"] = round(100 - sum(share for name, share in made.items() if name != "Aqua"), 3)
        if made not in found:
            found.append(made)
    found[count // 2] = dict(start)  # the starting formula again: what a repetition differs by is noise
    return found


def results(truth: Measured, generator: random.Random) -> list[str]:
    """A batch's measurements as the laboratory wrote them down."""
    score = min(100.0, max(0.0, truth.stability + generator.gauss(0, 4)))
    if score < 22:
        return ["", "", f"{score:.0f}", "separated overnight"]
    viscosity = truth.viscosity * math.exp(generator.gauss(0, 0.07))
    return [f"{viscosity:.1f}", f"{truth.spreading + generator.gauss(0, 2):.0f}", f"{score:.0f}", ""]


CREAM_START = {
    "Aqua": 0.0, "Glycerin": 4.0, "Sodium PCA": 0.0, "Carbomer": 0.1, "Xanthan Gum": 0.2,
    "Cetearyl Olivate (and) Sorbitan Olivate": 3.0, "Glyceryl Stearate": 1.0, "Cetearyl Alcohol": 2.0,
    "Caprylic/Capric Triglyceride": 7.0, "Squalane": 2.0, "Dimethicone": 1.0, "Butyrospermum Parkii Butter": 3.0,
    "Phenoxyethanol (and) Ethylhexylglycerin": 1.0, "Tocopherol": 0.2, "Parfum": 0.3, "CI 77491": 0.02,
}  # fmt: skip
GEL_START = {
    "Aqua": 0.0, "Sodium Coco-Sulfate": 4.0, "Coco-Glucoside": 6.0, "Cocamidopropyl Betaine": 3.0, "Glycerin": 2.0,
    "Panthenol": 0.5, "Sodium Chloride": 1.0, "Xanthan Gum": 0.2, "Guar Hydroxypropyltrimonium Chloride": 0.0,
    "Citric Acid": 0.2, "Sodium Benzoate": 0.4, "Potassium Sorbate": 0.2, "Parfum": 0.5, "CI 19140": 0.001,
}  # fmt: skip


def _csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def _trials(table: str, start: Shares, truth: Callable[[Shares], Measured], count: int, seed: int, mark: str) -> bytes:
    rows = _rows(table)
    start = {**start, "Aqua": round(100 - sum(share for name, share in start.items() if name != "Aqua"), 3)}
    generator = random.Random(seed + 1)
    lines = []
    for at, made in enumerate(habits(rows, start, count, seed), start=1):
        shares = [f"{made[row[0]]:g}" for row in rows]
        lines.append([f"{mark}-{at:02d}", *shares, *results(truth(made), generator)])
    head = [
        "Trial",
        *(row[0] for row in rows),
        "Viscosity (Pa·s)",
        "Spreading (mm)",
        "Stability (of 100)",
        "Laboratory note",
    ]
    return _csv(head, lines)


def files(seed: int) -> dict[str, bytes]:
    """File name -> content."""
    return {
        "cream_ingredients.csv": _csv(HEAD, _rows(CREAM)),
        "cream_trials.csv": _trials(CREAM, CREAM_START, cream_truth, 18, seed, "CJ"),
        "gel_ingredients.csv": _csv(HEAD, _rows(GEL)),
        "gel_trials.csv": _trials(GEL, GEL_START, gel_truth, 14, seed + 7, "GD"),
        "beauty_targets.json": (json.dumps(TARGETS, indent=1, ensure_ascii=False) + "\n").encode("utf-8"),
    }
