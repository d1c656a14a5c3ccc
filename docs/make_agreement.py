"""Writes docs/agreement.md: every figure that the tests hold against R or another program, ours beside theirs, by running those tests.

With --check, says whether the page is current.
"""

from __future__ import annotations

import ast
import json
import math
import re
import sys
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "tests" / "reference"
STRICT = 1e-9
"""Figures are held to this, relative, unless a test says why not."""

_APPROX, _ISCLOSE = pytest.approx, math.isclose


@dataclass(frozen=True)
class Compared:
    """One figure of ours and the other's, the test that held them together, the line of it, and the data."""

    test: str
    line: int
    figure: str
    data: str
    ours: float
    theirs: float
    held_to: float


@dataclass(eq=False)
class Recorder:
    """A plugin that notes what tests compare."""

    found: dict[Path, list[Compared]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    now: str = ""

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Which test it is."""
        self.now = nodeid

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Whether it failed."""
        if report.failed:
            self.failed.append(report.nodeid)

    def note(self, frame: FrameType, names: Sequence[str], pairs: Sequence[tuple[Any, Any]], held_to: float) -> None:
        """Keep the pairs that are figures, if a test compares them."""
        path = Path(frame.f_code.co_filename)
        if not path.name.startswith("test_"):
            return
        test = re.search(r"::test_(\w+)", self.now)
        data = re.search(r"\[(.*)\]", self.now)
        for name, (ours, theirs) in zip(names, pairs, strict=True):
            if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (ours, theirs)):
                known = test[1].replace("_", " ") if test else "", frame.f_lineno, name, data[1] if data else ""
                self.found.setdefault(path, []).append(Compared(*known, float(ours), float(theirs), held_to))


RECORDER = Recorder()


class Noted:
    """What `pytest.approx` gives, with each comparison that holds noted."""

    def __init__(self, expected: Any, rel: float | None = None, abs: float | None = None, **options: Any) -> None:
        self.expected, self.real = expected, _APPROX(expected, rel=rel, abs=abs, **options)
        self.held_to = rel if rel is not None else 0.0 if abs else 1e-6
        self.least = abs or 0.0

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self.real)

    def __eq__(self, actual: object) -> bool:
        same = bool(actual == self.real)
        if same:
            frame = sys._getframe(1)
            pairs = _pairs(actual, self.expected)
            held_to = max(self.held_to, self.least if self.least > STRICT else 0)
            RECORDER.note(frame, _names(frame, actual, len(pairs)), pairs, held_to)
        return same


def _noted_isclose(a: float, b: float, *, rel_tol: float = 1e-9, abs_tol: float = 0.0) -> bool:
    same = _ISCLOSE(a, b, rel_tol=rel_tol, abs_tol=abs_tol)
    frame = sys._getframe(1)
    if same and frame.f_code.co_filename.rpartition("/")[2].startswith("test_reference"):
        RECORDER.note(frame, [_loop(frame)], [(a, b)], rel_tol)
    return same


def _loop(frame: FrameType) -> str:
    """The figure that a test, or what called it, goes through in a loop; empty where there is none."""
    here: FrameType | None = frame
    for _ in range(3):
        if here is not None and here.f_code.co_filename.rpartition("/")[2].startswith("test_"):
            named = next((value for name in ("column", "key", "figure") if isinstance(value := here.f_locals.get(name), str)), "")
            if named:
                return named
            here = here.f_back
    return ""


def _pairs(actual: Any, expected: Any) -> list[tuple[Any, Any]]:
    if isinstance(expected, Mapping):
        return [(actual[key], value) for key, value in expected.items()]
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        return list(zip(actual, expected, strict=True))
    return [(actual, expected)]


def _names(frame: FrameType, actual: Any, many: int) -> list[str]:
    """What is compared, as the test calls it."""
    if isinstance(actual, Mapping):
        return [str(key) for key in actual]
    if loop := _loop(frame):
        return [loop] * many
    told = _told(Path(frame.f_code.co_filename)).get(frame.f_lineno)
    parts = told.elts if isinstance(told, (ast.Tuple, ast.List)) else [told]
    names = [_name(part) for part in parts]
    return names if len(names) == many else [names[0] if names else ""] * many


