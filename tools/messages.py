"""Translations without the gettext programs: find the sentences, update the .po file, compile it, check it.

python tools/messages.py update    # sentences of code and templates into locale/zh_Hans/…/django.po
python tools/messages.py compile   # .po to .mo
python tools/messages.py check     # fails where a sentence has no Chinese, or its places differ
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation import template as templates

ROOT = Path(__file__).resolve().parent.parent / "safemonth"
PO = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
PLACES = re.compile(r"%(?:\(\w+\))?(?:\.\d+)?[sdf]")


def sentences() -> Iterator[tuple[str, str, str]]:
    """Yield (sentence, its plural or nothing, where it stands) for all code and templates."""
    for path in sorted(ROOT.rglob("*")):
        if path.suffix not in (".py", ".html") or "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            # Babel reads the result as Python, whose indentation a template does not keep.
            text = "\n".join(line.lstrip() for line in templates.templatize(text).split("\n"))
        where = path.relative_to(ROOT.parent).as_posix()
        for line, found, _comments, _context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            one, many = (found[-2], found[-1]) if isinstance(found, tuple) else (found, "")
            if one:
                yield one, many or "", f"{where}:{line}"


def update() -> None:
    """Bring the .po file up to date: new sentences come empty, those not used any more go."""
    known = {entry.msgid: entry for entry in polib.pofile(str(PO))} if PO.exists() else {}
    for fragment in sys.argv[2:]:
        for entry in polib.pofile(fragment):
            if entry.msgstr or entry.msgstr_plural:
                known.setdefault(entry.msgid, entry)
                if not (known[entry.msgid].msgstr or known[entry.msgid].msgstr_plural):
                    known[entry.msgid] = entry
    fresh = polib.POFile()
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "zh_Hans",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for one, many, _where in sorted(set(sentences()), key=lambda found: found[0]):
        if fresh.find(one):
            continue
        old = known.get(one)
        entry = polib.POEntry(msgid=one, msgstr="" if many else (old.msgstr if old else ""))
        if many:
            kept = (old.msgstr_plural or {}).get(0, old.msgstr) if old else ""
            entry.msgid_plural, entry.msgstr_plural = many, {0: kept}
        if PLACES.search(one):
            entry.flags = ["python-format"]
        fresh.append(entry)
    PO.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(PO))


def compile_messages() -> None:
    """Write the .mo file beside the .po file."""
    polib.pofile(str(PO)).save_as_mofile(str(PO.with_suffix(".mo")))


def faults() -> list[str]:
    """Return what is wrong: sentences without Chinese, places that differ, sentences not in the file."""
    entries = {entry.msgid: entry for entry in polib.pofile(str(PO))}
    found = []
    for one, _many, where in sentences():
        entry = entries.get(one)
        chinese = (entry.msgstr or (entry.msgstr_plural or {}).get(0, "")) if entry else ""
        if not chinese:
            found.append(f"{where}: no Chinese for {one!r}")
        elif set(PLACES.findall(one)) != set(PLACES.findall(chinese)):
            found.append(f"{where}: other places in the Chinese of {one!r}")
    used = {one for one, _many, _where in sentences()}
    found += [f"{PO.name}: used nowhere any more: {msgid!r}" for msgid in entries if msgid not in used]
    return found


def main() -> None:
    """Run the named step."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    match sys.argv[1:2]:
        case ["update"]:
            update()
        case ["compile"]:
            compile_messages()
        case ["check"]:
            wrong = faults()
            print("\n".join(wrong) or "every sentence has its Chinese")
            sys.exit(1 if wrong else 0)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
