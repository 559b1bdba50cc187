"""Writes of forms: take in a version, open and close."""

from datetime import datetime

from safemonth.collect.forms.models import Form, FormVersion
from safemonth.collect.forms.rules import LARGEST_FORM_BYTES
from safemonth.collect.forms.xlsform import read_xlsform
from safemonth.collect.submissions.actions import keep_bytes
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.plan.queries import indicator_names


def add_form(*, data: bytes, file_name: str, by: str, at: datetime) -> tuple[FormVersion, bool]:
    """Take in a form designed in Excel as the current version of its id; returns it and whether it is new.

    The same file again changes nothing. Raises Refused as `read_xlsform` does, `form_too_large`, and `version_taken`
    where the version stands already with other content: versions never change, since phones keep them.
    """
    if len(data) > LARGEST_FORM_BYTES:
        raise Refused(
            "form_too_large",
            gettext_noop("“%(file)s” is larger than %(most)s MB: no form needs that. Remove pictures from it."),
            file=file_name,
            most=LARGEST_FORM_BYTES // 2**20,
        )
    design = read_xlsform(data, file_name=file_name, indicators=frozenset(indicator_names()))
    sheet, xform = keep_bytes(data), keep_bytes(design.xform)
    standing = FormVersion.objects.filter(form__code=design.form_id, version=design.version).first()
    if standing and standing.xform_sha256 == xform and standing.meanings == dict(design.meanings):
        return standing, False
    if standing:
        raise Refused(
            "version_taken",
            gettext_noop(
                "Version “%(version)s” of “%(form)s” stands already with other questions. Write a new version in the"
                " settings sheet and upload it again."
            ),
            version=design.version,
            form=design.form_id,
        )
    with writing(by=by, at=at, action="form.add", about=f"{design.form_id} {design.version}") as write:
        form = Form.objects.filter(code=design.form_id).first() or write.create(Form(code=design.form_id))
        for before in FormVersion.objects.filter(form=form, is_current=True):
            write.change(before, is_current=False)
        version = write.create(
            FormVersion(
                form=form,
                version=design.version,
                title=(design.titles.get("zh") or design.title)[:200],
                title_en=design.titles.get("en", "")[:200],
                purpose=design.purpose,
                kind=design.kind,
                file_name=file_name[:255],
                sheet_sha256=sheet,
                xform_sha256=xform,
                meanings=dict(design.meanings),
                media=list(design.media),
                warnings=[
                    {"code": note.code, "sentence": note.sentence, "params": dict(note.params)}
                    for note in design.warnings
                ],
                uploaded_by=by,
                uploaded_at=at,
            )
        )
    return version, True


def open_or_close(*, form: Form, is_open: bool, by: str, at: datetime) -> Form:
    """Offer a form, or offer it to nobody; what was filled in before the closing is still taken."""
    with writing(by=by, at=at, action="form.open" if is_open else "form.close", about=form.code) as write:
        return write.change(form, is_open=is_open)
