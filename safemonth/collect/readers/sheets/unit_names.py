"""Which texts of a sheet name units."""

import re
from collections.abc import Mapping

from safemonth.collect.readers.sheets.headings import looks_like_total
from safemonth.organisation.rules import name_forms, normalise_name

UNIT_LIKE = re.compile(
    r"(镇|乡|街道|办事处|村|社区|居委会|村委会|局|委|办|部|会|大队|支队|中心|院|所|站|学校|中学|小学|公司|厂|矿|医院|园区|开发区|township|town|village|bureau|office)$",
    re.IGNORECASE,
)
# 易县 or 南关 inside a longer text may be a part of any name.
SHORTEST_NAME = 3


class Names:
    """Which texts name units: by the list where there is one, else by how unit names end."""

    def __init__(self, unit_names: Mapping[str, str]) -> None:
        self._known = {normalise_name(name): code for name, code in unit_names.items()}

    def is_unit(self, text: str) -> bool:
        """Return whether a text names a unit (certainly by the list; without a list, by its ending)."""
        if not text or len(text) > 40 or looks_like_total(text):
            return False
        if self._known:
            return any(form in self._known for form in name_forms(text)) or self._without_county(text)
        return bool(UNIT_LIKE.search(text.strip()))

    def is_unit_like(self, text: str) -> bool:
        """Return whether a text could name a unit, known or not."""
        return self.is_unit(text) or (len(text) <= 25 and bool(UNIT_LIKE.search(text.strip())))

    def _without_county(self, text: str) -> bool:
        plain = normalise_name(text)
        return any(plain[at:] in self._known for at in range(1, min(4, len(plain) - 1)))

    def in_text(self, text: str) -> str:
        """Return the known unit that a line of text names; empty where it names none or several."""
        plain = normalise_name(text)
        found = [name for name in self._known if len(name) >= SHORTEST_NAME and name in plain]
        longest = [name for name in found if not any(name in other and name != other for other in found)]
        return longest[0] if len({self._known[name] for name in longest}) == 1 else ""
