"""DOCX files: a title, headings, paragraphs, lists and tables, one below the other, in styles that Word knows.

    letter = Word("Request for proposals", language="fr")
    letter.heading("What we want to do")
    letter.text("Descriptions of 400 products a season")
    content = letter.to_bytes()

All texts are plain. python-docx is spoken to here, and where documents are read.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from lib.files.documents.slides import cleaned

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOCALES: Final = {"fr": "fr-FR", "en": "en-GB"}
MAX_TITLE: Final = 255  # characters of a file's own title


class Word:
    """A document. Each method adds something at its end."""

    def __init__(self, title: str, subtitle: str = "", language: str = "en") -> None:
        from docx import Document

        self._document: Any = Document()
        self._document.core_properties.title = cleaned(title)[:MAX_TITLE]
        self._document.core_properties.author = ""
        self._forget_old_styles()
        self._speak(LOCALES.get(language, "en-GB"))
        self._document.add_heading(cleaned(title), level=0)
        if subtitle:
            self._document.add_paragraph(cleaned(subtitle), style="Subtitle")

    def _forget_old_styles(self) -> None:
        """Drop the second style sheet of python-docx's template: Word 2010 alone read it, and it contradicts ours."""
        relations = self._document.part.rels
        for key in [key for key, one in relations.items() if one.reltype.endswith("/stylesWithEffects")]:
            del relations[key]

    def _speak(self, locale: str) -> None:
        """The language in which Word checks the spelling."""
        from docx.oxml.ns import qn

        properties = self._document.styles["Normal"].element.get_or_add_rPr()
        mark = properties.makeelement(qn("w:lang"), {qn("w:val"): locale})
        properties.append(mark)

    def heading(self, said: str, level: int = 1) -> None:
        """A heading of level 1 to 3."""
        self._document.add_heading(cleaned(said), level=level)

    def text(self, said: str) -> None:
        """A paragraph."""
        self._document.add_paragraph(cleaned(said))

    def points(self, said: Sequence[str], numbered: bool = False) -> None:
        """A list."""
        for one in said:
            self._document.add_paragraph(cleaned(one), style="List Number" if numbered else "List Bullet")

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table with a head that is repeated on each page."""
        from docx.oxml.ns import qn

        made = self._document.add_table(rows=1, cols=len(columns), style="Table Grid")
        for cell, name in zip(made.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].add_run(cleaned(name)).bold = True
        properties = made.rows[0]._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {}))
        for row in rows:
            for cell, said in zip(made.add_row().cells, row, strict=True):
                cell.text = cleaned(said)
        self._document.add_paragraph()

    def to_bytes(self) -> bytes:
        """The file."""
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()
