"""Which of a file's columns is which of a template's: a proposal with its confidence, and the rows under it.

Names are compared after folding case, accents and units, in French and English, with the aliases that the template
gives; what stands in the cells speaks for or against (after Rahm and Bernstein 2001, who call the two schema-level and
instance-level matching). Each column of the file serves once: the assignment with the greatest total score wins
(Kuhn 1955).
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lib.errors import ColumnsMissing
from lib.files.columns import Column
from lib.files.tables import Table
from lib.files.values import decimal_mark, plain_letters, read_currency, read_date, read_number, settled
from lib.i18n import LANGUAGES, N_, list_of, translate

Shape = Literal["number", "date", "composition", "code", "long", "short"]
Reason = Literal["name", "similar", "content", "chosen", ""]

CERTAIN = 0.85
_LEAST = 0.45
_CELLS = 200  # of each column, looked at
_SYNONYM = 0.88  # the same thing in other words than the template knows: proposed, and shown to be confirmed
_ALIKE = 0.78  # of two names' letters; 'autre' and 'matière' reach 0.6
_LONG = 60  # characters from which a text is a sentence rather than a label
_FRENCH_FILLERS = (
    "a",
    "au",
    "aux",
    "d",
    "de",
    "des",
    "du",
    "en",
    "et",
    "l",
    "la",
    "le",
    "les",
    "par",
    "pour",
    "un",
    "une",
)
_FILLERS = frozenset((*_FRENCH_FILLERS, "an", "and", "in", "of", "the"))
# Words that fashion houses use for the same thing in their column names; each group folds into its first.
_SYNONYMS = {
    word: group.split()[0]
    for group in (
        "sku ref reference article artno item itemno code style modele model",
        "id identifiant identifier numero num no n",
        "name nom libelle designation intitule denomination",
        "price prix pvp rrp tarif msrp pvc",
        "category categorie famille family rayon typologie group groupe",
        "colour color couleur coloris teinte",
        "material materials matiere matieres composition tissu fabric fibre fibres",
        "size sizes taille tailles pointure pointures",
        "origin origine fabrique fabrication made provenance",
        "care entretien lavage washing",
        "date jour day",
        "views vues impressions sessions visites visits",
        "orders commandes ventes sales achats purchases",
        "returns retours refunds remboursements",
        "carts paniers panier cart",
        "text texte contenu content body corps",
        "channel canal placement",
        "language langue lang",
        "quantity quantite qty qte",
    )
    for word in group.split()
}
_UNIT = re.compile(r"[(\[][^)\]]{0,12}[)\]]|[€$£%]")
_COMPOSITION = re.compile(r"\d{1,3}([.,]\d+)? ?% ?\D{3,}|\D{3,}\d{1,3}([.,]\d+)? ?%")
_CODE = re.compile(r"(?=[^\s]*\d)[A-Za-z0-9][A-Za-z0-9._/\-]{2,23}")


@dataclass(frozen=True)
class Match:
    """One template column and the file's column that holds it, or None; ``confidence`` lies between 0 and 1."""

    column: str
    source: str | None
    confidence: float = 0.0
    reason: Reason = ""


@dataclass(frozen=True)
class Mapping:
    """A match for each of a template's columns, in the template's order."""

    matches: tuple[Match, ...]

    def sources(self) -> dict[str, str | None]:
        """Template column's name to the file's column; what the database keeps."""
        return {match.column: match.source for match in self.matches}

    def certain(self, columns: Sequence[Column]) -> bool:
        """Whether nobody needs to look: all that is required is there, and no match is a guess."""
        required = {column.name for column in columns if column.required}
        return all(
            match.confidence >= CERTAIN if match.source is not None else match.column not in required
            for match in self.matches
        )


def chosen(columns: Sequence[Column], sources: Dict[str, str | None]) -> Mapping:
    """The mapping that a person chose, or that was kept from the last time."""
    return Mapping(
        tuple(
            Match(column.name, source, 1.0, "chosen")
            if (source := sources.get(column.name))
            else Match(column.name, None)
            for column in columns
        )
    )


def propose(table: Table, columns: Sequence[Column]) -> Mapping:
    """The likeliest mapping. A template column for which nothing in the file speaks is left without a source."""
    scores = _scores(table, columns)
    pairs = _assignment(scores)
    matches = []
    for at, column in enumerate(columns):
        source = pairs.get(at)
        if source is None or scores[at][source][0] < _LEAST:
            matches.append(Match(column.name, None))
        else:
            confidence, reason = scores[at][source]
            matches.append(Match(column.name, table.columns[source], round(confidence, 3), reason))
    return Mapping(tuple(matches))


def _scores(table: Table, columns: Sequence[Column]) -> list[list[tuple[float, Reason]]]:
    cells = [table.cells(source, _CELLS) for source in table.columns]
    sources = [_words(source) for source in table.columns]
    result = []
    for column in columns:
        names = _names(column)
        row = []
        for at, source in enumerate(sources):
            row.append(_score(_likeness(source, names), _evidence(column, cells[at]), column))
        result.append(row)
    return result


def _score(name: float, evidence: float | None, column: Column) -> tuple[float, Reason]:
    """One pair's score. An exact name stands even against its cells, but then it isn't certain any more."""
    if name >= 0.9:
        doubt = evidence is not None and evidence < 0.5 and column.kind in ("number", "integer", "date")
        return (0.8 if doubt else name), "name"
    if name >= 0.6:
        return (0.75 * name + 0.2 * evidence if evidence is not None else 0.85 * name), "similar"
    if evidence is not None and evidence >= 0.8 and _expected(column) in ("composition", "code", "date", "long"):
        return 0.3 + 0.2 * evidence + 0.3 * name, "content"
    return 0.3 * name, "similar"


