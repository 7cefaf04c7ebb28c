"""How two product information systems export the articles: the house's own (English) and a French one, both untidy."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable

from sample_data.products import ATTRIBUTES, Article

COLUMNS = (
    "sku", "name", "category", "line", "department", "colour", "fabric", "materials", "lining", *ATTRIBUTES,
    "details", "fit_note", "care", "origin", "price", "currency", "sizes", "season", "language",
)  # fmt: skip
FRENCH_COLUMNS = {
    "sku": "Référence", "name": "Libellé", "category": "Catégorie", "line": "Ligne", "department": "Rayon",
    "colour": "Coloris", "fabric": "Matière principale", "materials": "Composition", "lining": "Doublure",
    "neckline": "Encolure", "collar": "Col", "sleeve": "Manches", "length": "Longueur", "fit": "Coupe",
    "rise": "Hauteur de taille", "leg": "Jambe", "closure": "Fermeture", "pattern": "Motif", "pockets": "Poches",
    "strap": "Portage", "dimensions": "Dimensions", "toe": "Bout", "heel_height": "Hauteur de talon",
    "sole": "Semelle", "details": "Détails", "fit_note": "Conseil taille", "care": "Entretien",
    "origin": "Pays de fabrication", "price": "Prix TTC", "currency": "Devise", "sizes": "Tailles",
    "season": "Saison",
}  # fmt: skip
FRENCH_CATEGORIES = {
    "dresses": "robes", "coats": "manteaux", "knitwear": "maille", "shirts": "chemises", "trousers": "pantalons",
    "skirts": "jupes", "bags": "sacs", "shoes": "chaussures",
}  # fmt: skip
FRENCH_DEPARTMENTS = {"women": "femme", "men": "homme", "unisex": "mixte"}
Row = dict[str, str]


def english_row(article: Article) -> Row:
    """The clean row of the English export."""
    return {
        "sku": article.sku,
        "name": article.name[0],
        "category": article.category,
        "line": article.line,
        "department": article.department,
        "colour": article.colour[0],
        "fabric": article.fabric[0],
        "materials": article.composition[0],
        "lining": article.lining[0],
        **{key: article.attributes[key][0] if key in article.attributes else "" for key in ATTRIBUTES},
        "details": "; ".join(english for english, _ in article.details),
        "fit_note": article.fit_note[0],
        "care": "; ".join(english for english, _ in article.care),
        "origin": article.origin[0],
        "price": f"{article.price:.2f}",
        "currency": "EUR",
        "sizes": ";".join(article.sizes),
        "season": article.season,
        "language": "en",
    }


def french_row(article: Article) -> Row:
    """The clean row of the French export: French values, decimal comma, sizes between bars."""
    row = {
        **english_row(article),
        "name": article.name[1],
        "category": FRENCH_CATEGORIES[article.category],
        "department": FRENCH_DEPARTMENTS[article.department],
        "colour": article.colour[1],
        "fabric": article.fabric[1],
        "materials": article.composition[1],
        "lining": article.lining[1],
        **{key: article.attributes[key][1] if key in article.attributes else "" for key in ATTRIBUTES},
        "details": " ; ".join(french for _, french in article.details),
        "fit_note": article.fit_note[1],
        "care": " ; ".join(french for _, french in article.care),
        "origin": article.origin[1],
        "price": f"{article.price:.2f}".replace(".", ","),
        "sizes": "TU" if article.sizes == ("one size",) else " / ".join(article.sizes),
        "season": article.season.replace("AW", "AH").replace("SS", "PE"),
    }
    return {FRENCH_COLUMNS[key]: value for key, value in row.items() if key in FRENCH_COLUMNS}


def _capitalise(column: str) -> Callable[[Row, random.Random], None]:
    def change(row: Row, rng: random.Random) -> None:
        row[column] = rng.choice([row[column].capitalize(), row[column].title(), row[column].upper()])

    return change


def _blank(column: str) -> Callable[[Row, random.Random], None]:
    def change(row: Row, rng: random.Random) -> None:
        row[column] = ""

    return change


def _title_fibres(row: Row, rng: random.Random) -> None:
    row["materials"] = row["materials"].title()


def _no_comma(row: Row, rng: random.Random) -> None:
    row["materials"] = row["materials"].replace(", ", " ")


def _spaced_percent(row: Row, rng: random.Random) -> None:
    row["materials"] = row["materials"].replace("%", " %").replace(", ", " / ")


def _size_range(row: Row, rng: random.Random) -> None:
    sizes = row["sizes"].split(";")
    if len(sizes) > 2:
        row["sizes"] = f"FR {sizes[0]}-{sizes[-1]}" if sizes[0].isdigit() else f"{sizes[0]}-{sizes[-1]}"


def _trailing(row: Row, rng: random.Random) -> None:
    row["details"] += "; "


def _entity(row: Row, rng: random.Random) -> None:
    row["details"] = row["details"].replace(" and ", " &amp; ")


def _double_space(row: Row, rng: random.Random) -> None:
    row["name"] = row["name"].replace(" ", "  ", 1)


# (share of rows, what happens to them): rates as one meets them in exports that three teams have filled in.
MESS: tuple[tuple[float, Callable[[Row, random.Random], None]], ...] = (
    (0.03, _capitalise("category")),
    (0.10, _capitalise("colour")),
    (0.05, _capitalise("origin")),
    (0.12, _title_fibres),
    (0.03, _no_comma),
    (0.04, _spaced_percent),
    (0.03, _size_range),
    (0.04, _trailing),
    (0.02, _entity),
    (0.02, _double_space),
    (0.04, _blank("line")),
    (0.06, _blank("fit")),
    (0.18, _blank("fit_note")),
    (0.04, _blank("care")),
    (0.05, _blank("origin")),
    (0.03, _blank("season")),
    (0.02, _blank("colour")),
)


def _oddities(rows: list[Row]) -> None:
    """Single rows of the kind that every real export holds; documented in the README beside this file."""
    rows[5]["materials"] = rows[5]["materials"] + ", 2% other fibres"
    rows[17]["price"] = ""
    rows[41]["origin"] = "TBC"
    rows[66]["lining"] = "N/A"
    rows[88]["sku"] = rows[88]["sku"].lower()
    rows[123]["price"] = f"{float(rows[123]['price'] or 0):,.2f} €"
    rows[150]["materials"] = rows[150]["materials"].split("% ")[-1]
    rows[201]["name"] = f"{rows[201]['name']}\u00a0"
    rows[240]["materials"] = ""
    rows[262]["sizes"] = "TU"
    rows[300]["details"] = "see photo"


def english_rows(articles: list[Article], seed: int) -> list[Row]:
    """The rows of products.csv, untidy."""
    rng = random.Random(seed)
    rows = [english_row(article) for article in articles]
    for row in rows:
        for share, change in MESS:
            if rng.random() < share:
                change(row, rng)
    _oddities(rows)
    return rows


def french_rows(articles: list[Article], seed: int) -> list[Row]:
    """The rows of produits.csv, untidy."""
    rng = random.Random(seed)
    rows = [french_row(article) for article in articles]
    for row in rows:
        if rng.random() < 0.1:
            row["Coloris"] = row["Coloris"].upper()
        if rng.random() < 0.1:
            row["Composition"] = row["Composition"].replace(" %", "%").title()
        for column, share in (("Conseil taille", 0.2), ("Pays de fabrication", 0.05), ("Coupe", 0.05)):
            if rng.random() < share:
                row[column] = ""
    rows[7]["Prix TTC"] = "1 290,00"
    rows[19]["Pays de fabrication"] = "à confirmer"
    return rows


def to_csv(rows: list[Row], separator: str = ",") -> str:
    """Rows as CSV text with CR LF line ends, as spreadsheets write it."""
    file = io.StringIO()
    writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
