"""What imports don't show: writes only through the ledger, sizes, names, no hosts, documents current."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "safemonth"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
QUERY_WRITES = {"create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}


def _is_query(node: ast.expr) -> bool:
    """Whether an expression is a chain that starts at a manager."""
    while True:
        match node:
            case ast.Attribute(attr="objects" | "_default_manager" | "_base_manager"):
                return True
            case ast.Attribute(value=inner) | ast.Call(func=inner) | ast.Subscript(value=inner):
                node = inner
            case _:
                return False


def writes_in(source: str) -> list[int]:
    """Return the lines on which code writes rows by itself."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in QUERY_WRITES and _is_query(node.func.value):
                lines.append(node.lineno)
            keywords = {keyword.arg for keyword in node.keywords}
            if (
                name == "save"
                and (not node.args or keywords & {"update_fields", "force_insert"})
                and not keywords
                - {
                    "update_fields",
                    "force_insert",
                }
            ):
                lines.append(node.lineno)
    return lines


def test_the_search_for_writes_finds_them():
    assert writes_in("Unit.objects.filter(a=1).update(b=2)") == [1]
    assert writes_in("unit.save()") == [1]
    assert writes_in("hashlib.sha256().update(b'x'); {}.update(a=1)") == []


def test_only_the_ledger_writes_rows():
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in MODULES
        for line in writes_in(path.read_text(encoding="utf-8"))
        if path != PACKAGE / "ledger" / "actions.py"
    }
    assert found == set()


def test_writing_is_opened_by_actions_only():
    found = {
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if re.search(r"\bwriting\(", path.read_text(encoding="utf-8"))
        and path.stem != "actions"
        and path.parent.name != "actions"
    }
    assert found == set()


@pytest.mark.parametrize(("paths", "most"), [(MODULES, 400), (TESTS, 600)])
def test_no_file_grows_too_long(paths, most):
    assert {p.relative_to(ROOT).as_posix() for p in paths if len(p.read_text("utf-8").splitlines()) > most} == set()


def test_no_module_is_a_box_for_everything():
    boxes = {"utils", "helpers", "services", "managers", "signals", "misc", "common"}
    assert {path.relative_to(ROOT).as_posix() for path in MODULES if path.stem in boxes} == set()


def test_imports_keep_the_order_of_the_house():
    linter = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:]


def test_the_order_of_the_house_has_no_exceptions():
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text()


def _kept_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_this_machine():
    # Joined here so that this file does not name them.
    names = ("pypi" + r"\.org", "registry" + r"\.npmjs", "python" + "hosted", "deb" + r"\.debian", "/wo" + "rk/")
    hosts = re.compile("|".join(names))
    found = set()
    for path in _kept_files():
        if path.suffix in {".docx", ".png", ".xlsx", ".xls"}:
            continue
        if hosts.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.add(path.relative_to(ROOT).as_posix())
    assert found == set()


def test_the_lock_files_carry_hashes_and_no_addresses():
    sources = sorted((ROOT / "requirements").glob("*.in"))
    assert sources
    for source in sources:
        text = source.with_suffix(".txt").read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_every_public_function_says_what_it_does():
    silent = set()
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if not name.startswith("_"):
                    if not ast.get_docstring(node):
                        silent.add(f"{path.relative_to(ROOT)}:{name}")
    assert silent == set()


# Documents


def test_the_readme_has_exactly_two_set_up_commands():
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        block = re.search(r"```sh\n(.*?)```", text, re.DOTALL)
        assert block is not None
        assert [line.split("#")[0].strip() for line in block[1].strip().splitlines()] == ["make demo", "make test"]


def test_every_link_of_the_documents_leads_somewhere():
    broken = set()
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                broken.add(f"{path.relative_to(ROOT)} -> {target}")
    assert broken == set()


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_every_setting_of_the_environment_is_in_the_operators_guide():
    guide = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    asked = {
        name
        for path in MODULES
        for name in re.findall(r"\b(?:SAFEMONTH_[A-Z_]+|DATABASE_URL)\b", path.read_text(encoding="utf-8"))
    }
    assert {name for name in asked if f"`{name}`" not in guide} == set()


def test_every_command_is_in_the_documents():
    documents = "".join(p.read_text("utf-8") for p in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    commands = {path.stem for path in PACKAGE.rglob("management/commands/*.py") if path.stem != "__init__"}
    assert {name for name in commands if f"safemonth {name}" not in documents} == set()


def test_nothing_that_runs_needs_the_brief():
    assert {p for p in MODULES + TESTS if "shared/" + "corpus" in p.read_text("utf-8")} == set()
