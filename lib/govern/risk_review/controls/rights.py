"""Intellectual property and derivative works."""

from __future__ import annotations

from typing import Final

from lib.govern.risk_review.model import Control, Risk, Sure
from lib.i18n import N_

RIGHTS: Final = (
    Control(
        "input_rights", Risk.RIGHTS, "IVC",
        N_("Is it documented who holds the rights in what goes in: photos, sketches, earlier designs, texts?"),
        N_("An output can’t be cleaner than its inputs. Photographers and former designers keep rights longer than"
           " archives remember."),
        N_("A list of inputs with right holder, licence and its limits."),
        (("nist", "GV-6.1-001"),), needs_evidence=True, weight=3,
    ),
    Control(
        "protected_works", Risk.RIGHTS, "ICB",
        N_("Was it checked that outputs don’t reproduce protected works or marks?"),
        N_("Models repeat what they were trained on; a near-copy infringes whoever made it."),
        N_("Results of the near-copy and brand checks on a sample of outputs, and a person’s look at the doubtful."),
        (("nist", "MG-3.1-004"),), needs_evidence=True, weight=3,
    ),
    Control(
        "derivative_motif", Risk.RIGHTS, "I",
        N_("Was each design that goes on compared with other designers’ motifs and with registered designs?"),
        N_("The source warns of derivative works and copied patterns. A motif can be taken without one line being the"
           " same."),
        N_("The search in the design registers and among competitors’ motifs, with who judged the closest ones."),
        (("document", ""), ("regulation", "6/2002, 10, 19")), Sure.CONFIRM, needs_evidence=True, weight=3,
    ),
    Control(
        "no_confusing_marks", Risk.RIGHTS, "IC",
        N_("Is it ruled out that a buyer takes what is shown for another house’s mark or famous shape?"),
        N_("In the MetaBirkin case a jury found against pictures of a famous bag: a new medium is no excuse."),
        N_("A trade mark check of names, logos and shapes in the outputs."),
        (("other", "Hermès v. Rothschild (S.D.N.Y. 2023)"),), needs_evidence=True,
    ),
    Control(
        "human_authorship", Risk.RIGHTS, "IC",
        N_("Where copyright matters: is it recorded what a person chose, arranged or changed?"),
        N_("What a machine makes alone has no copyright in the United States, and is often unprotected elsewhere:"
           " anyone may copy it."),
        N_("Drafts, edits and choices kept with the output; here, the parent runs and the edited text."),
        (("copyright", "Part 2 (January 2025)"),),
    ),
    Control(
        "registration_disclosure", Risk.RIGHTS, "IC",
        N_("Is AI content disclosed when a work is registered?"),
        N_("A registration that hides it can be cancelled, just when it is needed."),
        N_("The wording used in applications, or that nothing is registered."),
        (("copyright", "guidance on works containing AI-generated material"),), weight=1,
    ),
    Control(
        "vendor_terms", Risk.RIGHTS, "A",
        N_("Do the vendor’s terms settle who owns the output, training on our data, and who pays if rights are"
           " infringed?"),
        N_("Many standard terms leave the risk with the user and let the vendor learn from what is sent."),
        N_("The contract with its date and the three clauses; for the built-in engine, that nothing leaves the"
           " machine."),
        (("nist", "GV-6.1-004"), ("iso", "A.10.3")), needs_evidence=True, weight=3,
    ),
    Control(
        "model_licences", Risk.RIGHTS, "IV",
        N_("Do the licences of model and training data allow commercial use?"),
        N_("Many open image models forbid it, or pass conditions on to each picture."),
        N_("The licence’s text and version for each model in use."),
        (("nist", "MG-3.1-005"),), needs_evidence=True, weight=3,
    ),
    Control(
        "likeness", Risk.RIGHTS, "IV",
        N_("Is the likeness of living designers and celebrities excluded, or licensed?"),
        N_("'In the style of' a living name, or a face that everybody knows, costs more than it saves."),
        N_("The prompt’s rule and the name check’s results, or the licence."),
        (("copyright", "Part 1"),),
    ),
)  # fmt: skip
