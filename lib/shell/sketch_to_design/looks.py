"""How the page's own parts look: colours as squares, captions under pictures, the way of a brief."""

from __future__ import annotations

from lib.shell import html

RULES = """
.stHtml .toile-swatches, .stHtml .toile-read, .stHtml .toile-decided, .stHtml .toile-callouts {
  list-style: none; margin: 0.2rem 0 0.4rem; padding: 0; }
.stHtml .toile-swatches { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; }
.toile-swatches li { display: flex; align-items: center; gap: 0.4rem; font-size: 0.85rem; margin: 0; }
.toile-swatch { width: 1.5rem; height: 1.5rem; border: 1px solid var(--toile-line); border-radius: 2px; flex: none; }
.stHtml .toile-small { gap: 0.2rem; display: inline-flex; vertical-align: middle; margin: 0; }
.toile-small .toile-swatch { width: 0.95rem; height: 0.95rem; }
.toile-hex { color: var(--toile-quiet); font-variant-numeric: tabular-nums; }
.toile-read li {
  margin: 0 0 0.3rem; padding-left: 0.8rem; border-left: 2px solid var(--toile-evidence);
  font-size: 0.92rem; line-height: 1.45;
}
.toile-unread { color: var(--toile-doubtful) !important; }
.toile-decided li { margin: 0.1rem 0; font-size: 0.88rem; color: var(--toile-quiet); }
.toile-decided strong { color: var(--toile-ink); font-weight: 550; }
.toile-plate-number {
  font-family: Newsreader, Georgia, serif; font-size: 1.35rem; font-weight: 450; margin-right: 0.5rem; }
.toile-under { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.1rem 0.6rem; margin: 0.1rem 0 0; }
.toile-under p { margin: 0; font-size: 0.88rem; color: var(--toile-quiet); flex-basis: 100%; }
.toile-under strong { font-weight: 550; }
.st-key-plates img, .st-key-hero img, .st-key-detail img { border-radius: 1px; }
.toile-callouts { columns: 2; column-gap: 2.5rem; margin: 0.4rem 0; font-size: 0.9rem; }
.toile-callouts li {
  break-inside: avoid; display: flex; gap: 0.6rem; padding: 0.25rem 0;
  border-bottom: 1px solid var(--toile-line);
}
.toile-callouts span { color: var(--toile-quiet); min-width: 7.5rem; }
@media (max-width: 48rem) { .toile-callouts { columns: 1; } }
"""


def draw() -> None:
    """Add the rules; once a run."""
    html.draw(html.stylesheet(RULES))
