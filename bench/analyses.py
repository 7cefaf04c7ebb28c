"""What the use cases' analyses find in their samples. ``make analyses`` writes it to docs/analyses.json.

A page shows it to its first visitor at once, and only where it was made by exactly its code from exactly its data.
"""

from __future__ import annotations

import json
from typing import Any

from lib.commerce.personalised_storefront import learned, pictures
from lib.commerce.personalised_storefront.samples import sample_tables
from lib.commerce.product_descriptions import analysis
from lib.commerce.stylist import groundwork
from lib.evidence import ANALYSES


def run() -> list[dict[str, Any]]:
    """Work them out, write them down, and say of each what it was made from."""
    stored = {module.USE_CASE: module.of_sample() for module in (analysis, learned, groundwork)}
    ANALYSES.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{learned.USE_CASE}: {pictures.draw_all(sample_tables().products)} pictures")
    made = [{"slug": slug, "method_version": entry["method_version"]} for slug, entry in stored.items()]
    print(*(f"{one['slug']}: {one['method_version']}" for one in made), sep="\n")
    return made
