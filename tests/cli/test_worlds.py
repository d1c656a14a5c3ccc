"""Two worlds that differ only in what is withheld: no byte of any page, table, figure, report or filled template may tell which of them it is of.

A stranger who reads the text of every format, alternative texts, sentences and notes as well as what is drawn, so learns no more than from the
data files, which the auditor reads.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import docx
import pytest

from tests.disclosure.asks import SAMPLE, talking
from tests.disclosure.studies import SECRET, Made, MadeWave, Person, people

ROLES = ("Aide", "Clerk", "Nurse", "Warden")
SIZES = (("one", {("Aide",): 26, ("Clerk",): 15, ("Nurse",): 3, ("Warden",): 7}), ("two", {("Aide",): 31, ("Clerk",): 14, ("Nurse",): 2, ("Warden",): 8}))
ITEMS = ("cope", "learn", "rest", "talk")
FORMATS = ("json", "csv", "docx", "html", "md", "tex", "xlsx", "svg")
CALLS = (
    ("breakdown", "--by", "role", "--post-hoc"),
    ("compare", "--by", "role"),
    ("compare", "--standardise", "role"),
    ("response", "--by", "role"),
    ("topline", "--by", "role"),
    ("topline", "--by", "role", "--batteries"),
    ("themes", "--by", "role", "--together", "--codes"),
    ("reliability",),
    ("joint",),
)
IDENTITY = re.compile(r"sha256\W+[0-9a-f]{16,64}|[0-9a-f]{64}|\b[0-9a-f]{8,12}\b|\d{4}-\d\d-\d\dT[\d:.]+Z?")
"""Digests of the files, and when something was made."""
BESIDE = """
[quotes]
file = "quotes.csv"
[[joint]]
theme = "hope"
rows = ["compare.cope"]
fit = "confirms"
"""
QUOTES = 'theme,wave,source,speaker,quote\nhope,one,Interview 1,"Interview 1, practitioner",It went better than I thought.\n'
PLACEHOLDERS = (
    "{{ table:breakdown [by=role] }}",
    "{{ figure:breakdown [by=role] }}",
    "{{ table:response }}",
    "{{ table:themes }}",
    "{{ value:response.returned [group=Nurse, wave=one] }}",
    "{{ value:response.returned [group=Aide, wave=one] }}",
)


def study() -> Made:
    rng = Random(20)
    waves = tuple(MadeWave(name, ITEMS, people(sizes, rng, len(ITEMS), 4, lost=0.05), invited=120) for name, sizes in SIZES)
    made = Made({"role": ROLES}, 4, {"B": ITEMS}, waves)
    return talking(rng, made, questions=[SAMPLE[0], SAMPLE[2], SAMPLE[4]], themes=("hope", "anger"))


def otherwise(made: Made) -> Made:
    """The same study, in which one warden of each wave is a nurse, and two nurses have changed places with two wardens; nobody is another person."""

    def moved(own: tuple[Person, ...]) -> tuple[Person, ...]:
        nurses, wardens = ([at for at, one in enumerate(own) if one.key == (role,)] for role in ("Nurse", "Warden"))
        keys = {nurses[0]: "Warden", nurses[1]: "Warden", wardens[0]: "Nurse", wardens[1]: "Nurse", wardens[2]: "Nurse"}
        return tuple(replace(one, key=(keys[at],)) if at in keys else one for at, one in enumerate(own))

    return replace(made, waves=tuple(replace(wave, people=moved(wave.people)) for wave in made.waves))


@pytest.fixture(scope="module")
def worlds(tmp_path_factory) -> tuple[Path, Path]:
    first = study()
    found = []
    for name, made in (("one", first), ("other", otherwise(first))):
        folder = tmp_path_factory.mktemp("world") / name / "study"
        path = made.write(folder)
        path.write_text(path.read_text(encoding="utf-8") + BESIDE, encoding="utf-8")
        (folder / "quotes.csv").write_text(QUOTES, encoding="utf-8")
        template = docx.Document()
        for line in PLACEHOLDERS:
            template.add_paragraph(line)
        template.save(folder / "template.docx")
        found.append(folder)
    return found[0], found[1]


def content(path: Path) -> dict[str, str]:
    """What a file says, part by part, without the digests of what it was made from."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode("latin-1") for name in archive.namelist() if "docProps" not in name}
    else:
        parts = {"": path.read_bytes().decode("utf-8")}
    return {name: IDENTITY.sub("", part) for name, part in parts.items()}


