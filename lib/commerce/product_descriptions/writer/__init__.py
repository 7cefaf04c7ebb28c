"""The built-in writer of product descriptions: rules, no model; seeded, so repeatable.

The classic pipeline of Reiter and Dale (*Building Natural Language Generation Systems*, 2000): content selection
(``facts``), document planning (``planning``), sentence plans with aggregation (``plans/*.toml``), lexicalisation from
``lib.vocabulary``, surface realisation (``templates``, ``phrases``). It writes several candidates for each option and
keeps the best by score (``ranking``; Langkilde and Knight 1998).

It says what the product's data says and nothing else: no property of a material that the data doesn't hold, no
superlative, no origin by ear.
"""

from lib.commerce.product_descriptions.writer.drafting import DRAFTER_VERSION, draft
from lib.commerce.product_descriptions.writer.notes import Wishes, wishes
from lib.commerce.product_descriptions.writer.skeletons import sentences, skeleton
from lib.commerce.product_descriptions.writer.telling import understood_note, unspoken

__all__ = ["DRAFTER_VERSION", "Wishes", "draft", "sentences", "skeleton", "understood_note", "unspoken", "wishes"]
