"""The server's side of tus 1.0.0 for photos of filled forms: https://tus.io/protocols/resumable-upload."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from safemonth.collect.field.answering import refusal, refuse_another_user
from safemonth.collect.field.rules import (
    CHECKSUMS,
    CONTENT_TYPE,
    EXTENSIONS,
    PIECE_BYTES,
    TUS_VERSION,
    checksum_fits,
    checksum_in,
    count_in,
    read_metadata,
)
from safemonth.collect.field.uploads import (
    OffsetConflict,
    TooLong,
    Upload,
    append_pieces,
    begin_upload,
    find_upload,
    remove_upload,
    take_when_whole,
)
from safemonth.collect.forms.queries import instance_called
from safemonth.collect.readers.actions import take_in_file
from safemonth.collect.submissions.rules import LARGEST_FILE_BYTES
from safemonth.lib.refusals import Refused
from safemonth.organisation.models import User
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called

# Where a client or a proxy knows only GET and POST, tus says the method in a header.
OVERRIDE = "X-HTTP-Method-Override"
CHECKSUM_MISMATCH = 460


@refuse_another_user
def field_uploads(request: HttpRequest) -> HttpResponse:
    """Say what the server can (OPTIONS), or begin an upload (POST, with or without its first bytes)."""
    if request.method == "OPTIONS":
        return _answer(
            204,
            {
                "Tus-Version": TUS_VERSION,
                "Tus-Max-Size": str(LARGEST_FILE_BYTES),
                "Tus-Extension": ",".join(EXTENSIONS),
                "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
            },
        )
    if request.method != "POST":
        return _answer(405, {"Allow": "OPTIONS, POST"})
    if request.headers.get("Tus-Resumable") != TUS_VERSION:
        return _other_version()
    return _begin(request)


@refuse_another_user
def field_upload(request: HttpRequest, key: str) -> HttpResponse:
    """Tell how far an upload is (HEAD), take more of it (PATCH), or remove it (DELETE); another's upload is 404."""
    method = request.headers.get(OVERRIDE, request.method or "").upper()
    if method == "OPTIONS":
        return field_uploads(request)
    if method not in ("HEAD", "PATCH", "DELETE"):
        return _answer(405, {"Allow": "HEAD, PATCH, DELETE, OPTIONS"})
    if request.headers.get("Tus-Resumable") != TUS_VERSION:
        return _other_version()
    user = viewer(request)
    upload = find_upload(owner=user.pk, key=key, at=timezone.now())
    if upload is None:
        raise Http404
    if method == "DELETE":
        remove_upload(upload)
        return _answer(204)
    return _head(upload, user) if method == "HEAD" else _patch(request, upload, user)


def _begin(request: HttpRequest) -> HttpResponse:
    user = viewer(request)
    length = count_in(request.headers.get("Upload-Length"))
    has_body = request.content_type == CONTENT_TYPE
    if length is None:
        return _answer(400)
    if has_body and (count_in(request.headers.get("Content-Length")) or 0) > length:
        return _answer(413)
    try:
        metadata = read_metadata(request.headers.get("Upload-Metadata", ""))
        # Before the bytes are carried: is there a form of this person's that they belong to?
        instance_called(campaign_called(), metadata.get("instanceID", ""), user=user)
        upload = begin_upload(owner=user.pk, length=length, metadata=metadata, at=timezone.now())
    except Refused as refused:
        status = 413 if refused.code == "file_too_large" else 422
        return _tus(refusal(refused, status=status))
    answer = _append(request, upload, user, offset=0) if has_body else _answer(201)
    if answer.status_code == 204:
        answer.status_code = 201
    answer["Location"] = reverse("field-upload", args=[upload.key])
    answer["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return answer


def _head(upload: Upload, user: User) -> HttpResponse:
    # The last answer may have been lost with the process: a whole photo is said to be whole only once it is taken in.
    try:
        offset = upload.length if _settle(upload, user) else upload.offset
    except OffsetConflict as conflict:
        offset = conflict.offset
    except Refused as refused:
        return _tus(refusal(refused, status=422))
    return _answer(200, _state(upload, offset=offset))


def _patch(request: HttpRequest, upload: Upload, user: User) -> HttpResponse:
    if request.content_type != CONTENT_TYPE:
        return _answer(415)
    offset = count_in(request.headers.get("Upload-Offset"))
    if offset is None:
        return _answer(400)
    if offset != upload.offset:
        return _answer(409, _state(upload, offset=upload.offset))
    if offset + (count_in(request.headers.get("Content-Length")) or 0) > upload.length:
        return _answer(413)
    return _append(request, upload, user, offset=offset)


def _append(request: HttpRequest, upload: Upload, user: User, *, offset: int) -> HttpResponse:
    pieces = _pieces(request)
    if checksum := request.headers.get("Upload-Checksum"):
        expected = checksum_in(checksum)
        if expected is None:
            return _answer(400)
        data = b"".join(pieces)
        if not checksum_fits(data, algorithm=expected[0], digest=expected[1]):
            return _answer(CHECKSUM_MISMATCH)
        pieces = iter([data])
    try:
        offset = append_pieces(upload, offset=offset, pieces=pieces)
        _settle(upload, user)
    except OffsetConflict as conflict:
        return _answer(409, _state(upload, offset=conflict.offset))
    except FileNotFoundError as gone:
        # Removed, or taken in by another request, in the middle of this one.
        raise Http404 from gone
    except TooLong:
        return _answer(413)
    except UnreadablePostError:
        # The sender is gone and what arrived is kept; nobody reads this answer.
        return _answer(400)
    except Refused as refused:
        return _tus(refusal(refused, status=422))
    return _answer(204, _state(upload, offset=offset))


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    while piece := request.read(PIECE_BYTES):
        yield piece


def _settle(upload: Upload, user: User) -> bool:
    """Take the photo in where it is whole; returns whether it is taken in."""

    def take(data: bytes) -> None:
        take_in_file(
            campaign=campaign_called(),
            instance_id=upload.metadata["instanceID"],
            file_name=upload.metadata["filename"],
            data=data,
            user=user,
            by=user.username,
            at=timezone.now(),
        )

    return take_when_whole(upload, take=take)


def _state(upload: Upload, *, offset: int) -> dict[str, str]:
    return {
        "Upload-Offset": str(offset),
        "Upload-Length": str(upload.length),
        "Upload-Expires": http_date(upload.expires_at.timestamp()),
    }


def _other_version() -> HttpResponse:
    return _answer(412, {"Tus-Version": TUS_VERSION})


def _answer(status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return _tus(HttpResponse(status=status, headers=headers))


def _tus(answer: HttpResponse) -> HttpResponse:
    answer["Tus-Resumable"] = TUS_VERSION
    answer["Cache-Control"] = "no-store"
    return answer