def written(command, folder: Path, out: Path, *call: str, formats: tuple[str, ...] = FORMATS) -> dict[str, object]:
    """All that a command writes: each file, what stands in the terminal, and what it warns of."""
    out.mkdir()
    targets = [part for suffix in formats for part in ("-o", out / f"x.{suffix}")]
    ran = command(*call, "-s", folder / "study.toml", *targets)
    assert ran.code == 0, ran.err
    found: dict[str, object] = {path.name: content(path) for path in sorted(out.iterdir())}
    if formats is FORMATS:
        found["terminal"] = command(*call, "-s", folder / "study.toml").text
    return found | {"warnings": re.sub(r"(?m)^note: wrote .*\n?", "", ran.err.replace(str(out), ""))}


def said(found: dict[str, object]) -> str:
    return repr(found)


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_no_byte_tells_the_worlds_apart(command, worlds, tmp_path, call) -> None:
    formats = tuple(suffix for suffix in FORMATS if (call[0], suffix) != ("reliability", "svg"))
    one, other = (written(command, folder, tmp_path / name, *call, formats=formats) for name, folder in zip("ab", worlds, strict=True))
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert SECRET not in said(one)
    assert not re.search(r"\bw[01]x\d", said(one))  # no id of anybody


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_no_byte_of_a_report_tells_them_apart(command, worlds, tmp_path, suffix) -> None:
    one, other = (written(command, folder, tmp_path / name, "report", formats=(suffix,)) for name, folder in zip("ab", worlds, strict=True))
    assert [name for name in one if one[name] != other[name]] == []
    assert SECRET not in said(one)
    assert "It went better than I thought" in said(one)  # which is declared


def test_no_byte_of_a_filled_template_tells_them_apart(command, worlds, tmp_path) -> None:
    found = []
    for name, folder in zip("ab", worlds, strict=True):
        out = tmp_path / f"{name}.docx"
        assert command("fill", folder / "template.docx", "-s", folder / "study.toml", "-o", out).code == 0
        found.append(content(out))
    assert found[0] == found[1]
    words = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs)
    assert words.splitlines()[-1] == "26"
    assert "[c]" in words


WHOLE = {
    "breakdown": set(),
    "compare": set(),
    "response": {"x.svg"},
    "topline": {"x.svg"},
    "themes": {"x.svg", "x.codebook.csv", "x.quotes.csv"},
}
"""Of each command what shows whole waves only."""


@pytest.mark.parametrize("command_name", WHOLE)
def test_without_suppression_every_format_tells_them_apart_and_is_marked(command, worlds, tmp_path, command_name) -> None:
    """Else the tests above would show nothing."""
    call = (command_name, "--by", "role", "--no-suppression")
    one, other = (written(command, folder, tmp_path / name, *call) for name, folder in zip("ab", worlds, strict=True))
    assert "do not pass this on" in str(one.pop("warnings"))
    told = {name for name in one if one[name] != other[name]}
    assert told == one.keys() - WHOLE[command_name]
    for name in told:
        assert "not for passing on" in re.sub(r"(\s|\\n|\\\\)+", " ", said({name: one[name]})), name


def test_the_installed_command_tells_no_more(run, worlds) -> None:
    one, other = (run("topline", "--by", "role", "-f", "json", cwd=folder) for folder in worlds)
    assert one.document["results"][0]["rows"] == other.document["results"][0]["rows"]
    assert Counter(row["note"] for row in one.rows)["suppressed: small numbers"] > 0
