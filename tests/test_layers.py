"""Imports point down: what each room may know of the others, and of the world. One test a rule; its message names every line that breaks it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import rpgstat
from rpgstat.glossary import RESULTS
from rpgstat.views import FAMILIES, view

PACKAGE = Path(rpgstat.__file__).parent
BOTTOM = {"glossary", "text", "errors", "version", "record"}
BASE = {"study", "result", "admin"} | BOTTOM
INNER = {"read", "infer", "tally", "disclosure", "weighting", "analyses", "checks", "stats", "archive"} | BASE
SHOWN = {"output", "reporting", "views", "media"}
MAY_IMPORT = {
    "cli": {"shell", "process", "results", "workflow"} | SHOWN | INNER,
    "shell": {"process", "output", "workflow"} | BASE,
    "process": {"errors", "text", "result"},
    "results": {"workflow"} | SHOWN | INNER,
    "output": {"views", "media", "archive"} | BASE,
    "reporting": {"workflow", "views", "media"} | BASE,
    "views": {"media"} | BASE,
    "media": BASE | {"archive"},
    "workflow": INNER,
    "read": BASE | {"archive"},
    "infer": BASE,
    "tally": BASE,
    "disclosure": BASE | {"stats"},
    "weighting": BASE | {"stats", "disclosure"},
    "analyses": BASE | {"stats"},
    "checks": BASE,
    "study": BOTTOM,
    "admin": BOTTOM,
    "result": BOTTOM,
    "stats": BOTTOM,
    "archive": {"errors"},
    "glossary": {"record"},
    "text": {"record"},
    "errors": set(),
    "version": set(),
    "record": set(),
}
SCREEN, SLOW, TABLES = frozenset({"typer", "rich"}), frozenset({"numpy", "scipy", "pingouin", "pandas"}), frozenset({"polars"})
NEVER_FOREIGN = {
    **dict.fromkeys(MAY_IMPORT, SCREEN | frozenset({"scipy", "pingouin"})),
    **dict.fromkeys(("cli", "shell", "process"), TABLES | SLOW),
    **dict.fromkeys(("views", "media", "reporting", "output"), frozenset({"typer", "scipy", "pingouin"})),
    **dict.fromkeys(("workflow", "disclosure", "study", "result"), SCREEN | SLOW),
    "results": SCREEN | SLOW - {"pandas"},  # which it hands tables over to
    **dict.fromkeys(("weighting", "checks", "archive", "admin", "glossary", "text", "errors", "version", "record"), SCREEN | SLOW | TABLES),
    "stats": SCREEN | TABLES,
}
LATE = {
    "pingouin",
    "pandas",
    "matplotlib",
    "statsmodels",
    "fastexcel",
    "pyreadstat",
    "xlsxwriter",
    "docx",
    "pptx",
    "lxml",
    "rapidfuzz",
    "questionary",
    "prompt_toolkit",
}
IMPORTS = (ast.Import, ast.ImportFrom)
OPENERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name not in ("__init__.py", "__main__.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(node: ast.AST) -> Iterator[str]:
    """The absolute module names that a statement imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        yield from ([f"{node.module}.{alias.name}" for alias in node.names] if node.module == "rpgstat" else [node.module])


@cache
def parts(path: Path) -> dict[type, list[ast.AST]]:
    """What the rules are about: the imports, calls and constants of a module."""
    found: dict[type, list[ast.AST]] = {kind: [] for kind in (*IMPORTS, ast.Call, ast.Constant)}
    for node in ast.walk(tree(path)):
        if type(node) in found:
            found[type(node)].append(node)
    return found


def breaks(rule: Callable[[Path, ast.AST], str], *kinds: type) -> list[str]:
    """Every line of the package that `rule` says something against, of nodes of these kinds; of none, the statements of the module itself."""
    return [
        f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)} {said}"
        for path in MODULES
        for node in ([node for kind in kinds for node in parts(path)[kind]] if kinds else tree(path).body)
        if (said := rule(path, node))
    ]


def called(node: ast.AST) -> str:
    """The name of what a node calls."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


def test_a_module_imports_only_what_stands_below_it():
    def rule(path, node):
        ours = {name.split(".")[1] for name in imports(node) if name.startswith("rpgstat.")}
        return " ".join(sorted(ours - {room(path)} - MAY_IMPORT[room(path)]))

    assert breaks(rule, *IMPORTS) == []


def test_a_module_keeps_to_the_libraries_of_its_room():
    def rule(path, node):
        foreign = {name.split(".")[0] for name in imports(node)}
        return "" if path.name == "_pingouin.py" else " ".join(sorted(foreign & NEVER_FOREIGN[room(path)]))

    assert breaks(rule, *IMPORTS) == []


def test_slow_libraries_are_imported_where_they_are_used():
    def rule(_, node):
        return " ".join(sorted({name.split(".")[0] for name in imports(node)} & LATE))

    assert breaks(rule) == []


def test_what_does_not_change_is_a_record():
    def rule(_, node):
        return "write @record of rpgstat.record" if called(node) == "dataclass" and any(given.arg == "frozen" for given in node.keywords) else ""

    assert breaks(rule, ast.Call) == []


def test_rows_are_counted_in_one_place():
    """Of what sees respondents only the engine knows the library that asks questions of tables: all else is said in whole numbers and words."""

    def rule(path, node):
        engine = "engine" in path.parts
        return "polars" if room(path) == "tally" and not engine and any(name.split(".")[0] == "polars" for name in imports(node)) else ""

    assert breaks(rule, *IMPORTS) == []


def test_only_the_command_line_prints():
    def rule(path, node):
        return "print" if room(path) != "cli" and isinstance(node.func, ast.Name) and called(node) == "print" else ""

    assert breaks(rule, ast.Call) == []


def test_the_inner_rooms_open_no_files():
    inner = INNER - {"read", "archive"} - BOTTOM

    def rule(path, node):
        packaged = path.name == "catalogue.py" and called(node) == "read_text"  # the packaged catalogue of scales
        nothing = "os.devnull" in ast.unparse(node)  # where a solver's own words go
        return called(node) if room(path) in inner and called(node) in OPENERS and not (packaged or nothing) else ""

    assert breaks(rule, ast.Call) == []


def test_media_know_no_result():
    """Names of results that are ordinary words too, "score" and "items", may stand where no result is meant."""
    names = set(RESULTS) - {"score", "items", "trend", "response", "population", "chart", "events", "scales"}

    def rule(path, node):
        return str(node.value) if room(path) == "media" and isinstance(node, ast.Constant) and node.value in names else ""

    assert breaks(rule, ast.Constant) == []


def test_every_result_has_a_view_and_no_view_is_of_nothing():
    assert sorted(name for names in FAMILIES.values() for name in names) == sorted(RESULTS)
    assert all(view(name).title for name in RESULTS)
