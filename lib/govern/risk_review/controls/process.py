"""The standing process: inventory, tests, records, data protection, security."""

from __future__ import annotations

from typing import Final

from lib.govern.risk_review.model import Control, Risk, Sure
from lib.i18n import N_

PROCESS: Final = (
    Control(
        "inventory", Risk.PROCESS, "A",
        N_("Does the house’s list of AI uses name this one, with an owner, the model and its version?"),
        N_("What isn’t on a list has no owner when something goes wrong, and nobody notices that its model changed."),
        N_("The line of the list, with the owner’s name and the model’s version."),
        (("nist", "GV-1.6-001"),), needs_evidence=True, weight=3,
    ),
    Control(
        "intended_use", Risk.PROCESS, "A",
        N_("Is it written down what it is for, and what it must not be used for?"),
        N_("A tool made for drafts is soon used for decisions. Only a written limit can be pointed to."),
        N_("A page that names purposes, users and prohibited uses, known to those who use it."),
        (("iso", "A.9.4"), ("other", "Microsoft RAI impact assessment, 1-3")), weight=3,
    ),
    Control(
        "thresholds", Risk.PROCESS, "A",
        N_("Were the figures for go and no-go set before it was tested?"),
        N_("A threshold chosen after the result always fits the result."),
        N_("The pilot’s plan with target and date, or minutes older than the first result."),
        (("nist", "GV-1.3-002"),), needs_evidence=True,
    ),
    Control(
        "impact_assessment", Risk.PROCESS, "A",
        N_("Is there a signed impact assessment that names who is concerned and what could harm them?"),
        N_("Harm falls on people who aren’t in the room: clients, models, staff, suppliers. Someone has to list them."),
        N_("The signed assessment; this review’s own sign-off counts once it lists those concerned."),
        (("iso", "A.5.2-A.5.4"),), needs_evidence=True,
    ),
    Control(
        "risk_class", Risk.PROCESS, "A",
        N_("Is its class under the EU AI Act recorded, with the reason?"),
        N_("The class decides which duties apply and from when. High-risk uses need far more than this review."),
        N_("The class and its reason in this review, confirmed by counsel."),
        (("act", "6"), ("annex", "III")), weight=3,
    ),
    Control(
        "stop_switch", Risk.PROCESS, "A",
        N_("Can it be switched off at once, was that tried, and is it written down when to do so?"),
        N_("On the day of a scandal nobody looks for the switch. Who presses it, on which sign, is settled before."),
        N_("The minutes of a trial stop, with the signs that trigger it and who decides."),
        (("nist", "GV-1.7-001; MG-2.4-004"),), needs_evidence=True,
    ),
    Control(
        "near_misses", Risk.PROCESS, "A",
        N_("Are errors and near-misses written down, and does someone read them?"),
        N_("Near-misses are free lessons: the same error usually knocks several times before it does harm."),
        N_("This review’s incident log, with what was changed since."),
        (("nist", "MG-4.3-002"), ("iso", "A.8.4")),
    ),
    Control(
        "retained", Risk.PROCESS, "A",
        N_("Are prompt, model, version and output kept for each use?"),
        N_("Without them nobody can say later what was made by whom from what: neither to a court nor to a client."),
        N_("Runs in this workbench, or an export of the other system’s log."),
        (("nist", "GV-1.5-003"), ("iso", "A.6.2.8")), needs_evidence=True, weight=3,
    ),
    Control(
        "reassessed", Risk.PROCESS, "A",
        N_("Is it judged again when the model, the prompt or the data it draws on change?"),
        N_("A provider may change a model overnight under the same name; yesterday’s tests then say nothing."),
        N_("The rule, and the last time it applied."),
        (("nist", "MG-3.1-003"),),
    ),
    Control(
        "complaints", Risk.PROCESS, "HKT",
        N_("Can the people concerned complain or appeal, to a person?"),
        N_("An error about a person is put right fastest by that person, if there is a door to knock on."),
        N_("The address or form, who answers it, and by when."),
        (("nist", "GV-3.2-004"),), weight=3,
    ),
    Control(
        "dpia", Risk.PROCESS, "T",
        N_("Is there a data protection impact assessment for the monitoring of areas open to the public?"),
        N_("The law asks for it before large-scale systematic monitoring begins, and for the authority’s view if risk"
           " stays high."),
        N_("The assessment, with the data protection officer’s opinion."),
        (("gdpr", "35(3)(c)"),), Sure.READ, needs_evidence=True, weight=3,
    ),
    Control(
        "personal_data_assessment", Risk.PROCESS, "EVWHPSK",
        N_("Is there a data protection impact assessment, or a written reason why this use needs none?"),
        N_("Where personal data are used at a high risk for people, the law asks for it before the use begins; the"
           " rules that hold here stand under ‘Class and duties’."),
        N_("The assessment with the data protection officer’s opinion, or the note of why none is needed."),
        (("gdpr", "35"),), needs_evidence=True, weight=3,
    ),
    Control(
        "biometric_consent", Risk.PROCESS, "EVT",
        N_("Where bodies or faces identify people: is there explicit consent, or another basis of Article 9?"),
        N_("Data that identify by the body are a special category: processing them is forbidden unless an exception"
           " holds."),
        N_("The text of the consent and how it is recorded, or counsel’s note that nobody is identified."),
        (("gdpr", "9"),), Sure.READ, needs_evidence=True, weight=3,
    ),
    Control(
        "biometric_release", Risk.PROCESS, "EV",
        N_("For Illinois: is there a written release, and a public schedule of how long biometrics are kept?"),
        N_("Try-on and eyewear tools have led to class actions there, with damages for each person."),
        N_("The release and the published schedule, or proof that Illinois isn’t served."),
        (("other", "Biometric Information Privacy Act (740 ILCS 14)"),), needs_evidence=True,
    ),
    Control(
        "withdrawal", Risk.PROCESS, "EV",
        N_("Can people take back their consent and have their pictures deleted?"),
        N_("Consent that can’t be withdrawn isn’t consent."),
        N_("A tried deletion, from the request to the proof that nothing is left."),
        (("nist", "MS-2.2-003"),), needs_evidence=True, weight=3,
    ),
    Control(
        "marked_outputs", Risk.PROCESS, "IVB",
        N_("Do outputs carry a mark that machines can read, and does it survive a resize?"),
        N_("Marking has been a duty since 2 August 2026, for older systems from 2 December 2026; a mark that the first"
           " web shop strips helps nobody."),
        N_("A file before and after a resize, both read with a tool for metadata or C2PA."),
        (("act", "50(2)"), ("nist", "MS-2.7-005"), ("other", "C2PA")), needs_evidence=True,
    ),
    Control(
        "personal_data_scanned", Risk.PROCESS, "A",
        N_("Are inputs and outputs searched for personal data?"),
        N_("People paste e-mails and client records into prompts; what leaves the house can’t be called back."),
        N_("The check’s results on real inputs and outputs, with what it misses."),
        (("nist", "MP-4.1-009"),), needs_evidence=True, weight=3,
    ),
    Control(
        "red_teamed", Risk.PROCESS, "KL",
        N_("Did somebody try to turn it against the house: hidden instructions, misuse of its tools?"),
        N_("Whoever can write into a document or a message that it reads can give it orders."),
        N_("The attacks that were tried, what held, what didn’t and was changed."),
        (("nist", "MS-2.7-007"), ("owasp", "LLM01, LLM06")), needs_evidence=True, weight=3,
    ),
    Control(
        "social_terms", Risk.PROCESS, "S",
        N_("Do the networks’ terms and the law allow these posts to be collected for this purpose?"),
        N_("Public isn’t free to use: terms forbid most collection, and posts are personal data of their authors."),
        N_("The terms with their date, the legal basis, and how authors are informed."),
        (("gdpr", "6, 14"),), Sure.CONFIRM, needs_evidence=True, weight=3,
    ),
    Control(
        "social_minimised", Risk.PROCESS, "S",
        N_("Are names, faces and minors left out of what is kept from social networks?"),
        N_("A trend needs counts and words, not persons. What isn’t kept can’t leak."),
        N_("A sample of what is stored, and the rule that strips the rest."),
        (("gdpr", "5(1)(c)"),), Sure.CONFIRM,
    ),
)  # fmt: skip
