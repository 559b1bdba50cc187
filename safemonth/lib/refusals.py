"""The base of all errors that a person can act on."""

from collections.abc import Mapping
from typing import Any


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation and return it unchanged (`lib` knows no Django)."""
    return sentence


class Refused(Exception):
    """Something was not done, and the sentence says where and what to do about it.

    `code` is stable (tests and other programs may rely on it); `sentence` is the English text with
    `%(name)s` places, marked by `gettext_noop`; `params` fills the places. The sentence is
    translated where it is shown (`desk`, the command line), never here.
    """

    def __init__(self, code: str, sentence: str, /, **params: Any) -> None:
        self.code = code
        self.sentence = sentence
        self.params: Mapping[str, Any] = params
        super().__init__(code, sentence % params if params else sentence)

    def __str__(self) -> str:
        return f"{self.sentence % self.params if self.params else self.sentence} [{self.code}]"
