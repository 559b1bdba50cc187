"""What the office finds in the demo's filled forms and their photos, in English lines for the terminal."""

from collections.abc import Iterator, Mapping, Sequence

from safemonth.collect.evidence.models import PhotoLikeness
from safemonth.collect.evidence.queries import PhotoRow, open_likenesses, photo_rows
from safemonth.collect.forms.models import Rival, RivalDecision
from safemonth.collect.submissions.models import Submission
from safemonth.demo.field.filled import filled_forms
from safemonth.organisation.models import Role, User
from safemonth.plan.models import Campaign


def field_findings(campaign: Campaign, outcomes: Mapping[int, Sequence[str]]) -> Iterator[str]:
    """Yield a line for all forms taken, then one for each that was sent twice, each conflict, each photo to look at.

    `outcomes` is what `send_filled` said by the form's number. A line begins as the terminal's other lines do: `✓` done,
    `=` known already, `?` waits for the clerk.
    """
    taken = sum(said[0] == "new" for said in outcomes.values())
    clerk = User.objects.filter(role=Role.CLERK).order_by("pk")[0]
    photos = photo_rows(clerk, campaign)
    yield f"✓ {taken} forms from the field with {len(photos)} photos"
    for filled in filled_forms():
        if "known" in outcomes.get(filled.number, ()):
            yield f"= {filled.form} of {filled.by}: sent twice, kept once"
    rivals = Rival.objects.filter(standing__campaign=campaign, decision=RivalDecision.OPEN)
    for rival in rivals.select_related("standing__form_version"):
        yield f"? {rival.standing.form_version.form} of {rival.sent_by}: sent again with other answers; both are kept"
    for row in photos:
        if row.strong_notes:
            yield f"? photo {_called(row)}: {', '.join(note.code for note in row.strong_notes)}"
    for likeness in open_likenesses(campaign).select_related("photo", "other"):
        yield f"? photos {_of(campaign, likeness)} look alike ({likeness.how})"


def _called(row: PhotoRow) -> str:
    return next((f"{use.file_name} of {use.unit}" for use in row.uses), row.photo.sha256[:12])


def _of(campaign: Campaign, likeness: PhotoLikeness) -> str:
    sent = Submission.objects.filter(campaign=campaign).select_related("sender")
    both = [sent.filter(sha256=photo.sha256).first() for photo in (likeness.photo, likeness.other)]
    return " and ".join(f"{one.file_name} of {one.sender}" for one in both if one)
