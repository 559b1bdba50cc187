"""Spreadsheets: bytes in, what they claim out."""

from safemonth.collect.readers.sheets.grid import grid_of
from safemonth.collect.readers.sheets.headings import looks_like_total, normalise_heading
from safemonth.collect.readers.sheets.reader import read_grids, read_sheet

__all__ = ["grid_of", "looks_like_total", "normalise_heading", "read_grids", "read_sheet"]
