"""Letters: a document's text and tables in, what they claim out."""

from safemonth.collect.readers.letters.document import DocumentText
from safemonth.collect.readers.letters.extract import extract_text
from safemonth.collect.readers.letters.reader import read_letter

__all__ = ["DocumentText", "extract_text", "read_letter"]
