"""Product descriptions: what sold before, three options from the product's own data, each claim traced."""

from collections.abc import Sequence

import streamlit as st

from lib.access import DEMO_WORKSPACE
from lib.catalogue import UseCase
from lib.commerce.product_descriptions.columns import POST_COLUMNS, PRODUCT_COLUMNS
from lib.commerce.product_descriptions.data import posts_from, products_from
from lib.commerce.product_descriptions.jobs import PROVE
from lib.commerce.product_descriptions.model import Post, Product
from lib.i18n import N_, _
from lib.settings import ROOT
from lib.shell import session
from lib.shell.page import open_page, section
from lib.shell.product_descriptions import brief, catalogue_run, learning, options, posts_wanted, winning
from lib.shell.proving import OwnData, offer_own_data
from lib.shell.upload_slot import OWN, SAMPLE
from lib.shell.uploads import Sample, UploadResult, sample_items, upload_table

SLUG = "product_descriptions"
DATA = ROOT / "sample_data"
PRODUCTS = (
    Sample(DATA / "products.csv", "en", N_("Products in English ({n})")),
    Sample(DATA / "produits.csv", "fr", N_("Products in French ({n})")),
)


def own_data(products: UploadResult[Product], posts: UploadResult[Post]) -> OwnData | None:
    """What the Proof tab may measure on: the files in use, when one of them is the person's own."""
    if not (products.ready and posts.ready) or not (products.data_set or posts.data_set):
        return None
    key = f"{products.data_set or 'sample'}+{posts.data_set or 'sample'}"
    sets = {"products": products.data_set, "posts": posts.data_set}
    return OwnData(key, f"{products.name}, {posts.name}", PROVE, sets, posts.data_set or products.data_set)


def data() -> tuple[UploadResult[Product], UploadResult[Post]]:
    """The two tables. A workspace of one's own has no posts until somebody brings some: the demo house's sales would
    steer another house's texts.
    """
    with st.expander(
        _("Data: products and past posts"), icon=":material/table_rows:", key=posts_wanted.DATA_OPEN, on_change="rerun"
    ):
        left, right = st.columns(2, gap="large")
        with left:
            products = upload_table(
                "products", SLUG, "products", PRODUCT_COLUMNS, PRODUCTS, products_from, _("Products")
            )
        with right:
            posts = upload_table(
                "posts",
                SLUG,
                "posts",
                POST_COLUMNS,
                DATA / "posts.csv",
                posts_from,
                _("Past posts and their results"),
                begin_with=SAMPLE if session.workspace() == DEMO_WORKSPACE else OWN,
            )
    return products, posts


def sold(products: Sequence[Product], posts: UploadResult[Post]) -> Sequence[Product]:
    """The products that the posts speak of: the demo house's posts are about its own, whatever is written about now."""
    if posts.origin == SAMPLE:
        return sample_items(DATA / "products.csv", PRODUCT_COLUMNS, products_from)
    return products


def try_it(case: UseCase) -> None:
    """The brief beside what sold, then the options that were written last."""
    products, posts = data()
    whose = posts_wanted.whose(posts)
    if not products.ready:
        st.info(_("Choose the demo house’s products, or upload yours, to begin."), icon=":material/arrow_upward:")
        options.show(posts.items, None, whose)  # what was written before stays in reach
        return
    offer_own_data(case, own_data(products, posts))
    told = sold(products.items, posts)
    left, right = st.columns([2, 3], gap="large")
    with right:
        section(_("What sold"), whose.source if posts.ready else "")
        learned = learning.what_sold(case, posts, products) if posts.ready else None
        if learned is not None:
            learning.draw(learned)
        elif not posts.ready:
            posts_wanted.offer()
    with left:
        section(_("The brief"))
        product = brief.chosen_product(products.items, products.source)
        winners = winning.nearest(product, posts.items, told) if posts.ready else ()
        said = brief.ask(products.items, products.source, learned, [winner.post for winner in winners])
        winning.draw(winners, whose.source)
    options.show(posts.items, learned, whose)
    catalogue_run.draw(products, posts.items, told, learned, said)


open_page(SLUG, try_it)
