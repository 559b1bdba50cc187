"""The tree against RFC 6962's own test vectors and against its definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.lib.merkle import audit_path, leaf_hash, path_leads_to, root_hash

# The leaves and roots of the reference tests of Certificate Transparency (transparency-dev/merkle).
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_root_of_nothing_is_the_digest_of_nothing():
    assert root_hash([]) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference_vectors(size):
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]]
    assert root_hash(leaves).hex() == ROOTS[size - 1]


def _by_definition(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    joined = _by_definition(leaves[:split]) + _by_definition(leaves[split:])
    return hashlib.sha256(b"\x01" + joined).digest()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70))
def test_the_root_is_that_of_the_definition(data):
    leaves = [leaf_hash(item) for item in data]
    assert root_hash(leaves) == _by_definition(leaves)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.data())
def test_an_audit_path_proves_its_leaf_and_no_other(data, draw):
    leaves = [leaf_hash(item) for item in data]
    index = draw.draw(st.integers(0, len(leaves) - 1))
    path = audit_path(index, leaves)
    root = root_hash(leaves)
    assert path_leads_to(root, leaf=leaves[index], index=index, size=len(leaves), path=path)
    assert not path_leads_to(root, leaf=leaf_hash(b"other-leaf"), index=index, size=len(leaves), path=path)


def test_a_leaf_that_is_not_there_has_no_path():
    with pytest.raises(IndexError):
        audit_path(3, [leaf_hash(b"a")])
