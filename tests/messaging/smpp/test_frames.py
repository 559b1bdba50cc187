"""SMPP's bytes, held against smpplib's own."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smpplib import command, smpp

from safemonth.messaging.fates import Fate
from safemonth.messaging.links import Wording
from safemonth.messaging.smpp import frames, receipts
from safemonth.messaging.text.parts import header, word


@given(
    st.sampled_from(["Consulting day", "咨询日" * 30, "x{" * 120]),
    st.text("0123456789", min_size=1, max_size=15),
    st.integers(0, 2**40),
    st.integers(1, 0x7FFFFFFF),
    st.sampled_from([8, 16]),
    st.sampled_from(["", "1069", "SafetyOffice"]),
    st.sampled_from([0, 3600]),
)
def test_a_submission_is_what_smpplib_would_write(text, phone, reference, token, bits, source, validity_s):
    counted = word(text, reference_bits=bits)
    wording = Wording(counted.coding, counted.reference_bits, counted.bodies, source)
    for part in range(1, counted.parts + 1):
        made = frames.template(wording, part=part, addressing=frames.Addressing(validity_s=validity_s))
        written = frames.submission(made, destination=phone, reference=reference, token=token)
        udh = header(reference=reference, reference_bits=counted.reference_bits, parts=counted.parts, part=part)
        is_named = source == "SafetyOffice"
        pdu = command.factory(
            "submit_sm",
            sequence=0,
            service_type="",
            source_addr_ton=5 if is_named else 1,
            source_addr_npi=0 if is_named else 1,
            source_addr=source,
            dest_addr_ton=1,
            dest_addr_npi=1,
            destination_addr=phone,
            esm_class=0x40 if udh else 0,
            schedule_delivery_time="",
            validity_period="000000010000000R" if validity_s else "",
            registered_delivery=1,
            data_coding=frames.DATA_CODINGS[counted.coding],
            short_message=udh + counted.bodies[part - 1],
        )
        pdu.sequence = token
        assert written == pdu.generate()


@given(st.binary(max_size=200))
def test_a_delivery_is_read_or_said_to_be_unreadable(body):
    frame = frames.HEAD.pack(16 + len(body), frames.DELIVER_SM, 0, 1) + body
    with suppress(ValueError):
        assert frames.delivered(frame).sequence == 1


def test_a_delivery_cut_short_is_unreadable():
    with pytest.raises(ValueError, match="cannot be read"):
        frames.delivered(frames.HEAD.pack(20, frames.DELIVER_SM, 0, 1) + b"\x00\x01\x01\x00")


def test_bind_names_version_34_and_who_we_are():
    pdu = smpp.parse_pdu(frames.bind(system_id="office", password="secret", system_type="", sequence=5), sequence=0)
    assert (pdu.command, pdu.sequence, pdu.system_id, pdu.password, pdu.interface_version) == (
        "bind_transceiver",
        5,
        b"office",
        b"secret",
        0x34,
    )


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, ""), (60, "000000000100000R"), (3600, "000000010000000R"), (90_061, "000001010101000R")],
)
def test_a_span_is_written_in_the_relative_form(seconds, written):
    assert frames.relative_time(seconds) == written
    assert len(written) in (0, 16)


RECEIPT = "id:0123456789 sub:001 dlvrd:001 submit date:2606100900 done date:2606100901 stat:%s err:%s text:Safety"


@pytest.mark.parametrize(
    ("text", "reference", "state", "read"),
    [
        (RECEIPT % ("DELIVRD", "000"), None, None, ("0123456789", Fate.DELIVERED, "DELIVRD")),
        (RECEIPT % ("UNDELIV", "013"), None, None, ("0123456789", Fate.FAILED, "UNDELIV 013")),
        (RECEIPT % ("EXPIRED", "000"), None, None, ("0123456789", Fate.FAILED, "EXPIRED")),
        (RECEIPT % ("ACCEPTD", "000"), None, None, ("0123456789", Fate.ACCEPTED, "ACCEPTD")),
        (RECEIPT % ("MK:0001", "000"), None, None, ("0123456789", Fate.FAILED, "MK:0001")),
        (RECEIPT % ("DELIVRD", "000"), "ab", 5, ("ab", Fate.FAILED, "UNDELIV")),
        ("", "ab", 2, ("ab", Fate.DELIVERED, "DELIVRD")),
        ("no receipt at all", None, None, ("", Fate.ACCEPTED, "")),
    ],
)
def test_a_receipt_is_read_from_its_fields_else_from_its_text(text, reference, state, read):
    assert receipts.read(text, reference=reference, state=state) == read
