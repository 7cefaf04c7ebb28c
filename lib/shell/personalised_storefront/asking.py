"""The left side: whose page, what of it may be used, which page, and the merchandiser's rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.commerce.personalised_storefront.house import MADE_UP, with_profile
from lib.commerce.personalised_storefront.learned import Learned
from lib.commerce.personalised_storefront.model import Purpose, Shopper
from lib.commerce.personalised_storefront.offers import HOUSE_OFFERS, Offer
from lib.commerce.personalised_storefront.storefront import HOME, Front, House, Rules, available, front_of
from lib.commerce.personalised_storefront.telling import PURPOSE_TITLES, category_name, offer_said, product_name
from lib.i18n import _, list_of, ngettext, translate
from lib.shell.personalised_storefront.state import kept, recall, widget
from lib.shell.text import plain

NOBODY = ""
TRIED = 12  # profiles that are looked at for one that tells much


@dataclass(frozen=True)
class Asked:
    """Everything that a page is made from."""

    customer: str
    given: frozenset[Purpose]  # what the profile agreed to
    allowed: frozenset[Purpose]  # what of it is switched on
    page: str
    device: str
    rules: Rules
    offers: tuple[Offer, ...]
    tax: float
    made_up: tuple[str, ...] = ()  # the pieces and sizes of a profile that was made up here


def ask(learned: Learned, folded: DeltaGenerator) -> tuple[Asked, Learned]:
    """Profile, page and consent, and the house with a made-up profile; rules and offers are in ``folded``."""
    house = learned.house
    one, two, three = st.columns([5, 2, 2])
    with one:
        customer = _whose(learned)
    with two:
        page = _page(house)
    with three:
        device = _device()
    told: tuple[str, ...] = ()
    if customer == MADE_UP:
        house, told = _made_up(house)
        learned = replace(learned, house=house)
    shopper = house.shopper(customer)
    given = shopper.purposes if shopper else frozenset()
    allowed = _consent(customer, shopper, given)
    with folded:
        rules = _rules(house)
        offers, tax = _offers()
    return Asked(customer, given, allowed, page, device, rules, offers, tax, told), learned


def _made_up(house: House) -> tuple[House, tuple[str, ...]]:
    """A profile that the person makes up: pieces that it bought, and its sizes."""
    open_ = available(house)
    names = {p.sku: product_name(p) for p, on in zip(house.line.products, open_, strict=True) if on}
    one, *rest = st.columns([5, 1, 1, 1])
    with one:
        skus = _several(_("Pieces that this profile bought"), "made_up", names)
    sizes = {}
    titles = {"top": _("Top size"), "trouser": _("Trouser size"), "shoe": _("Shoe size")}
    for column, (kind, title) in zip(rest, titles.items(), strict=True):
        key = recall(f"size_{kind}", "")
        with column:
            sizes[kind] = st.text_input(title, key=key, max_chars=8, on_change=kept(f"size_{kind}", key))
    return with_profile(house, skus, sizes), (*skus, *sizes.values())


def _first(learned: Learned) -> list[str]:
    """The telling profiles, looked for once a session for the same tables."""
    before = st.session_state.get("storefront_first")
    if before is None or before[0] is not learned:
        before = (learned, telling(learned, suggested(learned.house)))
        st.session_state["storefront_first"] = before
    return list(before[1])


def telling(learned: Learned, first: Sequence[str]) -> list[str]:
    """The same profiles, led by one whose page opens with another piece than the generic page."""
    house = learned.house
    generic = front_of(house, learned.ranker, "", frozenset()).skus[:1]
    bought = Counter(line.customer_id for line in house.tables.lines)
    every = [one for one in house.tables.shoppers if len(one.purposes) == len(Purpose)]
    every.sort(key=lambda one: (-bought[one.customer_id], one.customer_id))
    for shopper in every[:TRIED]:
        front = front_of(house, learned.ranker, shopper.customer_id, shopper.purposes)
        if front.personal and front.skus[:1] != generic:
            return [shopper.customer_id, *(one for one in first if one != shopper.customer_id)]
    return list(first)


def suggested(house: House) -> list[str]:
    """Four telling profiles: two that bought much, one that agreed to little, one that agreed to nothing."""
    bought = Counter(line.customer_id for line in house.tables.lines)
    ranked = sorted(house.tables.shoppers, key=lambda one: (-bought[one.customer_id], one.customer_id))
    every = [one for one in ranked if len(one.purposes) == len(Purpose)]
    kinds: list[Sequence[Shopper]] = [
        every[:1],
        [one for one in every[1:] if _department(house, one) not in ("", _department(house, every[0]))][:1],
        [one for one in ranked if one.purposes == frozenset((Purpose.ORDERS,))][:1],
        [one for one in ranked if not one.purposes][:1],
    ]
    return [one.customer_id for found in kinds for one in found]


def _department(house: House, shopper: Shopper) -> str:
    """Which department a shopper mostly buys in."""
    counts = Counter(
        house.line.products[house.line.index[line.sku]].department.casefold()
        for line in house.tables.lines
        if line.customer_id == shopper.customer_id
    )
    counts.pop("unisex", None)
    return counts.most_common(1)[0][0] if counts else ""


def _whose(learned: Learned) -> str:
    house = learned.house
    names = {shopper.customer_id: shopper for shopper in house.tables.shoppers}
    bought = Counter(line.customer_id for line in house.tables.lines)
    first = _first(learned)
    options = [*first, NOBODY, MADE_UP, *(name for name in names if name not in first)]

    def said(name: str) -> str:
        if name == NOBODY:
            return _("Nobody signed in")
        if name == MADE_UP:
            return _("A profile that I make up")
        shopper = names[name]
        pieces = ngettext("{n} piece bought", "{n} pieces bought", bought[name])
        agreed = list_of([translate(PURPOSE_TITLES[one]).casefold() for one in Purpose if one in shopper.purposes])
        agreed = agreed or _("agreed to nothing")
        if len(shopper.purposes) == len(Purpose):
            agreed = _("agreed to everything")
        return f"{shopper.first_name or name} · {pieces} · {agreed} · {name}"

    key = recall("customer", options[0], options)
    told = {name: said(name) for name in options}
    return str(
        st.selectbox(_("Whose page"), options, format_func=told.__getitem__, key=key, on_change=kept("customer", key))
    )


def _consent(customer: str, shopper: Shopper | None, given: frozenset[Purpose]) -> frozenset[Purpose]:
    """A switch for each purpose; what was never agreed to can't be switched on."""
    if shopper is None:
        return frozenset()
    allowed = set()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("May be used; withdraw one and see what changes:"), width="content")
        for purpose in Purpose:
            key = recall(f"consent_{purpose}", purpose in given, own=f"consent_{customer}_{purpose}")
            if purpose not in given:
                st.session_state[key] = False
            on = st.toggle(
                translate(PURPOSE_TITLES[purpose]),
                key=key,
                disabled=purpose not in given,
                on_change=kept(f"consent_{customer}_{purpose}", key),
                help=None if purpose in given else _("This profile didn’t agree to it."),
            )
            if on:
                allowed.add(purpose)
    if shopper.unclear:
        st.caption(_("What this profile agreed to can’t be read in the file, so it counts as nothing."))
    return frozenset(allowed)


