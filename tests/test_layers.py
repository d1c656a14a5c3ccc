"""Imports point down: what each layer may know of the others, and of the world."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import rpgstat

PACKAGE = Path(rpgstat.__file__).parent
BOTTOM = {"glossary", "text", "errors"}
BASE = {"study", "result", "figures"} | BOTTOM
ALL = {"archive", "cli", "workflow", "read", "infer", "tally", "disclosure", "weighting", "analyses", "render"} | BASE | {"stats"}
MAY_IMPORT = {
    "cli": ALL,
    "workflow": ALL - {"cli"},
    "read": BASE | {"archive"},
    "infer": BASE,
    "tally": BASE,
    "disclosure": BASE,
    "weighting": BASE | {"stats", "disclosure"},
    "analyses": BASE | {"stats"},
    "render": BASE | {"archive"},
    "study": BOTTOM,
    "figures": BOTTOM,
    "result": BOTTOM,
    "stats": BOTTOM,
    "archive": {"errors"},
    "glossary": set(),
    "text": set(),
    "errors": set(),
}
NEVER_FOREIGN = {
    "cli": {"polars", "numpy", "scipy", "pingouin", "pandas"},
    "workflow": {"typer", "rich", "numpy", "scipy", "pingouin"},
    "read": {"typer", "rich", "scipy", "pingouin"},
    "infer": {"typer", "rich", "scipy", "pingouin"},
    "tally": {"typer", "rich", "scipy", "pingouin"},
    "disclosure": {"typer", "rich", "numpy", "scipy", "pingouin"},
    "weighting": {"typer", "rich", "polars", "numpy", "scipy", "pingouin"},
    "analyses": {"typer", "rich", "scipy", "pingouin"},
    "render": {"typer", "scipy", "pingouin"},
    "study": {"typer", "rich", "numpy", "scipy", "pingouin"},
    "figures": {"typer", "rich", "polars", "numpy", "scipy", "pingouin"},
    "result": {"typer", "rich", "numpy", "scipy", "pingouin"},
    "stats": {"typer", "rich", "polars"},
    "archive": {"typer", "rich", "polars", "numpy", "scipy", "pingouin"},
    "glossary": {"typer", "rich", "polars", "numpy", "scipy", "pingouin"},
    "text": {"typer", "rich", "polars", "numpy", "scipy", "pingouin"},
    "errors": {"typer", "rich", "polars", "numpy", "scipy", "pingouin"},
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name not in ("__init__.py", "__main__.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every absolute module name that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "rpgstat" else {node.module}
    return names


def top_level(path: Path) -> set[str]:
    """The packages that importing a file imports at once."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    found = {alias.name for node in body if isinstance(node, ast.Import) for alias in node.names}
    return {name.split(".")[0] for name in found | {node.module or "" for node in body if isinstance(node, ast.ImportFrom)}}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_stands_below_it(path):
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("rpgstat.") and name != "rpgstat.__version__"}
    assert ours - {room(path)} <= MAY_IMPORT[room(path)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_keeps_to_the_libraries_of_its_layer(path):
    foreign = {name.split(".")[0] for name in imported(path)}
    assert not foreign & NEVER_FOREIGN[room(path)] or path.name == "_pingouin.py"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_slow_libraries_are_imported_where_they_are_used(path):
    assert not top_level(path) & {"pingouin", "pandas", "matplotlib", "statsmodels", "fastexcel", "xlsxwriter", "docx", "lxml"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert room(path) == "cli" or not any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if room(p) in ("study", "figures", "result", "stats", "tally", "disclosure", "weighting", "analyses", "infer")],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_the_inner_layers_open_no_files(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    named = {call.func.id for call in calls if isinstance(call.func, ast.Name)} | {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    allowed = {"read_text"} if path.name == "catalogue.py" else set()  # the packaged scale catalogue
    assert not named & {"open", "read_text", "read_bytes", "write_text", "write_bytes"} - allowed
