"""`rpgstat compare` of people whose ids link them: all answers with what the pairs have in common, the pairs alone, and waves without ids."""

from __future__ import annotations

import random

import pytest
from scipy.stats import wilcoxon

from rpgstat.stats.moves import bowker, stuart_maxwell
from rpgstat.stats.overlap import overlap, overlap_g
from rpgstat.stats.paired import g_av, g_z, paired_t
from rpgstat.stats.paired_shares import YesNo, mcnemar, share_overlap
from rpgstat.stats.pairs import describe_pairs
from rpgstat.stats.sample import describe

LEVELS = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
ITEMS = {"I know the rules": 0, "I can explain them": 1}
STUDY = """{id}
[scales.agreement]
levels = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
[[waves]]
name = "before"
file = "before.csv"
invited = 90
[[waves]]
name = "after"
file = "after.csv"
invited = 90
[[batteries]]
name = "Knowledge"
scale = "agreement"
items = ["I know the rules", "I can explain them"]
"""


def people(seed=3, both=20, only_before=8, only_after=15):
    """Scores of two items by id, in each wave."""
    rng = random.Random(seed)
    before = {f"p{i}": [rng.randint(1, 4), rng.randint(1, 4)] for i in range(both + only_before)}
    after = {f"p{i}": [min(4, score + rng.choice([0, 0, 1, 1, -1]) or 1) for score in before[f"p{i}"]] for i in range(both)}
    return before, after | {f"q{i}": [rng.randint(2, 4), rng.randint(1, 4)] for i in range(only_after)}


@pytest.fixture
def survey(tmp_path):
    def made(before, after, id='id = "Code"', code=str):
        for name, wave in (("before", before), ("after", after)):
            rows = [",".join([code(key), *(LEVELS[score - 1] for score in scores)]) for key, scores in wave.items()]
            (tmp_path / f"{name}.csv").write_text("\n".join(["Code,I know the rules,I can explain them", *rows]) + "\n", encoding="utf-8")
        (tmp_path / "study.toml").write_text(STUDY.format(id=id), encoding="utf-8")
        return tmp_path

    return made


def by_hand(before, after, item):
    scores = [1, 2, 3, 4]
    samples = [describe(counts=[sum(one[item] == s for one in wave.values()) for s in scores], scores=scores) for wave in (before, after)]
    return samples, describe_pairs(moves=[(before[key][item], after[key][item], 1) for key in before if key in after])


def test_all_answers_are_used_with_what_the_pairs_have_in_common(command, survey):
    before, after = people()
    ran = command("compare", "-f", "json", cwd=survey(before, after))
    for row in ran.rows[:2]:
        (one, other), pairs = by_hand(before, after, ITEMS[row["text"]])
        change = overlap(reference=one, later=other, pairs=pairs)
        assert (row["estimate"], row["std_error"], row["df"], row["p_value"]) == pytest.approx((change.estimate, change.std_error, change.df, change.p_value))
        assert row["effect"] == pytest.approx(overlap_g(change=change, reference=one, later=other).estimate)
        assert (row["n_reference"], row["n"], row["n_both"], row["correlation"]) == (28, 35, 20, pytest.approx(pairs.correlation))
        assert (row["up"], row["down"], row["unchanged"]) == (pairs.up, pairs.down, pairs.unchanged)
        assert (row["design"], row["method"]) == ("overlap", "overlap")
    assert ran.rows[2]["n_both"] == 20
    notes = ran.document["results"][0]["notes"]
    assert any(note.startswith("before and after share 20 people on a statement or score, whose two answers correlate") for note in notes)
    assert not any("treated as independent" in note for note in notes)
    assert "20 of 28 and 35 ids stand in both waves." in notes


def test_ten_people_who_all_came_back(command, survey):
    """R: t.test(y, x, paired = TRUE) of these gives t = 6, df = 9, p = .0002025; ten answered both times, eight one higher."""
    first = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4]
    before = {f"k{i}": [score, score] for i, score in enumerate(first)}
    after = {f"k{i}": [min(score + 1, 4) if i != 8 else score] * 2 for i, score in enumerate(first)}
    row = command("compare", "-f", "json", cwd=survey(before, after)).rows[0]
    assert (row["estimate"], row["df"], row["statistic"]) == pytest.approx((0.8, 9, 6.0))
    assert row["p_value"] == pytest.approx(0.0002025, abs=5e-8)
    assert row["conclusion"] == "higher"


