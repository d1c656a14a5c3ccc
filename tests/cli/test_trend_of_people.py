"""`rpgstat compare --trend` of people whose ids link them over the waves: clustered slopes, and tests of those in all waves."""

from __future__ import annotations

import json
import random

import docx
import fastexcel
import pytest

from rpgstat.stats.clustered import clustered_departure, clustered_slope
from rpgstat.stats.within import friedman, repeated_measures

LEVELS = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
TIMES = (2021, 2022, 2024)


def waves(seed=2, staying=30, leaving=6, joining=9):
    """Scores of a statement by person in three waves; some leave, and others join."""
    rng = random.Random(seed)
    level = {f"p{i}": rng.gauss(2.2, 0.7) for i in range(staying + leaving + joining)}
    there = [list(level)[: staying + leaving], list(level), list(level)[:staying] + list(level)[staying + leaving :]]
    return [{key: min(4, max(1, round(level[key] + 0.35 * w + rng.gauss(0, 0.4)))) for key in ids} for w, ids in enumerate(there)]


@pytest.fixture
def survey(tmp_path):
    def made(answers, head='id = "Code"', dates=True):
        declared = f'{head}\n[scales.a]\nlevels = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]\n'
        for year, wave in zip(TIMES, answers, strict=True):
            rows = [f"{key},{LEVELS[score - 1]}" for key, score in wave.items()]
            (tmp_path / f"{year}.csv").write_text("\n".join(["Code,I feel safe", *rows]) + "\n", encoding="utf-8")
            declared += f'[[waves]]\nname = "{year}"\nfile = "{year}.csv"\n' + (f'date = "{year}"\n' if dates else "")
        (tmp_path / "study.toml").write_text(f'{declared}[[batteries]]\nname = "Work"\nscale = "a"\nitems = ["I feel safe"]\n', encoding="utf-8")
        return tmp_path

    return made


def test_the_slope_of_all_answers_with_errors_by_person(command, survey):
    answers = waves()
    ran = command("compare", "--trend", "-f", "json", cwd=survey(answers))
    row, expected = (
        ran.rows[0],
        clustered_slope(courses=[([(t, wave[key]) for t, wave in zip(TIMES, answers, strict=True) if key in wave], 1) for key in answers[1]]),
    )
    assert [row[key] for key in ("slope", "slope_low", "slope_high", "df", "statistic", "p_value")] == pytest.approx(
        [expected.estimate, expected.conf_low, expected.conf_high, expected.df, expected.statistic, expected.p_value]
    )
    bent = clustered_departure(courses=[([(t, wave[key]) for t, wave in zip(TIMES, answers, strict=True) if key in wave], 1) for key in answers[1]])
    assert [row[f"departure_{key}"] for key in ("f", "df1", "df2", "p")] == pytest.approx([bent.f_statistic, 1, 44, bent.p_value])
    assert (row["method"], row["conclusion"], row["wave_n"]) == ("clustered", "rose", [36, 45, 39])
    assert row["wave_means"] == pytest.approx([sum(wave.values()) / len(wave) for wave in answers])
    notes = ran.document["results"][0]["notes"]
    assert any(note.startswith("Ids link people over the waves") for note in notes)
    assert not any("treated as independent" in note for note in notes)


def test_people_in_all_waves_stand_in_a_result_of_their_own(command, survey):
    answers = waves()
    ran = command("compare", "--trend", "--verify", "-f", "json", cwd=survey(answers))
    assert ran.code == 0, ran.err
    assert [result["name"] for result in ran.document["results"]] == ["trend_waves", "omnibus"]
    row = ran.document["results"][1]["rows"][0]
    courses = [(tuple(wave[key] for wave in answers), 1) for key in answers[0] if key in answers[2]]
    means, ranked = repeated_measures(courses=courses), friedman(courses=courses)
    assert (row["by"], row["groups"], row["n"], row["df1"], row["df2"]) == ("wave", 3, 30, 2, 58)
    assert (row["f_statistic"], row["p_value"]) == pytest.approx((means.f_statistic, means.p_value))
    assert (row["h_statistic"], row["h_df"], row["h_p_value"]) == pytest.approx((ranked.statistic, 2, ranked.p_value))
    assert ran.document["results"][1]["notes"][0].startswith("4 tests re-run in Pingouin")
    assert "2 tests of a trend have no counterpart in Pingouin and were not re-run." in ran.document["results"][0]["notes"]


