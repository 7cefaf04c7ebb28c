"""The other parts of Home: the opening, the three next steps, the last runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from lib.catalogue import STEERING_PAGES, USE_CASES
from lib.i18n import N_, _, date_time, translate
from lib.navigation import address_of, has_page
from lib.shell.html import element
from lib.shell.runs.links import run_link
from lib.shell.runs.titles import made_title
from lib.shell.words import engine_said, status_name

FIRST = "product_descriptions"
# For whom, what to do next, what the link says, where it leads; '' for the use case that was worked on last.
STEPS = (
    (
        N_("Executives"),
        N_(
            "See what a use case is worth before you fund it: the figures, the baseline they beat, and where they lose."
        ),
        N_("Look at its proof: {use_case}"),
        "",
    ),
    (
        N_("Innovation teams"),
        N_("Take a file of your own, in your own columns. Compare what comes out with what you write by hand."),
        N_("Try it on your data: {use_case}"),
        "",
    ),
    (
        N_("Trainers"),
        N_("Make a code, write it on the board, and your group works in one workspace within a minute."),
        N_("Invite a group"),
        "workspace",
    ),
)


def link(label: str, slug: str, language: str, class_: str = "toile-link") -> Markup:
    """A link to a page that keeps the language and switches without loading the app again."""
    return element("a", label, href=address_of(slug, language), data_page=slug, class_=class_)


def opening(language: str) -> Markup:
    """What the workbench is, in one sentence, and the main thing to do."""
    return element(
        "header",
        element("h1", _("Try it in cloth before you cut the silk.")),
        element(
            "p",
            _(
                "Toile is a workbench in which a fashion or luxury house tries each documented use of generative AI"
                " on its own data, sees what it is worth, checks what can go wrong, and decides."
            ),
            class_="toile-lead",
        ),
        link(_("Start with product descriptions"), FIRST, language, "toile-action"),
        class_="toile-opening",
    )


def worked_on(runs: Sequence[Mapping[str, Any]]) -> str:
    """The use case of the newest of these runs that has a page of its own; the first one to try where there is none."""
    ready = {case.slug for case in USE_CASES if has_page(case.slug)}
    return next((str(run["use_case"]) for run in runs if run["use_case"] in ready), FIRST)


def steps(language: str, last: str = FIRST) -> Markup:
    """The next step of each user group; ``last`` is the use case that was worked on last."""
    title = next(translate(case.title) for case in USE_CASES if case.slug == last)
    columns = [
        element(
            "section",
            element("h3", translate(who)),
            element("p", translate(what)),
            link(translate(label, None, use_case=title), slug or last, language),
        )
        for who, what, label, slug in STEPS
    ]
    return element("div", *columns, class_="toile-steps")


def last_runs(runs: list[dict[str, Any]], language: str) -> Markup:
    """The workspace's last runs as a table, or what to do when there are none."""
    if not runs:
        return element(
            "p",
            _("Nothing has been run in this workspace yet. Your first run will stand here."),
            " ",
            link(_("Start with product descriptions"), FIRST, language),
            class_="toile-empty",
        )
    names = (_("When"), _("Use case"), _("What"), _("Who"), _("Engine"), _("State"))
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in names)))
    rows = [_row(run, names, language) for run in runs]
    return element("table", head, element("tbody", *rows), class_="toile-runs")


def _row(run: dict[str, Any], names: tuple[str, ...], language: str) -> Markup:
    titles = {use_case.slug: translate(use_case.title) for use_case in USE_CASES}
    titles |= {page.slug: translate(page.title) for page in STEERING_PAGES}
    slug = run["use_case"]
    title = titles.get(slug, slug)
    cells = (
        run_link(date_time(dt.datetime.fromisoformat(run["started_at"])), run["id"], language),
        link(title, slug, language) if has_page(slug) else title,
        made_title(run),
        run["person_name"] or _("Someone without a name"),
        engine_said(run["engine"]) if run["engine"] else "–",
        status_name(run["status"]),
    )
    # The column's name stands in each cell too: on a phone the table becomes a list.
    return element("tr", *(element("td", cell, data_name=name) for name, cell in zip(names, cells, strict=True)))
