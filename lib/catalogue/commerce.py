"""Digital commerce and the shopper's experience: the five use cases of the online shop."""

from __future__ import annotations

from lib.catalogue.model import Area, Criterion, Needs, Score, UseCase, ValueLever
from lib.i18n import N_

PRODUCT_DESCRIPTIONS = UseCase(
    slug="product_descriptions",
    area=Area.COMMERCE,
    title=N_("Product descriptions"),
    summary=N_(
        "Writes a description for each product and channel from its real attributes, guided by the posts that sold."
    ),
    documented_as=N_(
        "The source wants sales copy organised and written on the model of earlier messages that did well."
    ),
    source_section="box",
    icon=":material/sell:",
    modalities=("text", "table"),
    users=(N_("E-commerce editor"), N_("Product data manager"), N_("Brand copywriter")),
    levers=(
        ValueLever(
            kpi=N_("Orders per product page view"),
            unit=N_("% of page views"),
            direction="up",
            measured_by=N_(
                "Split comparable products at random into old and new copy for four weeks; compare orders per view "
                "with a 95% interval, outerwear and leather goods apart."
            ),
        ),
        ValueLever(
            kpi=N_("Returns as 'not as described'"),
            unit=N_("% of orders"),
            direction="down",
            measured_by=N_(
                "Read the return reason codes for the same two groups once the return window has closed, at least 60 "
                "days after the switch."
            ),
        ),
        ValueLever(
            kpi=N_("Time to a published description"),
            unit=N_("minutes per product"),
            direction="down",
            measured_by=N_(
                "Time twenty products written by hand and twenty edited from a draft, the same editors doing both, "
                "review and corrections included."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Product attributes with composition, care and origin filled in; past posts with views, carts, orders and "
            "returns."
        ),
        skills=N_(
            "One editor who knows the house's voice and signs off; someone who maps the columns of the product file "
            "once."
        ),
        integration=N_(
            "An export from the product information system and an import back into it; a shop template with the same "
            "fields."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(
            4, N_("Copy touches every product page, and its effect on orders shows in a test within weeks.")
        ),
        Criterion.COST: Score(
            4, N_("Editing a draft takes a fraction of the writing time, in each language and each season.")
        ),
        Criterion.SATISFACTION: Score(
            3, N_("Shoppers find fit, care and composition where they look; few will thank the house for it.")
        ),
        Criterion.WAITING_TIME: Score(1, N_("Nobody waits for a description once the product is online.")),
        Criterion.TIME_TO_MARKET: Score(4, N_("Copy is often the last thing missing before a delivery can go online.")),
        Criterion.BRAND: Score(
            3, N_("A steady voice over thousands of pages helps; flat phrasing at that scale would harm as much.")
        ),
        Criterion.DATA_READINESS: Score(
            5, N_("Attributes and past posts already sit in the product system and the web analytics.")
        ),
        Criterion.TEAM_SKILLS: Score(5, N_("Editors judge and correct copy every day; they need an hour of practice.")),
        Criterion.INTEGRATION: Score(
            4, N_("A file out and a file in are enough to begin; a live link to the product system can follow.")
        ),
        Criterion.RUNNING_COST: Score(
            5, N_("A few hundred words per product cost well under a cent on a small model.")
        ),
        Criterion.RISK_CLASS: Score(
            4, N_("An editor approves each text; what remains is a wrong claim on material, origin or ecology.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            4, N_("Any text model will do and can be swapped; the learned patterns stay with the house.")
        ),
    },
    risk_tags=("C", "B"),
    risk_class="limited",
    risk_reason=N_(
        "Generated text with an editor who answers for it: transparency duties rest mainly with the model's provider."
    ),
    exercise=N_(
        "Take five products, choose among three options each, and hunt for a claim that no attribute supports; if "
        "there is none, say how you know."
    ),
    tasks=("lib.commerce.product_descriptions.task.DESCRIBE_PRODUCT",),
    jobs=(
        "lib.commerce.product_descriptions.jobs.learn_what_sold",
        "lib.commerce.product_descriptions.jobs.prove",
        "lib.commerce.product_descriptions.engine_proof.measure_engine",
    ),
    proof="lib.commerce.product_descriptions.proof.proof",
    engine_proof="lib.commerce.product_descriptions.engine_proof.ENGINE_PROOF",
    comparable="lib.commerce.product_descriptions.comparing.FIRST_OPTION",
    sample_data=("products.csv", "posts.csv"),
    status="ready",
)

PERSONALISED_STOREFRONT = UseCase(
    slug="personalised_storefront",
    area=Area.COMMERCE,
    title=N_("Personalised storefront"),
    summary=N_(
        "Shows the shop page as one shopper would see it: order of products, wording and offer, each with its reason."
    ),
    documented_as=N_("In the source's overview, the online journey and its offers follow the profile of each shopper."),
    source_section="box",
    icon=":material/storefront:",
    modalities=("table", "text"),
    users=(N_("E-commerce manager"), N_("Personalisation lead"), N_("Site merchandiser")),
    levers=(
        ValueLever(
            kpi=N_("Revenue per visit"),
            unit=N_("euros per visit"),
            direction="up",
            measured_by=N_(
                "Keep a tenth of visitors on the generic shop for a full month and compare net sales per visit, "
                "returns deducted."
            ),
        ),
        ValueLever(
            kpi=N_("Margin after discounts"),
            unit=N_("% of net sales"),
            direction="up",
            measured_by=N_(
                "Compare gross margin net of offers between the same two groups, so that sales bought by discount "
                "don't count as gain."
            ),
        ),
        ValueLever(
            kpi=N_("Share of the range that is seen"),
            unit=N_("% of references"),
            direction="up",
            measured_by=N_(
                "Count references shown to at least 100 shoppers in a week, before and after: a ranking that only "
                "feeds bestsellers fails here."
            ),
        ),
    ),
    needs=Needs(
        data=N_("Click and order logs with the position shown, consent by purpose, margin floor by category."),
        skills=N_(
            "A data scientist who can read off-policy estimates; a merchandiser who sets what may never be "
            "personalised."
        ),
        integration=N_(
            "Ranking served to the shop in under 100 ms, fed by the consent platform; a control group in the testing "
            "tool."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(
            5, N_("It acts on all online traffic, and the source ties strong personalisation to far higher sales.")
        ),
        Criterion.COST: Score(2, N_("It saves some manual sorting of pages, but adds models and tests to look after.")),
        Criterion.SATISFACTION: Score(
            4, N_("Less scrolling and fitting sizes first; shoppers notice when the page feels made for them.")
        ),
        Criterion.WAITING_TIME: Score(2, N_("The path to a wanted piece gets shorter by some clicks, not by minutes.")),
        Criterion.TIME_TO_MARKET: Score(1, N_("Products arrive online at the same time; only their order changes.")),
        Criterion.BRAND: Score(
            3, N_("A luxury page is also a statement: past some point, personal order dissolves the editorial one.")
        ),
        Criterion.DATA_READINESS: Score(
            3, N_("Logs exist, but the positions shown and the consent state are often missing from them.")
        ),
        Criterion.TEAM_SKILLS: Score(
            2, N_("Ranking under bias and margin constraints needs specialists that few houses employ.")
        ),
        Criterion.INTEGRATION: Score(
            2, N_("It sits in the live path of the shop, beside search, cache, consent and testing.")
        ),
        Criterion.RUNNING_COST: Score(
            3, N_("Each page view is a computation; text variants are the dear part and must be cached.")
        ),
        Criterion.RISK_CLASS: Score(
            3, N_("Profiling needs a legal basis and a way out; offers by person must not look like hidden prices.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            2, N_("Most houses would rent it from their shop platform, and the learning stays there.")
        ),
    },
    risk_tags=("C", "B"),
    risk_class="limited",
    risk_reason=N_(
        "Recommending products is no listed high-risk use; generated variants of copy bring the transparency duties of "
        "text."
    ),
    exercise=N_("Compare the shop for two profiles, then withdraw consent for one and explain what changed and why."),
    tasks=("lib.commerce.personalised_storefront.words.WRITE_SHOP_WORDS",),
    jobs=("lib.commerce.personalised_storefront.jobs.learn", "lib.commerce.personalised_storefront.jobs.prove"),
    proof="lib.commerce.personalised_storefront.proof.proof",
    sample_data=(
        "products.csv",
        "customers.csv",
        "orders.csv",
        "returns.csv",
        "visits.csv",
        "stock.csv",
        "costs.csv",
        "comments.csv",
    ),
    stands_on=("atelier/colours", "commerce/product_descriptions"),
    status="ready",
)

VIRTUAL_TRY_ON = UseCase(
    slug="virtual_try_on",
    area=Area.COMMERCE,
    title=N_("Virtual try-on"),
    summary=N_(
        "Shows chosen garments on a chosen figure or on the shopper's own photo, with a size and the reason for it."
    ),
    documented_as=N_(
        "Trying on and demonstrating pieces at a distance for one person's body and style, which the source gives as a "
        "lever of sales."
    ),
    source_section="box",
    icon=":material/checkroom:",
    modalities=("image", "table"),
    users=(N_("E-commerce manager"), N_("Digital product owner"), N_("Remote sales adviser")),
    levers=(
        ValueLever(
            kpi=N_("Returns for size or fit"),
            unit=N_("% of orders"),
            direction="down",
            measured_by=N_(
                "Offer the try-on to a random half of visitors on the same products; compare size returns after the "
                "window closes, by category."
            ),
        ),
        ValueLever(
            kpi=N_("Orders after product view"),
            unit=N_("% of product views"),
            direction="up",
            measured_by=N_(
                "Compare the two halves by whom they were offered it and not by who used it, since keen shoppers try "
                "on more."
            ),
        ),
    ),
    needs=Needs(
        data=N_("Cut-out garment pictures with true measurements, size charts per model, figures of many bodies."),
        skills=N_(
            "An image specialist for the quality of the pictures; a patternmaker who checks what size advice says."
        ),
        integration=N_(
            "A widget on the product page, consent before a photo is taken, no storage of it; measurements from the "
            "product life-cycle system."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(
            4, N_("It lowers the doubt that keeps shoppers from buying ready-to-wear and eyewear online.")
        ),
        Criterion.COST: Score(
            3, N_("Fewer fit returns and studio retakes, against image production for every garment.")
        ),
        Criterion.SATISFACTION: Score(
            4, N_("Seeing the piece on a body like one's own is what shoppers ask for first.")
        ),
        Criterion.WAITING_TIME: Score(
            2, N_("It spares a trip or an exchange to those who choose the right size at once.")
        ),
        Criterion.TIME_TO_MARKET: Score(
            2, N_("Figures can replace part of the photo shoot, so some looks go online sooner.")
        ),
        Criterion.BRAND: Score(
            4, N_("Diverse bodies shown well honour the house; a picture that distorts one will be shared widely.")
        ),
        Criterion.DATA_READINESS: Score(
            3, N_("Packshots are there; true garment measurements and varied figures seldom are.")
        ),
        Criterion.TEAM_SKILLS: Score(
            2, N_("Judging drape and skin tone at scale needs image expertise that e-commerce teams lack.")
        ),
        Criterion.INTEGRATION: Score(
            2, N_("Camera, consent, size charts and product page must work together on any phone.")
        ),
        Criterion.RUNNING_COST: Score(
            2, N_("Realistic pictures need a graphics card or a paid call for each garment and shopper.")
        ),
        Criterion.RISK_CLASS: Score(
            2, N_("Photos of bodies, minors, intimate imagery and unequal quality across skin tones meet here.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            1, N_("Convincing results on real photos come from a handful of vendors and their models.")
        ),
    },
    risk_tags=("V", "I"),
    risk_class="limited",
    risk_reason=N_(
        "Pictures of people altered by a machine must be marked and told as such; no identification and no sorting of "
        "people takes place."
    ),
    exercise=N_(
        "Dress three figures of different bodies in one look and note where the picture flatters, distorts or hides."
    ),
    jobs=("lib.commerce.virtual_try_on.jobs.draw_movement",),
    proof="lib.commerce.virtual_try_on.proof.proof",
    sample_data=("products.csv", "orders.csv", "policies/sizes.csv"),
    stands_on=("atelier", "vision/bodies"),
    status="ready",
)

SERVICE_ASSISTANT = UseCase(
    slug="service_assistant",
    area=Area.COMMERCE,
    title=N_("Service assistant"),
    summary=N_(
        "Answers advanced service requests in many languages from the house's own policies, and knows when to hand "
        "over."
    ),
    documented_as=N_(
        "The source asks for better conversational agents and self-service, multilingual help included, while warning "
        "that their mistakes are costly."
    ),
    source_section="box",
    icon=":material/support_agent:",
    modalities=("text", "table"),
    users=(N_("Customer service manager"), N_("Service agent"), N_("Knowledge manager")),
    levers=(
        ValueLever(
            kpi=N_("Waiting time to first useful answer"),
            unit=N_("minutes per request"),
            direction="down",
            measured_by=N_(
                "Take the time stamps of the help desk for a month with and without the assistant by random hours; "
                "count only answers that moved the case on."
            ),
        ),
        ValueLever(
            kpi=N_("Requests solved without an agent and not reopened"),
            unit=N_("% of requests"),
            direction="up",
            measured_by=N_(
                "Count a case as solved if the client hasn't written again on it within seven days; a sample of 100 a "
                "week is read by hand."
            ),
        ),
        ValueLever(
            kpi=N_("Satisfaction after contact"),
            unit=N_("points on a scale of 5"),
            direction="up",
            measured_by=N_(
                "Ask the same one question after each contact, by channel and by who answered; report the answer rate "
                "beside it."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Policies, care and size guides in their valid version; a year of solved requests; orders and returns by "
            "number."
        ),
        skills=N_("A service manager who owns the answers and their limits; an engineer for tools and access rights."),
        integration=N_(
            "Help desk, order management and telephony, with identity check before any order detail and a hand-over "
            "with context."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(
            2, N_("Some rescued orders and exchanges instead of refunds; service seldom starts the sale.")
        ),
        Criterion.COST: Score(4, N_("Many contacts repeat the same few questions, and each has a known cost.")),
        Criterion.SATISFACTION: Score(
            5, N_("A correct answer at once, in one's own language, is what satisfaction scores follow most.")
        ),
        Criterion.WAITING_TIME: Score(
            5, N_("Nights, peaks and rare languages go from hours to seconds; queues shrink for the rest too.")
        ),
        Criterion.TIME_TO_MARKET: Score(1, N_("It comes after the sale and has no part in bringing products out.")),
        Criterion.BRAND: Score(
            4, N_("Courtesy at three in the morning builds trust; one invented promise goes public.")
        ),
        Criterion.DATA_READINESS: Score(
            4, N_("Policies and solved tickets exist; contradictions between them must be cleared first.")
        ),
        Criterion.TEAM_SKILLS: Score(
            3, N_("Service teams learn to test and correct it; tool permissions need an engineer.")
        ),
        Criterion.INTEGRATION: Score(
            2, N_("Without orders and returns it only recites policy; with them it touches core systems.")
        ),
        Criterion.RUNNING_COST: Score(
            3, N_("Cents per conversation on a good model, more with long histories and many tools.")
        ),
        Criterion.RISK_CLASS: Score(
            3, N_("People must know it's a machine; injection, wrong promises and data of other clients are real.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            3, N_("The model can be swapped, the help-desk vendor's agent platform less easily.")
        ),
    },
    risk_tags=("K",),
    risk_class="limited",
    risk_reason=N_("It talks to people: it has to say that it is a machine, and a person stays within reach."),
    exercise=N_(
        "Play an angry client with a split order in two languages; find one answer without a source and one promise "
        "too many."
    ),
    tasks=("lib.commerce.service_assistant.task.ANSWER_CLIENT",),
    jobs=("lib.commerce.service_assistant.jobs.bench", "lib.commerce.service_assistant.queueing.jobs.queue"),
    proof="lib.commerce.service_assistant.proof.proof",
    sample_data=(
        "policies/allergies-et-matieres.fr.md",
        "policies/boutiques-et-rendez-vous.md",
        "policies/care-guide.en.md",
        "policies/gift-cards-and-wrapping.en.md",
        "policies/leather-supplier-note.html",
        "policies/livraison-et-douanes.fr.md",
        "policies/paiement-facture-detaxe.fr.md",
        "policies/privacy.en.md",
        "policies/reparations-et-defauts.fr.md",
        "policies/retours-et-echanges.fr.md",
        "policies/returns-and-exchanges.en.md",
        "policies/returns-policy-2024.en.md",
        "policies/shipping-and-customs.en.md",
        "policies/size-guide.en.md",
        "policies/sizes.csv",
        "service_intents.json",
        "service_utterances.jsonl",
        "service_conversations.jsonl",
        "orders.csv",
        "returns.csv",
        "customers.csv",
        "stores.csv",
        "stock.csv",
        "products.csv",
    ),
    stands_on=("retrieval",),
    status="ready",
)

STYLIST = UseCase(
    slug="stylist",
    area=Area.COMMERCE,
    title=N_("Stylist"),
    summary=N_(
        "Reads all that a client has ever written, draws the piece they describe and finds the nearest in stock."
    ),
    documented_as=N_(
        "The text tells of a retailer whose stylists have models digest each client's many remarks and picture the "
        "garment that would please."
    ),
    source_section="sales_experience",
    icon=":material/styler:",
    modalities=("text", "table", "image"),
    users=(N_("Personal stylist"), N_("Client adviser"), N_("Customer insight analyst")),
    levers=(
        ValueLever(
            kpi=N_("Pieces kept per selection"),
            unit=N_("% of pieces sent"),
            direction="up",
            measured_by=N_(
                "Let each stylist prepare half of the selections with the profile and half without, by lot; count what "
                "is kept after the return window."
            ),
        ),
        ValueLever(
            kpi=N_("Time to prepare a selection"),
            unit=N_("minutes per client"),
            direction="down",
            measured_by=N_(
                "Record start and end in the tool for both halves; leave out clients without any earlier comment."
            ),
        ),
        ValueLever(
            kpi=N_("Clients who come back within 90 days"),
            unit=N_("% of clients"),
            direction="up",
            measured_by=N_("Follow the same clients by group, with the season's usual return rate as the yardstick."),
        ),
    ),
    needs=Needs(
        data=N_(
            "Reviews, e-mails and messages tied to a client who agreed; purchases and returns; stock with attributes."
        ),
        skills=N_(
            "A stylist who corrects the profile in a client's presence; an analyst who reads the errors by language."
        ),
        integration=N_(
            "Read access to client records and daily stock; the selection goes back to the tool that stylists use."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(
            4, N_("Better picks raise pieces per order among clients who already like to be advised.")
        ),
        Criterion.COST: Score(
            3, N_("Reading hundreds of comments takes seconds, yet the stylist still chooses and writes.")
        ),
        Criterion.SATISFACTION: Score(
            5, N_("Clients see that what they once said was heard, years and channels apart.")
        ),
        Criterion.WAITING_TIME: Score(3, N_("A selection can leave the same day instead of after the weekend.")),
        Criterion.TIME_TO_MARKET: Score(
            2, N_("Wishes that nobody stocks reach the buyers earlier than sales figures would tell them.")
        ),
        Criterion.BRAND: Score(
            4, N_("Advice that remembers is the house at its best, so long as it never feels watched.")
        ),
        Criterion.DATA_READINESS: Score(
            4, N_("Comments and purchases are there in most houses; joining them to one client takes work.")
        ),
        Criterion.TEAM_SKILLS: Score(4, N_("Stylists correct a profile as easily as a colleague's notes.")),
        Criterion.INTEGRATION: Score(
            3, N_("Read-only links to client records and stock suffice, if clients carry one identity.")
        ),
        Criterion.RUNNING_COST: Score(
            4, N_("A profile is computed once per client and refreshed when they write again.")
        ),
        Criterion.RISK_CLASS: Score(
            4, N_("A stylist stands between the tool and the client; remarks on body or health need care.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            4, N_("Reading and matching run on small models that a house can host itself.")
        ),
    },
    risk_tags=("C", "I"),
    risk_class="minimal",
    risk_reason=N_("A person uses it to prepare advice; the client neither talks to it nor is decided upon by it."),
    exercise=N_("Read thirty comments of one client, write your own profile, compare, and correct one misreading."),
    tasks=("lib.commerce.stylist.note.task.WRITE_CLIENT_NOTE",),
    jobs=(
        "lib.commerce.stylist.jobs.read_file",
        "lib.commerce.stylist.jobs.prove",
    ),
    proof="lib.commerce.stylist.proof.proof",
    sample_data=(
        "comments.csv",
        "comment_sentences.jsonl",
        "products.csv",
        "customers.csv",
        "orders.csv",
        "returns.csv",
        "stock.csv",
        "stores.csv",
    ),
    stands_on=("atelier/colours",),
    status="ready",
)

USE_CASES = (
    PRODUCT_DESCRIPTIONS,
    PERSONALISED_STOREFRONT,
    VIRTUAL_TRY_ON,
    SERVICE_ASSISTANT,
    STYLIST,
)