def test_the_order_of_rows_does_not_matter(command, survey):
    answers = waves()
    rows = command("compare", "--trend", "-f", "json", cwd=survey(answers)).document["results"]
    shuffled = [dict(random.Random(1).sample(list(wave.items()), len(wave))) for wave in answers]
    again = command("compare", "--trend", "-f", "json", cwd=survey(shuffled)).document["results"]
    assert [result["rows"] for result in rows] == [result["rows"] for result in again]


@pytest.mark.parametrize(("given", "head"), [(["--design", "independent"], 'id = "Code"'), (["--method", "lbl"], 'id = "Code"'), ([], "")])
def test_where_ids_are_not_used(command, survey, given, head):
    ran = command("compare", "--trend", *given, "-f", "json", cwd=survey(waves(), head))
    notes = ran.document["results"][0]["notes"]
    assert ran.rows[0]["method"] == ("lbl" if "lbl" in given else "slope")
    assert any("treated as independent" in note for note in notes)
    assert ("People who answered in several waves are not linked here." in notes) is bool(head)


def test_few_people_in_all_waves_are_not_shown(command, survey):
    answers = waves(staying=4, leaving=20, joining=20)
    row = command("compare", "--trend", "-f", "json", cwd=survey(answers)).document["results"][1]["rows"][0]
    assert (row["n"], row["p_value"], row["note"]) == (None, None, "fewer than 5 answered in all waves")
    shown = command("compare", "--trend", "--no-suppression", "-f", "json", cwd=survey(answers)).document["results"][1]["rows"][0]
    assert shown["n"] == 4


def test_pages_and_figures(command, survey, tmp_path):
    folder = survey(waves())
    for given in ([], ["--plot"]):
        ran = command("compare", "--trend", *given, cwd=folder)
        assert ran.code == 0, ran.err
        assert "rose" in ran.text
    assert "Among people in all waves" in command("compare", "--trend", "--verbose", cwd=folder).text
    written = [part for suffix in ("docx", "html", "svg", "csv", "xlsx") for part in ("-o", tmp_path / f"x.{suffix}")]
    assert command("compare", "--trend", *written, cwd=folder).code == 0
    picture = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert all(str(year) in picture for year in TIMES)
    assert "Line of the slope" in picture
    sheet = fastexcel.read_excel(tmp_path / "x.xlsx").load_sheet("trend_waves", header_row=2).to_polars()
    means = [round(sum(wave.values()) / len(wave), 4) for wave in waves()]
    assert json.loads(sheet["Means"][0]) == means  # and not seventeen digits each


def test_a_report_of_three_waves_begins_with_the_trend(command, survey, tmp_path):
    assert command("report", "-o", tmp_path / "r.docx", cwd=survey(waves())).code == 0
    words = [paragraph.text for paragraph in docx.Document(str(tmp_path / "r.docx")).paragraphs]
    assert "Over all waves" in words
    told = next(line for line in words if line.startswith("“I feel safe” rose over the waves, by "))
    assert " a year [" in told
    assert any("rose over the waves" in line for line in words[: words.index("How to read this")])


def test_fill_takes_trends_pairs_and_moves(command, survey, tmp_path):
    folder = survey(waves(staying=60))
    document = docx.Document()
    lines = ["{{ value:compare.trend_waves.feel_safe.slope }} a year", "{{ value:compare.omnibus.feel_safe.n }} people in all waves"]
    lines += ["{{ value:compare.feel_safe.up [design=paired, wave=2024] }} went up"]
    lines += [
        "{{ table:compare.trend_waves }}",
        "{{ figure:compare.trend_waves }}",
        "{{ figure:compare.transitions [wave=2024] }}",
        "{{ table:compare.transitions }}",
    ]
    for line in lines:
        document.add_paragraph(line)
    document.save(str(tmp_path / "t.docx"))
    ran = command("fill", "t.docx", "-o", tmp_path / "filled.docx", cwd=folder)
    assert ran.code == 0, ran.err
    words = [paragraph.text for paragraph in docx.Document(str(tmp_path / "filled.docx")).paragraphs]
    row = command("compare", "--trend", "-f", "json", cwd=folder).rows[0]
    pairs = command("compare", "--paired", "-f", "json", cwd=folder).rows
    assert f"{row['slope']:.2f} a year" in words[0].replace("+", "")
    assert words[1] == "60 people in all waves"
    assert words[2] == f"{next(one['up'] for one in pairs if one['wave'] == '2024' and one['item'])} went up"
    assert len(docx.Document(str(tmp_path / "filled.docx")).inline_shapes) == 2
