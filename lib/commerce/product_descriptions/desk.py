"""The writer's desk: what a recorded run holds, which option a person chose, what they made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lib.checks import Finding
from lib.commerce.product_descriptions.columns import PRODUCT_COLUMNS
from lib.commerce.product_descriptions.exports import BULLETS, Written
from lib.commerce.product_descriptions.model import DescribeProduct, Description, Descriptions, Material, Product
from lib.i18n import _, number, percent, translate

# The order in which a description is read and edited.
FIELDS = ("title", "opener", "body", "bullets", "fit_and_care", "snippet")


@dataclass(frozen=True)
class Desk:
    """One finished run, read back from the database."""

    run: str
    engine: str
    model: str
    language: str
    brief: DescribeProduct
    options: tuple[Description, ...]

    def written(self, description: Description, option: int, editor: str = "") -> Written:
        """``description``, a draft made from the option of this number, with where it comes from, for the exports.

        ``editor`` is who changed it, where it isn't what the engine wrote.
        """
        brief = self.brief
        return Written(
            brief.product,
            description,
            brief.channel,
            self.language,
            self.engine,
            self.model,
            self.run,
            "draft",
            brief.voice.house,
            None if description == self.options[option] else editor,
        )


def desk_of(run: Mapping[str, Any]) -> Desk:
    """The desk as a run's row says it; the row is one of ``lib.database.runs`` with an output."""
    return Desk(
        run=run.get("run_id") or run["id"],
        engine=run["engine"],
        model=run["model"] or "",
        language=run["language"],
        brief=DescribeProduct.model_validate(run["inputs"]),
        options=tuple(Descriptions.model_validate(run["output"]).options),
    )


def edited(description: Description, edits: Mapping[str, str]) -> Description:
    """``description`` with the fields that a person changed; bullets are one a line, at most ``BULLETS``."""
    changes: dict[str, Any] = {field: text for field, text in edits.items() if field in FIELDS and field != "bullets"}
    if "bullets" in edits:
        changes["bullets"] = points_in(edits["bullets"])[:BULLETS]
    return description.model_copy(update=changes)


def points_in(text: str) -> list[str]:
    """The points of an edited list, one a line; empty lines and what marks a point are dropped."""
    return [point for line in text.splitlines() if (point := line.strip(" •-\t"))]


def as_text(description: Description, field: str) -> str:
    """A field as it is edited: bullets one a line."""
    value = getattr(description, field)
    return "\n".join(value) if isinstance(value, list) else str(value)


def approved_texts(rows: Sequence[Mapping[str, Any]]) -> tuple[Written, ...]:
    """The approved descriptions of ``lib.database.reviews.approved``'s rows.

    An approval names the option that was chosen and carries its text; one that doesn't approved the first option.
    Edits are a person's own until they approve, so who approved a changed text is who changed it.
    """
    found = []
    for row in rows:
        desk = desk_of(row)
        said = row["edited_output"] or {}
        option = int(said.get("option", 0))
        chosen = Description.model_validate(said["description"]) if "description" in said else desk.options[option]
        person = person_said(row.get("person_name"), row.get("person_id"))
        found.append(
            replace(
                desk.written(chosen, option, person),
                status="approved",
                approved_by=person,
                open_findings=row.get("open_findings"),
                reason=row.get("reason") or "",
            )
        )
    return tuple(found)


def on_the_desk(desk: Desk, description: Description, option: int, ready: Sequence[Written], editor: str) -> Written:
    """What is taken away of ``description``: the approval among ``ready`` where just this text was approved."""
    approved = (one for one in ready if one.run == desk.run and one.description == description)
    return next(approved, None) or desk.written(description, option, editor)


def person_said(name: str | None, identifier: str | None) -> str:
    """A person as a file names them: by name, else by the end of their id, so that two stay apart."""
    return name or f"person {(identifier or '')[-8:]}".strip()


def findings_in(findings: Sequence[Finding], field: str) -> list[Finding]:
    """The findings that concern one field of a description; those of single bullets belong to 'bullets'."""
    return [finding for finding in findings if finding.field.split(".")[0] == field]


def seed_of(product: str, turn: int) -> int:
    """A seed that differs from product to product and from turn to turn, and is the same tomorrow."""
    return int.from_bytes(hashlib.sha256(f"{product}/{turn}".encode()).digest()[:4], "big")


TITLES = {column.name: column.title for column in PRODUCT_COLUMNS}


def evidence(product: Product, path: str) -> str:
    """The product's fact at an evidence path, in the reader's language.

    'product.materials.0' is 'Composition: 92% wool'. The value stands as the data has it; a path that leads nowhere
    gives ''.
    """
    parts = path.removeprefix("product.").split(".")
    found: Any = product
    for part in parts:
        found = _step(found, part)
    if found is None or found == "":
        return ""
    name = parts[1] if parts[0] == "attributes" and len(parts) > 1 else parts[0]
    title = translate(TITLES[name]) if name in TITLES else name.replace("_", " ").capitalize()
    return _("{what}: {value}", what=title, value=_in_words(found))


def _step(found: Any, part: str) -> Any:
    if isinstance(found, Mapping):
        return found.get(part)
    if isinstance(found, list | tuple):
        return found[int(part)] if part.isdigit() and int(part) < len(found) else None
    return getattr(found, part, None)


def _in_words(value: Any) -> str:
    if isinstance(value, Material):
        return value.name if value.share is None else f"{percent(value.share)} {value.name}"
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(item) for item in value)
    return number(value) if isinstance(value, int | float) else str(value)


def facts(product: Product) -> tuple[str, ...]:
    """Everything that the writer may use, one fact a line in the reader's language; empty ones are left out."""
    plain = ("name", "category", "line", "department", "colour", "materials", "lining")
    last = ("details", "fit_note", "care", "origin", "price", "sizes", "season")
    paths = (*plain, *(f"attributes.{name}" for name in product.attributes), *last)
    return tuple(said for path in paths if (said := evidence(product, path)))
