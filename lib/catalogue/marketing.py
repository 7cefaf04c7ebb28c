"""Marketing and content: the source's four use cases, and the short videos that its text adds."""

from __future__ import annotations

from lib.catalogue.model import Area, Criterion, Needs, Score, UseCase, ValueLever
from lib.i18n import N_

TREND_RADAR = UseCase(
    slug="trend_radar",
    area=Area.MARKETING,
    title=N_("Trend radar"),
    summary=N_(
        "Detects which colours, shapes and materials rise in comments, searches and stores, and says how sure it is."
    ),
    documented_as=N_(
        "Spotting and foreseeing trends in unordered material such as shoppers' moods and in-store conduct, to aim "
        "campaigns better."
    ),
    source_section="box",
    icon=":material/radar:",
    modalities=("text", "table", "image"),
    users=(N_("Trend analyst"), N_("Marketing manager"), N_("Range planner")),
    levers=(
        ValueLever(
            kpi=N_("Trends called before they show in sales"),
            unit=N_("weeks ahead"),
            direction="up",
            measured_by=N_(
                "Lock each month's calls with their date; a call holds if sales of that attribute later leave their "
                "seasonal band, and false calls are counted too."
            ),
        ),
        ValueLever(
            kpi=N_("Click rate of campaigns built on a trend"),
            unit=N_("% of recipients"),
            direction="up",
            measured_by=N_(
                "Send the trend's edit and the usual edit to random halves of the same list, four campaigns running."
            ),
        ),
        ValueLever(
            kpi=N_("Markdown on the attributes that were warned of"),
            unit=N_("% of units"),
            direction="down",
            measured_by=N_("Compare with attributes of like volume that got no warning, after the season."),
        ),
    ),
    needs=Needs(
        data=N_(
            "Comments, search terms, in-store notes and sales by attribute, for two years or more, with the right to "
            "use them."
        ),
        skills=N_("A trend analyst who names what the machine groups; someone who reads forecasts with their bands."),
        integration=N_("Weekly files are enough; social data only through licensed access, never by scraping."),
    ),
    scores={
        Criterion.REVENUE: Score(
            4, N_("Buying depth and campaigns follow what rises, where full-price weeks are few.")
        ),
        Criterion.COST: Score(3, N_("Part of the trend reports and agency readings can be left unbought.")),
        Criterion.SATISFACTION: Score(2, N_("Clients find more of what they look for without knowing why.")),
        Criterion.WAITING_TIME: Score(1, N_("It spares no one a queue; it tells early what will be asked for.")),
        Criterion.TIME_TO_MARKET: Score(4, N_("A rise seen six weeks sooner still fits a reorder or a capsule.")),
        Criterion.BRAND: Score(3, N_("Knowing the trend is useful; following each one would blur the house.")),
        Criterion.DATA_READINESS: Score(
            3, N_("Own sales and reviews are ready; social sources are restricted and noisy.")
        ),
        Criterion.TEAM_SKILLS: Score(3, N_("Telling a season from a trend calls for some statistics beside the eye.")),
        Criterion.INTEGRATION: Score(4, N_("Files in, a weekly reading out; planning tools can wait.")),
        Criterion.RUNNING_COST: Score(
            3, N_("Reading large volumes of text and pictures each week has its price in tokens and licences.")
        ),
        Criterion.RISK_CLASS: Score(
            3, N_("Public posts are still personal data; results must stay above the single person.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(2, N_("Platforms open and close access to their data as they please.")),
    },
    risk_tags=(),
    risk_class="minimal",
    risk_reason=N_("It measures topics over many people; mood is read from text and from no face or voice."),
    exercise=N_(
        "Make three calls for next month by eye, compare with the radar's, and mark which of all would survive a noisy "
        "year."
    ),
)

CUSTOMER_SEGMENTATION = UseCase(
    slug="customer_segmentation",
    area=Area.MARKETING,
    title=N_("Customer segmentation"),
    summary=N_("Groups clients by what they buy, say and respond to, names each group and says what to do for it."),
    documented_as=N_(
        "The source would have consumer groups formed by machine and in volume, so that marketing can be fitted to "
        "each."
    ),
    source_section="box",
    icon=":material/pie_chart:",
    modalities=("table", "text"),
    users=(N_("CRM manager"), N_("Customer insight analyst"), N_("Marketing manager")),
    levers=(
        ValueLever(
            kpi=N_("Extra margin per contacted client"),
            unit=N_("euros per client"),
            direction="up",
            measured_by=N_(
                "Hold back a random tenth of each segment from its programme; compare margin over 90 days, contact "
                "costs deducted."
            ),
        ),
        ValueLever(
            kpi=N_("Unsubscribes per message"),
            unit=N_("% of recipients"),
            direction="down",
            measured_by=N_(
                "Track by segment against the month before and the held-back group; a rise stops the programme."
            ),
        ),
    ),
    needs=Needs(
        data=N_("Two years of orders by client with returns and discounts, contact history, consent by channel."),
        skills=N_(
            "A CRM analyst who tests whether groups hold next quarter; marketers who can say what to do for each."
        ),
        integration=N_("An extract by client key in, a segment label back into the CRM; no name or address is needed."),
    ),
    scores={
        Criterion.REVENUE: Score(
            4, N_("The right contact to the right tenth of clients is where CRM revenue comes from.")
        ),
        Criterion.COST: Score(3, N_("Fewer wasted mailings, catalogues and gifts, within an unchanged team.")),
        Criterion.SATISFACTION: Score(3, N_("People get fewer messages that have nothing to do with them.")),
        Criterion.WAITING_TIME: Score(1, N_("No queue is involved, and no answer is awaited.")),
        Criterion.TIME_TO_MARKET: Score(
            2, N_("A campaign's target list is ready the same day instead of the week after.")
        ),
        Criterion.BRAND: Score(
            3, N_("Knowing clients well is expected of a house; showing that one sorts them isn't.")
        ),
        Criterion.DATA_READINESS: Score(
            3, N_("Orders are complete online; boutique clients are often unknown or entered twice.")
        ),
        Criterion.TEAM_SKILLS: Score(
            4, N_("RFM is everyday work for CRM teams; stability tests are a small step further.")
        ),
        Criterion.INTEGRATION: Score(3, N_("A label in the CRM is easy; campaigns that really use it take a quarter.")),
        Criterion.RUNNING_COST: Score(5, N_("One computation a month over the client file, on an ordinary machine.")),
        Criterion.RISK_CLASS: Score(
            4, N_("Profiling for marketing may be refused by anyone; proxies for origin or health must be sought out.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(5, N_("Published methods on one's own data: nobody else is needed.")),
    },
    risk_tags=(),
    risk_class="minimal",
    risk_reason=N_(
        "Grouping clients for marketing is no listed high-risk use; data protection law gives each the right to object."
    ),
    exercise=N_(
        "Name five segments from their figures alone, compare with the tool's names, and find one label that would "
        "offend its members."
    ),
)

PERSONALISED_CONTENT = UseCase(
    slug="personalised_content",
    area=Area.MARKETING,
    title=N_("Personalised content"),
    summary=N_(
        "Writes e-mails, messages and notes for each segment or client from facts the house may use about them."
    ),
    documented_as=N_(
        "Marketing pieces made for the person, fed by loose material from profiles and from what communities reveal."
    ),
    source_section="box",
    icon=":material/mail:",
    modalities=("table", "text"),
    users=(N_("CRM manager"), N_("Brand copywriter"), N_("Boutique manager")),
    levers=(
        ValueLever(
            kpi=N_("Net orders per message sent"),
            unit=N_("orders per 1,000 messages"),
            direction="up",
            measured_by=N_(
                "Random halves of each list get the personal and the usual message on the same day; returns deducted "
                "after 30 days."
            ),
        ),
        ValueLever(
            kpi=N_("Complaints and unsubscribes"),
            unit=N_("per 1,000 messages"),
            direction="down",
            measured_by=N_(
                "Count over seven days in both halves and read every complaint: 'how do you know this' is a finding of "
                "its own."
            ),
        ),
    ),
    needs=Needs(
        data=N_("Facts per client marked with the purpose consented to; past messages with results; product facts."),
        skills=N_("A copywriter who sets the voice and the limits; a CRM manager who runs fair tests."),
        integration=N_("Text fields to and from the mailing tool; a sample goes through review before the send."),
    ),
    scores={
        Criterion.REVENUE: Score(4, N_("Messages near the purchase are where the source sees such tools work best.")),
        Criterion.COST: Score(3, N_("Twenty variants for the effort of three, though each sample has to be read.")),
        Criterion.SATISFACTION: Score(3, N_("Relevant lines are welcome; a familiarity that wasn't earned is not.")),
        Criterion.WAITING_TIME: Score(1, N_("No client waits for a marketing message.")),
        Criterion.TIME_TO_MARKET: Score(
            3, N_("Versions by language and segment leave with the first one, days sooner.")
        ),
        Criterion.BRAND: Score(
            3, N_("A note in the house's hand delights; the same turn of phrase to all is found out.")
        ),
        Criterion.DATA_READINESS: Score(
            3, N_("Facts are many, those with a clear consent for this purpose far fewer.")
        ),
        Criterion.TEAM_SKILLS: Score(
            4, N_("Copywriters edit and CRM teams test already; limits to intimacy must be taught.")
        ),
        Criterion.INTEGRATION: Score(
            3, N_("The mailing tool must take fields per client and report back per variant.")
        ),
        Criterion.RUNNING_COST: Score(
            4, N_("Written per segment it's negligible; per client it becomes a monthly line.")
        ),
        Criterion.RISK_CLASS: Score(
            3, N_("Profiles feed the text: too much knowledge shows, and bulk sends multiply an error.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            3, N_("Models are interchangeable; delivery and measurement belong to the mailing vendor.")
        ),
    },
    risk_tags=("C", "B"),
    risk_class="limited",
    risk_reason=N_(
        "Generated text addressed to people: marking duties of its provider apply, and profiling needs its legal basis."
    ),
    exercise=N_(
        "Write to one client three times, with more knowledge each time, and mark the sentence at which it becomes too "
        "much."
    ),
)

CONTENT_STUDIO = UseCase(
    slug="content_studio",
    area=Area.MARKETING,
    title=N_("Content studio"),
    summary=N_(
        "Takes a campaign from brief to channel pieces with agents that propose, criticise and keep to the brand's "
        "rules."
    ),
    documented_as=N_(
        "Working beside agents so that content comes faster and in-house marketing teams get unstuck, as the source's "
        "overview has it."
    ),
    source_section="box",
    icon=":material/edit_note:",
    modalities=("text", "image"),
    users=(N_("Content manager"), N_("Brand copywriter"), N_("Art director")),
    levers=(
        ValueLever(
            kpi=N_("Time from brief to approved set"),
            unit=N_("working days per campaign"),
            direction="down",
            measured_by=N_(
                "Log brief, first set and approval for six campaigns on each path; rounds of correction are counted "
                "beside the days."
            ),
        ),
        ValueLever(
            kpi=N_("Agency spend on adaptations"),
            unit=N_("euros per campaign"),
            direction="down",
            measured_by=N_(
                "Compare invoices for channel versions and languages, master ideas apart, over two quarters."
            ),
        ),
    ),
    needs=Needs(
        data=N_("Brand book, past campaigns with what was approved or refused and why, picture rights, the calendar."),
        skills=N_("A content lead who writes sharp briefs; an art director who refuses without regret."),
        integration=N_("None to begin with: texts, pictures and a calendar file; the asset library later."),
    ),
    scores={
        Criterion.REVENUE: Score(
            3, N_("More pieces on time support launches, with an effect shared among many causes.")
        ),
        Criterion.COST: Score(4, N_("Adaptations by channel and language are bought in volume from agencies today.")),
        Criterion.SATISFACTION: Score(2, N_("An audience values the idea, and the number of formats not at all.")),
        Criterion.WAITING_TIME: Score(1, N_("Waiting here is inside the team and is counted as time to market.")),
        Criterion.TIME_TO_MARKET: Score(
            4, N_("A campaign's versions leave in days, when copy and formats held up the launch.")
        ),
        Criterion.BRAND: Score(
            3, N_("The source warns that echoing others wears a house's identity away; agents must be held to it.")
        ),
        Criterion.DATA_READINESS: Score(
            5, N_("A brand book, last year's campaigns and a brief: all of it is in a folder.")
        ),
        Criterion.TEAM_SKILLS: Score(4, N_("Marketers brief and judge agencies all year and can do so with agents.")),
        Criterion.INTEGRATION: Score(5, N_("It works on files and leaves every other tool as it is.")),
        Criterion.RUNNING_COST: Score(4, N_("Several agents in several rounds make a campaign cost some euros.")),
        Criterion.RISK_CLASS: Score(
            3, N_("Resemblance to others' campaigns and claims without proof are caught by review or not at all.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            3, N_("Text engines abound; pictures in a house style tie it to whoever trained on them.")
        ),
    },
    risk_tags=("C", "I"),
    risk_class="limited",
    risk_reason=N_("Text and pictures are generated for publication: they are marked, and a person answers for them."),
    exercise=N_(
        "Run a brief through the agents, veto one objection, and spot the line that any other brand could sign."
    ),
)

SHORT_VIDEO = UseCase(
    slug="short_video",
    area=Area.MARKETING,
    title=N_("Short-form video and avatars"),
    summary=N_(
        "Makes short vertical videos of products from a storyboard, with a drawn or declared synthetic presenter."
    ),
    documented_as=N_(
        "The marketing section speaks of clips for social platforms made faster and at less cost, and of virtual "
        "figures for each channel."
    ),
    source_section="marketing",
    icon=":material/movie:",
    modalities=("text", "image", "video"),
    users=(N_("Social media manager"), N_("Video producer"), N_("Art director")),
    levers=(
        ValueLever(
            kpi=N_("Cost per published clip"),
            unit=N_("euros per clip"),
            direction="down",
            measured_by=N_(
                "Add hours, studio, licences and computing for twenty clips of each path that were really published."
            ),
        ),
        ValueLever(
            kpi=N_("Views to the end"),
            unit=N_("% of views"),
            direction="up",
            measured_by=N_("Publish pairs on the same theme at like hours in random order; exclude paid reach."),
        ),
    ),
    needs=Needs(
        data=N_(
            "Product pictures with rights for motion, a storyboard library, results of past clips, music with a "
            "licence."
        ),
        skills=N_("A producer with a sense of rhythm; a reviewer who knows the disclosure rules of each country."),
        integration=N_("MP4 in each platform's format; upload stays by hand, with the label switched on."),
    ),
    scores={
        Criterion.REVENUE: Score(3, N_("Reach grows with the number of clips, and what reach sells is uncertain.")),
        Criterion.COST: Score(4, N_("A studio day for one clip becomes an hour at a desk.")),
        Criterion.SATISFACTION: Score(2, N_("Viewers are amused or not; service to clients stays the same.")),
        Criterion.WAITING_TIME: Score(1, N_("A clip answers no question and shortens no queue.")),
        Criterion.TIME_TO_MARKET: Score(4, N_("A clip can answer a trend the same day, while it lasts.")),
        Criterion.BRAND: Score(2, N_("Mass output and synthetic faces sit uneasily with rarity, the heart of luxury.")),
        Criterion.DATA_READINESS: Score(
            4, N_("Product pictures exist; the right to animate them has to be checked one by one.")
        ),
        Criterion.TEAM_SKILLS: Score(
            3, N_("Editing is known to social teams, directing a machine frame by frame is not.")
        ),
        Criterion.INTEGRATION: Score(4, N_("Files for the platforms, nothing in the house's own systems.")),
        Criterion.RUNNING_COST: Score(2, N_("Generated motion is the dearest output of all, counted by the second.")),
        Criterion.RISK_CLASS: Score(
            2, N_("Synthetic people must be disclosed; a likeness used without a licence is a lawsuit.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            2, N_("Realistic motion comes from few vendors, who change terms and models often.")
        ),
    },
    risk_tags=("C", "I"),
    risk_class="limited",
    risk_reason=N_(
        "Synthetic presenters and realistic scenes fall under the duty to disclose; the pictures are marked."
    ),
    exercise=N_(
        "Make one clip twice, with and without an avatar, add the disclosure, and ask the group which they would trust."
    ),
)

USE_CASES = (
    TREND_RADAR,
    CUSTOMER_SEGMENTATION,
    PERSONALISED_CONTENT,
    CONTENT_STUDIO,
    SHORT_VIDEO,
)
