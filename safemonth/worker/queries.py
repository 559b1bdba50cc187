"""What is still to be done, asked of the records."""

from django.db.models import Count

from safemonth.collect.evidence.models import Photo
from safemonth.collect.forms.models import Attachment
from safemonth.collect.submissions.models import Channel, Submission


def photos_waiting() -> list[str]:
    """Return the digests of files sent with forms that were not examined, or not held against the others yet."""
    examined = Photo.objects.exclude(compared_at=None, problem="").values("sha256")
    sent = Submission.objects.filter(channel=Channel.PHOTO).exclude(sha256__in=examined)
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
