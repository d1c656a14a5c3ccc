"""One questionnaire that asks how it is now and how it was before: the same people twice, without a second file."""

from __future__ import annotations

import random

import pytest

from rpgstat.stats.paired import paired_t
from rpgstat.stats.pairs import describe_pairs

LEVELS = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
STUDY = """{head}
[scales.a]
levels = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
[[waves]]
name = "before"
{back}
[[waves]]
name = "after"
file = "course.csv"
invited = 40
[[batteries]]
name = "Rules"
scale = "a"
items = [
  {{ id = "rules", text = "I know the rules", column = "I know the rules now"{item} }},
  {{ id = "explain", text = "I can explain them", column = "I can explain them now" }},
]
"""
BACK, ITEM = 'retrospective = "after"', ', before = "I knew the rules before"'


@pytest.fixture
def survey(tmp_path):
    def made(head="", back=BACK, item=ITEM, ids=None):
        rng = random.Random(4)
        scores = [(one, min(4, one + rng.choice([0, 1, 1])), rng.randint(1, 4)) for one in (rng.randint(1, 3) for _ in range(24))]
        told = ids or [f"r{i}" for i in range(24)]
        rows = [",".join([own, *(LEVELS[score - 1] for score in one)]) for own, one in zip(told, scores, strict=True)]
        header = "Code,I knew the rules before,I know the rules now,I can explain them now"
        (tmp_path / "course.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        (tmp_path / "study.toml").write_text(STUDY.format(head=head, back=back, item=item), encoding="utf-8")
        return tmp_path, scores

    return made


@pytest.mark.parametrize("ids", [None, [str(i) for i in range(1, 25)], ["" if i % 3 else f"k{i}" for i in range(24)]], ids=["own", "running on", "some blank"])
@pytest.mark.parametrize("head", ["", 'id = "Code"'])
def test_each_row_is_a_pair_whatever_its_id(command, survey, head, ids):
    folder, scores = survey(head, ids=ids)
    ran = command("compare", "-f", "json", cwd=folder)
    row, change = ran.rows[0], paired_t(pairs=describe_pairs(moves=[(a, b, 1) for a, b, _ in scores]))
    assert (row["reference"], row["wave"], row["n_both"], row["n"]) == ("before", "after", 24, 24)
    assert (row["estimate"], row["df"], row["p_value"]) == pytest.approx((change.estimate, change.df, change.p_value))
    assert ran.rows[1]["estimate"] is None
    assert [one["name"] for one in ran.document["inputs"]] == ["course.csv"]
    assert any(note.startswith("“before” was looked back upon in the questionnaire of after") for note in ran.document["results"][0]["notes"])
    paired = command("compare", "--paired", "--moves", "--no-suppression", "-f", "json", cwd=folder)
    assert paired.rows[0]["p_value"] == pytest.approx(change.p_value)
    assert sum(one["n"] for one in paired.document["results"][1]["rows"] if one["item"] == "rules") == 24


def test_only_questionnaires_are_responded_to(command, survey):
    rows = command("response", "-f", "json", cwd=survey()[0]).rows
    assert [(row["wave"], row["returned"]) for row in rows] == [("after", 24)]
    assert "same file" not in command("compare", cwd=survey()[0]).err


def test_an_export_given_beside_the_study_takes_its_place(command, survey):
    folder, _ = survey()
    (folder / "course.csv").rename(folder / "again.csv")
    assert command("compare", "again.csv", "-s", "study.toml", "-f", "json", cwd=folder).rows[0]["n_both"] == 24


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"back": 'retrospective = "later"'}, 'waves[1].retrospective is "later"'),
        ({"back": 'retrospective = "after"\nfile = "course.csv"'}, 'waves[1].file is "course.csv"'),
        ({"item": ""}, "wave `before` is retrospective, and no item has a column `before`"),
        ({"item": ', before = "I know the rules now"'}, "batteries[1].items[1].before is"),
    ],
)
def test_what_cannot_be_declared(command, survey, told, problem):
    assert problem in command("compare", cwd=survey(**told)[0]).error()[0]


def test_rounds_in_one_file_may_each_look_back(command, tmp_path):
    rng, rows, scores = random.Random(6), [], {"2023": [], "2024": []}
    for year, n in (("2023", 22), ("2024", 30), ("pilot", 3)):
        for _ in range(n):
            before = rng.randint(1, 3)
            after = min(4, before + rng.choice([0, 1, 1]))
            scores.setdefault(year, []).append((before, after, 1))
            rows.append(f"{year},{LEVELS[before - 1]},{LEVELS[after - 1]},{LEVELS[rng.randint(0, 3)]}")
    rng.shuffle(rows)
    header = "Year,I knew the rules before,I know the rules now,I can explain them now"
    (tmp_path / "all.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    waves = "".join(f'[[waves]]\nname = "before {year}"\nretrospective = "{year}"\n[[waves]]\nname = "{year}"\n' for year in ("2023", "2024"))
    declared = STUDY.format(head='[data]\nfile = "all.csv"\nwave = "Year"', back="", item=ITEM)
    start, end = declared.index("[[waves]]"), declared.index("[[batteries]]")
    (tmp_path / "study.toml").write_text(declared[:start] + waves + declared[end:], encoding="utf-8")
    for year in ("2023", "2024"):
        ran = command("compare", "--reference", f"before {year}", "--wave", year, "-f", "json", cwd=tmp_path)
        row, change = ran.rows[0], paired_t(pairs=describe_pairs(moves=scores[year]))
        assert (row["estimate"], row["df"], row["p_value"]) == pytest.approx((change.estimate, change.df, change.p_value))
        assert (row["n_both"], ran.rows[1]["note"]) == (len(scores[year]), f"not asked in before {year}")
    assert "check found" not in ran.err
    assert "`pilot` in 3 rows is no wave of the study; left out" in ran.err
    order = [row["wave"] for row in command("score", "-f", "json", cwd=tmp_path).rows]
    assert list(dict.fromkeys(order)) == ["before 2023", "2023", "before 2024", "2024"]
    assert [row["wave"] for row in command("response", "-f", "json", cwd=tmp_path).rows] == ["2023", "2024"]
