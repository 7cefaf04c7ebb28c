"""The map of white space: signs beside colours, texts that can be read on them, in both themes and languages."""

from __future__ import annotations

import pytest

from lib.atelier.colours import contrast
from lib.i18n import use_language
from lib.merchandising.product_ideation.pooling import Pooled, fit, sold_odds
from lib.merchandising.product_ideation.white_space import Map, white_space
from lib.shell.palette import Theme, palette
from lib.shell.product_ideation.map_of_gaps import _rgb, finding, records, spec, table
from tests.merchandising.made_line import made_line


@pytest.fixture(scope="module")
def drawn() -> Map:
    line = made_line()
    pooled: Pooled = fit(line, *sold_odds(line))
    return white_space(pooled, "fabric", "colour", "dress")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_cell_can_be_read(drawn: Map, theme: Theme) -> None:
    for one in records(drawn, palette(theme)):
        assert contrast(_rgb(one["fill"]), _rgb(one["ink"])) >= 4.5


def test_a_gap_has_a_sign_beside_its_colour(drawn: Map) -> None:
    gaps = [one for one in records(drawn, palette()) if one["kind"] == "gap"]
    assert len(gaps) == len(drawn.gaps) > 0
    assert all(one["label"].startswith("◆") for one in gaps)
    assert sum(table(drawn)["Gap"] == "◆") == len(gaps)


def test_higher_is_stronger(drawn: Map) -> None:
    colours = palette()
    by_value = sorted(zip(drawn.cells, records(drawn, colours), strict=True), key=lambda pair: pair[0].value)
    shades = [contrast(_rgb(colours.cloth), _rgb(record["fill"])) for _cell, record in by_value]
    assert shades == sorted(shades)


def test_the_title_states_the_finding(drawn: Map) -> None:
    assert finding(drawn).startswith("Dress: linen with sage, never made: ")
    with use_language("fr"):
        assert "lin et vert sauge, jamais fait" in finding(drawn)
        assert spec(drawn, palette())["data"]["values"][0]["row"]
