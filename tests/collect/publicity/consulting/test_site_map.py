"""The map is true to scale, keeps all in the picture, and its words say what the sites are."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.collect.publicity.consulting.site_map import HEIGHT, RADIUS, WIDTH, Spot, picture_of

places = st.lists(
    st.tuples(st.floats(39.0, 39.5), st.floats(115.0, 115.8)), min_size=1, max_size=12, unique_by=lambda at: at
)


def spots(at):
    return [
        Spot(number, "朝阳路口", "3 / 4", latitude, longitude) for number, (latitude, longitude) in enumerate(at, 1)
    ]


def drawn(these):
    picture = picture_of(these)
    assert picture is not None
    return picture


def test_no_positions_make_no_map():
    assert picture_of([]) is None


@settings(max_examples=100, deadline=None)
@given(places)
def test_every_site_is_within_the_picture_and_north_is_up(at):
    picture = drawn(spots(at))
    for mark in picture.marks:
        assert RADIUS <= mark.x <= WIDTH - RADIUS and RADIUS <= mark.y <= HEIGHT - RADIUS
    for one in picture.marks:
        for other in picture.marks:
            if one.spot.latitude > other.spot.latitude:
                assert one.y <= other.y
            if one.spot.longitude > other.spot.longitude:
                assert one.x >= other.x


@settings(max_examples=100, deadline=None)
@given(places)
def test_the_bar_is_as_long_as_it_says(at):
    picture = drawn(spots(at))
    a, b = max(
        ((one, other) for one in picture.marks for other in picture.marks),
        key=lambda pair: math.dist((pair[0].x, pair[0].y), (pair[1].x, pair[1].y)),
    )
    drawn_px = math.dist((a.x, a.y), (b.x, b.y))
    if drawn_px > 100:
        drawn_m = drawn_px * picture.bar_m / picture.bar_px
        assert abs(drawn_m - great_circle_m(a.spot, b.spot)) < 0.05 * drawn_m
    assert picture.bar_px <= WIDTH / 4 + 1


def great_circle_m(one, other):
    """The haversine formula on the mean sphere."""
    lat1, lon1, lat2, lon2 = map(math.radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(math.sqrt(chord))


def test_words_of_two_near_sites_do_not_lie_on_each_other():
    picture = drawn([Spot(1, "朝阳路口", "4", 39.35, 115.49), Spot(2, "迎宾路口", "4", 39.3505, 115.4905)])
    first, second = picture.marks
    assert (first.text_x, first.text_y) != (second.text_x, second.text_y)
    assert abs(first.text_y - second.text_y) >= 20 or abs(first.text_x - second.text_x) >= 64
