"""Plain decisions about units: how names are compared and how a unit is found by what people call it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

# What people leave off or put before a unit's name, longest first: "易县富岗乡人民政府" is "富岗乡".
NAME_ENDINGS = ("人民政府办公室", "人民政府", "村民委员会", "居民委员会", "村委会", "居委会", "办事处", "社区")
# 凌云册村民委员会 is 凌云册村 to everybody.
SHORT_FOR = {"村民委员会": "村", "居民委员会": "社区", "村委会": "村", "居委会": "社区"}
# "桥头乡人民政府（盖章）": where the seal goes is no part of the name.
_SEALED = re.compile(r"[（(]\s*(?:盖章|公章|签章|代章)\s*[)）]")
_SPACES_AND_MARKS = re.compile(r"[\s·•・,，、。.:：;；\"'“”‘’()（）\[\]【】《》<>—_-]+")


# A county has some hundred names, and every file that arrives is compared with all of them.
@lru_cache(maxsize=50_000)
def normalise_name(name: str) -> str:
    """Return a name as names are compared: full-width made narrow, spaces and marks gone, lower case."""
    return _SPACES_AND_MARKS.sub("", unicodedata.normalize("NFKC", name)).casefold()


@lru_cache(maxsize=50_000)
def name_forms(name: str, *, county: str = "") -> tuple[str, ...]:
    """Return the normalised forms under which a unit may be named, the fullest first, no doubles.

    `county` (its name, as "易县") is taken off the front: "易县公安局" is also "公安局" and "县公安局".
    Empty or all marks: none.
    """
    full = normalise_name(_SEALED.sub("", name))
    forms = [full] if full else []
    prefix = normalise_name(county)
    if prefix and full.startswith(prefix) and len(full) > len(prefix):
        forms += [full[len(prefix) :], prefix[-1] + full[len(prefix) :]]
    for form in list(forms):
        for ending in NAME_ENDINGS:
            if form.endswith(ending) and len(form) > len(ending) + 1:
                stem = form.removesuffix(ending)
                forms += [stem + SHORT_FOR[ending], stem] if ending in SHORT_FOR else [stem]
                break
    return tuple(dict.fromkeys(forms))


def units_named(text: str, *, names: Mapping[str, Iterable[str]], county: str = "") -> list[str]:
    """Return the codes of the units that `text` may mean; several: it is ambiguous; none: unknown.

    `names` maps a normalised name to the codes that bear it. The fullest form that any unit bears
    decides, so that "易州镇东关村" is never taken for another 东关村.
    """
    for form in name_forms(text, county=county):
        codes = list(dict.fromkeys(names.get(form, ())))
        if codes:
            return codes
    return []


def is_within(*, path: str, of: str) -> bool:
    """Return whether a unit's path stands at or below another's."""
    return path.startswith(of)
