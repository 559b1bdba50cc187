"""The Merkle tree of RFC 6962 (section 2.1): one root that no past entry can change under.

Leaves are hashed with a 0x00 before them and inner nodes with a 0x01, so that a node can never be
passed off as a leaf.
"""

import hashlib
from collections.abc import Iterable, Sequence


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf (32 bytes)."""
    return hashlib.sha256(b"\x00" + data).digest()


def root_hash(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes in order (32 bytes each); of none, SHA-256 of nothing.

    Keeps one hash for each full subtree, largest first, so memory is the logarithm of the count.
    """
    subtrees: list[tuple[int, bytes]] = []
    for leaf in leaves:
        size, node = 1, leaf
        while subtrees and subtrees[-1][0] == size:
            node = _join(subtrees.pop()[1], node)
            size *= 2
        subtrees.append((size, node))
    if not subtrees:
        return hashlib.sha256(b"").digest()
    _, node = subtrees.pop()
    while subtrees:
        node = _join(subtrees.pop()[1], node)
    return node


def audit_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the hashes that prove leaf `index` (from 0) stands under the root, nearest first.

    Raises IndexError where there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    split = _largest_power_below(len(leaves))
    if index < split:
        return [*audit_path(index, leaves[:split]), root_hash(leaves[split:])]
    return [*audit_path(index - split, leaves[split:]), root_hash(leaves[:split])]


def path_leads_to(root: bytes, *, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bool:
    """Return whether `path` proves that `leaf` is number `index` of the `size` leaves under `root`.

    The verification of RFC 9162, section 2.1.3.2 (the same tree as RFC 6962).
    """
    if not 0 <= index < size:
        return False
    position, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position % 2 or position == last:
            node = _join(sibling, node)
            while position and not position % 2:
                position, last = position >> 1, last >> 1
        else:
            node = _join(node, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and node == root


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _largest_power_below(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)