def test_the_order_of_rows_and_the_case_of_ids_do_not_matter(command, survey):
    before, after = people()
    rows = command("compare", "-f", "json", cwd=survey(before, after)).rows
    shuffled = dict(random.Random(1).sample(list(after.items()), len(after)))
    assert command("compare", "-f", "json", cwd=survey(before, shuffled, code=lambda key: f" {key.upper()} ")).rows == rows


def test_design_independent_is_welch_and_says_so(command, survey):
    folder = survey(*people())
    ran = command("compare", "--design", "independent", "-f", "json", cwd=folder)
    assert "n_both" not in ran.rows[0]
    assert ran.rows[0]["method"] == "welch"
    assert any("treated as independent" in note for note in ran.document["results"][0]["notes"])
    linked = command("compare", "-f", "json", cwd=folder).rows[0]
    assert linked["std_error"] < ran.rows[0]["std_error"]


def test_paired_keeps_the_pairs_and_says_whom_it_leaves_out(command, survey):
    before, after = people()
    folder = survey(before, after)
    ran = command("compare", "--paired", "-f", "json", cwd=folder)
    row = ran.rows[0]
    pairs = by_hand(before, after, 0)[1]
    change = paired_t(pairs=pairs)
    assert (row["n_reference"], row["n"], row["n_both"], row["design"], row["method"]) == (20, 20, 20, "paired", "paired-t")
    assert (row["estimate"], row["p_value"], row["effect"], row["g_z"]) == pytest.approx(
        (change.estimate, change.p_value, g_av(pairs=pairs).estimate, g_z(pairs=pairs).estimate)
    )
    rest = [before[key][0] for key in before if key not in after]
    assert f"not in pairs: 8 of before with a mean of {sum(rest) / 8:.2f}, where the pairs have {pairs.reference.mean:.2f}; 15 of after" in row["note"]
    exact = command("compare", "--paired", "--method", "exact", "-f", "json", cwd=folder).rows[0]
    ranks = command("compare", "--paired", "--method", "signed-rank", "-f", "json", cwd=folder).rows[0]
    assert (exact["method"], ranks["method"], ranks["effect_name"]) == ("exact", "signed-rank", "r")
    assert exact["estimate"] == ranks["estimate"] == row["estimate"]


@pytest.mark.parametrize(
    "given", [[], ["--paired"], ["--paired", "--method", "exact"], ["--paired", "--method", "signed-rank"], ["--method", "student"], ["--method", "exact"]]
)
def test_pages_and_figures_show_it(command, survey, tmp_path, given):
    ran = command("compare", *given, cwd=survey(*people()))
    assert ran.code == 0, ran.err
    assert "I know the rules" in ran.text
    written = [part for suffix in ("docx", "html", "svg", "xlsx") for part in ("-o", tmp_path / f"x.{suffix}")]
    assert command("compare", *given, *written, cwd=tmp_path).code == 0


def test_swapping_the_waves_flips_the_sign(command, survey):
    before, after = people()
    folder = survey(before, after)
    there = command("compare", "-f", "json", cwd=folder).rows
    back = command("compare", "--reference", "after", "-f", "json", cwd=folder).rows
    for one, other in zip(there, back, strict=True):
        assert (one["estimate"], one["p_value"], one["effect"]) == pytest.approx((-other["estimate"], other["p_value"], -other["effect"]))
        assert (one["up"], one["down"]) == (other["down"], other["up"])


def test_few_pairs_are_not_shown(command, survey):
    before, after = people(both=4)
    ran = command("compare", "-f", "json", cwd=survey(before, after))
    assert "n_both" not in ran.rows[0]
    assert ran.rows[0]["method"] == "welch"
    assert "fewer than 5 answered in both waves: tested as independent" in ran.rows[0]["note"]
    shown = command("compare", "--no-suppression", "-f", "json", cwd=survey(before, after)).rows[0]
    assert shown["n_both"] == 4
    hidden = command("compare", "--paired", "-f", "json", cwd=survey(before, after)).rows[0]
    assert (hidden["mean"], hidden["n"], hidden["p_value"], hidden["method"]) == (None, None, None, None)
    assert hidden["note"] == "fewer than 5 answered in both waves: no figures of pairs"


