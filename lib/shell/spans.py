"""Text with marked passages. A mark is a patterned line under the words and a sign; colour comes third."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from lib.checks import Verdict
from lib.checks.spans import VERDICT_TITLES, Segment
from lib.i18n import translate
from lib.shell.html import draw, element, joined

SIGNS = {Verdict.PASS: "✓", Verdict.NOTE: "i", Verdict.WARN: "?", Verdict.FAIL: "×"}


def note_of(segment: Segment, evidence: Callable[[str], str] = str) -> str:
    """What a marked passage says when it is read aloud or pointed at: verdict, finding, evidence."""
    if segment.verdict is None:
        return ""
    parts = [translate(VERDICT_TITLES[segment.verdict])]
    if segment.finding is not None:
        parts.append(translate(segment.finding.message, None, **segment.finding.values))
    if segment.evidence_label:
        parts.append(evidence(segment.evidence_label))
    return " · ".join(part for part in parts if part)


def passage(segment: Segment, evidence: Callable[[str], str] = str) -> Markup:
    """One segment: plain text, or a mark with its sign and its note."""
    if segment.verdict is None:
        return joined(segment.text)
    said = note_of(segment, evidence)
    return element(
        "mark",
        segment.text,
        _sign(segment.verdict),
        element("span", f" ({said})", class_="toile-unseen"),
        class_=f"toile-{segment.verdict.value}",
        title=said,
    )


def _sign(verdict: Verdict) -> Markup:
    """The sign behind a mark. What is supported carries its thin line alone: dozens of ticks would hide the rest."""
    return Markup("") if verdict is Verdict.PASS else element("sup", SIGNS[verdict], aria_hidden="true")


def markup(segments: Sequence[Segment], evidence: Callable[[str], str] = str, class_: str = "toile-text") -> Markup:
    """Segments as one paragraph. ``evidence`` turns an evidence path into words for the reader."""
    return element("p", *(passage(segment, evidence) for segment in segments), class_=class_)


def show(segments: Sequence[Segment], evidence: Callable[[str], str] = str) -> None:
    """Draw text with its marked passages."""
    draw(markup(segments, evidence))


def key() -> None:
    """What the marks mean; shown once on a page that has any."""
    items = [
        element(
            "li",
            element("mark", "abc", _sign(verdict), class_=f"toile-{verdict.value}"),
            " ",
            translate(VERDICT_TITLES[verdict]),
        )
        for verdict in Verdict
    ]
    draw(element("ul", *items, class_="toile-key"))
