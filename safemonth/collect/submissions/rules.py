"""Plain decisions about what arrived."""

from safemonth.lib.refusals import Refused, gettext_noop

# A return is a few hundred KB; letters with photos reach some MB. Beyond this a file is no return.
LARGEST_FILE_BYTES = 30 * 1024 * 1024


def check_size(data: bytes, *, file_name: str) -> None:
    """Raise Refused `empty_file` or `file_too_large`."""
    if not data:
        raise Refused("empty_file", gettext_noop("“%(file)s” is empty. Ask the unit to send it again."), file=file_name)
    if len(data) > LARGEST_FILE_BYTES:
        raise Refused(
            "file_too_large",
            gettext_noop("“%(file)s” has %(size)s MB; at most %(most)s MB are taken. Remove pictures or split it."),
            file=file_name,
            size=len(data) // 2**20,
            most=LARGEST_FILE_BYTES // 2**20,
        )


def storage_path(sha256: str) -> str:
    """Return where bytes of that digest are kept: two levels, so that no folder grows too large."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def column_letters(column: int) -> str:
    """Return Excel's letters of a column counted from 1 (1 is A, 27 is AA)."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
