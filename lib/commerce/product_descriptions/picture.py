"""What sold in words and as a figure, in the reader's language."""

from __future__ import annotations

from lib.commerce.product_descriptions.effects import DISCOVERY_RATE, WORTH_KNOWING, Effect
from lib.commerce.product_descriptions.features import FEATURES
from lib.commerce.product_descriptions.what_sold import WhatSold
from lib.figures import Figure, Mark
from lib.i18n import _, ngettext, number, percent


def phrase(effect: Effect) -> str:
    """The feature's step as the subject of a sentence: 'Naming the fit', 'A text longer by 20 words'."""
    feature = FEATURES[effect.feature]
    step = effect.step * 100 if feature.kind == "share" else effect.step
    return _(feature.phrase, step=number(step))


def finding(what_sold: WhatSold) -> str:
    """The strongest association that holds, or that none does, in one sentence."""
    if not what_sold.claims:
        return _("Nothing in these {posts} texts stands out beyond chance", posts=number(what_sold.posts))
    return sentence(what_sold.claims[0])


def sentence(effect: Effect) -> str:
    """One association in words: 'Naming the fit goes with 12% more orders per view'."""
    share = percent(abs(effect.step_effect))
    if effect.step_effect > 0:
        return _("{what} goes with {share} more orders per view", what=phrase(effect), share=share)
    return _("{what} goes with {share} fewer orders per view", what=phrase(effect), share=share)


def on_returns(what_sold: WhatSold) -> tuple[str, ...]:
    """What goes with more or fewer returns per order, in words; only what holds after correction."""
    said = []
    for effect in what_sold.on_returns:
        if effect.stands_out:
            values = {"what": phrase(effect), "share": percent(abs(effect.step_effect))}
            more = effect.step_effect > 0
            said.append(
                _("{what} goes with {share} more returns per order", **values)
                if more
                else _("{what} goes with {share} fewer returns per order", **values)
            )
    return tuple(said)


def figure(what_sold: WhatSold) -> Figure:
    """What helps and what doesn't: each feature's association for one step, with its interval.

    What holds after correction is drawn in the evidence colour, what may be chance in a neutral one.
    """
    marks = tuple(_mark(effect) for effect in what_sold.effects)
    return Figure(
        title=finding(what_sold),
        marks=marks,
        unit=_("difference in orders per view"),
        number_format="signed_percent",
        source=_(
            "{posts} past posts of {products} products, {orders} orders. Compared at equal category, channel, "
            "language, price and season. An association, not proof of a cause.",
            posts=number(what_sold.posts),
            products=number(what_sold.products),
            orders=number(what_sold.orders),
        ),
    )


def _mark(effect: Effect) -> Mark:
    """One feature's point and interval, with what lies behind it as its note."""
    if effect.stands_out:
        verdict = _("Holds after correction for the number of features looked at.")
    else:
        verdict = _("May be chance.")
    parts = [verdict]
    if FEATURES[effect.feature].kind == "flag":
        parts.append(_("{posts} posts have it.", posts=number(effect.posts)))
    parts.append(_("The sign is the same in {same} of the resampled data sets.", same=percent(effect.same_sign)))
    return Mark(
        label=phrase(effect),
        value=effect.step_effect,
        low=effect.step_low,
        high=effect.step_high,
        role="ours" if effect.stands_out else "neutral",
        group=_("Clear") if effect.stands_out else _("Unclear"),
        note=" ".join(parts),
    )


def unclear(what_sold: WhatSold) -> str:
    """Why an interval may leave zero out and still not count: said in place. '' where none does."""
    alone = [effect for effect in what_sold.effects if not effect.stands_out and effect.low * effect.high > 0]
    if not alone:
        return ""
    one_in = max(2, round(1 / max(effect.q_value for effect in alone)))
    return ngettext(
        "“Unclear”, though the interval leaves zero out? {features} features were looked at, and of so many some stand "
        "out by chance. What counts as clear is kept so strict that about 1 in {strict} is chance; with this {n} "
        "counted too, it would be up to 1 in {one_in}.",
        "“Unclear”, though the interval leaves zero out? {features} features were looked at, and of so many some stand "
        "out by chance. What counts as clear is kept so strict that about 1 in {strict} is chance; with these {n} "
        "counted too, it would be up to 1 in {one_in}.",
        len(alone),
        features=number(len(what_sold.effects)),
        strict=number(round(1 / DISCOVERY_RATE)),
        one_in=number(one_in),
    )


def cautions(what_sold: WhatSold) -> tuple[str, ...]:
    """What a reader must know before acting on the picture, plainly; the sample's size first."""
    found = []
    if what_sold.too_small:
        found.append(
            _(
                "The sample is small: with {posts} posts, a difference has to reach about {detectable} to be found 4 "
                "times in 5. To find {worth}, about {needed} posts like these are needed.",
                posts=number(what_sold.posts),
                detectable=percent(what_sold.detectable),
                worth=percent(WORTH_KNOWING),
                needed=number(float(f"{what_sold.posts_needed:.2g}")),
            )
        )
    if what_sold.rank_low <= 0:
        found.append(
            _("On posts that it had not seen, the score of the text ranked no better than chance. Do not rely on it.")
        )
    found.append(
        _(
            "These are associations. Whoever wrote more about the better pieces leaves the same trace; only two texts "
            "tried on one product tell cause from company."
        )
    )
    return tuple(found)
