"""A paper is served, its signed scan comes back, or it is void: it keeps its number and says why."""

from datetime import datetime

from django.utils import timezone

from safemonth.collect.inspection.papers.kinds import ISSUED, SERVED, STANDING, VOID
from safemonth.collect.inspection.papers.models import FileOf, Paper, PaperFile, ServedHow
from safemonth.collect.submissions.actions import keep_bytes
from safemonth.collect.submissions.rules import check_size
from safemonth.ledger.actions import writing
from safemonth.lib.containers.kinds import kind_of
from safemonth.lib.refusals import Refused, gettext_noop


def serve(
    *, paper: Paper, how: str, served_at: datetime, by: str, at: datetime, witness: str = "", note: str = ""
) -> Paper:
    """Enter that a paper was handed over: signed for, refused before a witness, or nobody was there. Twice is once.

    Raises Refused `not_issued`, `served_already` where it was said otherwise, `witness_missing`, `note_missing` (how it was
    left where nobody was there), `served_before_issue` and `not_yet`.
    """
    if how not in (ServedHow.SIGNED, ServedHow.REFUSED, ServedHow.ABSENT):
        raise Refused("served_how", gettext_noop("Say how it was served."))
    if how == ServedHow.REFUSED and not witness.strip():
        raise Refused("witness_missing", gettext_noop("A refusal needs a witness: give the post of who saw it."))
    if how == ServedHow.ABSENT and not note.strip():
        raise Refused("note_missing", gettext_noop("Nobody was there: say where it was left, or how it was sent."))
    if served_at > at:
        raise Refused("not_yet", gettext_noop("That time has not come yet."))
    with writing(by=by, at=at, action="paper.serve", about=paper.number_text) as write:
        paper = _locked(paper)
        fields = {"served_how": how, "served_at": served_at, "witness": witness.strip()[:120]}
        fields["served_note"] = note.strip()[:200]
        if paper.state == SERVED:
            if all(getattr(paper, name) == value for name, value in fields.items()):
                return paper
            raise Refused("served_already", gettext_noop("It was served already. What was entered stands."))
        if paper.state != ISSUED or paper.issued_on is None:
            raise Refused("not_issued", gettext_noop("It is not issued, or void."))
        if timezone.localdate(served_at) < paper.issued_on:
            raise Refused("served_before_issue", gettext_noop("It cannot be served before it is issued."))
        return write.change(paper, state=SERVED, served_by=by, **fields)


def attach_signed(*, paper: Paper, data: bytes, file_name: str, by: str, at: datetime) -> PaperFile:
    """Keep a scan or photo of the signed paper beside it; the same bytes twice are one.

    Raises Refused `not_issued`, `empty_file`, `file_too_large`, or `not_a_scan` for what is neither a PDF nor a picture.
    """
    check_size(data, file_name=file_name)
    if not (data.startswith(b"%PDF-") or kind_of(data, file_name=file_name) == "image"):
        raise Refused("not_a_scan", gettext_noop("A scan is a PDF or a picture."))
    sha256 = keep_bytes(data)
    with writing(by=by, at=at, action="paper.signed", about=paper.number_text) as write:
        paper = _locked(paper)
        if paper.state not in (*STANDING, VOID):
            raise Refused("not_issued", gettext_noop("It is not issued, or void."))
        known = PaperFile.objects.filter(paper=paper, what=FileOf.SIGNED, sha256=sha256).first()
        return known or write.create(
            PaperFile(
                paper=paper,
                what=FileOf.SIGNED,
                sha256=sha256,
                size_bytes=len(data),
                file_name=file_name[-255:],
                kept_by=by,
                kept_at=at,
            )
        )


def void(*, paper: Paper, reason: str, by: str, at: datetime) -> Paper:
    """Void a paper that was issued and not yet served: it keeps its number, its files and the reason. Twice is once.

    What it has said to hazards stays, as all that is said of them; another paper says otherwise. Raises Refused
    `reason_missing`, `served_already` (a served one is corrected by a new paper), `not_issued`, or `followed_by` where
    another paper that stands names it.
    """
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why it is void."))
    with writing(by=by, at=at, action="paper.void", about=paper.number_text) as write:
        paper = _locked(paper)
        if paper.state == VOID:
            return paper
        if paper.state == SERVED:
            raise Refused("served_already", gettext_noop("It was served. Correct it by a new paper that names it."))
        if paper.state != ISSUED:
            raise Refused("not_issued", gettext_noop("It is not issued, or void."))
        following = Paper.objects.filter(after=paper, state__in=STANDING).first()
        if following is not None:
            raise Refused("followed_by", gettext_noop("%(number)s names it."), number=following.number_text)
        return write.change(paper, state=VOID, void_reason=reason.strip()[:200], voided_by=by, voided_at=at)


def _locked(paper: Paper) -> Paper:
    return Paper.objects.select_for_update().get(pk=paper.pk)