@cache
def _told(path: Path) -> dict[int, ast.expr]:
    """The left side of the comparison on each line of a test file, or its right where that says more."""
    found: dict[int, ast.expr] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare):
            sides = [node.left, *(arg for call in ast.walk(node.comparators[0]) if isinstance(call, ast.Call) for arg in call.args[:1])]
            telling = next((side for side in sides if _telling(side)), node.left)
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                found.setdefault(line, telling)  # the outermost comparison is met first
    return found


def _telling(node: ast.expr) -> bool:
    return isinstance(node, (ast.Attribute, ast.Subscript)) or (isinstance(node, (ast.Tuple, ast.List)) and all(map(_telling, node.elts)))


def _name(node: ast.expr | None) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=key)):
            return str(key)
        case ast.Call(func=function):
            return _name(function)
        case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
            return _name(element)
        case _:
            return ""


@cache
def _reasons(path: Path) -> dict[int, str]:
    """The comment that stands on each line of a test file, or in the three above it."""
    with path.open("rb") as file:
        comments = {token.start[0]: token.string.lstrip("# ").strip() for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT}
    found: dict[int, str] = {}
    for last in sorted(comments):
        first = last
        while first - 1 in comments:
            first -= 1
        found |= dict.fromkeys(range(last, last + 4), " ".join(comments[line] for line in range(first, last + 1)))
    return found


@cache
def _from_reference(path: Path) -> frozenset[str]:
    """The tests of a file that use what was read from the reference, by their words; all where the file is for nothing else, but those of drawn data."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not any("settings(" in ast.unparse(by) for by in node.decorator_list)]
    if not path.name.startswith("test_reference"):
        made = [node for node in tree.body if isinstance(node, ast.Assign) and "json" in ast.unparse(node)]
        read = {target.id for node in made for target in node.targets if isinstance(target, ast.Name)}
        functions = [node for node in functions if read & {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}]
    return frozenset(node.name.removeprefix("test_").replace("_", " ") for node in functions)


def files() -> list[Path]:
    """The tests that hold figures against those of another program."""
    others = [HERE.parent / "tests" / "stats" / f"test_{name}.py" for name in ("agreement", "fisher", "fit", "opposed", "power", "recommend")]
    return sorted([*(HERE.parent / "tests").glob("*/test_reference_*.py"), *others])


def measured() -> dict[Path, list[Compared]]:
    """What the tests compared. Raises SystemExit where one fails."""
    pytest.approx, math.isclose = Noted, _noted_isclose  # type: ignore[assignment,misc]
    try:
        with redirect_stdout(StringIO()):
            pytest.main(["-q", "-p", "no:cacheprovider", "-n", "0", *map(str, files())], plugins=[RECORDER])
    finally:
        pytest.approx, math.isclose = _APPROX, _ISCLOSE
    if RECORDER.failed:
        raise SystemExit(f"these tests fail: {', '.join(RECORDER.failed[:5])}")
    return {path: [one for one in found if one.test in _from_reference(path)] for path, found in RECORDER.found.items()}


def page(found: Mapping[Path, Sequence[Compared]]) -> Iterator[str]:
    """The page, line by line."""
    every = [one for several in found.values() for one in several]
    strict = sum(one.held_to <= STRICT for one in every)
    yield "# Agreement with R"
    yield ""
    yield "Generated by `docs/make_agreement.py`, which runs the tests that hold rpgstat against R and other programs and notes what they compare;"
    yield "nothing on it is typed by hand."
    yield ""
    yield f"{len(every):,} figures are compared, {strict:,} of them to a relative {STRICT:.0e} or closer. What is held to less has its reason under the table."
    yield "The difference is the largest of its line, relative to the other program's value, up to the next power of ten; *none* is none in 64-bit numbers."
    yield "Each script stands in `tests/reference/`, with its output and versions beside it."
    yield "Where rpgstat does otherwise than R on purpose, [methods](methods.md) names R's function and the reason."
    for path, several in sorted(found.items(), key=lambda pair: _title(pair[0])):
        if several:
            yield from _section(path, several)


def _section(path: Path, several: Sequence[Compared]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Compared]] = {}
    for one in several:
        groups.setdefault((one.test, one.figure), []).append(one)
    yield from ("", f"## {_title(path)}", "", f"{_made_by(path)} {len(several):,} figures.", "")
    yield "| What | Figure | Compared | Data, for example | rpgstat | The other | Difference | Held to |"
    yield "|---|---|--:|---|--:|--:|--:|--:|"
    reasons: list[str] = []
    tests = list(dict.fromkeys(one.test for one in several))
    for (test, figure), own in sorted(groups.items(), key=lambda pair: (tests.index(pair[0][0]), pair[0][1])):  # some go through a set of figures
        cells = re.sub(r"\br\b", "R", test), _code(figure), f"{len(own):,}", *_example(own), _difference(own), _held(path, own, reasons)
        yield f"| {' | '.join(cells)} |"
    for number, reason in enumerate(reasons, start=1):
        yield ""
        yield f"[{number}] Held to less: {reason}."


_NO_FIGURE = {"", "ours", "theirs", "value", "name"}


def _code(figure: str) -> str:
    return "" if figure in _NO_FIGURE else f"`{figure}`"


def _example(own: Sequence[Compared]) -> tuple[str, str, str]:
    """The data of one comparison, our figure and the other's: one with decimals, if there is one."""
    telling = next((one for one in own if one.theirs != int(one.theirs)), own[0])
    return telling.data.replace("|", " "), f"{telling.ours:.6g}", f"{telling.theirs:.6g}"


