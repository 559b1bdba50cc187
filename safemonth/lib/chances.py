"""A stream of chances that anyone can make again: SHA-256 of seed and counter, and nothing that a library may change.

As Rivest's `sampler` (2011) and Stark's audit generator do (Ottoboni and Stark 2018, arXiv:1810.10985): block i is
SHA-256 over `safemonth draw 1`, the seed, what was said at the draw, the frame's digest, a purpose and i, each but the
last followed by a zero byte, i in eight bytes, the highest first; a block is a number of 256 bits.
"""

import hashlib
from collections.abc import Sequence
from typing import Final, TypeVar

Item = TypeVar("Item")

NAME: Final = "safemonth draw 1"
_RANGE: Final = 2**256


class Chances:
    """The stream of one draw for one purpose (`select`, `assign` …): purposes do not disturb each other."""

    def __init__(self, *, seed: str, witness: str, frame_sha256: str, purpose: str) -> None:
        self._head = b"".join(text.encode() + b"\0" for text in (NAME, seed, witness, frame_sha256, purpose))
        self._count = 0

    def below(self, count: int) -> int:
        """Return a whole number from 0 to `count` - 1, each exactly as likely; ValueError where `count` < 1.

        Blocks at or above the largest multiple of `count` are passed over, so that nothing leans to the low numbers.
        """
        if count < 1:
            raise ValueError("there is nothing to choose from")
        while True:
            block = hashlib.sha256(self._head + self._count.to_bytes(8, "big")).digest()
            self._count += 1
            number = int.from_bytes(block, "big")
            if number < _RANGE - _RANGE % count:
                return number % count

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Return the items in an order drawn from all orders (Fisher and Yates; Durstenfeld 1964), from the last place down."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            chosen = self.below(last + 1)
            order[last], order[chosen] = order[chosen], order[last]
        return order


def seed_digest(seed: str) -> str:
    """Return the digest under which a seed is laid down before the frame closes: 64 hexadecimal digits."""
    return hashlib.sha256(f"{NAME}\0{seed}".encode()).hexdigest()
