"""The task: describe one product for one channel."""

from __future__ import annotations

from pathlib import Path

from lib.checks.given import REPEATED
from lib.commerce.product_descriptions.checks import CHECKS
from lib.commerce.product_descriptions.model import DescribeProduct, Descriptions
from lib.commerce.product_descriptions.writer import DRAFTER_VERSION, draft
from lib.i18n import N_
from lib.tasks import Task

DESCRIBE_PRODUCT: Task[DescribeProduct, Descriptions] = Task(
    name="describe_product",
    title=N_("Describe a product"),
    inputs=DescribeProduct,
    output=Descriptions,
    draft=draft,
    prompts=Path(__file__).parent.parent / "prompts",
    version=DRAFTER_VERSION,
    checks=CHECKS,
    given=REPEATED,  # the product's data; its own checks hold claims to them, and wording to the earlier posts
    max_output_tokens=2_500,
)
