"""Which size of a piece a client takes."""

from __future__ import annotations

from collections import Counter

import pytest

from lib.commerce.stylist.groundwork import sample_ground
from lib.commerce.stylist.model import Piece
from lib.commerce.stylist.reading_all import read_all
from lib.commerce.stylist.samples import sample_house
from lib.commerce.stylist.selection import CLIENT, Who, comments_of, select
from lib.commerce.stylist.sizes import fits_client, own_size

WOMEN, LETTERS = ("34", "36", "38", "40", "42", "44"), ("XS", "S", "M", "L", "XL")


def piece(sizes: tuple[str, ...], kind: str = "coat", **stock: int) -> Piece:
    return Piece("1", "Piece", kind, sizes=sizes, stock=stock or dict.fromkeys(sizes, 1))


@pytest.mark.parametrize(
    ("sizes", "client", "own"),
    [
        (WOMEN, {"top": "40"}, "40"),
        (LETTERS, {"top": "50"}, "L"),
        (LETTERS, {"top": "36"}, "S"),
        (LETTERS, {"top": "44"}, None),  # beyond the run's letters
        (WOMEN, {"top": "50"}, None),  # a man's size and a women's run
        (("25", "27", "29"), {"top": "40"}, ""),  # inches: can't be told
        (("one size",), {"top": "40"}, ""),
        (WOMEN, {}, ""),
    ],
)
def test_the_size_that_a_client_takes(sizes: tuple[str, ...], client: dict[str, str], own: str | None) -> None:
    assert own_size(piece(sizes), client) == own
    assert fits_client(piece(sizes), client) == (own is not None)


def test_a_piece_whose_size_is_sold_out_does_not_fit() -> None:
    assert not fits_client(piece(LETTERS, L=0, M=3), {"top": "50"})
    assert fits_client(piece(LETTERS, L=1), {"top": "50"})


def test_no_piece_of_a_run_without_the_client_s_size_is_proposed() -> None:
    house, ground = sample_house(), sample_ground()
    counts = Counter(one.client for one in house.comments if one.client in house.clients)
    agreed = [key for key, _n in counts.most_common() if house.clients[key].agreed and house.clients[key].sizes][:3]
    for key in agreed:
        who = Who(CLIENT, key)
        found = select(house, read_all(comments_of(house, who), house.clients), ground, who)
        assert found.pieces()
        for near in found.pieces():
            size = own_size(near.piece, house.clients[key].sizes)
            assert size is not None
            assert near.own == size
