"""Organisation and support functions: clienteling, training, and the desks that answer colleagues."""

from __future__ import annotations

from lib.catalogue.model import Area, Criterion, Needs, Score, UseCase, ValueLever
from lib.i18n import N_

CLIENTELING_COACH = UseCase(
    slug="clienteling_coach",
    area=Area.SUPPORT,
    title=N_("Clienteling coach"),
    summary=N_(
        "Prepares an adviser for each top client: whom to contact, why now, what to say, and how the last talk went."
    ),
    documented_as=N_(
        "The source wants sales staff coached in lasting client bonds, through live hints, feedback and portraits of "
        "the best clients."
    ),
    source_section="box",
    icon=":material/diamond:",
    modalities=("text", "table"),
    users=(N_("Client adviser"), N_("Boutique manager"), N_("Clienteling manager")),
    levers=(
        ValueLever(
            kpi=N_("Appointments that lead to a purchase"),
            unit=N_("% of appointments"),
            direction="up",
            measured_by=N_(
                "Give half of the advisers in each boutique the coach, drawn by lot, for a quarter; the source's 60 to "
                "70% in luxury boutiques is the horizon."
            ),
        ),
        ValueLever(
            kpi=N_("Top clients active over twelve months"),
            unit=N_("% of top clients"),
            direction="up",
            measured_by=N_(
                "Follow a fixed list drawn on the first day, by adviser group; departures of advisers are noted."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Client records with consent for contact, notes, purchases, dates that matter, and who looks after whom."
        ),
        skills=N_("Boutique managers who coach; advisers ready to correct the machine on people they know."),
        integration=N_("The clienteling app reads and writes; messages leave by the adviser's own hand."),
    ),
    scores={
        Criterion.REVENUE: Score(
            5, N_("A few percent of clients make a large share of luxury sales, and contact moves them.")
        ),
        Criterion.COST: Score(2, N_("Preparation gets shorter; the time gained goes back into client talks.")),
        Criterion.SATISFACTION: Score(5, N_("Being known and remembered is what top clients pay a house for.")),
        Criterion.WAITING_TIME: Score(
            2, N_("A message after closing time is answered the next morning with a draft at hand.")
        ),
        Criterion.TIME_TO_MARKET: Score(1, N_("It helps to place new pieces with clients, after they have arrived.")),
        Criterion.BRAND: Score(5, N_("The bond between adviser and client is the house's most personal asset.")),
        Criterion.DATA_READINESS: Score(
            3, N_("The best knowledge lives in advisers' phones and heads, outside any system.")
        ),
        Criterion.TEAM_SKILLS: Score(3, N_("Advisers must want it; tact can't be taken from a screen.")),
        Criterion.INTEGRATION: Score(3, N_("One link with the clienteling app or CRM, read and write.")),
        Criterion.RUNNING_COST: Score(4, N_("Few clients, long profiles: cents per preparation.")),
        Criterion.RISK_CLASS: Score(
            3, N_("Intimate notes on clients and feedback on staff need limits, written and kept.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            4, N_("Profiles and drafts run on any model; the records stay in the house's CRM.")
        ),
    },
    risk_tags=("C", "H"),
    risk_class="limited",
    risk_reason=N_(
        "Feedback goes to the adviser alone; used to judge staff it would be high-risk, and clients are written to by "
        "people."
    ),
    exercise=N_(
        "Prepare one call with the coach, cut the remark that a client would find indiscreet, and play the call."
    ),
)

INDIVIDUALISED_TRAINING = UseCase(
    slug="individualised_training",
    area=Area.SUPPORT,
    title=N_("Individualised training"),
    summary=N_("Builds short lessons for one colleague from the role, the products and what they got wrong last time."),
    documented_as=N_(
        "Learning material for each employee in keeping with role and results, one of the source's support use cases."
    ),
    source_section="box",
    icon=":material/school:",
    modalities=("text", "table"),
    users=(N_("Training manager"), N_("Boutique manager"), N_("HR business partner")),
    levers=(
        ValueLever(
            kpi=N_("Correct answers after 30 days"),
            unit=N_("% of questions"),
            direction="up",
            measured_by=N_(
                "Ask again after a month without notice; half of the learners got the standard course, drawn by lot "
                "within each boutique."
            ),
        ),
        ValueLever(
            kpi=N_("Time until a newcomer serves alone"),
            unit=N_("days per newcomer"),
            direction="down",
            measured_by=N_(
                "Let the boutique manager sign the same list of ten abilities for all; compare newcomers of the same "
                "season."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Product and service manuals, a skills list per role, answers to past questions; no sales figures of "
            "single people."
        ),
        skills=N_("A trainer who checks each lesson's facts; staff representatives who agree on what is recorded."),
        integration=N_("SCORM packages for the learning platform, results back by learner code."),
    ),
    scores={
        Criterion.REVENUE: Score(2, N_("Better-trained advisers sell more, a long way down the chain of causes.")),
        Criterion.COST: Score(3, N_("Authoring hours fall; time spent learning stays and should.")),
        Criterion.SATISFACTION: Score(
            3, N_("Clients meet advisers who know; the source also reports staff who stay longer after training in AI.")
        ),
        Criterion.WAITING_TIME: Score(1, N_("Courses are there on demand already; nobody is held up for want of one.")),
        Criterion.TIME_TO_MARKET: Score(2, N_("Staff know a new line on the day that it arrives.")),
        Criterion.BRAND: Score(3, N_("Everyone tells the story of the house alike, in each language.")),
        Criterion.DATA_READINESS: Score(
            3, N_("Manuals exist in many versions; who needs what is known by managers only.")
        ),
        Criterion.TEAM_SKILLS: Score(4, N_("Trainers write and test lessons already, and gain a fast co-author.")),
        Criterion.INTEGRATION: Score(
            3, N_("SCORM is understood by most platforms; individual paths need results back.")
        ),
        Criterion.RUNNING_COST: Score(5, N_("Lessons are made once per gap and used by everyone who has it.")),
        Criterion.RISK_CLASS: Score(
            2, N_("Lessons steered by performance come near the rating of staff, which is strictly ruled.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            4, N_("Any text model drafts lessons; SCORM keeps them free of one vendor.")
        ),
    },
    risk_tags=("H",),
    risk_class="high",
    risk_reason=N_(
        "Steering learning by a colleague's performance touches the employment and training entries of the high-risk "
        "list."
    ),
    exercise=N_(
        "Take a lesson made for you, find the planted false product fact, and say what the tool should never know of "
        "you."
    ),
)

SELF_SERVICE_DESK = UseCase(
    slug="self_service_desk",
    area=Area.SUPPORT,
    title=N_("Self-service desk"),
    summary=N_(
        "Answers HR questions, sums up long documents and marks contract clauses for review, each answer with its "
        "source."
    ),
    documented_as=N_(
        "Colleagues serving themselves and support work done by machine, in HR tickets, long papers and legal reading, "
        "as the source has it."
    ),
    source_section="box",
    icon=":material/contact_support:",
    modalities=("text",),
    users=(N_("HR service agent"), N_("In-house lawyer"), N_("Office manager")),
    levers=(
        ValueLever(
            kpi=N_("Time to an answer for a colleague"),
            unit=N_("hours per ticket"),
            direction="down",
            measured_by=N_(
                "Take ticket time stamps by topic for two months before and after, reopened tickets counted from their "
                "first opening."
            ),
        ),
        ValueLever(
            kpi=N_("Reading time per contract"),
            unit=N_("minutes per contract"),
            direction="down",
            measured_by=N_(
                "Two lawyers read twenty contracts crosswise, with and without marks; clauses missed are counted "
                "beside the minutes."
            ),
        ),
        ValueLever(
            kpi=N_("Answers with a correct source"),
            unit=N_("% of answers"),
            direction="up",
            measured_by=N_(
                "Each week the desk's owner opens the cited passage of fifty random answers and says whether it "
                "carries the answer."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Valid policies, agreements by country, clause library with the house's positions, past tickets without "
            "names."
        ),
        skills=N_("An HR officer and a lawyer who own their parts; someone who retires outdated documents."),
        integration=N_("Intranet or chat tool with the colleague's country and rights; documents kept where they are."),
    ),
    scores={
        Criterion.REVENUE: Score(1, N_("It serves colleagues and brings in no sales.")),
        Criterion.COST: Score(
            4, N_("Tickets and first readings fill whole days of HR and legal, at high hourly rates.")
        ),
        Criterion.SATISFACTION: Score(
            3, N_("Colleagues are content; clients benefit when advisers needn't chase paperwork.")
        ),
        Criterion.WAITING_TIME: Score(
            4, N_("Days for a payslip question become a minute, at any hour and in one's language.")
        ),
        Criterion.TIME_TO_MARKET: Score(
            2, N_("Contracts signed sooner let a collaboration start sooner, now and then.")
        ),
        Criterion.BRAND: Score(1, N_("No one outside sees the desk, though a leak from it would be seen.")),
        Criterion.DATA_READINESS: Score(
            4, N_("Policies and contracts are text already; versions by country need sorting.")
        ),
        Criterion.TEAM_SKILLS: Score(3, N_("Owners must learn to check citations and to keep documents current.")),
        Criterion.INTEGRATION: Score(
            3, N_("Sign-in, rights and country have to follow the question, or it answers too much.")
        ),
        Criterion.RUNNING_COST: Score(
            4, N_("Short answers are cheap; a two-hundred-page contract costs a little more each time.")
        ),
        Criterion.RISK_CLASS: Score(
            3, N_("Wrong advice on leave or law harms people; it informs and decides nothing.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            3, N_("Swappable models, but office suites push their own assistant hard.")
        ),
    },
    risk_tags=("K", "H", "L"),
    risk_class="limited",
    risk_reason=N_(
        "It says that it is a machine and informs only; ranking applicants or deciding on staff would make it "
        "high-risk."
    ),
    exercise=N_(
        "Ask the same leave question for two countries, open both citations, and find the clause that the summary "
        "dropped."
    ),
)

USE_CASES = (
    CLIENTELING_COACH,
    INDIVIDUALISED_TRAINING,
    SELF_SERVICE_DESK,
)