def test_numbers_that_run_on_link_nobody(command, survey):
    before, after = people()
    number = {key: str(i) for i, key in enumerate([*before, *(key for key in after if key not in before)], start=1)}
    own = [{number[key]: scores for key, scores in wave.items()} for wave in (before, dict(enumerate(after.values(), start=1)) and after)]
    runs = {str(i): scores for i, scores in enumerate(after.values(), start=1)}
    ran = command("compare", "-f", "json", cwd=survey(own[0], runs))
    assert "n_both" not in ran.rows[0]
    assert any("runs on from 0 or 1" in note for note in ran.document["results"][0]["notes"])
    assert command("compare", "-f", "json", cwd=survey(own[0], runs, 'id = "Code"\nlinked = true')).rows[0]["n_both"] == 28


def test_without_ids_the_changes_are_given_for_some_people_in_both(command, survey):
    ran = command("compare", "-f", "json", cwd=survey(*people(), id=""))
    notes = [note for note in ran.document["results"][0]["notes"] if "answered both times, unknown" in note]
    assert [note.split(",")[0] for note in notes] == ["If half of the smaller wave answered both times", "If all of the smaller wave answered both times"]
    assert "their answers correlate 0.50" in notes[0]
    stated = command("compare", "--overlap", "20", "--correlation", "0.7", "-f", "json", cwd=survey(*people(), id=""))
    told = [note for note in stated.document["results"][0]["notes"] if "unknown to us" in note]
    assert len(told) == 1
    assert told[0].startswith("If 20 people answered both times, unknown to us, and their answers correlate 0.70, the changes are ")


def test_verify_runs_what_pingouin_has(command, survey):
    folder = survey(*people())
    ran = command("compare", "--paired", "--verify", "-f", "json", cwd=folder)
    assert ran.code == 0, ran.err
    assert ran.document["results"][0]["notes"][-2].startswith("3 tests re-run in Pingouin")
    ran = command("compare", "--verify", "-f", "json", cwd=folder)
    assert ran.code == 0, ran.err
    assert "3 tests of people in both waves have no counterpart in Pingouin and were not re-run." in ran.document["results"][0]["notes"]


def test_signed_ranks_without_zeros_and_ties_are_those_of_pingouin(command, tmp_path):
    """Ten people whose scores of eleven statements change by 1 to 10 steps, none by as many as another; nobody stays."""
    items = [f"S{i}" for i in range(11)]
    steps = [1, -2, 3, 4, 5, -6, 7, 8, 9, 10]
    for name, wave in (("before", 0), ("after", 1)):
        higher = [max(step, 0) if wave else max(-step, 0) for step in steps]  # how many statements somebody agrees with
        rows = [",".join([f"k{i}", *(LEVELS[1 + (at < n)] for at in range(11))]) for i, n in enumerate(higher)]
        (tmp_path / f"{name}.csv").write_text("\n".join([",".join(["Code", *items]), *rows]) + "\n", encoding="utf-8")
    listed = ", ".join(f'"{item}"' for item in items)
    (tmp_path / "study.toml").write_text(STUDY.format(id='id = "Code"').replace('"I know the rules", "I can explain them"', listed), encoding="utf-8")
    ran = command("compare", "--paired", "--method", "signed-rank", "--verify", "-f", "json", cwd=tmp_path)
    score = ran.rows[-1]
    assert ran.code == 0, ran.err
    assert (score["item"], score["statistic"], score["unchanged"]) == (None, 55 - 2 * (2 + 6), 0)
    assert score["p_value"] == pytest.approx(wilcoxon(steps, method="exact").pvalue, rel=1e-12)
    notes = ran.document["results"][0]["notes"]
    assert "1 test re-run in Pingouin 0.7.0: all agree." in notes  # changes of a single statement are tied
    assert "11 tests of people in both waves have no counterpart in Pingouin and were not re-run." in notes


def test_all_who_moved_alike_are_tested_exactly(command, survey):
    before = {f"k{i}": [1 + i % 3, 1] for i in range(9)}
    after = {key: [score + 1, 2] for key, (score, _) in before.items()}
    rows = command("compare", "-f", "json", cwd=survey(before, after)).rows
    assert (rows[0]["statistic"], rows[0]["method"], rows[0]["p_value"]) == (None, "exact", pytest.approx(2 / 2**9))
    assert "all answers moved alike: exact permutation p" in rows[0]["note"]


