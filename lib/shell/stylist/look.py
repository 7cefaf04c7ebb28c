"""What dresses the stylist's page."""

from lib.shell import html

CSS = """
.stylist-facts { color: var(--toile-quiet); font-size: 0.92rem; margin: 0 0 0.4rem; }
.stylist-aspect h3 { font-size: 1.1rem; font-weight: 500; padding: 0.9rem 0 0.2rem; margin: 0; }
.stylist-aspect details { border-bottom: 1px solid var(--toile-line); }
.stylist-aspect summary { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr 11.5rem; gap: 0.2rem 0.9rem;
  align-items: center; padding: 0.32rem 0; cursor: pointer; list-style: none; font-size: 0.94rem; }
.stylist-aspect summary::-webkit-details-marker { display: none; }
.stylist-aspect summary:focus-visible { outline: 2px solid var(--toile-accent); }
.stylist-aspect details[open] summary .stylist-value { text-decoration: underline; }
.stylist-value { font-weight: 500; }
.stylist-value .stylist-pin { color: var(--toile-accent); font-weight: 600; }
.stylist-value .stylist-dot { display: inline-block; width: 0.8rem; height: 0.8rem; margin-right: 0.45rem;
  border: 1px solid var(--toile-line); vertical-align: -0.08rem; }
.stylist-track { position: relative; height: 16px; }
.stylist-track::before { content: ""; position: absolute; left: 0; right: 0; top: 50%;
  border-top: 1px solid var(--toile-line); }
.stylist-middle { position: absolute; left: 50%; top: 0; bottom: 0; border-left: 1px solid var(--toile-quiet); }
.stylist-reach { position: absolute; top: 7px; height: 2px; background: var(--toile-evidence); }
.stylist-point { position: absolute; top: 3px; width: 10px; height: 10px; margin-left: -5px; border-radius: 50%;
  background: var(--toile-evidence); }
.stylist-thin .stylist-point { background: var(--toile-paper);
  border: 2px solid var(--toile-evidence); box-sizing: border-box; }
.stylist-count { color: var(--toile-quiet); font-size: 0.86rem; text-align: right; }
.stylist-sentences { list-style: none; margin: 0; padding: 0.1rem 0 0.6rem 0.4rem !important; }
.stylist-sentences li { margin: 0.25rem 0; font-size: 0.92rem; line-height: 1.4; }
.stylist-sentences .stylist-when { color: var(--toile-quiet); font-size: 0.84rem; }
.stylist-sentences .stylist-sign { display: inline-block; min-width: 4.4rem; color: var(--toile-quiet);
  font-size: 0.84rem; }
.stylist-scale { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr 11.5rem; gap: 0.9rem;
  color: var(--toile-quiet); font-size: 0.84rem; }
.stylist-scale div { display: flex; justify-content: space-between; }
.stylist-card h3 { font-size: 1.12rem; font-weight: 500; padding: 0; margin: 0; line-height: 1.25; }
.stylist-card .stylist-what { margin: 0.15rem 0 0.4rem; font-size: 0.95rem; }
.stylist-card details { font-size: 0.9rem; border-top: 1px solid var(--toile-line); padding: 0.2rem 0; }
.stylist-card summary { cursor: pointer; }
.stylist-piece { font-size: 0.9rem; line-height: 1.35; }
.stylist-piece strong { font-weight: 600; }
.stylist-piece details { border: none; padding: 0; font-size: 0.84rem; color: var(--toile-quiet); }
.stylist-piece summary { cursor: pointer; }
.stylist-piece p { margin: 0 0 0.15rem; }
.stylist-piece .stylist-quiet { color: var(--toile-quiet); font-size: 0.84rem; }
@media (max-width: 48rem) {
  .stylist-aspect summary { grid-template-columns: 1fr 8.5rem; }
  .stylist-aspect summary .stylist-track { grid-column: 1 / -1; grid-row: 2; }
  .stylist-scale { grid-template-columns: 1fr; }
  .stylist-scale.stylist-second { display: none; }
  .stylist-scale > span { display: none; }
}
"""


def style() -> None:
    """Draw it once, before anything of the page."""
    html.draw(html.stylesheet(CSS))
