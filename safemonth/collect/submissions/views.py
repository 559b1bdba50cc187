"""Pages of what arrived: the list, and the bytes as they came."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from safemonth.collect.submissions.queries import bytes_kept, submissions_seen_by
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called


def submission_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a submission's bytes exactly as they arrived, always as a download."""
    submission = get_object_or_404(submissions_seen_by(viewer(request), campaign_called()), pk=pk)
    response = HttpResponse(bytes_kept(submission.sha256), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(submission.file_name)}"
    return response
