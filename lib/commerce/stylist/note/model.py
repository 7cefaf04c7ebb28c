"""What a note to a client is written from, and what it is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

MOST_PIECES = 6


class NotePiece(BaseModel):
    """One piece to be offered. ``because`` names what it was chosen for: colour, fit, fabric, length, occasion..."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(max_length=200)
    kind: str = ""
    colour: str = ""
    fabric: str = ""
    price: str = ""
    size: str = ""
    because: tuple[str, ...] = ()


class ClientNoteInputs(BaseModel):
    """What the note may use. Nothing of what a client wrote is in it: being quoted back feels watched."""

    model_config = ConfigDict(frozen=True)

    first_name: str = Field("", max_length=80)
    house: str = Field("", max_length=80)
    stylist: str = Field("", max_length=80)
    occasion: str = Field("", max_length=80)
    pieces: tuple[NotePiece, ...] = Field(min_length=1, max_length=MOST_PIECES)
    wish: str = Field("", max_length=300, description="the stylist's own sentence on tone or content")


class ClientNote(BaseModel):
    """The note."""

    model_config = ConfigDict(frozen=True)

    subject: str = Field(description="subject line of at most 60 characters")
    greeting: str
    body: str = Field(description="two or three short paragraphs, separated by an empty line")
    closing: str

    def text(self) -> str:
        """The whole note as plain text, without its subject."""
        return "\n\n".join(part for part in (self.greeting, self.body, self.closing) if part)
