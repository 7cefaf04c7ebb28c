"""Supply chain and logistics: supplier talks, the warehouse, and what comes back."""

from __future__ import annotations

from lib.catalogue.model import Area, Criterion, Needs, Score, UseCase, ValueLever
from lib.i18n import N_

SUPPLIER_NEGOTIATION = UseCase(
    slug="supplier_negotiation",
    area=Area.SUPPLY_CHAIN,
    title=N_("Supplier negotiation"),
    summary=N_(
        "Compiles what is known of a supplier, its prices and its market into a brief with arguments, limits and "
        "sources."
    ),
    documented_as=N_("The source sees talks with suppliers helped by research gathered and put in order beforehand."),
    source_section="box",
    icon=":material/handshake:",
    modalities=("text", "table"),
    users=(N_("Buyer"), N_("Sourcing manager"), N_("Production manager")),
    levers=(
        ValueLever(
            kpi=N_("Purchase price against should-cost"),
            unit=N_("% of purchase price"),
            direction="down",
            measured_by=N_(
                "Estimate each style's cost from cloth, minutes and freight before the talk; compare the signed "
                "price's gap with and without a brief."
            ),
        ),
        ValueLever(
            kpi=N_("Time to prepare a talk"),
            unit=N_("hours per supplier"),
            direction="down",
            measured_by=N_(
                "Let buyers log their preparation for one buying season; alternate suppliers with and without a brief."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Orders with prices, minimum quantities and lead times, quality and delivery records, contracts, indices "
            "of cloth and freight."
        ),
        skills=N_("Buyers who question each figure; an analyst for should-cost models by product type."),
        integration=N_(
            "Order history from the ERP and a folder of contracts; what leaves the house must be agreed with counsel."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(1, N_("It acts on the price paid and leaves sales as they are.")),
        Criterion.COST: Score(4, N_("A point on purchase prices is worth more than most savings in overheads.")),
        Criterion.SATISFACTION: Score(1, N_("Clients know nothing of a supplier talk, and need not.")),
        Criterion.WAITING_TIME: Score(1, N_("Suppliers' answers take as long as they take.")),
        Criterion.TIME_TO_MARKET: Score(
            3, N_("Better-prepared talks need fewer rounds, which frees a few days before orders.")
        ),
        Criterion.BRAND: Score(
            2, N_("Pressing a craft workshop too hard would cost more in reputation than in price.")
        ),
        Criterion.DATA_READINESS: Score(
            3, N_("Orders sit in the ERP; the reasons behind past prices are in e-mails and in heads.")
        ),
        Criterion.TEAM_SKILLS: Score(3, N_("Buyers know the trade and must learn to check a source before using it.")),
        Criterion.INTEGRATION: Score(
            3, N_("An ERP extract and a document folder, refreshed before each buying season.")
        ),
        Criterion.RUNNING_COST: Score(4, N_("Some dozens of briefs a season, each a long reading of documents.")),
        Criterion.RISK_CLASS: Score(
            3, N_("An invented figure or a rival's confidential price in the room can end a relationship.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            4, N_("Retrieval and drafting run on any model, also on one kept inside the house.")
        ),
    },
    risk_tags=("L",),
    risk_class="minimal",
    risk_reason=N_(
        "It prepares a person for a talk between companies; trade secrets and competition law matter more here than "
        "the AI Act."
    ),
    exercise=N_(
        "Prepare a brief for one mill, strike every argument whose source doesn't hold, and play the talk in pairs."
    ),
)

WAREHOUSE_FLOW = UseCase(
    slug="warehouse_flow",
    area=Area.SUPPLY_CHAIN,
    title=N_("Warehouse flow"),
    summary=N_(
        "Reads stock and movements as they happen to place articles, plan picking routes and guide robots and staff."
    ),
    documented_as=N_(
        "Robots and stock-keeping made better by live analysis, with hints shown through augmented reality, as the "
        "source lists them."
    ),
    source_section="box",
    icon=":material/warehouse:",
    modalities=("table", "image"),
    users=(N_("Logistics manager"), N_("Inventory controller"), N_("Warehouse shift lead")),
    levers=(
        ValueLever(
            kpi=N_("Distance per order line"),
            unit=N_("metres per line"),
            direction="down",
            measured_by=N_(
                "Replay two weeks of real orders under the present and the proposed placement, then confirm in one "
                "aisle with step counts by zone."
            ),
        ),
        ValueLever(
            kpi=N_("Stock record errors"),
            unit=N_("% of locations"),
            direction="down",
            measured_by=N_(
                "Count 200 random locations each week before and after, blind to the record; report quantity and place "
                "errors apart."
            ),
        ),
        ValueLever(
            kpi=N_("Time from order to dispatch"),
            unit=N_("hours per order"),
            direction="down",
            measured_by=N_(
                "Take the warehouse system's time stamps at the 90th percentile, peak weeks and normal weeks apart."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Movements with place and time, article sizes and weights, floor plan to scale, robot logs where there are "
            "robots."
        ),
        skills=N_("A logistics engineer; shift leads who say why a good route on paper fails on the floor."),
        integration=N_(
            "Live feed from the warehouse system and the robot controller; headsets or handhelds; safety approval of "
            "each change."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(2, N_("Pieces found are pieces sold, but only where stock was the bottleneck.")),
        Criterion.COST: Score(
            4, N_("Walking is commonly the largest part of picking time, and it is what placement cuts.")
        ),
        Criterion.SATISFACTION: Score(3, N_("Right piece, right day: missed only when it fails.")),
        Criterion.WAITING_TIME: Score(4, N_("Same-day dispatch becomes feasible for a later hour of order.")),
        Criterion.TIME_TO_MARKET: Score(2, N_("New deliveries go on sale a day earlier after receipt.")),
        Criterion.BRAND: Score(1, N_("A warehouse leaves no trace in the brand, save through a late parcel.")),
        Criterion.DATA_READINESS: Score(
            3, N_("Movements are logged; true dimensions and floor coordinates usually aren't.")
        ),
        Criterion.TEAM_SKILLS: Score(
            2, N_("Simulation and robot integration are engineering trades that fashion hires from outside.")
        ),
        Criterion.INTEGRATION: Score(
            1, N_("Robots, headsets and warehouse system act in real time on a site that can't stop.")
        ),
        Criterion.RUNNING_COST: Score(
            2, N_("Headsets, sensors and upkeep of interfaces weigh more than the computing.")
        ),
        Criterion.RISK_CLASS: Score(
            4, N_("Work is measured by aisle and article; following single workers must stay out.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            2, N_("Robot makers and warehouse software decide what may be read and commanded.")
        ),
    },
    risk_tags=(),
    risk_class="minimal",
    risk_reason=N_(
        "Flows of goods are analysed; rating single pickers by it would make it an employment system of high risk."
    ),
    exercise=N_(
        "Move ten articles on the sample plan, predict the walking saved, replay the orders, and explain the gap."
    ),
)

RETURN_OFFERS = UseCase(
    slug="return_offers",
    area=Area.SUPPLY_CHAIN,
    title=N_("Return offers"),
    summary=N_(
        "Chooses for each return the offer that serves client and margin: exchange, repair, credit, or a plain refund."
    ),
    documented_as=N_(
        "Offers at the moment of return, fitted to the individual shopper, are one of the source's logistics use cases."
    ),
    source_section="box",
    icon=":material/assignment_return:",
    modalities=("table", "text"),
    users=(N_("Returns manager"), N_("Customer service manager"), N_("E-commerce financial controller")),
    levers=(
        ValueLever(
            kpi=N_("Value kept per return"),
            unit=N_("euros per return"),
            direction="up",
            measured_by=N_(
                "Give a random fifth of returns the standard offer; compare margin after handling, discount and later "
                "orders within 60 days."
            ),
        ),
        ValueLever(
            kpi=N_("Returns turned into exchange or repair"),
            unit=N_("% of returns"),
            direction="up",
            measured_by=N_("Count by reason code; an exchange that is itself returned counts as a refund."),
        ),
        ValueLever(
            kpi=N_("Satisfaction after a return"),
            unit=N_("points on a scale of 5"),
            direction="up",
            measured_by=N_(
                "One question once the case is closed, in both groups, with the legal refund always visible in the "
                "flow."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Returns with reason, state and resale value; costs of handling and repair; order history with consent."
        ),
        skills=N_(
            "An analyst for uplift experiments; a service lead who draws the line on what may be offered to whom."
        ),
        integration=N_(
            "The return portal asks for an offer and books it; repair workshop and stock answer in the same flow."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(3, N_("Exchanges keep a sale that a refund would undo, mainly in sizes and colours.")),
        Criterion.COST: Score(
            4, N_("Return freight, handling and write-offs are among the dearest lines of online fashion.")
        ),
        Criterion.SATISFACTION: Score(
            4, N_("A repair offered in place of a refund is remembered, when the choice stays free.")
        ),
        Criterion.WAITING_TIME: Score(3, N_("An exchange sent before the parcel is back saves a week of waiting.")),
        Criterion.TIME_TO_MARKET: Score(1, N_("It deals with pieces already sold and leaves new ones untouched.")),
        Criterion.BRAND: Score(
            3, N_("Care for a piece after sale suits luxury; offers that look like haggling don't.")
        ),
        Criterion.DATA_READINESS: Score(
            3, N_("Reasons are chosen carelessly in forms, and the state on arrival is typed by hand.")
        ),
        Criterion.TEAM_SKILLS: Score(
            3, N_("Testing offers is known from marketing; returns teams have yet to learn it.")
        ),
        Criterion.INTEGRATION: Score(
            2, N_("Portal, payments, stock and repair must act together within one client's click.")
        ),
        Criterion.RUNNING_COST: Score(
            4, N_("A score and a short text per return cost next to nothing beside a parcel.")
        ),
        Criterion.RISK_CLASS: Score(
            3, N_("Worse terms for some people need a reason one could publish; legal refunds stay untouched.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            4, N_("The decision rule is the house's own; the portal is the only outside piece.")
        ),
    },
    risk_tags=("C", "B"),
    risk_class="minimal",
    risk_reason=N_(
        "Choosing among commercial offers is no listed high-risk use; consumer law wants automated personal prices "
        "disclosed."
    ),
    exercise=N_("Handle ten returns by hand, compare with the rule, and find the client to whom it would be unfair."),
)

USE_CASES = (
    SUPPLIER_NEGOTIATION,
    WAREHOUSE_FLOW,
    RETURN_OFFERS,
)
