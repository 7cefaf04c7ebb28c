"""The names of the value chain's areas and of the workbench's own sections, and the words of the catalogue's keys."""

from __future__ import annotations

from lib.catalogue.model import Area
from lib.i18n import N_

AREA_TITLES: dict[Area, str] = {
    Area.MERCHANDISING: N_("Merchandising and product"),
    Area.SUPPLY_CHAIN: N_("Supply chain and logistics"),
    Area.MARKETING: N_("Marketing and content"),
    Area.COMMERCE: N_("Digital commerce"),
    Area.STORE_OPERATIONS: N_("Store operations"),
    Area.SUPPORT: N_("Organisation and support"),
    Area.DECIDE: N_("Decide"),
    Area.GOVERN: N_("Govern"),
    Area.LEARN: N_("Learn"),
    Area.WORKBENCH: N_("Workbench"),
    Area.START: N_("Start"),
}

AREA_SUMMARIES: dict[Area, str] = {
    Area.MERCHANDISING: N_("From the first line of a sketch to a range plan: more ideas seen, fewer samples cut."),
    Area.SUPPLY_CHAIN: N_(
        "From the supplier's table to the returned parcel: better informed, sooner, with less waste."
    ),
    Area.MARKETING: N_("From the first signal to the published piece: the right story for the people it suits."),
    Area.COMMERCE: N_("From product page to after-sales: each shopper well described to, advised and answered."),
    Area.STORE_OPERATIONS: N_("From floor plan to rota: the store arranged and staffed for the people who come in."),
    Area.SUPPORT: N_("From the client adviser to the legal desk: each colleague prepared, trained and unburdened."),
    Area.DECIDE: N_("Rank what is worth doing, plan it, pilot it, and take it to the board."),
    Area.GOVERN: N_("Know what can go wrong, have it checked, and keep the evidence."),
    Area.LEARN: N_("Practise on real pages, find real errors, and leave with a record of it."),
    Area.WORKBENCH: N_("The engines, prompts and jobs behind every page."),
    Area.START: N_("Where to begin, and who is here."),
}

MODALITY_TITLES: dict[str, str] = {
    "text": N_("Texts"),
    "image": N_("Pictures"),
    "table": N_("Tables"),
    "video": N_("Videos"),
    "3d": N_("3D pieces"),
}

RISK_CLASS_TITLES: dict[str, str] = {
    "minimal": N_("Minimal risk"),
    "limited": N_("Limited risk: transparency duties"),
    "high": N_("High risk"),
}

RISK_TAG_TITLES: dict[str, str] = {
    "C": N_("Published copy"),
    "K": N_("Conversation with a machine"),
    "I": N_("Generated pictures"),
    "V": N_("Pictures of a person's body"),
    "T": N_("Video of people in stores"),
    "E": N_("Measurements of faces"),
    "H": N_("Effects on staff"),
    "L": N_("Legal and official documents"),
    "B": N_("Large numbers without a look at each"),
}

SOURCE_SECTION_TITLES: dict[str, str] = {
    "box": N_("The source's overview of use cases by area"),
    "product_development": N_("The source's section on product development"),
    "marketing": N_("The source's section on marketing"),
    "sales_experience": N_("The source's section on sales and the shopper's experience"),
}

# Said once here and shown wherever a class or a score is, in place of the same sentence in every entry.
RISK_CLASS_NOTE = N_("A starting assessment under the EU AI Act, to be confirmed by counsel.")
SCORE_NOTE = N_("Starting scores are our assumptions until your house has scored for itself.")
