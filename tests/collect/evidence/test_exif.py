"""What a photo's file says of itself, right or not at all."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags

from safemonth.collect.evidence.exif import instant, photo_facts
from safemonth.collect.evidence.gps import position_in
from tests.collect.evidence.photo_files import gps_tags, photo, png_with_text, scene

CHINA = timezone(timedelta(hours=8))


def test_time_place_camera_and_software_are_read():
    data = photo(taken="2019:06:10 09:30:05", at=(39.34567, 115.49876), camera="HUAWEI P30", software="P30 9.1.0.193")
    facts = photo_facts(data)
    assert facts is not None
    assert facts.taken_at == datetime(2019, 6, 10, 9, 30, 5)  # noqa: DTZ001
    assert (facts.latitude, facts.longitude) == (Decimal("39.34567"), Decimal("115.49876"))
    assert (facts.camera, facts.software, facts.faults) == ("HUAWEI P30", "P30 9.1.0.193", ())
    assert (facts.width, facts.height, facts.format) == (640, 480, "JPEG")
    assert facts.has_camera_data


def test_a_time_without_a_zone_is_the_offices_and_one_with_a_zone_its_own():
    bare = photo_facts(photo(taken="2019:06:10 09:30:00"))
    told = photo_facts(photo(taken="2019:06:10 09:30:00", offset="+09:00"))
    assert bare is not None and told is not None
    assert instant(bare.taken_at, zone=CHINA) == datetime(2019, 6, 10, 1, 30, tzinfo=UTC)
    assert instant(told.taken_at, zone=CHINA) == datetime(2019, 6, 10, 0, 30, tzinfo=UTC)
    assert instant(None, zone=CHINA) is None


@pytest.mark.parametrize(
    "written",
    ["2019:13:40 09:30:00", "0000:01:01 00:00:01", "2019:06:10 25:00:00", "yesterday", "1970:01:01 08:00:00"],
)
def test_a_time_that_cannot_be_one_is_a_fault_and_no_time(written):
    facts = photo_facts(photo(taken=written))
    assert facts is not None
    assert (facts.taken_at, facts.faults) == (None, ("time",))


@pytest.mark.parametrize("written", ["0000:00:00 00:00:00", "    :  :     :  :  "])
def test_blanks_and_zeros_mean_unknown_and_are_no_fault(written):
    facts = photo_facts(photo(taken=written))
    assert facts is not None
    assert (facts.taken_at, facts.faults) == (None, ())


def test_an_offset_that_no_place_keeps_leaves_the_time_local():
    facts = photo_facts(photo(taken="2019:06:10 09:30:00", offset="+99:00"))
    assert facts is not None and facts.taken_at is not None
    assert facts.taken_at.tzinfo is None


@pytest.mark.parametrize(("latitude", "longitude"), [(-33.86, 151.21), (40.7, -74.0), (-0.5, -0.5)])
def test_south_and_west_are_negative(latitude, longitude):
    facts = photo_facts(photo(at=(latitude, longitude)))
    assert facts is not None and facts.latitude is not None and facts.longitude is not None
    assert (float(facts.latitude), float(facts.longitude)) == pytest.approx((latitude, longitude), abs=1e-5)


G = ExifTags.GPS
GOOD = gps_tags(39.3, 115.5)


@pytest.mark.parametrize(
    "wrong",
    [
        {G.GPSLatitudeRef: None},
        {G.GPSLatitudeRef: "Q"},
        {G.GPSLatitude: (Fraction(95), Fraction(0), Fraction(0))},
        {G.GPSLongitude: (Fraction(181), Fraction(0), Fraction(0))},
        {G.GPSLatitude: (Fraction(39), Fraction(75), Fraction(0))},
        {G.GPSLatitude: ((39, 1), (20, 1), (30, 0))},
        {G.GPSLatitude: (float("nan"), 0.0, 0.0)},
        {G.GPSLatitude: "thirty-nine"},
        {G.GPSLatitude: ()},
        {G.GPSLatitude: (-39.0, 0.0, 0.0)},
        {G.GPSLatitude: (0.0, 0.0, 0.0), G.GPSLongitude: (0.0, 0.0, 0.0)},
        {G.GPSStatus: "V"},
        {G.GPSLongitude: None},
    ],
)
def test_a_place_that_cannot_be_one_is_a_fault_and_no_place(wrong):
    position = position_in({**GOOD, **wrong})
    assert (position.latitude, position.longitude, position.is_faulty) == (None, None, True)


def test_references_may_be_bytes_with_a_nul_and_degrees_may_be_decimal():
    tags: dict[int, object] = {
        G.GPSLatitudeRef: b"N\0",
        G.GPSLatitude: (Fraction(393, 10),),
        G.GPSLongitudeRef: "e",
        G.GPSLongitude: (115.5, 0.0, 0.0),
        G.GPSStatus: b"A\0",
    }
    position = position_in(tags)
    assert (position.latitude, position.longitude) == (Decimal("39.30000"), Decimal("115.50000"))


def test_no_gps_table_is_no_fault():
    assert position_in({}).is_faulty is False
    assert position_in({G.GPSVersionID: b"\2\3\0\0"}).is_faulty is False


@given(st.floats(-89.99, 89.99), st.floats(-179.99, 179.99))
def test_every_place_is_read_back_within_two_metres(latitude, longitude):
    position = position_in(gps_tags(latitude, longitude))
    if abs(latitude) < 0.01 and abs(longitude) < 0.01:
        assert position.is_faulty
        return
    assert position.latitude is not None and position.longitude is not None
    assert abs(float(position.latitude) - latitude) < 2e-5
    assert abs(float(position.longitude) - longitude) < 2e-5


def test_the_satellites_time_is_utc():
    tags: dict[int, object] = {G.GPSDateStamp: "2019:06:10", G.GPSTimeStamp: (Fraction(1), Fraction(30), Fraction(5))}
    assert position_in({**GOOD, **tags}).at == datetime(2019, 6, 10, 1, 30, 5, tzinfo=UTC)
    assert position_in({**GOOD, **tags, G.GPSDateStamp: "2019:02:30"}).at is None
    assert position_in({**GOOD, **tags, G.GPSTimeStamp: (Fraction(1), Fraction(99), Fraction(5))}).at is None


def test_a_turned_photo_has_the_size_that_is_shown():
    facts = photo_facts(photo(orientation=6))
    assert facts is not None
    assert (facts.width, facts.height) == (480, 640)


def test_editing_programs_sign_in_tags_in_xmp_and_in_text():
    xmp = b"<x:xmpmeta><rdf:Description xmp:CreatorTool='x' stEvt:softwareAgent=\"Adobe Photoshop 2024\"/></x:xmpmeta>"
    by_tag, by_xmp = photo_facts(photo(software="Snapseed 2.0")), photo_facts(photo(xmp=xmp))
    by_text = photo_facts(png_with_text(Software="GIMP 2.10"))
    assert by_tag is not None and by_xmp is not None and by_text is not None
    assert (by_tag.software, by_xmp.software, by_text.software) == ("Snapseed 2.0", "Adobe Photoshop 2024", "GIMP 2.10")


@pytest.mark.parametrize(
    "data",
    [
        photo(comment=b'ASCII\0\0\0AIGC{"Label":"1","ContentProducer":"x"}'),
        photo(xmp=b'<rdf:Description TC260:AIGC="{&quot;Label&quot;:&quot;2&quot;}"/>'),
        photo(
            xmp=b"<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
        ),
        png_with_text(AIGC='{"Label": 1}'),
    ],
)
def test_a_picture_that_says_a_model_made_it_is_believed(data):
    facts = photo_facts(data)
    assert facts is not None and facts.is_made_by_model


@pytest.mark.parametrize("comment", [b"ASCII\0\0\0AIGC", b'ASCII\0\0\0AIGC{"Label":"0"}', b"ASCII\0\0\0AIGC{[}"])
def test_the_bare_word_is_no_declaration(comment):
    facts = photo_facts(photo(comment=comment))
    assert facts is not None and not facts.is_made_by_model


def test_what_is_no_picture_has_no_facts():
    whole = photo()
    assert photo_facts(b"") is None
    assert photo_facts(b"\xff\xd8\xff\xe0 this is not one") is None
    assert photo_facts(b"<html>") is None
    assert photo_facts(whole[:40]) is None


@given(st.binary(max_size=4000))
@settings(max_examples=60, deadline=None)
def test_no_metadata_makes_reading_fail(junk):
    data = photo(image=scene(1, width=64, height=48), exif=b"Exif\0\0" + junk)
    facts = photo_facts(data)
    assert facts is None or (facts.width, facts.height) in ((64, 48), (48, 64))


@given(st.integers(0, 5000), st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_no_changed_byte_makes_reading_fail(place, value):
    data = bytearray(photo(image=scene(1, width=64, height=48), taken="2019:06:10 09:30:00", at=(39.3, 115.5)))
    data[place % len(data)] = value
    photo_facts(bytes(data))


def test_heic_is_read_as_jpeg_is():
    data = photo(taken="2019:06:10 09:30:00", at=(39.3, 115.5), format="HEIF")
    facts = photo_facts(data)
    assert facts is not None
    assert (facts.format, str(facts.latitude), str(facts.taken_at)) == ("HEIF", "39.30000", "2019-06-10 09:30:00")