def _held(path: Path, own: Sequence[Compared], reasons: list[str]) -> str:
    """How close the figures have to be, with the number of the reason where that is less than usual. Raises SystemExit where nobody wrote one."""
    held_to = max(one.held_to for one in own)
    if held_to <= STRICT:
        return f"{held_to:.0e}"
    reason = next(filter(None, (_reasons(path).get(one.line) for one in own if one.held_to > STRICT)), None)
    if reason is None:
        raise SystemExit(f"{path.name}: {own[0].test} is held to {held_to:.0e}; say why in a comment above line {own[0].line}")
    if reason not in reasons:
        reasons.append(reason)
    return f"{held_to:.0e} [{reasons.index(reason) + 1}]"


def _title(path: Path) -> str:
    """What a test file says of itself, up to where it tells of its source."""
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return re.split(r":| against | \(tests/", told.splitlines()[0])[0].strip(" ,.")


def _made_by(path: Path) -> str:
    """The scripts whose output a test file reads, with the versions of what they ran."""
    told = []
    for name in dict.fromkeys(re.findall(r'"(\w+\.json)"', path.read_text(encoding="utf-8"))):
        document = json.loads((REFERENCE / name).read_text(encoding="utf-8"))
        versions = document.get("versions") or {"R": document["R"]} if "R" in document else document.get("versions", {})
        known = {**versions, **document.get("packages", {})}
        version = {program: re.sub(r"^R version | \(.*", "", str(value)) for program, value in known.items() if program not in ("jsonlite", "script")}
        script = next(REFERENCE.glob(f"{name.removesuffix('.json')}.[Rp]*"))
        told.append(f"`{script.name}`: {', '.join(f'{program} {value}' for program, value in version.items())}")
    return "; ".join(told) + "."


def _difference(several: Sequence[Compared]) -> str:
    largest = max(abs(one.ours - one.theirs) / (abs(one.theirs) or 1.0) for one in several)
    return "none" if largest == 0 else f"1e{math.ceil(math.log10(largest))}"


def _without_differences(text: str) -> str:
    """The page without the one column that another processor may fill otherwise."""
    return re.sub(r"\| (none|1e-?\d+) \| (\S+( \[\d+\])?) \|$", r"| \2 |", text, flags=re.MULTILINE)


def main() -> None:
    """Write the page, or with --check say whether it is current."""
    made, path = "\n".join(page(measured())) + "\n", HERE / "agreement.md"
    if "--check" not in sys.argv[1:]:
        path.write_text(made, encoding="utf-8")
    elif not path.exists() or _without_differences(path.read_text(encoding="utf-8")) != _without_differences(made):
        raise SystemExit("docs/agreement.md is not current: run docs/make_agreement.py")


if __name__ == "__main__":
    main()
