"""The pages say what the tool does: commands exist and run, shown output is real output, links resolve, generated pages are current."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import shutil
from collections.abc import Iterator, Sequence
from importlib.resources import files
from inspect import cleandoc
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner

from rpgstat.cli.commands import application
from rpgstat.study import from_toml
from tests.conftest import BATTERY

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "fixtures" / "rpg"
GROUP: Any = typer.main.get_command(application())
GENERATED = ("cli.md", "results.md", "python.md")
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]}
GUIDE = "\n".join(text for name, text in PAGES.items() if name.startswith("docs/") and Path(name).name not in GENERATED)
HELP = {name: cleandoc(command.help or "") for name, command in GROUP.commands.items()}

WRITING = ("init", "demo", "fill")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`(rpgstat [^`\n]+)`")
SHOWN = re.compile(r"^<!-- output of: (?:COLUMNS=(\d+) )?([^\n]+) -->\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def calls(script: str) -> Iterator[list[str]]:
    """The arguments of every call of rpgstat in a shell script, whatever stands before it on its line."""
    for line in script.splitlines():
        parts: list[list[str]] = [[]]
        for word in shlex.split(line, comments=True):
            if word in ("&&", "|", ";", ">"):
                parts.append([])
            else:
                parts[-1].append(word)
        yield from (part[1:] for part in parts if part and Path(part[0]).name == "rpgstat")


def parse(arguments: list[str]) -> None:
    """Fails where the command line would: no such command, no such option, an argument missing."""
    name, *rest = [a for a in arguments if a not in ("--version", "--help", "-h")] or [None]
    if name is not None:
        assert name in GROUP.commands, f"no command {name}"
        GROUP.commands[name].make_context(name, rest, resilient_parsing=not rest)


def fenced(language: str) -> list[Any]:
    """Every block of a language on any page."""
    blocks = [(name, i, found) for name, text in PAGES.items() for i, found in enumerate(FENCE.finditer(text), 1)]
    return [pytest.param(found[2], id=f"{name}-{i}") for name, i, found in blocks if found[1] == language]


SCRIPTS = [block for block in fenced("sh") if any(calls(block.values[0]))]
SPANS = sorted({span for text in PAGES.values() for span in SPAN.findall(FENCE.sub("", text))})
OUTPUTS = [pytest.param(*found.groups(), id=f"{name}-{i}") for name, text in PAGES.items() for i, found in enumerate(SHOWN.finditer(text), 1)]


def begins(script: str) -> bool:
    """Whether what a script writes is what its later calls read."""
    return any(call[0] in WRITING for call in calls(script))


def alone() -> dict[tuple[str, ...], list[str]]:
    """Every call that needs none before it, once, with the suffixes of all files that any page has it write; but those whose output is shown."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for block in SCRIPTS:
        for call in [] if begins(block.values[0]) else calls(block.values[0]):
            files = [place for place, word in enumerate(call) if word == "-o"]
            words = tuple(word for place, word in enumerate(call) if not {place, place - 1} & set(files))
            found.setdefault(words, {}).update(dict.fromkeys(Path(call[place + 1]).suffix for place in files))
    printed = {tuple(call) for block in OUTPUTS for call in calls(block.values[1])}
    return {words: [*suffixes] for words, suffixes in found.items() if suffixes or words not in printed}


ALONE = alone()


