"""An invented week of Maison Solène: what the table looks like once it is in use. Nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from typing import Final

from lib.database.weekly_table import Entry, Kept
from lib.i18n import _
from lib.settings import ROOT

SKETCH: Final = "example_sketch"
SKETCH_FILE: Final = ROOT / "sample_data" / "sketches" / "coat.jpg"


def entries(today: dt.date) -> list[Kept]:
    """Two requests, an offer, a decision that is late and an aim, in the reader’s language."""
    design, store = _("Head of design"), _("Head of clienteling")
    engineer, data = _("Design engineer"), _("Data engineer")
    quarter_end = today + dt.timedelta(days=52)
    return [
        _kept(0, today, 19, Entry(
            "request", _("See a flat in our own tweed"),
            _("Take this coat and show it in the winter tweed, at three lengths, before the cloth is ordered."),
            "now", design, engineer, _day(today, 6), SKETCH,
        ), design),
        _kept(1, today, 6, Entry(
            "request", _("Find past styles by a sketch"),
            _("I draw a neckline, and the archive shows every dress that had it, with its sell-through."),
            "season", design, data,
        ), design),
        _kept(2, today, 5, Entry(
            "offer", _("The sketch reader can name parts of a garment"),
            _("It reads silhouette, neckline and closure from a scan. It errs on drapery: a person has to look."),
            "season", "", engineer,
        ), engineer),
        _kept(3, today, 12, Entry(
            "decision", _("Which archive photographs may be used"), "", "season", design, data, _day(today, -2),
        ), data),
        _kept(4, today, 3, Entry(
            "aim", _("Half of the first sketches of the next line start in the tool"), "", "season", design, engineer,
            quarter_end.isoformat(),
        ), store),
    ]  # fmt: skip


def sketches() -> dict[str, bytes]:
    """The sketch of the first request, one of the demo house's."""
    return {SKETCH: SKETCH_FILE.read_bytes()}


def _kept(at: int, today: dt.date, days: int, entry: Entry, person: str) -> Kept:
    brought = dt.datetime.combine(today - dt.timedelta(days=days), dt.time(10), dt.UTC)
    return Kept(f"example{at}", entry, person, brought.isoformat(timespec="milliseconds"), "")


def _day(today: dt.date, ahead: int) -> str:
    return (today + dt.timedelta(days=ahead)).isoformat()
