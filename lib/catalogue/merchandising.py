"""Merchandising and product: the source's three use cases, and the beauty formulations that its text adds."""

from __future__ import annotations

from lib.catalogue.model import Area, Criterion, Needs, Score, UseCase, ValueLever
from lib.i18n import N_

SKETCH_TO_DESIGN = UseCase(
    slug="sketch_to_design",
    area=Area.MERCHANDISING,
    title=N_("Sketch to design"),
    summary=N_(
        "Turns a sketch, a mood board or a sentence into finished designs in several fabrics, with a tech sheet or a "
        "3D piece."
    ),
    documented_as=N_(
        "The source's first use case: drawings, mood boards and words made into detailed designs, jewellery and "
        "furniture in 3D among them."
    ),
    source_section="box",
    icon=":material/draw:",
    modalities=("image", "text", "3d"),
    users=(N_("Designer"), N_("Patternmaker"), N_("Collection manager")),
    levers=(
        ValueLever(
            kpi=N_("Samples sewn per style kept"),
            unit=N_("samples per style"),
            direction="down",
            measured_by=N_(
                "Count sample orders in the product life-cycle system for one capsule with the tool and its twin of "
                "last year without, same supplier."
            ),
        ),
        ValueLever(
            kpi=N_("Time from sketch to a presentable design"),
            unit=N_("hours per style"),
            direction="down",
            measured_by=N_(
                "Note when a sketch is handed in and when its design is shown at range review, for every style of one "
                "capsule."
            ),
        ),
        ValueLever(
            kpi=N_("Variants seen before the choice"),
            unit=N_("variants per style"),
            direction="up",
            measured_by=N_(
                "Read from the recorded runs how many variants each kept style was chosen from; more only counts if "
                "samples don't rise."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Sketches of one's own, the fabric library with real pictures and scale, palettes of the season, house "
            "blocks."
        ),
        skills=N_("Designers who guide by drawing; one patternmaker who says what can't be cut."),
        integration=N_(
            "Layered SVG into the drawing tools and a PDF tech sheet into the product life-cycle system; no live link "
            "needed."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(
            3, N_("Better-chosen styles sell better, but sales can hardly be traced back to a drawing.")
        ),
        Criterion.COST: Score(4, N_("Every sample not sewn saves cloth, courier and weeks of a sample room.")),
        Criterion.SATISFACTION: Score(
            2, N_("Clients see only the finished piece, unless variants are made to their order.")
        ),
        Criterion.WAITING_TIME: Score(
            1, N_("Only colleagues wait for drawings, and their calendar is the collection's.")
        ),
        Criterion.TIME_TO_MARKET: Score(
            5, N_("It shortens the weeks between first sketch and range review, on the critical path.")
        ),
        Criterion.BRAND: Score(4, N_("The hand stays the house's own, and more of its ideas reach the toile.")),
        Criterion.DATA_READINESS: Score(
            4, N_("Sketches and fabrics are on the table; scale and drape data must be added.")
        ),
        Criterion.TEAM_SKILLS: Score(
            4, N_("Designers direct it as they would an assistant: by drawing and by naming.")
        ),
        Criterion.INTEGRATION: Score(4, N_("SVG and PDF open in the tools that the studio already uses.")),
        Criterion.RUNNING_COST: Score(4, N_("Rendering by rules costs nothing; photoreal variants cost cents each.")),
        Criterion.RISK_CLASS: Score(
            3, N_("Designs may come close to a living designer's work, and who owns them is unsettled.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            3, N_("The studio's core runs by itself; realism comes from image models with licences to read.")
        ),
    },
    risk_tags=("I",),
    risk_class="limited",
    risk_reason=N_(
        "Generated pictures must carry a machine-readable mark once they leave the studio; no person is concerned."
    ),
    exercise=N_(
        "Photograph a sketch of your own, make nine variants, keep one, and name a detail that the machine invented."
    ),
    tasks=("lib.merchandising.sketch_to_design.task.READ_DESIGN_WORDS",),
    jobs=("lib.merchandising.sketch_to_design.jobs.draw_grid",),
    proof="lib.merchandising.sketch_to_design.proof.proof",
    sample_data=(
        "design_sentences.jsonl",
        "sketches/bag.jpg",
        "sketches/coat.jpg",
        "sketches/dress.jpg",
        "sketches/shirt.jpg",
        "sketches/trousers.jpg",
    ),
    stands_on=("atelier", "vision/sketches"),
    status="ready",
)

PRODUCT_IDEATION = UseCase(
    slug="product_ideation",
    area=Area.MERCHANDISING,
    title=N_("Product ideation"),
    summary=N_(
        "Finds gaps in past lines and lets four agents propose, object to and revise ideas until a shortlist stands."
    ),
    documented_as=N_(
        "The source pictures teams inventing together with agents that draw on earlier lines, inspiring images and "
        "styles."
    ),
    source_section="box",
    icon=":material/lightbulb:",
    modalities=("table", "image", "text"),
    users=(N_("Creative director"), N_("Collection manager"), N_("Merchandiser")),
    levers=(
        ValueLever(
            kpi=N_("Sell-through of styles that came from the tool"),
            unit=N_("% of units at full price"),
            direction="up",
            measured_by=N_(
                "Mark the origin of each style at range review and compare full-price sell-through at week eight "
                "within the same category and price band."
            ),
        ),
        ValueLever(
            kpi=N_("Ideas kept at range review"),
            unit=N_("% of ideas shown"),
            direction="up",
            measured_by=N_(
                "Show ideas of both origins without saying which; the committee votes as usual, and the share kept is "
                "compared."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Three or more seasons of styles with attributes, units, sell-through, margin and markdown; inspiration "
            "with rights cleared."
        ),
        skills=N_("A merchandiser who tells a gap from a bad idea; a creative director willing to argue with it."),
        integration=N_(
            "A season's table from planning; the shortlist goes to range review as pictures and a line sheet."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(4, N_("A style that fills a real gap sells at full price, where margin is made.")),
        Criterion.COST: Score(3, N_("Fewer weak styles are developed; the meetings about them remain.")),
        Criterion.SATISFACTION: Score(2, N_("A fresher range pleases, but clients rarely say so in words.")),
        Criterion.WAITING_TIME: Score(1, N_("Ideas are not something that anyone stands in line for.")),
        Criterion.TIME_TO_MARKET: Score(
            4, N_("The brief for a collection settles days earlier when gaps are seen at the start.")
        ),
        Criterion.BRAND: Score(3, N_("A brand guardian objects, yet numbers from the past pull towards what was.")),
        Criterion.DATA_READINESS: Score(
            4, N_("Line lists with sales exist; attributes must be made uniform across seasons.")
        ),
        Criterion.TEAM_SKILLS: Score(
            3, N_("Reading intervals and small samples takes some practice for a creative team.")
        ),
        Criterion.INTEGRATION: Score(4, N_("One table in; pictures, slides and a line sheet out.")),
        Criterion.RUNNING_COST: Score(
            4, N_("A session of search and scoring is minutes of one machine; debates on a model cost little more.")
        ),
        Criterion.RISK_CLASS: Score(
            4, N_("It handles garments and sales, no persons; derivative designs are the point to watch.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            4, N_("The search is the house's own; a model adds wording and may be exchanged.")
        ),
    },
    risk_tags=("I",),
    risk_class="minimal",
    risk_reason=N_(
        "Internal advice on articles, without personal data; its pictures come under the marking duty once published."
    ),
    exercise=N_(
        "Overrule one agent with an argument of your own and watch which ideas rise; then find one idea that already "
        "exists."
    ),
    tasks=("lib.merchandising.product_ideation.task.CRITICISE_IDEAS",),
    jobs=(
        "lib.merchandising.product_ideation.jobs.hold",
        "lib.merchandising.product_ideation.jobs.prove",
    ),
    proof="lib.merchandising.product_ideation.proof.proof",
    sample_data=("past_line.csv", "house_codes.csv", "partner_codes.csv"),
    stands_on=("atelier/colours",),
    status="ready",
)

MADE_TO_MEASURE_EYEWEAR = UseCase(
    slug="made_to_measure_eyewear",
    area=Area.MERCHANDISING,
    title=N_("Made-to-measure eyewear"),
    summary=N_(
        "Measures a face in millimetres after consent and fits a frame to it, in 3D and on the photo, with style "
        "advice."
    ),
    documented_as=N_(
        "The source gives glasses shaped on the relief of a face as its example of products made for one person, in "
        "numbers."
    ),
    source_section="box",
    icon=":material/eyeglasses:",
    modalities=("image", "table", "3d"),
    users=(N_("Optician"), N_("Eyewear product manager"), N_("Made-to-measure adviser")),
    levers=(
        ValueLever(
            kpi=N_("Frames refitted or returned"),
            unit=N_("% of frames"),
            direction="down",
            measured_by=N_(
                "Log adjustments and returns within 60 days, for fitted and for shelf frames of the same line and shop."
            ),
        ),
        ValueLever(
            kpi=N_("Error of the measured pupillary distance"),
            unit=N_("millimetres"),
            direction="down",
            measured_by=N_(
                "Compare with an optician's pupilometer on 100 consenting people across skin tones and face shapes; "
                "report each group."
            ),
        ),
        ValueLever(
            kpi=N_("Fitted frames among frames sold"),
            unit=N_("% of frames sold"),
            direction="up",
            measured_by=N_(
                "Read from the till over a quarter, in shops with and without the service, matched by size and town."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Photos with consent, a known scale in the picture, frame geometry with its tolerances, lens limits from "
            "the lab."
        ),
        skills=N_("An optician who checks every fit; a 3D technician; someone for data protection from the first day."),
        integration=N_(
            "A camera flow in shop and online, files to the workshop that cuts or prints, the order to the lens lab."
        ),
    ),
    scores={
        Criterion.REVENUE: Score(3, N_("A new service at a high price for one category, not for the whole house.")),
        Criterion.COST: Score(2, N_("Fewer returns, against single-piece production and an optician's time.")),
        Criterion.SATISFACTION: Score(4, N_("A frame that sits at once is felt every day that it is worn.")),
        Criterion.WAITING_TIME: Score(
            2, N_("Fitting visits get shorter, while making the frame takes longer than taking one from stock.")
        ),
        Criterion.TIME_TO_MARKET: Score(
            2, N_("Face measurements tell the buyer a better size run for the next order.")
        ),
        Criterion.BRAND: Score(5, N_("Measured and made for one person is what haute couture stands for.")),
        Criterion.DATA_READINESS: Score(
            2, N_("No house has face measurements on file, and each photo needs its own consent.")
        ),
        Criterion.TEAM_SKILLS: Score(2, N_("It takes optics, 3D and data protection together, rare in one team.")),
        Criterion.INTEGRATION: Score(
            2, N_("Camera, workshop and lens lab have to be joined before the first pair is made.")
        ),
        Criterion.RUNNING_COST: Score(
            3, N_("The measurement is free of charge; each frame is a piece of its own to check and make.")
        ),
        Criterion.RISK_CLASS: Score(
            2, N_("Faces are sensitive: consent, minors, no lasting picture, and equal precision for all.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            2, N_("Landmark model, lens lab and maker are three outside parties to rely on.")
        ),
    },
    risk_tags=("E", "V"),
    risk_class="limited",
    risk_reason=N_(
        "Faces are measured and neither identified nor sorted; inferring origin or mood from them would change the "
        "class."
    ),
    exercise=N_(
        "Fit a frame on a face of the sample, move one landmark by two millimetres, and say what changes and who must "
        "notice."
    ),
    jobs=("lib.merchandising.made_to_measure_eyewear.jobs.prove",),
    proof="lib.merchandising.made_to_measure_eyewear.proof.proof",
    sample_data=("faces.csv", "people.json"),
    stands_on=("vision/faces",),
    status="ready",
)

BEAUTY_FORMULATION = UseCase(
    slug="beauty_formulation",
    area=Area.MERCHANDISING,
    title=N_("Beauty formulation"),
    summary=N_(
        "Proposes which formula to test next, within ingredient limits, so that the target is reached in fewer lab "
        "trials."
    ),
    documented_as=N_(
        "In an aside the text lets beauty brands look for new formulas with such models, and hopes for cheaper "
        "laboratory work."
    ),
    source_section="product_development",
    icon=":material/science:",
    modalities=("table",),
    users=(N_("Formulator"), N_("Laboratory manager"), N_("Regulatory affairs officer")),
    levers=(
        ValueLever(
            kpi=N_("Trials until the target is met"),
            unit=N_("trials per project"),
            direction="down",
            measured_by=N_(
                "Run two like projects side by side, one planned by the laboratory as usual and one by the tool, "
                "counting every batch weighed."
            ),
        ),
        ValueLever(
            kpi=N_("Raw material cost at equal performance"),
            unit=N_("euros per kilogram"),
            direction="down",
            measured_by=N_(
                "Price the chosen formula and the previous one at the same purchase list, once both pass the same "
                "stability test."
            ),
        ),
    ),
    needs=Needs(
        data=N_(
            "Ingredients with INCI name, function, cost, bounds and legal limits; results of past batches, failures "
            "included."
        ),
        skills=N_("A formulator who knows what may be mixed; someone at ease with designs of experiments."),
        integration=N_("A table from the laboratory notebook and back; the safety assessor keeps the last word."),
    ),
    scores={
        Criterion.REVENUE: Score(
            3, N_("A better cream can carry a line, in houses that make their own beauty products.")
        ),
        Criterion.COST: Score(
            4, N_("Trials, raw materials and bench hours fall together when the next batch is chosen well.")
        ),
        Criterion.SATISFACTION: Score(2, N_("Users feel texture and stability, never the way that led there.")),
        Criterion.WAITING_TIME: Score(1, N_("Laboratory queues are internal and short against stability tests.")),
        Criterion.TIME_TO_MARKET: Score(
            5, N_("Formulation stands at the head of a launch's critical path and can lose weeks.")
        ),
        Criterion.BRAND: Score(3, N_("A signature texture is an asset; how it was found doesn't matter to clients.")),
        Criterion.DATA_READINESS: Score(
            2, N_("Failed batches are seldom written down, and contract makers keep much of the rest.")
        ),
        Criterion.TEAM_SKILLS: Score(2, N_("Mixture designs are known to few formulators outside large groups.")),
        Criterion.INTEGRATION: Score(3, N_("Tables suffice, but the bench has to follow the plan batch by batch.")),
        Criterion.RUNNING_COST: Score(
            4, N_("The plan is computed in seconds; the batches themselves were being paid for anyway.")
        ),
        Criterion.RISK_CLASS: Score(
            3, N_("Safety of cosmetics has its own strict law, and claims on naturalness need proof.")
        ),
        Criterion.PARTNER_DEPENDENCE: Score(
            4, N_("The method is published statistics; ingredient data are the house's or its maker's.")
        ),
    },
    risk_tags=("C",),
    risk_class="minimal",
    risk_reason=N_(
        "Experiments on mixtures concern no person; a qualified assessor signs each product's safety under cosmetics "
        "law."
    ),
    exercise=N_(
        "Plan five trials by hand, let the tool plan five, and compare how near each comes; then explain one warning."
    ),
    jobs=("lib.merchandising.beauty_formulation.jobs.prove",),
    proof="lib.merchandising.beauty_formulation.proof.proof",
    sample_data=(
        "cream_ingredients.csv",
        "cream_trials.csv",
        "gel_ingredients.csv",
        "gel_trials.csv",
        "beauty_targets.json",
    ),
    status="ready",
)

USE_CASES = (
    SKETCH_TO_DESIGN,
    PRODUCT_IDEATION,
    MADE_TO_MEASURE_EYEWEAR,
    BEAUTY_FORMULATION,
)
