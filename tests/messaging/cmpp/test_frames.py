"""CMPP 3.0's bytes.

The octets of connect, submit, deliver and their answers are those that another implementation, gocmpp (Tony Bai,
Apache-2.0), expects in its own tests.
"""

import hashlib
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.messaging.cmpp import frames

SUBMIT = bytes.fromhex(
    "000000e1 00000004 00000017 0000000000000000 01010101 74657374000000000000"
    "02 3133353030303032363936000000000000000000000000000000000000000000 00 00 00 08 393030303031"
    "3032 313000000000 3135313130353133313535353130312b00 0000000000000000000000000000000000"
    "393030303031000000000000000000000000000000 01"
    "3133353030303032363936000000000000000000000000000000000000000000 00 1e"
    "6d4b8bd50067006f0063006d007000700020007300750062006d00690074"
    "0000000000000000000000000000000000000000"
)
DELIVER = bytes.fromhex(
    "0000007f 00000005 00000001 b4c5530000010000 393030303031000000000000000000000000000000"
    "00000000000000000000 00 00 00 3133343132333430303030000000000000000000000000000000000000000000"
    "00 00 12 5468697320697320612074657374204d4f2e 0000000000000000000000000000000000000000"
)


def test_connect_has_the_octets_that_another_implementation_expects():
    written = frames.connect(source_id="900001", secret="888888", stamp=1021080510, sequence=0x17)
    expected = bytes.fromhex("00000027 00000001 00000017 393030303031 90d00c1d517abd0b4f65f6bcf8535d16 30 3cdc73be")
    assert written == expected


def test_submit_has_the_fields_where_another_implementation_expects_them():
    written = frames.submit(
        frames.Service("900001", service_id="test", fee_type="02", fee_code="10"),
        source="900001",
        destination="13500002696",
        content="测试gocmpp submit".encode("utf-16-be"),
        text_format=frames.FORMAT_UCS2,
        has_header=False,
        part=1,
        parts=1,
        sequence=0x17,
    )
    # Ours names no phone that pays and no time until which to try: those 32 and 17 octets are empty.
    pays_at = 12 + 8 + 4 + 10 + 1
    valid_at = pays_at + 32 + 4 + 6 + 2 + 6
    expected = bytearray(SUBMIT)
    expected[pays_at : pays_at + 32] = b"\x00" * 32
    expected[valid_at : valid_at + 17] = b"\x00" * 17
    assert written == bytes(expected)


def test_a_delivery_is_read_as_another_implementation_writes_it():
    found = frames.delivery(DELIVER[12:])
    assert found == frames.Delivery(
        13025908756704198656, "900001", 0, "13412340000", False, False, b"This is a test MO."
    )
    assert frames.content_text(found) == "This is a test MO."
    expected = bytes.fromhex("00000018 80000005 00000001 b4c5530000010000 00000000")
    assert frames.answer(frames.DELIVER, number=found.number, result=0, sequence=1) == expected


def test_an_answer_to_a_submission_gives_its_number():
    body = bytes.fromhex("b2b9da8000010000 00000000")
    assert frames.answer_of(body) == (12878564852733378560, 0)
    with pytest.raises(ValueError, match="too short"):
        frames.answer_of(body[:11])


@pytest.mark.parametrize(
    ("command", "octets"),
    [
        (frames.ACTIVE_TEST, "0000000c 00000008 00000005"),
        (frames.ACTIVE_TEST | frames.RESPONSE, "0000000d 80000008 00000005 00"),
        (frames.TERMINATE, "0000000c 00000002 00000005"),
        (frames.TERMINATE | frames.RESPONSE, "0000000c 80000002 00000005"),
    ],
)
def test_messages_without_content_have_their_header(command, octets):
    assert frames.bare(command, sequence=5) == bytes.fromhex(octets)


def test_the_gateway_proves_that_it_knows_the_secret():
    ours = frames.authenticator("900001", "888888", 1021080510)
    assert ours.hex() == "90d00c1d517abd0b4f65f6bcf8535d16"
    proof = hashlib.md5(b"\x00\x00\x00\x00" + ours + b"888888", usedforsecurity=False).digest()
    assert frames.connect_answer(b"\x00\x00\x00\x00" + proof + b"\x30") == (0, proof, 0x30)
    assert frames.gateway_proof(status=0, ours=ours, secret="888888") == proof


@pytest.mark.parametrize("phone_octets", [32, 21])
def test_a_report_is_read_in_version_3_and_from_gateways_that_kept_version_2(phone_octets):
    content = (12878564852733378560).to_bytes(8, "big") + b"DELIVRD" + b"2606100900" + b"2606100901"
    content += b"13900000001".ljust(phone_octets, b"\x00") + b"\x00\x00\x00\x07"
    assert frames.report(content) == frames.Report(12878564852733378560, "DELIVRD", "13900000001")


def test_the_time_of_signing_in_keeps_its_ten_digits():
    # In January the number starts with a nought, and the secret's digest must have it.
    stamp = 102030405
    expected = hashlib.md5(b"900001" + b"\x00" * 9 + b"x" + b"0102030405", usedforsecurity=False).digest()
    assert frames.authenticator("900001", "x", stamp) == expected


@pytest.mark.parametrize(
    ("text_format", "has_header", "content", "text"),
    [
        (8, False, "退订".encode("utf-16-be"), "退订"),
        (15, False, "退订".encode("gbk"), "退订"),
        (8, True, bytes([5, 0, 3, 1, 2, 1]) + "退订".encode("utf-16-be"), "退订"),
        (0, False, b"TD", "TD"),
    ],
)
def test_what_people_write_is_read_in_its_format(text_format, has_header, content, text):
    found = frames.Delivery(1, "1069", text_format, "139", False, has_header, content)
    assert frames.content_text(found) == text


def test_a_message_over_140_octets_is_a_mistake():
    write = partial(
        frames.submit,
        frames.Service("900001"),
        source="1069",
        destination="139",
        text_format=frames.FORMAT_UCS2,
        has_header=False,
        part=1,
        parts=1,
        sequence=1,
    )
    assert len(write(content=b"x" * 140)) == 12 + 163 + 140 + 20
    with pytest.raises(ValueError, match="141 octets"):
        write(content=b"x" * 141)


@given(st.binary(max_size=250))
def test_what_ends_too_soon_is_said_to(octets):
    for read in (frames.delivery, frames.report, frames.connect_answer, frames.answer_of):
        try:
            read(octets)
        except ValueError:
            continue
        assert len(octets) >= 12
