"""What the meeting is held on: the past line, the house's codes, a second brand's, inspiration images."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from lib.access import DEMO_WORKSPACE
from lib.i18n import _, ngettext
from lib.merchandising.product_ideation.columns import CODE_COLUMNS, PAST_COLUMNS
from lib.merchandising.product_ideation.data import codes_from, styles_from
from lib.merchandising.product_ideation.jobs import NONE, PROVE, SAMPLE
from lib.merchandising.product_ideation.levels import season_name
from lib.merchandising.product_ideation.model import Code, Style
from lib.merchandising.product_ideation.samples import HOUSE, LINE, MOST_STYLES, PARTNER, PARTNER_NAME, latest
from lib.shell import html, session
from lib.shell.html import element
from lib.shell.pictures import PictureUploads, upload_pictures
from lib.shell.product_ideation.state import USE_CASE, keep, recall
from lib.shell.proving import OwnData
from lib.shell.upload_slot import OWN
from lib.shell.upload_slot import SAMPLE as FROM_SAMPLE
from lib.shell.uploads import UploadResult, upload_table

MOST_IMAGES = 6
COLOURS = 4  # taken from each image


@dataclass(frozen=True)
class Given:
    """Everything that a round is held on."""

    line: UploadResult[Style]
    house: UploadResult[Code]
    partner: UploadResult[Code] | None
    partner_name: str
    palette: tuple[str, ...]

    @property
    def source(self) -> str:
        """Which past line: the data set's id, or the sample."""
        return self.line.data_set or SAMPLE


def ask() -> Given:
    """The tables and images, folded: the page opens with its picture."""
    with st.expander(_("Data: past line, codes, inspiration"), icon=":material/table_rows:"):
        own_house = session.workspace() != DEMO_WORKSPACE
        line = upload_table("line", USE_CASE, "line", PAST_COLUMNS, LINE, styles_from, _("Past line"))
        images = upload_pictures("inspiration", USE_CASE, _("Inspiration images"), most=MOST_IMAGES)
        palette = palette_from(images)
        # The demo house's codes go with its line; those of another house are another choice.
        own = own_house or line.origin == OWN
        slot, begin = ("own_codes", OWN) if own else ("codes", FROM_SAMPLE)
        title = _("The house’s codes (optional)")
        house = upload_table(slot, USE_CASE, slot, CODE_COLUMNS, HOUSE, codes_from, title, begin)
        partner, name = _partner()
    return Given(line, house, partner, name, palette)


def _partner() -> tuple[UploadResult[Code] | None, str]:
    """A second brand's codes, where a limited edition is wanted."""
    key = recall("with_partner", False)
    wanted = st.toggle(
        _("Limited edition with a second brand"), key=key, on_change=lambda: keep(with_partner=st.session_state[key])
    )
    if not wanted:
        return None, ""
    result = upload_table(
        "partner", USE_CASE, "partner", CODE_COLUMNS, PARTNER, codes_from, _("The second brand’s codes")
    )
    if result.origin == FROM_SAMPLE:
        st.caption(_("{name}: a pottery, invented like the house.", name=PARTNER_NAME))
        return result, PARTNER_NAME
    named = recall("partner_name", "")
    name = st.text_input(
        _("Its name"), key=named, max_chars=60, on_change=lambda: keep(partner_name=st.session_state[named])
    )
    return result, name or _("second brand")


def palette_from(images: PictureUploads) -> tuple[str, ...]:
    """The main colours of the inspiration images, as '#RRGGBB', shown as they are."""
    if not images.ready:
        return ()
    from lib.atelier.palettes import palette_from_image

    place = f"ideation_palette_{images.source}"
    if place not in st.session_state:
        found = [
            colour.hex for one in images.pictures for colour in palette_from_image(one.picture.pixels, COLOURS).colours
        ]
        st.session_state[place] = tuple(dict.fromkeys(found))
    palette: tuple[str, ...] = st.session_state[place]
    swatches = (element("span", style=f"background:{value}", title=value) for value in palette)
    html.draw(element("div", *swatches, class_="ideas-swatches", role="img", aria_label=_("Colours of the images")))
    return palette


def own_data(given: Given) -> OwnData | None:
    """What the Proof tab may measure on, when the past line is the person's own."""
    if not given.line.data_set:
        return None
    key = given.line.data_set
    return OwnData(key, given.line.name, PROVE, {"line": key}, key)


def said_of(given: Given) -> str:
    """The line in one sentence."""
    styles, earlier = latest(given.line.items)
    seasons = sorted({style.season for style in styles})
    said = ngettext("{n} style", "{n} styles", len(styles))
    said += ", " + (
        _("{first} to {last}", first=season_name(seasons[0]), last=season_name(seasons[-1]))
        if len(seasons) > 1
        else season_name(seasons[0])
    )
    if earlier:
        said += ". " + _("Of a longer line the latest {n} styles are used.", n=MOST_STYLES)
    elif len(seasons) == 1:
        said += ". " + _("One season only: what it sold isn’t told apart from what the season was like.")
    return said


def partner_source(given: Given) -> str:
    """The second brand's codes as a job's argument."""
    if given.partner is None or not given.partner.ready:
        return NONE
    return given.partner.data_set or SAMPLE


def house_source(given: Given) -> str:
    """The house's codes as a job's argument."""
    return (given.house.data_set or SAMPLE) if given.house.ready else NONE
