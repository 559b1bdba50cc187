"""What kind of file some bytes are, and how to open them safely: nothing in a file is ever trusted or run."""

from safemonth.lib.containers.kinds import checked_kind, kind_of
from safemonth.lib.containers.office_zip import OfficeZip, open_office_zip
from safemonth.lib.containers.text import decode_text

__all__ = ["OfficeZip", "checked_kind", "decode_text", "kind_of", "open_office_zip"]