def _assignment(scores: list[list[tuple[float, Reason]]]) -> dict[int, int]:
    """Template column to file column, both by position, with the greatest total; scipy only where it isn't plain."""
    best = {at: max(range(len(row)), key=lambda source: row[source][0]) for at, row in enumerate(scores) if row}
    wanted = [source for at, source in best.items() if scores[at][source][0] >= _LEAST]
    if len(set(wanted)) == len(wanted):
        return {at: source for at, source in best.items() if scores[at][source][0] >= _LEAST}
    from scipy.optimize import linear_sum_assignment

    gains = [[pair[0] if pair[0] >= _LEAST else 0.0 for pair in row] for row in scores]
    rows, sources = linear_sum_assignment(gains, maximize=True)
    return {int(at): int(source) for at, source in zip(rows, sources, strict=True)}


@lru_cache(maxsize=4096)
def _words(name: str) -> str:
    """A name's words in a fixed form: 'Prix_TTC (€)' is 'prix ttc', 'productName' is 'product name'."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _UNIT.sub(" ", name))
    words = re.split(r"[^a-z0-9]+", plain_letters(split))
    kept = [word for word in words if word and word not in _FILLERS]
    return " ".join(kept or [word for word in words if word])


def _names(column: Column) -> list[str]:
    titles = [translate(column.title, language) for language in LANGUAGES]
    return list(dict.fromkeys(words for name in (column.name, *titles, *column.aliases) if (words := _words(name))))


def _likeness(source: str, names: list[str]) -> float:
    """1 for the same words, 0.95 in another order or number, less for synonyms; else by letters, at most 0.85."""
    from rapidfuzz import fuzz

    if not source:
        return 0.0
    if source in names:
        return 1.0
    singular = sorted(word.rstrip("sx") for word in source.split())
    if any(singular == sorted(word.rstrip("sx") for word in name.split()) for name in names):
        return 0.95
    folded = _folded(source)
    if any(folded == _folded(name) for name in names):
        return _SYNONYM
    return max((_similar(fuzz.token_sort_ratio(source, name) / 100, source, name) for name in names), default=0.0)


@lru_cache(maxsize=4096)
def _folded(words: str) -> frozenset[str]:
    return frozenset(_SYNONYMS.get(word, word) for word in words.split())


def _similar(ratio: float, source: str, name: str) -> float:
    """Letters alike; or one name's words all within the other's ('prix vente ttc' holds 'prix')."""
    ours, theirs = _folded(name), _folded(source)
    within = 0.72 if len(name) > 2 and ours <= theirs else 0.65 if len(source) > 2 and theirs <= ours else 0.0
    alike = ratio if ratio >= _ALIKE and min(len(source), len(name)) > 3 else 0.0
    return min(max(alike, within), 0.85)


def _expected(column: Column) -> Shape:
    """The shape that a template column's cells have, by its kind and its example."""
    if column.kind in ("number", "integer"):
        return "number"
    if column.kind in ("date", "composition"):
        return "date" if column.kind == "date" else "composition"
    return shape(column.example) if column.kind == "text" and column.example else "short"


def _evidence(column: Column, cells: list[str]) -> float | None:
    """How many of the cells have the expected shape, from 0 to 1; None where shapes can't tell."""
    expected = _expected(column)
    if not cells or expected == "short":
        return None
    share = sum(shape(cell) == expected for cell in cells) / len(cells)
    if expected == "code":
        return share * len(set(cells)) / len(cells)
    return share


@lru_cache(maxsize=65_536)
def shape(cell: str) -> Shape:
    """What a cell looks like: a number or price, a date, a composition, a code, a long text or a short one."""
    text = cell.strip()[:400]
    if read_number(text) is not None or (read_currency(text) and any(letter.isdigit() for letter in text[:12])):
        return "number" if len(text) <= 24 else "long"
    if read_date(text) is not None:
        return "date"
    if _COMPOSITION.search(text):
        return "composition" if len(text) < 200 else "long"
    if _CODE.fullmatch(text):
        return "code"
    return "long" if len(text) >= _LONG else "short"


def missing_columns(mapping: Mapping, columns: Sequence[Column]) -> list[Column]:
    """The required columns for which the mapping has no source."""
    sources = mapping.sources()
    return [column for column in columns if column.required and not sources.get(column.name)]


def apply_mapping(table: Table, mapping: Mapping, columns: Sequence[Column]) -> tuple[list[dict[str, str]], list[int]]:
    """The table's rows under the template's names, and the line of each in the file.

    A row holds every template column, as text without outer white space; what the file doesn't give is ''. A number is
    written so that it reads the same without knowing its column (``lib.files.values.settled``).

    Raises:
        ColumnsMissing: a required column has no source; the message lists them all in the reader's words.
    """
    if missing := missing_columns(mapping, columns):
        raise ColumnsMissing(
            N_("{name} lacks what is needed here: {missing}. Choose its column for each, or add it to the file."),
            name=table.name,
            missing=list_of([translate(column.title) for column in missing]),
        )
    place = {source: at for at, source in enumerate(table.columns)}
    sources = mapping.sources()
    where = {column.name: place.get(sources.get(column.name) or "", -1) for column in columns}
    numbers = [column.name for column in columns if column.kind in ("number", "integer") and where[column.name] >= 0]
    marks = {name: decimal_mark(table.cells(table.columns[where[name]], 5_000)) or table.decimal for name in numbers}
    rows = []
    for cells in table.rows:
        values = {name: cells[at].strip() if at >= 0 else "" for name, at in where.items()}
        for name, mark in marks.items():
            if mark and values[name]:
                values[name] = settled(values[name], mark)
        rows.append(values)
    return rows, list(table.lines)
