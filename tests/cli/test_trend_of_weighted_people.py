"""`rpgstat compare --trend` of weighted people whose ids link them over the waves: every figure from a sum over people, one by one."""

from __future__ import annotations

import math
import random

import pytest

from rpgstat.stats.sample import critical_t, two_sided_t

LEVELS = ["No", "Rather no", "Rather yes", "Yes"]
TIMES = (2021, 2022, 2024)
WEIGHTS = (["0.5", "1", "3"], ["0.8", "1.25"], ["1", "0.3333333333", "2"])
HEAD = """weight = "w"
[scales.a]
levels = ["No", "Rather no", "Rather yes", "Yes"]
"""


def waves(seed=4, people=50):
    """By wave and person: the weight, and the levels of two statements or None."""
    rng = random.Random(seed)
    level = {f"p{i}": rng.gauss(2.2, 0.8) for i in range(people)}

    def answer(person, at):
        return None if rng.random() < 0.1 else min(4, max(1, round(level[person] + 0.3 * at + rng.gauss(0, 0.5))))

    return [{id: (rng.choice(WEIGHTS[at]), [answer(id, at), answer(id, at)]) for id in level if rng.random() < 0.7} for at in range(3)]


@pytest.fixture
def survey(tmp_path):
    def made(answers, head='id = "Code"', lacking=None):
        declared = f"{head}\n{HEAD}"
        for year, wave in zip(TIMES, answers, strict=True):
            named = ["I plan"] if year == lacking else ["I plan", "I rest"]
            rows = [[id, w, *("" if x is None else LEVELS[x - 1] for x in own[: len(named)])] for id, (w, own) in wave.items()]
            (tmp_path / f"{year}.csv").write_text("\n".join(map(",".join, [["Code", "w", *named], *rows])) + "\n", encoding="utf-8")
            declared += f'[[waves]]\nname = "{year}"\nfile = "{year}.csv"\ndate = "{year}"\n'
        (tmp_path / "study.toml").write_text(f'{declared}[[batteries]]\nname = "Work"\nscale = "a"\nitems = ["I plan", "I rest"]\n', encoding="utf-8")
        return tmp_path

    return made


def line(answers, value):
    """The weighted slope, and its error clustered on the person."""
    given = [(id, t, float(w), y) for t, wave in zip(TIMES, answers, strict=True) for id, (w, own) in wave.items() if (y := value(own)) is not None]
    total = sum(w for *_, w, _ in given)
    middle, mean = (sum(w * own for own, w in found) / total for found in ([(t, w) for _, t, w, _ in given], [(y, w) for *_, w, y in given]))
    spread = sum(w * (t - middle) ** 2 for _, t, w, _ in given)
    slope = sum(w * (t - middle) * y for _, t, w, y in given) / spread
    z = dict.fromkeys((id for id, *_ in given), 0.0)
    for id, t, w, y in given:
        z[id] += w * (t - middle) * (y - mean - slope * (t - middle)) / spread
    n = len(z)
    return slope, math.sqrt(n / (n - 1) * sum(own * own for own in z.values())), n - 1


def figures(found):
    slope, error, df = found
    reach = critical_t(df=df, level=0.95) * error
    return [slope, slope - reach, slope + reach, df, slope / error, two_sided_t(statistic=slope / error, df=df)]


KEYS = ("slope", "slope_low", "slope_high", "df", "statistic", "p_value")


def score(own):
    told = [x for x in own if x is not None]
    return sum(told) / len(told) if told else None


def test_the_slope_of_weighted_answers_with_errors_by_person(command, survey):
    answers = waves()
    ran = command("compare", "--trend", "-f", "json", cwd=survey(answers))
    assert ran.code == 0, ran.err
    for row, value in zip(ran.rows, (lambda own: own[0], lambda own: own[1], score), strict=True):
        assert [row[key] for key in KEYS] == pytest.approx(figures(line(answers, value)))
        assert (row["method"], row["departure_df1"], row["departure_df2"]) == ("clustered", 1, row["df"])
    assert [result["name"] for result in ran.document["results"]] == ["trend_waves"]
    notes = ran.document["results"][0]["notes"]
    assert any("each answer counts by its weight in the slope" in note for note in notes)
    assert not any("treated as independent" in note or "counts alike" in note for note in notes)


def test_the_score_is_made_of_the_statements_of_all_waves(command, survey):
    answers = waves()
    rows = command("compare", "--trend", "-f", "json", cwd=survey(answers, lacking=2022)).rows
    assert [rows[-1][key] for key in KEYS] == pytest.approx(figures(line(answers, lambda own: own[0])))


def test_rows_and_people_who_answer_once_change_nothing_but_the_sums(command, survey):
    answers = waves()
    rows = command("compare", "--trend", "-f", "json", cwd=survey(answers)).rows
    assert rows == command("compare", "--trend", "-f", "json", cwd=survey([dict(reversed(wave.items())) for wave in answers])).rows
    strangers = [{f"{id}-{at}": own for id, own in wave.items()} for at, wave in enumerate(answers)]
    row = command("compare", "--trend", "-f", "json", cwd=survey(strangers)).rows[0]
    assert row["method"] == "slope"


def test_one_weight_gives_the_figures_without_weights(command, survey):
    folder = survey([{id: ("1", own) for id, (_, own) in wave.items()} for wave in waves()])
    weighted, plain = (command("compare", "--trend", *given, "-f", "json", cwd=folder).rows for given in ([], ["--unweighted"]))
    for row, other in zip(weighted, plain, strict=True):
        assert [row[key] for key in (*KEYS, "departure_p")] == pytest.approx([other[key] for key in (*KEYS, "departure_p")])


@pytest.mark.parametrize(("given", "head"), [(["--design", "independent"], 'id = "Code"'), ([], "")])
def test_where_ids_are_not_used(command, survey, given, head):
    ran = command("compare", "--trend", *given, "-f", "json", cwd=survey(waves(), head))
    assert ran.rows[0]["method"] == "slope"
    assert any("treated as independent" in note for note in ran.document["results"][0]["notes"])
