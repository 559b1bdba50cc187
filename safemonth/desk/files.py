"""Files named at the terminal."""

from pathlib import Path

from safemonth.lib.refusals import Refused, gettext_noop


def file_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises Refused `no_such_file` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            "no_such_file",
            gettext_noop("“%(file)s” cannot be read: %(error)s"),
            file=str(path),
            error=error.strerror or str(error),
        ) from error
