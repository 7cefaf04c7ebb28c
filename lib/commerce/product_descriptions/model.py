"""The words of the page: products, past posts, brand voice, channels, descriptions."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

SNIPPET_CHARACTERS = 155
Text = Annotated[str, Field(max_length=5_000)]


class Channel(StrEnum):
    """Where a description is published."""

    SITE = "site"
    MARKETPLACE = "marketplace"
    SOCIAL = "social"
    EMAIL = "email"


class Material(BaseModel):
    """One fibre or material and its share of the composition, between 0 and 1; None where it isn't given."""

    model_config = ConfigDict(frozen=True)
    name: str
    share: float | None = Field(default=None, ge=0, le=1)


class Product(BaseModel):
    """One product as the house's product information system knows it. Texts are in French or in English, as given."""

    model_config = ConfigDict(frozen=True)
    sku: str
    name: str = Field(min_length=1)
    category: str  # as given; the eight of the sample: dresses, coats, knitwear, shirts, trousers, skirts, bags, shoes
    line: str = ""  # the house's own collection or line
    department: str = ""  # women, men, unisex
    colour: str = ""
    materials: tuple[Material, ...] = ()
    lining: tuple[Material, ...] = ()
    attributes: dict[str, str] = Field(
        default_factory=dict
    )  # neckline, sleeve, length, fit, closure, pattern, pockets, ...
    details: tuple[str, ...] = ()  # free phrases: 'horn buttons', 'hand-finished hem'
    fit_note: str = ""
    care: tuple[str, ...] = ()
    origin: str = ""  # country of making
    price: float | None = Field(default=None, ge=0)
    currency: str = "EUR"
    sizes: tuple[str, ...] = ()
    season: str = ""
    language: str = "en"  # in which the texts above are written


class Post(BaseModel):
    """A past sales post with its results over its first weeks."""

    model_config = ConfigDict(frozen=True)
    post_id: str
    sku: str = ""
    channel: Channel = Channel.SITE
    category: str = ""
    language: str = ""
    title: str = ""
    text: str
    published_on: dt.date | None = None
    views: int = Field(ge=0)
    carts: int = Field(default=0, ge=0)
    orders: int = Field(ge=0)
    returns: int = Field(default=0, ge=0)


class BrandVoice(BaseModel):
    """How the house speaks."""

    model_config = ConfigDict(frozen=True)
    house: str = "Maison Solène"
    register_: str = Field(default="restrained", alias="register")  # restrained, warm, expert
    address: str = "none"  # none: the reader isn't addressed; formal: vous; familiar: tu (English has one 'you')
    preferred: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    sentence_words: int = Field(default=18, ge=8, le=30)  # aimed at, on average


class Advice(BaseModel):
    """One learned feature of posts that sold, handed to the writer: aim for it, or avoid it."""

    model_config = ConfigDict(frozen=True)
    feature: str  # a name in ``features.FEATURES``
    aim: float  # the value to aim for, in the feature's unit
    effect: float  # change of orders per view for one standard deviation, as a share: 0.12 is 12% more
    low: float
    high: float


class DescribeProduct(BaseModel):
    """What the writer may use, and nothing else."""

    model_config = ConfigDict(frozen=True)
    product: Product
    channel: Channel = Channel.SITE
    voice: BrandVoice = BrandVoice()
    advice: tuple[Advice, ...] = ()
    winners: tuple[Post, ...] = ()  # the nearest posts that sold, as examples; never copied
    note: str = ""  # the brief's own sentence, from the user


class Description(BaseModel):
    """One finished description."""

    angle: str = Field(description="What it leads with, in two to four words")
    title: Text
    opener: Text = Field(description="One sentence that opens the description")
    body: Text
    bullets: list[Text] = Field(max_length=8)
    fit_and_care: Text
    snippet: Text = Field(description=f"Search snippet, at most {SNIPPET_CHARACTERS} characters")


class Descriptions(BaseModel):
    """Three options to choose from, each leading with something else."""

    options: list[Description] = Field(min_length=1, max_length=3)
