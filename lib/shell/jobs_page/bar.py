"""How far a job is, as one bar: each part has a texture and a word of its own, not only a colour."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from lib.database.jobs import Job
from lib.i18n import _, list_of, ngettext, percent
from lib.shell import html
from lib.shell.html import element
from lib.workbench.jobs import Standing

STYLE = """
.toile-bar { display: flex; height: 0.9rem; gap: 2px; margin: 0.35rem 0 0; }
.toile-bar span { flex: 0 1 0; min-width: 4px; box-sizing: border-box; border: 1px solid var(--toile-part); }
.toile-bar-done { --toile-part: var(--toile-evidence); background: var(--toile-evidence); }
.toile-bar-failed { --toile-part: var(--toile-wrong);
  background: repeating-linear-gradient(45deg, var(--toile-wrong) 0 2px, transparent 2px 5px); }
.toile-bar-running { --toile-part: var(--toile-evidence);
  background: repeating-linear-gradient(135deg, var(--toile-evidence) 0 1px, transparent 1px 6px); }
.toile-bar-waiting { --toile-part: var(--toile-quiet); border-style: dashed !important; background: none; }
.toile-bar-cancelled { --toile-part: var(--toile-line); background: var(--toile-cloth); }
.stHtml .toile-bar-key { list-style: none; display: flex; flex-wrap: wrap; gap: 0.15rem 1.4rem; margin: 0.45rem 0 0;
  padding: 0; font-size: 0.92rem; }
.toile-bar-key li { display: flex; align-items: center; gap: 0.45rem; margin: 0; }
.toile-bar-key i { width: 1.1rem; height: 0.7rem; box-sizing: border-box; border: 1px solid var(--toile-part); }
.toile-halt { border-left: 3px solid var(--toile-doubtful); padding-left: 0.8rem; margin: 0.7rem 0 0;
  max-width: 46rem; }
.toile-bar-thin .toile-bar { height: 0.45rem; margin-top: 0.5rem; }
"""
PARTS = ("done", "failed", "running", "waiting", "cancelled")


def style() -> None:
    """Draw the rules that the bars need; once a page."""
    html.draw(html.stylesheet(STYLE))


def _words(part: str) -> Callable[[int], str]:
    texts: dict[str, Callable[[int], str]] = {
        "done": lambda n: ngettext("{n} done", "{n} done", n),
        "failed": lambda n: ngettext("{n} failed", "{n} failed", n),
        "running": lambda n: ngettext("{n} under way", "{n} under way", n),
        "waiting": lambda n: ngettext("{n} waiting", "{n} waiting", n),
        "cancelled": lambda n: ngettext("{n} not begun", "{n} not begun", n),
    }
    return texts[part]


def rows_bar(rows: Standing, thin: bool = False) -> Markup:
    """The bar of a job of rows with its key; the thin one stands in a list and leaves the key to a sentence."""
    shown = [(part, count) for part in PARTS if (count := int(getattr(rows, part)))]
    said = list_of([_words(part)(count) for part, count in shown])
    label = _("{done} of {total} rows: {parts}", done=rows.done, total=rows.total, parts=said)
    spans = [element("span", class_=f"toile-bar-{part}", style=f"flex-grow:{count}") for part, count in shown]
    bar = element("div", *spans, class_="toile-bar", role="img", aria_label=label)
    if thin:
        return element("div", bar, class_="toile-bar-thin")
    key = [
        element("li", element("i", class_=f"toile-bar-{part}", aria_hidden="true"), _words(part)(count))
        for part, count in shown
    ]
    return element("div", bar, element("ul", *key, class_="toile-bar-key"))


def work_bar(job: Job, thin: bool = False) -> Markup:
    """The bar of one heavy piece of work: its share."""
    share = 1.0 if job.status == "done" else min(max(job.share, 0.0), 1.0)
    done, rest = round(share * 1000), 1000 - round(share * 1000)
    ending = "cancelled" if job.ended else "waiting"
    parts = [(part, size) for part, size in (("done", done), (ending, rest)) if size]
    spans = [element("span", class_=f"toile-bar-{part}", style=f"flex-grow:{size}") for part, size in parts]
    bar = element("div", *spans, class_="toile-bar", role="img", aria_label=percent(share))
    return element("div", bar, class_="toile-bar-thin" if thin else "")