def test_moves_stand_by_answers_and_small_cells_are_withheld(command, survey, tmp_path):
    before, after = people(both=60)
    folder = survey(before, after)
    ran = command("compare", "--paired", "--moves", "-f", "json", cwd=folder)
    rows = [row for row in ran.document["results"][1]["rows"] if row["text"] == "I know the rules"]
    assert [result["name"] for result in ran.document["results"]] == ["compare", "transitions"]
    assert len(rows) == 16
    counted = {(a, b): sum(before[k][0] == a and after[k][0] == b for k in before if k in after) for a in range(1, 5) for b in range(1, 5)}
    for row in rows:
        n = counted[LEVELS.index(row["before"]) + 1, LEVELS.index(row["after"]) + 1]
        assert row["n"] in (None, n)
        assert not 0 < (row["n"] or 0) < 5
    assert any(row["n"] is None for row in rows)
    shown = command("compare", "--paired", "--moves", "--no-suppression", "-f", "json", cwd=folder).document["results"][1]["rows"]
    assert sum(row["n"] for row in shown if row["text"] == "I know the rules") == 60
    assert "[c]" in command("compare", "--paired", "--moves", cwd=folder).text
    assert command("compare", "--paired", "--moves", "-o", tmp_path / "m.docx", "-o", tmp_path / "m.svg", cwd=folder).code == 0
    picture = (tmp_path / "m.svg").read_text(encoding="utf-8")
    assert "went up" in picture
    assert f"{ran.rows[0]['up']} up, {ran.rows[0]['unchanged']} the same" in picture
    assert "above it people went up" in command("compare", "--paired", "--moves", "--plot", cwd=folder).text


@pytest.mark.parametrize(("method", "kernel"), [("stuart-maxwell", stuart_maxwell), ("bowker", bowker)])
def test_the_spread_of_the_pairs_answers(command, survey, method, kernel):
    before, after = people(both=60)
    ran = command("compare", "--paired", "--method", method, "-f", "json", cwd=survey(before, after))
    row, score = ran.rows[0], ran.rows[2]
    table = [[sum(before[k][0] == a and after[k][0] == b for k in before if k in after) for b in range(1, 5)] for a in range(1, 5)]
    test = kernel(table=table)
    assert (row["statistic"], row["df"], row["p_value"]) == pytest.approx((test.statistic, test.df, test.p_value))
    assert (row["method"], row["effect"]) == (method, None)
    assert row["conclusion"] in ("different", "inconclusive")
    assert (score["p_value"], score["estimate"] is None) == (None, False)
    assert "the test of moves between levels has none of a battery score to compare: not tested" in score["note"]


def test_the_share_that_agrees_has_its_own_p(command, survey):
    before, after = people(both=60)
    yes = [[one[0] > 2 for one in (before[k], after[k])] for k in before if k in after]
    pairs = YesNo(*(sum(own == kind for own in yes) for kind in ([True, True], [True, False], [False, True], [False, False])))
    paired = command("compare", "--paired", "-f", "json", cwd=survey(before, after)).rows[0]
    assert paired["agree_p"] == pytest.approx(mcnemar(pairs=pairs).p_value)
    every = command("compare", "-f", "json", cwd=survey(before, after)).rows[0]
    counts = {"count_reference": sum(s[0] > 2 for s in before.values()), "n_reference": 68, "count": sum(s[0] > 2 for s in after.values()), "n": 75}
    assert every["agree_p"] == pytest.approx(share_overlap(**counts, pairs=pairs).p_value)


def test_records_that_cannot_be_linked_are_counted_and_no_id_is_shown(command, survey):
    before, after = people()
    first, second = list(before)[:2]
    before = {("" if key == first else "1.14E+11" if key == second else key): own for key, own in before.items()}
    ran = command("compare", "-f", "json", cwd=survey(before, after, 'id = "Code"\nduplicates = "keep"'))
    assert "1 record without an id and 1 record whose id a spreadsheet has rounded: linked to nobody." in ran.document["results"][0]["notes"]
    assert "1.14E+11" not in ran.text


@pytest.mark.parametrize(("only", "few"), [(2, 5), (8, 10), (12, None)])
def test_so_few_left_out_that_a_difference_would_tell_are_warned_of(command, survey, only, few):
    notes = command("compare", "--paired", "-f", "json", cwd=survey(*people(only_before=only))).document["results"][0]["notes"]
    warned = [note for note in notes if "in no pair" in note]
    assert [note.split(" of before")[0] for note in warned] == ([f"Fewer than {few} people"] if few else [])