def _page(house: House) -> str:
    open_ = available(house)
    names = list(dict.fromkeys(p.category.casefold() for p, on in zip(house.line.products, open_, strict=True) if on))
    options = [HOME, *names]
    key = recall("page", HOME, options)
    said = {name: category_name(name) if name else _("Home") for name in options}
    return str(st.selectbox(_("Page"), options, format_func=said.__getitem__, key=key, on_change=kept("page", key)))


def _device() -> str:
    said = {"desktop": _("Desktop"), "phone": _("Phone")}
    key = recall("device", "desktop", list(said))
    found = st.segmented_control(
        _("Screen"), list(said), format_func=said.__getitem__, key=key, on_change=kept("device", key)
    )
    return str(found or "desktop")


def _rules(house: House) -> Rules:
    """The merchandiser's rules; they stand above every profile."""
    open_ = available(house)
    names = {p.sku: f"{product_name(p)} · {p.sku}" for p, on in zip(house.line.products, open_, strict=True) if on}
    categories = list(dict.fromkeys(p.category.casefold() for p in house.line.products))
    with st.expander(_("The merchandiser’s rules"), icon=":material/rule:"):
        editorial = _several(_("First on every page (editorial)"), "editorial", names)
        pinned = _several(_("Pinned after it"), "pinned", names)
        fixed = _several(
            _("Pages never personalised"), "fixed", {"": _("Home"), **{n: category_name(n) for n in categories}}
        )
        key = recall("alike", 3)
        alike = st.slider(
            _("At most so many alike among the first places"), 1, 12, key=key, on_change=kept("alike", key),
            help=_("Of one category on the home page, of one colour on a category’s page."),
        )  # fmt: skip
        key = recall("sizes_first", True)
        first = st.toggle(_("Sizes that fit and are in stock first"), key=key, on_change=kept("sizes_first", key))
    return Rules(tuple(editorial), tuple(pinned), tuple(fixed), int(alike), bool(first))


