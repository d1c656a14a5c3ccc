"""What is withheld is withheld in every format alike: the same cells of one run, and the same bytes whatever the withheld people answered."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import fastexcel
import polars as pl
import pytest

from tests.media.test_html import Page

HIDDEN = ("Senior social worker", "Team manager")
SHOWN = ("Social worker", "Lead practitioner", "Senior manager")
ROLES = ("Social worker", "Senior social worker", "Lead practitioner", "Team manager", "Senior manager")
MEANS = ("n", "mean", "rank", "n_rest", "mean_rest", "estimate")
SPREAD = ("sd", "conf_low", "conf_high", "agree", "agree_low", "agree_high", "std_error", "estimate_low", "estimate_high", "statistic", "df", "effect")
FEW = "few answered: mean only"
BLURRED = [("Social worker", "+1 year", "voice"), *(("Social worker", "+3 years", item) for item in ("perspectives", "impact", "setbacks", "manager"))]
"""Groups of many people that are shown by their mean, as more would give others away."""
DATA = ("csv", "tsv", "json", "ndjson", "parquet")
PAGES = ("docx", "html", "md", "tex")
STATEMENT = "I get on better with my peers"


@pytest.fixture(scope="module")
def written(run, rpg, tmp_path_factory) -> Path:
    """The breakdown of the example study in every format, by one run."""
    folder = tmp_path_factory.mktemp("written")
    targets = [part for suffix in (*DATA, *PAGES, "xlsx", "svg") for part in ("-o", folder / f"roles.{suffix}")]
    assert run("breakdown", "--by", "role", "--post-hoc", "-s", rpg / "study.toml", *targets).code == 0
    return folder


def rows(path: Path) -> list[dict]:
    match path.suffix:
        case ".csv" | ".tsv":
            return pl.read_csv(path, separator="," if path.suffix == ".csv" else "\t").to_dicts()
        case ".json":
            return json.loads(path.read_text(encoding="utf-8"))["results"][0]["rows"]
        case ".ndjson":
            return [row for line in path.read_text(encoding="utf-8").splitlines() if "rank" in (row := json.loads(line))]
        case _:
            return pl.read_parquet(path).to_dicts()


@pytest.mark.parametrize("suffix", DATA)
def test_data_hold_no_figure_of_a_withheld_role(written, suffix):
    found = rows(written / f"roles.{suffix}")
    assert len(found) == 2 * 24 * len(ROLES)
    for row in found:
        few = FEW in (row["note"] or "")
        assert few == (row["group"] in SHOWN[1:] or (row["group"], row["wave"], row["item"]) in BLURRED)
        assert all((row[name] is None) == (row["group"] in HIDDEN) for name in MEANS)
        assert all((row[name] is None) == (few or row["group"] in HIDDEN) for name in SPREAD)
        assert (row["p_value"] is None) == (row["conclusion"] is None) == (row["group"] in HIDDEN or (few and row["item"] is None))
        assert (row["note"] == "suppressed: small numbers") == (row["group"] in HIDDEN)


@pytest.mark.parametrize("suffix", DATA[:1])
def test_other_results_name_no_withheld_role(written, suffix):
    for name in ("omnibus", "post_hoc"):
        text = (written / f"roles.{name}.{suffix}").read_text(encoding="utf-8")
        assert not any(role in text for role in HIDDEN)


def test_a_sheet_shows_a_sign_in_every_cell(written):
    for row in fastexcel.read_excel(written / "roles.xlsx").load_sheet("breakdown", header_row=2, dtypes="string").to_polars().to_dicts():
        means, spread = ([row[header] for header in headers] for headers in (("n", "Mean", "Rank", "n (others)", "Difference"), ("SD", "Agree", "Effect")))
        assert (set(means) == {"[c]"}) == ("[c]" in means) == (row["Group"] in HIDDEN)
        assert (set(spread) == {"[c]"}) == ("[c]" in spread) == (row["Group"] in HIDDEN or FEW in (row["Note"] or ""))


def lines(path: Path) -> list[list[str]]:
    """The cells of every line that begins with a statement or the battery score, role after role."""
    content = path.read_bytes()
    match path.suffix:
        case ".docx":
            found = [[cell.text for cell in row.cells] for table in docx.Document(io.BytesIO(content)).tables for row in table.rows]
        case ".html":
            found = [[words for *_, words in row] for table in Page(content).tables for row in table]
        case ".md":
            found = [line.replace("\\", "").strip("|").split("|") for line in content.decode().splitlines() if line.startswith("|")]
        case _:
            found = [line.replace("{", "").replace("}", "").split("&") for line in content.decode().splitlines() if " & " in line]
    return [[cell.strip() for cell in row] for row in found if len(row) in (1 + len(ROLES), 1 + 2 * len(ROLES)) and re.search(r"\d\.\d\d", " ".join(row))]


@pytest.mark.parametrize("suffix", PAGES)
def test_pages_show_a_sign_in_each_cell_of_a_withheld_role_and_in_no_other(written, suffix):
    found = lines(written / f"roles.{suffix}")
    groups = [row for row in found if any("[c]" in cell for cell in row)]
    assert len(groups) == 2 * 24
    for row in groups:
        wide = (len(row) - 1) // len(ROLES)
        for place, role in enumerate(ROLES):
            own = " ".join(row[1 + wide * place : 1 + wide * (place + 1)])
            assert ("[c]" in own, bool(re.search(r"\d", own.replace("textbf", "")))) == ((True, False) if role in HIDDEN else (False, True))


def test_a_picture_draws_no_withheld_cell(written):
    words = ["".join(node.itertext()) for node in ElementTree.parse(written / "roles.svg").iter("{http://www.w3.org/2000/svg}text")]
    numbered = [word for word in words if re.fullmatch(r"\d\.\d\d( .*)?", word)]
    sizes = [word for word in words if re.fullmatch(r"n = \d+", word)]
    assert (words.count("[c]"), len(numbered), len(sizes)) == (48 * len(HIDDEN), 48 * len(SHOWN), 48 * len(SHOWN))


def test_the_terminal_shows_a_sign_in_each_cell_of_a_withheld_role(command, rpg):
    shown = command("breakdown", "--by", "role", cwd=rpg).text.split("do the groups of role differ?")[0]
    found = [line.removeprefix(STATEMENT).split() for line in shown.splitlines() if line.startswith(STATEMENT)]
    figures = [[cell for cell in line if re.fullmatch(r"\d\.\d\d|\[c\]", cell)] for line in found]
    assert [["[c]" in cell for cell in line] for line in figures] == [[role in HIDDEN for role in ROLES]] * 2


# --- worlds that differ only in what is withheld --------------------------------------------------------------------


@pytest.fixture(scope="module")
def worlds(rpg, tmp_path_factory) -> tuple[Path, Path]:
    """The example study, and one in which each team manager of the first wave has changed roles with a senior social worker."""
    one, other = (tmp_path_factory.mktemp("world") / "rpg" for _ in "12")
    for folder in (one, other):
        shutil.copytree(rpg, folder)
    export = other / "wave-1.csv"
    with export.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    role = table[0].index("What is your job role?")
    first, second = ([row for row in table if row[role] == name] for name in HIDDEN)
    assert len(second) < len(first)
    for row, swapped in zip(first, second, strict=False):
        assert row[role + 2 :] != swapped[role + 2 :]
        row[role], swapped[role] = swapped[role], row[role]
    with export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    return one, other


def content(path: Path) -> list[str]:
    """What a file says, without the digests of what it was made from."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    else:
        parts = [data.decode("utf-8", "replace")]
    return [re.sub(r"sha256\W+[0-9a-f]{16,64}", "sha256", part) for part in parts]