def test_of_few_left_out_who_all_gave_the_highest_answer_no_mean_is_shown(command, survey):
    before, after = people()
    alike = {key: after[key] if key in before else [4, 4] for key in list(after)[:26]}
    rest = [key for key in alike if key not in before]
    assert len(rest) == 6
    row = command("compare", "--paired", "-f", "json", cwd=survey(before, alike)).rows[0]
    assert "6 of after, whose mean is withheld" in row["note"]
    one_below = alike | {rest[0]: [3, 4]}
    assert "6 of after, whose mean is withheld" in command("compare", "--paired", "-f", "json", cwd=survey(before, one_below)).rows[0]["note"]
    two_below = one_below | {rest[1]: [3, 4]}
    found = command("compare", "--paired", "-f", "json", cwd=survey(before, two_below)).rows
    assert "6 of after with a mean of 3.67" in found[0]["note"]
    assert "6 of after, whose mean is withheld" in found[2]["note"]  # the score's mean would tell that of a statement beside the other's


def test_a_rank_check_names_the_test_that_it_is(command, survey):
    before = {f"k{i}": [2, 2] for i in range(30)}
    after = {f"k{i}": [(3 if i < 8 else 2) if i != 29 else 1, 2 if i < 22 else 4] for i in range(30)}
    notes = [command("compare", *given, "-f", "json", cwd=survey(before, after)).rows[0]["note"] or "" for given in ([], ["--paired"])]
    assert not any("Mann-Whitney" in note for note in notes)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--by", "half"], "In rows of groups with nothing under In both, waves are taken as of different people"),
        (["--method", "chi-square"], "This test takes waves as of different people"),
    ],
)
def test_where_ids_are_not_used_a_note_says_so(command, survey, given, told):
    before, after = people(both=60)
    folder = survey(before, after, 'id = "Code"\n[groups]\nhalf = "I can explain them"')
    notes = command("compare", *given, "-f", "json", cwd=folder).document["results"][0]["notes"]
    assert any(note.startswith(told) for note in notes)


@pytest.mark.parametrize(
    ("given", "id", "problem"),
    [
        (["--paired"], "", "--paired: nothing says who is who"),
        (["--paired", "--method", "mann-whitney"], 'id = "Code"', "--method mann-whitney is no test of pairs"),
        (["--method", "signed-rank"], 'id = "Code"', "--method signed-rank is a test of pairs"),
        (["--method", "bowker"], 'id = "Code"', "--method bowker is a test of pairs"),
        (["--fpc"], 'id = "Code"', "--fpc knows no people in both waves"),
        (["--moves"], 'id = "Code"', "--moves is of people in both waves"),
        (["--correlation", "0.5"], "", "--correlation is of people who answered both times"),
        (["--overlap", "5", "--correlation", "1"], "", "--correlation is 1"),
        (["--design", "half"], "", "--design: `half` is not known"),
    ],
)
def test_what_cannot_be_asked(command, survey, given, id, problem):
    assert problem in command("compare", *given, cwd=survey(*people(), id=id)).error()[0]


def test_moves_of_statements_with_other_answers_stand_by_the_numbers_of_answers(command, survey):
    before, after = people(both=40)
    folder = survey(before, after)
    declared = (folder / "study.toml").read_text(encoding="utf-8")
    declared = declared.replace('items = ["I know the rules", "I can explain them"]', 'items = ["I know the rules"]')
    declared += '[scales.often]\nlevels = ["Never", "Always"]\n[[batteries]]\nname = "Use"\nscale = "often"\nitems = ["I use them"]\n'
    (folder / "study.toml").write_text(declared, encoding="utf-8")
    for name, wave in (("before", before), ("after", after)):
        rows = [f"{key},{LEVELS[scores[0] - 1]},{'Always' if scores[1] > 2 else 'Never'}" for key, scores in wave.items()]
        (folder / f"{name}.csv").write_text("\n".join(["Code,I know the rules,I use them", *rows]) + "\n", encoding="utf-8")
    page = command("compare", "--paired", "--moves", "--no-suppression", "--result", "transitions", "-f", "markdown", cwd=folder).text
    both = [(before[key][1] > 2, after[key][1] > 2) for key in before if key in after]
    assert f"| 2 Always | {both.count((True, False)) or 0} | {both.count((True, True))} |" in page
    assert "| 1 Strongly disagree |" in page
    assert "Use: before → after" in page
