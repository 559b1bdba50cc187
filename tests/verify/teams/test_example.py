"""The worked example of docs/figures/teams.md."""

import itertools


def test_the_example_takes_the_least_of_four_sums():
    numbers = {("A1", 1): 5, ("A1", 2): 9, ("A2", 1): 7, ("A2", 2): 2}
    numbers |= {("B1", 1): 8, ("B1", 2): 1, ("B2", 1): 3, ("B2", 2): 6}
    sums = {
        (a, b): sum(numbers[place] for place in (("A1", a), ("A2", 3 - a), ("B1", b), ("B2", 3 - b)))
        for a, b in itertools.product((1, 2), repeat=2)
    }
    assert sorted(sums.values()) == [11, 20, 21, 30]
    assert min(sums, key=sums.__getitem__) == (1, 2)