@pytest.mark.parametrize(
    "call",
    [
        ("breakdown", "--by", "role", "--post-hoc"),
        ("compare", "--by", "role"),
        ("score",),
    ],
    ids=" ".join,
)  # of other commands, `test_worlds.py`
def test_no_byte_of_any_format_depends_on_what_withheld_people_answered(command, worlds, tmp_path, call):
    made = {}
    for name, folder in zip("ab", worlds, strict=True):
        (tmp_path / name).mkdir()
        suffixes = (*DATA, *PAGES, "xlsx", "svg")  # a .png has the words and marks of the .svg
        targets = [part for suffix in suffixes for part in ("-o", tmp_path / name / f"x.{suffix}")]
        assert command(*call, "-s", folder / "study.toml", *targets).code == 0
        made[name] = {path.name: content(path) for path in sorted((tmp_path / name).iterdir())}
        made[name]["terminal"] = [command(*call, "-s", folder / "study.toml").text, command(*call, "-s", folder / "study.toml", "--plot").text]
    assert made["a"].keys() == made["b"].keys()
    assert [name for name in made["a"] if made["a"][name] != made["b"][name]] == []


def test_without_suppression_the_two_worlds_differ(command, worlds):
    """Else the tests above would show nothing."""
    one, other = (command("breakdown", "--by", "role", "--no-suppression", "-f", "csv", "-s", folder / "study.toml").out for folder in worlds)
    assert one != other


OPEN = ("csv", "tsv", "json", "ndjson", "md", "html", "tex", "svg")


@pytest.fixture(scope="module")
def in_full(run, rpg, tmp_path_factory) -> Path:
    """The same without suppression, by one run."""
    folder = tmp_path_factory.mktemp("open")
    targets = [part for suffix in OPEN for part in ("-o", folder / f"open.{suffix}")]
    assert run("breakdown", "--by", "role", "--no-suppression", "-s", rpg / "study.toml", *targets).code == 0
    return folder


@pytest.mark.parametrize("suffix", OPEN)
def test_what_shows_small_groups_says_in_every_format_that_it_is_not_for_passing_on(in_full, suffix):
    text = (in_full / f"open.{suffix}").read_text(encoding="utf-8")
    assert "not for passing on" in text
    if suffix in ("csv", "tsv", "ndjson"):  # which are nothing but rows
        lines = text.splitlines()
        assert all("not for passing on" in line for line in lines[1 if suffix != "ndjson" else 0 :])


def test_what_withholds_small_groups_may_be_passed_on(command, rpg):
    assert "passing on" not in command("breakdown", "--by", "role", "-f", "json", cwd=rpg).text