def _several(label: str, name: str, options: dict[str, str]) -> list[str]:
    key = widget(name)
    if key not in st.session_state:
        from lib.shell.personalised_storefront.state import state

        st.session_state[key] = [one for one in state().get(name, []) if one in options]
    st.session_state[key] = [one for one in st.session_state[key] if one in options]
    return list(
        st.multiselect(label, list(options), format_func=options.__getitem__, key=key, on_change=kept(name, key))
    )


def _offers() -> tuple[tuple[Offer, ...], float]:
    """The house's open offers; what they lift orders by is its assumption."""
    made = []
    with st.expander(_("Offers and margins"), icon=":material/percent:"):
        st.caption(
            _("What an offer lifts orders by is your assumption until it is tested; each offer stays open to all.")
        )
        key = recall("percent", 10)
        off = st.slider(
            _("Discount that may be offered"), 5, 60, step=5, format="%d%%", key=key, on_change=kept("percent", key)
        )
        for offer in HOUSE_OFFERS:
            if offer.kind == "none":
                made.append(offer)
                continue
            one = Offer(offer.kind, off / 100 if offer.kind == "percent" else 0.0, offer.cost, offer.lift)
            made.append(_assumed(one))
        key = recall("alteration_cost", 18)
        cost = st.number_input(_("Cost of an alteration"), 0, 500, key=key, on_change=kept("alteration_cost", key))
        key = recall("tax", 20)
        tax = st.slider(_("Sales tax inside prices"), 0, 30, format="%d%%", key=key, on_change=kept("tax", key))
    offers = tuple(replace(one, cost=float(cost)) if one.kind == "alteration" else one for one in made)
    return offers, tax / 100


def _assumed(offer: Offer) -> Offer:
    """The range that the house assumes the lift to lie in, and where it has it from; its middle is what is expected."""
    usual = next(one for one in HOUSE_OFFERS if one.kind == offer.kind).lifts
    name = f"range_{offer.kind}"
    one, two = st.columns(2)
    with one:
        key = recall(name, [round(100 * end) for end in usual])
        st.session_state[key] = tuple(st.session_state[key])
        label = _("Assumed lift of orders, from and to: {offer}", offer=offer_said(offer))
        # Its value, which makes it a range, is in the session already: given twice, Streamlit complains.
        ends = cast(tuple[int, int], st.slider(label, 0, 60, format="%d%%", key=key, on_change=kept(name, key)))
    with two:
        key = recall(f"source_{offer.kind}", "")
        source = st.text_input(
            _("Where the range comes from: {offer}", offer=offer_said(offer)), key=key, max_chars=120,
            placeholder=_("Assumption, not tested"), on_change=kept(f"source_{offer.kind}", key),
        )  # fmt: skip
    return replace(offer, lift=sum(ends) / 200, lift_low=ends[0] / 100, lift_high=ends[1] / 100, source=source.strip())


def said_of_consent(asked: Asked, mine: Front, learned: Learned) -> list[tuple[str, str]]:
    """For each purpose, what is used of it or why not."""
    found = []
    for purpose in Purpose:
        title = translate(PURPOSE_TITLES[purpose])
        if purpose not in asked.given:
            found.append((title, _("not used: no consent")))
        elif purpose not in asked.allowed:
            found.append((title, _("not used: withdrawn here")))
        else:
            n = mine.used.get(purpose, 0)
            found.append((title, ngettext("{n} act is used", "{n} acts are used", n)))
    return found


def changed_said(asked: Asked, mine: Front, learned: Learned) -> str:
    """What a withdrawal changed, against all that the profile agreed to; '' where nothing was withdrawn."""
    withdrawn = asked.given - asked.allowed
    if not withdrawn:
        return ""
    before = front_of(learned.house, learned.ranker, asked.customer, asked.given, asked.page, asked.rules)
    moved = sum(one != two for one, two in zip(before.skus, mine.skus, strict=False))
    gone = len(set(before.skus) - set(mine.skus))
    names = list_of([translate(PURPOSE_TITLES[one]).casefold() for one in Purpose if one in withdrawn])
    return plain(
        _(
            "Withdrawn: {names}. Of {n} places, {moved} hold another piece, and {gone} pieces left the page.",
            names=names,
            n=len(mine.skus),
            moved=moved,
            gone=gone,
        )
    )
