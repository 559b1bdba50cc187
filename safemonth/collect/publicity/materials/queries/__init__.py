"""Reads of materials: the books and the stock in them, where they disagree, and what may be counted twice."""

from safemonth.collect.publicity.materials.queries.books import (
    Books,
    StockRow,
    books_of,
    designs_held_by,
    designs_seen_by,
    handouts_at,
    indicators_of_designs,
    stock_rows,
)
from safemonth.collect.publicity.materials.queries.disagreements import OddPlace, disagreements_in
from safemonth.collect.publicity.materials.queries.doubles import PossibleDouble, possible_doubles
from safemonth.collect.publicity.materials.queries.entries import (
    Correctable,
    correctable,
    entries_at,
    transfers_received_by,
    transfers_waiting_for,
)

__all__ = [
    "Books",
    "Correctable",
    "OddPlace",
    "PossibleDouble",
    "StockRow",
    "books_of",
    "correctable",
    "designs_held_by",
    "designs_seen_by",
    "disagreements_in",
    "entries_at",
    "handouts_at",
    "indicators_of_designs",
    "possible_doubles",
    "stock_rows",
    "transfers_received_by",
    "transfers_waiting_for",
]
