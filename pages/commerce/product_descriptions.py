"""Product descriptions: what sold before, three options from the product's own data, each claim traced."""

import streamlit as st

from lib.catalogue import UseCase
from lib.commerce.product_descriptions.columns import POST_COLUMNS, PRODUCT_COLUMNS
from lib.commerce.product_descriptions.data import posts_from, products_from
from lib.commerce.product_descriptions.jobs import PROVE
from lib.commerce.product_descriptions.model import Post, Product
from lib.i18n import _
from lib.settings import ROOT
from lib.shell.page import open_page, section
from lib.shell.product_descriptions import brief, catalogue_run, learning, options, winning
from lib.shell.proving import OwnData, offer_own_data
from lib.shell.uploads import UploadResult, upload_table

SLUG = "product_descriptions"
SAMPLE = ROOT / "sample_data"


def own_data(products: UploadResult[Product], posts: UploadResult[Post]) -> OwnData | None:
    """What the Proof tab may measure on: the files in use, when one of them is the person's own."""
    if not (products.ready and posts.ready) or not (products.data_set or posts.data_set):
        return None
    key = f"{products.data_set or 'sample'}+{posts.data_set or 'sample'}"
    sets = {"products": products.data_set, "posts": posts.data_set}
    return OwnData(key, f"{products.name}, {posts.name}", PROVE, sets, posts.data_set or products.data_set)


def try_it(case: UseCase) -> None:
    """The brief beside what sold, then the options that were written last."""
    with st.expander(_("Data: products and past posts"), icon=":material/table_rows:"):
        left, right = st.columns(2, gap="large")
        with left:
            products = upload_table(
                "products", SLUG, "products", PRODUCT_COLUMNS, SAMPLE / "products.csv", products_from, _("Products")
            )
        with right:
            posts = upload_table(
                "posts",
                SLUG,
                "posts",
                POST_COLUMNS,
                SAMPLE / "posts.csv",
                posts_from,
                _("Past posts and their results"),
            )
    if not products.ready:
        st.info(_("Choose the demo house’s products, or upload yours, to begin."), icon=":material/arrow_upward:")
        options.show(posts.items, None)  # what was written before stays in reach
        return
    offer_own_data(case, own_data(products, posts))
    left, right = st.columns([2, 3], gap="large")
    with right:
        section(_("What sold"))
        learned = learning.what_sold(case, posts, products) if posts.ready else None
        if learned is not None:
            learning.draw(learned)
        elif not posts.ready:
            st.caption(_("Without past posts the texts are written from the product’s data alone."))
    with left:
        section(_("The brief"))
        product = brief.chosen_product(products.items)
        winners = winning.nearest(product, posts.items, products.items) if posts.ready else ()
        said = brief.ask(products.items, learned, [winner.post for winner in winners])
        winning.draw(winners)
    options.show(posts.items, learned)
    catalogue_run.draw(products, posts.items, learned, said)


open_page(SLUG, try_it)
