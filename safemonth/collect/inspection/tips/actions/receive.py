"""Taking in what strangers send: a report with its photos, once for each form, and what they add or ask by their code."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from safemonth.collect.activities.once import entered_once
from safemonth.collect.evidence.exif import instant
from safemonth.collect.inspection.tips.actions.steps import add_step
from safemonth.collect.inspection.tips.codes import code_digest, code_for, keyed_digest
from safemonth.collect.inspection.tips.models import Tip, TipMessage, TipPhoto
from safemonth.collect.inspection.tips.photos import CleanPhoto
from safemonth.collect.inspection.tips.queries import deadlines, double_of, secret
from safemonth.collect.inspection.tips.rules import HELD, NEW, due_on
from safemonth.collect.inspection.tips.words import same_form
from safemonth.collect.submissions.actions import keep_bytes
from safemonth.ledger.actions import writing
from safemonth.lib.digests import canonical_json, sha256_hex
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign

# Who acts, as the ledger names a stranger.
PUBLIC: Final = "public"
# How long the office keeps who reported and where their phone was. Personal Information Protection Law (2021) art. 19: no
# longer than the purpose needs; the number of days is set here.
KEPT_DAYS: Final = 180
_FORMS: Final = uuid5(NAMESPACE_URL, "safemonth/tips")


@dataclass(frozen=True)
class Said:
    """What a stranger says: `text` what it is, `spot` where; all else may be empty."""

    text: str
    spot: str
    township: Unit | None = None
    workplace_text: str = ""
    name: str = ""
    phone: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def key_of(nonce: str) -> UUID:
    """Return the key under which what a form sends is kept: the same for every call, and it does not give the nonce away."""
    return uuid5(_FORMS, nonce)


def receive_tip(
    *,
    campaign: Campaign,
    nonce: str,
    said: Said,
    photos: Sequence[CleanPhoto] = (),
    suspicions: Collection[str] = (),
    at: datetime,
) -> Tip:
    """Take in a report, once for each form (`nonce`); its code is `codes.code_for` of the nonce, only its digest is kept.

    With `suspicions` it is held for a person. One that says word for word what an open one says, or has the same photo,
    becomes a double of that, and both codes follow the one case. The ledger gets none of what was said.
    """
    return entered_once(Tip, key_of(nonce), lambda: _enter(campaign, nonce, said, photos, tuple(suspicions), at))


def _enter(
    campaign: Campaign,
    nonce: str,
    said: Said,
    photos: Sequence[CleanPhoto],
    suspicions: tuple[str, ...],
    at: datetime,
) -> Tip:
    key, own = key_of(nonce), secret()
    form = same_form(said.text)
    same_text = keyed_digest(own, "same", form) if form else ""
    salt = keyed_digest(own, "salt", nonce)[:32]
    state = HELD if suspicions else NEW
    today = timezone.localdate(at)
    digests = [sha256_hex(photo.original) for photo in photos]
    with writing(by=PUBLIC, at=at, action="tip.receive", about=_number(key)) as write:
        other = None if suspicions else double_of(campaign, same_text=same_text, photos=digests, township=said.township)
        tip = write.create(
            Tip(
                key=key,
                number=_number(key),
                campaign=campaign,
                code_digest=code_digest(own, code_for(own, nonce)),
                text=said.text[:2000],
                spot=said.spot[:200],
                workplace_text=said.workplace_text[:120],
                township=said.township,
                latitude=said.latitude,
                longitude=said.longitude,
                reporter_name=said.name[:60],
                reporter_phone=said.phone[:40],
                has_contact=bool(said.name or said.phone),
                words_salt=salt,
                words_digest=words_digest(said.text[:2000], said.spot[:200], said.workplace_text[:120], salt=salt),
                same_text=same_text,
                suspicions=list(suspicions),
                state=state,
                received_at=at,
                due_on=due_on(state, received_on=today, passed_on=None, deadlines=deadlines()),
                remove_on=today + timedelta(days=KEPT_DAYS),
            )
        )
        write.create_all(
            [
                TipPhoto(
                    tip=tip,
                    number=number,
                    original_sha256=keep_bytes(photo.original),
                    copy_sha256=keep_bytes(photo.copy),
                    width=photo.width,
                    height=photo.height,
                    latitude=photo.latitude,
                    longitude=photo.longitude,
                    taken_at=instant(photo.taken_at, zone=timezone.get_default_timezone()),
                )
                for number, photo in enumerate(photos, start=1)
            ]
        )
        if other is not None:
            add_step(write, tip, "join", by=PUBLIC, at=at, joined_to=other)
        return tip


def words_digest(*texts: str, salt: str) -> str:
    """Return the keyed digest of what was said, that the ledger holds in its place: 64 hexadecimal digits."""
    return keyed_digest(secret(), "words", canonical_json([salt, *texts]))


def has_words_unchanged(tip: Tip) -> bool:
    """Return whether a report still says what it said when it arrived."""
    return words_digest(tip.text, tip.spot, tip.workplace_text, salt=tip.words_salt) == tip.words_digest


def send_message(*, tip: Tip, nonce: str, text: str, is_question: bool, at: datetime) -> TipMessage:
    """Take in what a reporter adds or asks by their code, once for each form; the office's list shows that it came.

    A closed case stays closed until a person opens it again.
    """

    def enter() -> TipMessage:
        with writing(by=PUBLIC, at=at, action="tip.message", about=tip.number) as write:
            return write.create(
                TipMessage(
                    key=key_of(nonce),
                    tip=tip,
                    text=text[:1000],
                    words_digest=words_digest(text[:1000], salt=tip.words_salt),
                    is_question=is_question,
                    sent_at=at,
                )
            )

    return entered_once(TipMessage, key_of(nonce), enter)


def _number(key: UUID) -> str:
    """What the office calls it by; of a million million, so none is taken twice in a county's years."""
    return f"T-{key.hex[:4].upper()}-{key.hex[4:10].upper()}"
