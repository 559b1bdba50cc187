"""What is still to be done, asked of the records."""

from django.db.models import Count
from django.utils import timezone

from safemonth.collect.evidence.models import Photo
from safemonth.collect.forms.models import Attachment
from safemonth.collect.inspection.tips.queries import personal_data_due
from safemonth.collect.submissions.models import Channel, Submission


def photos_waiting() -> list[str]:
    """Return the digests of photos sent with forms that were not examined, or not held against the others yet.

    A signature drawn on the screen is no photo, unless the same file was sent as one.
    """
    examined = Photo.objects.exclude(compared_at=None, problem="").values("sha256")
    files = Attachment.objects.all()
    drawn = files.filter(is_drawn=True).exclude(submission__in=files.filter(is_drawn=False).values("submission"))
    sent = Submission.objects.filter(channel=Channel.PHOTO).exclude(sha256__in=examined)
    sent = sent.exclude(pk__in=drawn.values("submission"))
    return list(dict.fromkeys(sent.order_by("id").values_list("sha256", flat=True)))


def second_uses() -> list[str]:
    """Return `digest:count` of each file that stands in more than one filled form; edits of one form are one."""
    rows = (
        Attachment.objects.filter(instance__is_current=True)
        .values("submission__sha256")
        .annotate(count=Count("instance", distinct=True))
        .filter(count__gte=2)
    )
    return [f"{row['submission__sha256']}:{row['count']}" for row in rows]


def tips_with_personal_data_due() -> list[str]:
    """Return the keys of reports by the public whose personal data is to be removed by today."""
    return personal_data_due(today=timezone.localdate())
