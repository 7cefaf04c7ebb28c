"""Texts that come in: Markdown, PDF, DOCX, HTML, CSV and plain text as pieces with their place."""

from lib.files.written.model import Piece, Place, Written
from lib.files.written.reading import read_written

__all__ = ["Piece", "Place", "Written", "read_written"]