@pytest.fixture
def example(tmp_path, monkeypatch):
    """A copy of the example study to work in, with a plain environment."""
    shutil.copytree(EXAMPLE, tmp_path / "example")
    monkeypatch.chdir(tmp_path / "example")
    for name in ("FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "example"


@pytest.mark.parametrize("name", HELP)
def test_every_command_has_help_an_example_and_a_page(name):
    told, _, examples = HELP[name].partition("Examples:")
    assert told.strip().endswith(".")
    found = list(calls(examples))
    assert found
    assert {call[0] for call in found} == {name}
    for call in found:
        parse(call)
    assert f"rpgstat {name}" in GUIDE


@pytest.mark.parametrize("name", HELP)
def test_every_option_has_help(name):
    assert [option.name for option in GROUP.commands[name].params if not option.help] == []


@pytest.mark.parametrize("span", SPANS)
def test_a_command_named_in_passing_exists_with_its_options(span):
    for call in calls(span):
        parse(call)


def ran(call: Sequence[str], folder: Path, **env: str | None) -> str:
    """What a call prints in the example's folder, whose study file steps aside where the call names exports."""
    study = folder / "study.toml"
    if "wave-1.csv" in call:
        study.unlink(missing_ok=True)
    elif not study.exists():
        shutil.copy(EXAMPLE / "study.toml", study)
    done = CliRunner().invoke(application(call[:1]), [*call], env=env)
    assert done.exception is None or isinstance(done.exception, SystemExit), f"{call}: {done.exception}"
    assert done.exit_code in ((0, 1) if "--fail-on" in call else (0,)), f"{call}: {done.output}"
    return done.output


@pytest.mark.parametrize("call", ALONE, ids=" ".join)
def test_a_shown_call_runs(call, example):
    ran([*call, *(word for suffix in ALONE[call] for word in ("-o", f"written{suffix}"))], example)


@pytest.mark.parametrize("script", sorted({tuple(map(tuple, calls(block.values[0]))) for block in SCRIPTS if begins(block.values[0])}), ids=str)
def test_a_shown_script_runs(script, example):
    for call in script:
        ran(call, example)


@pytest.mark.parametrize(("columns", "command", "shown"), OUTPUTS)
def test_shown_output_is_what_the_command_prints(columns, command, shown, example):
    """Every part between lines of "…" stands in the output, in this order."""
    (call,) = calls(command)
    rest = ran(call, example, COLUMNS=columns)
    for part in filter(None, re.split(r"(?m)^…\n", shown)):
        assert part in rest
        rest = rest.partition(part)[2]


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("program", fenced("python"))
def test_shown_python_runs(program, capsys):
    exec(compile(program, "page", "exec"), {})
    assert "print(" not in program or capsys.readouterr().out.strip()


@pytest.mark.parametrize("text", fenced("toml"))
def test_a_shown_study_file_is_accepted(text):
    """A part of one is read with a battery added."""
    study = from_toml(text if "[[batteries]]" in text else text + BATTERY)
    assert not study.warnings


@pytest.mark.parametrize("name", PAGES)
def test_links_between_pages_resolve(name):
    targets = [link.partition("#") for link in LINK.findall(FENCE.sub("", PAGES[name])) if not link.startswith(("http:", "https:"))]
    for path, _, anchor in targets:
        target = (ROOT / name).parent / path if path else ROOT / name
        if not (ROOT / "docs" / "gallery").exists() and path.startswith("gallery/"):
            continue  # a source distribution has no pictures of the gallery
        assert target.exists(), f"{path} does not exist"
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"no heading #{anchor} in {path or name}"


def anchors(text: str) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"(?m)^#+ (.+)$", FENCE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_listed_in_the_index():
    listed = set(LINK.findall(PAGES["docs/index.md"]))
    assert {Path(name).name for name in PAGES if name.startswith("docs/")} - {"index.md"} <= listed


def test_generated_pages_are_current():
    made = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["pages"]()
    assert made == {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in made}


@pytest.mark.skipif(not (ROOT / "docs" / "gallery").exists(), reason="a source distribution has no pictures of the gallery")
def test_the_gallery_has_every_figure_and_every_table():
    assert runpy.run_path(str(ROOT / "docs" / "make_gallery.py"))["missing"]() == []


def test_every_picture_of_a_page_has_its_description():
    for name, text in PAGES.items():
        assert [path for words, path in re.findall(r"!\[((?:[^\]\\]|\\.)*)\]\(([^)]+)\)", text) if len(words) < 20] == [], name


def test_pictures_show_the_numbers_of_the_example_study():
    """By their text: another version of matplotlib may place it otherwise."""

    def words(picture: bytes) -> list[str]:
        return ["".join(node.itertext()) for node in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]

    made = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["pictures"]()
    assert {name: words(picture) for name, picture in made.items()} == {name: words((ROOT / "docs" / name).read_bytes()) for name in made}


def test_the_json_document_on_its_page_has_the_keys_of_the_schema():
    (shown,) = (json.loads(block.values[0]) for block in fenced("json"))
    schema = json.loads((files("rpgstat") / "data" / "result.schema.json").read_text(encoding="utf-8"))
    assert list(shown) == schema["required"]
    assert list(shown["results"][0]) == schema["$defs"]["compare"]["required"]
