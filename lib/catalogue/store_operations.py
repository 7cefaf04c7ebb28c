"""Store operations: the floor plan, the people on it, and what they know while they serve."""

from __future__ import annotations

from lib.catalogue.model import Area, Criterion, Needs, Score, UseCase, ValueLever
from lib.i18n import N_

STORE_LAYOUT = UseCase(
    slug="store_layout",
    area=Area.STORE_OPERATIONS,
    title=N_("Store layout"),
    summary=N_(
        "Draws floor plans for a boutique, tests each with simulated visitors, and shows what traffic and sales would "
        "do."
    ),
    documented_as=N_(
        "Proposing and trying out plans for a shop under varying footfall, local clientele and surface, as in the "
        "source's overview."
    ),
    source_section="box",
    icon=":material/dashboard:",
    modalities=("table", "image"),
    users=(N_("Store designer"), N_("Visual merchandiser"), N_("Retail operations manager")),
    levers=(
        ValueLever(
            kpi=N_("Sales per square metre"),
            unit=N_("euros per square metre"),
            direction="up",
            measured_by=N_(
                "Refit some of a group of twin boutiques and follow both for a quarter, with last year's difference "
                "between them deducted."
            ),
        ),
        ValueLever(
            kpi=N_("Visitors who reach the back of the shop"),
            unit=N_("% of visitors"),
            direction="up",
            measured_by=N_(
                "Count anonymously by zone with door and floor counters, three weeks before and three after, weather "
                "and sales periods noted."
            ),
        ),
        ValueLever(
            kpi=N_("Queue at the till at peak"),
            unit=N_("people waiting"),
            direction="down",
            measured_by=N_("Observe the ten busiest half hours by hand in both plans."),
        ),
    ),
    needs=Needs(
        data=N_(
            "A plan to scale with fixtures, footfall by hour, sales by zone or fixture, who lives and shops nearby."
        ),
        skills=N_(
            "A store designer who rejects what can't be built; an analyst who calibrates the simulation on counts."
        ),
        integration=N_("Drawings in and out; counters in at least one boutique to check the model against."),
    ),
    scores={
        Criterion.REVENUE: Score(3, N_("A better path lifts some zones by a few percent, in refitted boutiques only.")),
        Criterion.COST: Score(3, N_("A plan that fails on screen costs nothing; one that fails in marble does.")),
        Criterion.SATISFACTION: Score(3, N_("Space, seats and short ways are felt, and seldom put into words.")),
        Criterion.WAITING_TIME: Score(3, N_("Till and fitting rooms placed well shorten queues at peak hours.")),
        Criterion.TIME_TO_MARKET: Score(2, N_("Opening dates hang on permits and craftsmen more than on drawings.")),
        Criterion.BRAND: Score(
            3, N_("Architecture is image; the tool tests circulation and leaves the gesture to the architect.")
        ),
        Criterion.DATA_READINESS: Score(
            2, N_("Few boutiques count visitors by zone, and plans are often out of date.")
        ),
        Criterion.TEAM_SKILLS: Score(
            2, N_("Agent simulation and its calibration are unknown in most store planning teams.")
        ),
        Criterion.INTEGRATION: Score(
            3, N_("Drawings travel as files; sensors must be fitted somewhere to learn from.")
        ),
        Criterion.RUNNING_COST: Score(4, N_("Some minutes of computing per plan, a few plans a year.")),
        Criterion.RISK_CLASS: Score(
            4, N_("Visitors are simulated or counted without identity; a wrong plan is seen before it is built.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(4, N_("The simulation is open method; only the counters are bought.")),
    },
    risk_tags=(),
    risk_class="minimal",
    risk_reason=N_("Footfall is counted without telling anyone apart; no decision about a person follows from it."),
    exercise=N_(
        "Draw your own plan for the sample boutique, let it run against the tool's, and find what neither has thought "
        "of."
    ),
)

STAFFING_AND_LOSS_PREVENTION = UseCase(
    slug="staffing_and_loss_prevention",
    area=Area.STORE_OPERATIONS,
    title=N_("Staffing and loss prevention"),
    summary=N_(
        "Plans who is on the floor from expected traffic, and tests video alerts on staged scenes before any are "
        "trusted."
    ),
    documented_as=N_(
        "Store staff better deployed, with gaps in cover and theft noticed from live video, is what the source lists."
    ),
    source_section="box",
    icon=":material/schedule:",
    modalities=("table", "video"),
    users=(N_("Store manager"), N_("Workforce planner"), N_("Head of security")),
    levers=(
        ValueLever(
            kpi=N_("Hours short of staff"),
            unit=N_("hours per week"),
            direction="down",
            measured_by=N_(
                "Compare needed and present staff per half hour from counts and clocking, for plans made by hand and "
                "by the tool in alternating weeks."
            ),
        ),
        ValueLever(
            kpi=N_("Wait for an adviser"),
            unit=N_("minutes per visitor"),
            direction="down",
            measured_by=N_("Observe fifty visitors a week from entry to first contact, in the same alternating weeks."),
        ),
        ValueLever(
            kpi=N_("False alerts by group of people"),
            unit=N_("alerts per 1,000 visits"),
            direction="down",
            measured_by=N_(
                "On staged scenes with actors of different skin tone, age and mobility, before any live camera; a gap "
                "between groups stops the pilot."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Footfall by half hour, contracts and availabilities, labour rules; for video, staged scenes and an impact "
            "assessment."
        ),
        skills=N_(
            "A planner who knows labour law; a data protection officer and staff representatives from the first "
            "meeting."
        ),
        integration=N_(
            "Scheduling and clocking for the rota; cameras processed on site, alerts to a person who confirms."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(2, N_("Sales lost for want of an adviser come back, some percent at peak.")),
        Criterion.COST: Score(4, N_("Rota gaps, overtime and shrinkage are large lines in any store's accounts.")),
        Criterion.SATISFACTION: Score(3, N_("Clients are served sooner; being filmed wins nobody over.")),
        Criterion.WAITING_TIME: Score(
            5, N_("Cover follows arrivals by the half hour, which is what queues are made of.")
        ),
        Criterion.TIME_TO_MARKET: Score(1, N_("Rotas and cameras play no part in bringing out a collection.")),
        Criterion.BRAND: Score(1, N_("A client wrongly suspected in a luxury boutique is a scandal within the hour.")),
        Criterion.DATA_READINESS: Score(2, N_("Rotas exist; lawful, varied video to test on hardly does.")),
        Criterion.TEAM_SKILLS: Score(
            2, N_("Rota optimisation can be learnt; judging bias in video is a specialist's work.")
        ),
        Criterion.INTEGRATION: Score(
            1, N_("Cameras, on-site computing, clocking and works council: each a project of its own.")
        ),
        Criterion.RUNNING_COST: Score(2, N_("Machines in every boutique and a person who confirms each alert.")),
        Criterion.RISK_CLASS: Score(
            1, N_("Monitoring of staff and public at once; matching faces or reading moods must stay out.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            2, N_("Video analytics come as closed products whose errors by group are rarely shown.")
        ),
    },
    risk_tags=("T", "H"),
    risk_class="high",
    risk_reason=N_(
        "Allotting work by individual behaviour, or identifying people at a distance, is a listed high-risk use; mood "
        "reading at work is banned."
    ),
    exercise=N_(
        "Plan a Saturday by hand and by tool, then review twenty staged alerts and say whom the false ones would have "
        "hit."
    ),
)

AR_STAFF_ASSISTANT = UseCase(
    slug="ar_staff_assistant",
    area=Area.STORE_OPERATIONS,
    title=N_("AR staff assistant"),
    summary=N_("Shows an adviser, on a phone or headset, what a piece is, where its sizes are and what goes with it."),
    documented_as=N_(
        "Devices with augmented reality that tell store staff, while they serve, about a product's state, range, stock "
        "and matches."
    ),
    source_section="box",
    icon=":material/view_in_ar:",
    modalities=("image", "table", "text"),
    users=(N_("Client adviser"), N_("Stock associate"), N_("Boutique manager")),
    levers=(
        ValueLever(
            kpi=N_("Time the client is left alone"),
            unit=N_("minutes per visit"),
            direction="down",
            measured_by=N_(
                "Have an observer time each absence to the stock room, in half the shifts with the device and half "
                "without."
            ),
        ),
        ValueLever(
            kpi=N_("Pieces per sale"),
            unit=N_("pieces per sale"),
            direction="up",
            measured_by=N_(
                "Compare tills in the same boutiques over alternating weeks, advisers of equal seniority in both."
            ),
        ),
        ValueLever(
            kpi=N_("Wrong answers about a product"),
            unit=N_("% of answers"),
            direction="down",
            measured_by=N_(
                "Mystery visits with twenty fixed questions on care, origin and stock, answers checked against the "
                "record."
            ),
        ),
    ),
    needs=Needs(
        data=N_("Product records with pictures, stock by shop and by location, tags or codes that a camera can read."),
        skills=N_("A retail trainer; a mobile developer; advisers who say when a screen disturbs."),
        integration=N_(
            "Live stock from the till system, devices with management and charging, cover in the basement too."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(
            3, N_("Sizes found and pieces matched while the client stands there lift the basket.")
        ),
        Criterion.COST: Score(2, N_("Some steps saved, against devices, licences and replacements.")),
        Criterion.SATISFACTION: Score(4, N_("The adviser stays, knows, and doesn't send the client elsewhere.")),
        Criterion.WAITING_TIME: Score(4, N_("Ten minutes in the stock room become a glance at the wrist.")),
        Criterion.TIME_TO_MARKET: Score(1, N_("New products are explained sooner to staff, yet arrive no sooner.")),
        Criterion.BRAND: Score(4, N_("A well-informed adviser is the house in person, if the device stays discreet.")),
        Criterion.DATA_READINESS: Score(
            3, N_("Product records are there; stock by shelf and condition is approximate.")
        ),
        Criterion.TEAM_SKILLS: Score(2, N_("Recognition in shop light and hands-free design are new to retail IT.")),
        Criterion.INTEGRATION: Score(
            2, N_("Stock, tags, network and devices must hold together on a Saturday afternoon.")
        ),
        Criterion.RUNNING_COST: Score(2, N_("A device per adviser with upkeep is a cost each month in each boutique.")),
        Criterion.RISK_CLASS: Score(
            4, N_("It looks at products; the camera must not keep clients who pass through the picture.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            2, N_("Headsets and their systems come from few makers with short product lives.")
        ),
    },
    risk_tags=("K",),
    risk_class="minimal",
    risk_reason=N_("Information about articles for staff who know that it comes from a machine; nobody is rated."),
    exercise=N_(
        "Serve a colleague for five minutes with the assistant, then without; catch one answer that the stock record "
        "contradicts."
    ),
)

USE_CASES = (
    STORE_LAYOUT,
    STAFFING_AND_LOSS_PREVENTION,
    AR_STAFF_ASSISTANT,
)
