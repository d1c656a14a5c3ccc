"""Weights, raking and the finite population through the command: what is told beside the figures, and what does not go together."""

from __future__ import annotations

import random

import pytest

STUDY = """
[groups]
role = "Role"
[scales.agreement]
levels = ["No", "Rather no", "Rather yes", "Yes"]
[[waves]]
name = "one"
file = "one.csv"
invited = 90
invited_by.role = { Nurse = 40 }
[[waves]]
name = "two"
file = "two.csv"
invited = 100
[population.role]
Nurse = 500
Doctor = 300
Porter = 200
[[batteries]]
name = "Work"
scale = "agreement"
items = ["I plan", "I rest"]
"""
LEVELS = ["No", "Rather no", "Rather yes", "Yes"]


@pytest.fixture
def ward(tmp_path, monkeypatch):
    """A study of two waves in the working directory."""
    chance = random.Random(3)
    for wave in ("one", "two"):
        rows = [
            f"{chance.choice(['Nurse', 'Doctor', 'Porter'])},{chance.choice(['0.5', '1', '2'])},{chance.choice(LEVELS)},{chance.choice(LEVELS)}"
            for _ in range(60)
        ]
        (tmp_path / f"{wave}.csv").write_text("\n".join(["Role,Weight,I plan,I rest", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def notes(ran) -> str:
    return " ".join(ran.document["results"][0]["notes"])


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize("call", [("score",), ("compare",), ("breakdown", "--by", "role"), ("compare", "--by", "role")])
def test_weights_come_with_their_cost(command, call):
    ran = command(*call, "--weight", "Weight", "-f", "json")
    assert ran.code == 0
    assert "Weighted by the column `Weight`. one: design effect 1." in notes(ran)
    assert "of 60 returned, weights 0." in notes(ran)


def test_the_study_may_declare_them(command, ward):
    asked = command("compare", "--weight", "Weight", "-f", "json").rows
    (ward / "study.toml").write_text('weight = "Weight"' + STUDY, encoding="utf-8")
    assert command("compare", "-f", "json").rows == asked
    (ward / "study.toml").write_text("weight = { rake = true, trim = 3 }" + STUDY, encoding="utf-8")
    assert "Weighted by raking to the population's role (no weight above 3 times the mean)." in notes(command("score", "-f", "json"))
    assert "the column `Weight`" in notes(command("score", "--weight", "Weight", "-f", "json"))


@pytest.mark.usefixtures("ward")
def test_raking_gives_other_means_than_plain_counts_and_n_stays(command):
    plain, raked = (command("score", *options, "-f", "json").rows for options in ((), ("--rake", "role")))
    assert [row["n"] for row in plain] == [row["n"] for row in raked]
    assert all(a["mean"] != b["mean"] for a, b in zip(plain, raked, strict=True))


@pytest.mark.usefixtures("ward")
def test_a_finite_population_narrows_intervals_only(command):
    plain, finite = (command("compare", *options, "-f", "json").rows for options in ((), ("--fpc",)))
    for before, after in zip(plain, finite, strict=True):
        assert before["estimate"] == after["estimate"]
        assert before["conf_low"] < after["conf_low"] < after["conf_high"] < before["conf_high"]
        assert before["agree_change_low"] < after["agree_change_low"]


@pytest.mark.usefixtures("ward")
def test_groups_without_a_number_invited_are_told(command):
    ran = command("breakdown", "--by", "role", "--wave", "one", "--fpc", "-f", "json")
    assert "Finite population: 60 of the 90 people invited in one." in notes(ran)
    assert "No number invited is declared, so no finite population, for Doctor and Porter." in notes(ran)


def test_all_who_were_invited_have_no_sampling_error(command, ward):
    (ward / "study.toml").write_text(STUDY.replace("invited = 90", "invited = 60").replace("invited = 100", "invited = 60"), encoding="utf-8")
    row = command("compare", "--fpc", "-f", "json").rows[0]
    assert (row["std_error"], row["p_value"], row["conclusion"]) == (0.0, None, None)
    assert row["conf_low"] == row["estimate"] == row["conf_high"]
    assert "no sampling error is left, so no test" in row["note"]


def test_unweighted_figures_of_a_study_with_weights(command, ward):
    plain = command("compare", "-f", "json").rows
    (ward / "study.toml").write_text('weight = "Weight"' + STUDY, encoding="utf-8")
    assert command("compare", "-f", "json").rows != plain
    assert command("compare", "--unweighted", "--verify", "-f", "json").rows == plain


REFUSED = [
    (("score", "--unweighted", "--rake", "role"), "--unweighted and --rake contradict each other", "leave one of them out"),
    (("score", "--weight", "Wieght"), "weight: no column `Wieght`", "`Weight`"),
    (("score", "--weight", "Weight", "--rake", "role"), "--weight takes weights from a column, and --rake makes them", "leave one of them out"),
    (("score", "--rake", "team"), "--rake: there is no [population.team]", "role"),
    (("score", "--trim", "3"), "--trim is the largest weight that raking may give, and nothing is raked", "add --rake GROUP"),
    (("score", "--rake", "role", "--trim", "0.5"), "--trim is 0.5", "1 or more"),
    (("score", "--weight", "Weight", "--verify"), "--verify and weights do not go together", "leave --verify out"),
    (("compare", "--fpc", "--verify"), "--verify and --fpc do not go together", "leave --verify out"),
    (("compare", "--fpc", "--method", "mann-whitney"), "--method mann-whitney and --fpc do not go together", "leave --method mann-whitney out"),
    (("compare", "--weight", "Weight", "--method", "exact"), "--method exact and weights do not go together", "only Welch's test"),
    (("compare", "--weight", "Weight", "--bayes"), "--bayes and weights do not go together", "leave --bayes out"),
    (("compare", "--weight", "Weight", "--standardise", "role"), "--standardise and weights both hold a mix fixed", "leave --standardise out"),
]


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize(("arguments", "problem", "hint"), REFUSED, ids=[" ".join(arguments) for arguments, *_ in REFUSED])
def test_what_does_not_go_together_is_refused(command, arguments, problem, hint):
    told = command(*arguments).error()
    assert problem in told[0]
    assert hint in " ".join(told)


def test_people_without_a_weight_are_refused(command, ward):
    text = (ward / "one.csv").read_text(encoding="utf-8")
    (ward / "one.csv").write_text(text + "Nurse,,Yes,No\nNurse,-1,Yes,No\n", encoding="utf-8")
    problem, hint = command("score", "--weight", "Weight").error()
    assert problem == "one.csv: the weights have no weight (1 person); `-1` (1 person); a weight is a number above 0"
    assert "take the rows" in hint


def test_more_returned_than_invited_is_refused(command, ward):
    (ward / "study.toml").write_text(STUDY.replace("invited = 90", "invited = 50"), encoding="utf-8")
    assert command("score", "--fpc").error()[0] == "`one`: 60 returned, but 50 were invited"
    assert command("score", "--fpc", "--wave", "two").code == 0


def test_figures_of_everyone_that_are_not_weighted_are_marked_and_explained(command, ward):
    """All of a large group agree to the first statement, so it is seen by its mean there, beside two small ones."""
    sizes = {"Nurse": 30, "Doctor": 20, "Porter": 9, "Aide": 8}
    plans = [(role, LEVELS[2 + at % 2 if role == "Doctor" else at % 4], LEVELS[at * 7 % 4]) for role, n in sizes.items() for at in range(n)]
    for wave in ("one", "two"):
        (ward / f"{wave}.csv").write_text("\n".join(["Role,I plan,I rest,I learn", *(f"{role},{a},{b},{b}" for role, a, b in plans)]) + "\n", encoding="utf-8")
    study = STUDY.replace('["I plan", "I rest"]', '["I plan", "I rest", "I learn"]').replace("Porter = 200", "Porter = 150\nAide = 50")
    (ward / "study.toml").write_text(study, encoding="utf-8")
    ran = command("score", "--rake", "role", "-f", "json")
    plan = next(row for row in ran.rows if row["text"] == "I plan")
    assert (plan["n"], plan["mean"], plan["note"]) == (67, None, "withheld in some groups: not weighted")
    assert "figures of everyone with weights are withheld (withheld in some groups: not weighted)" in notes(ran)
    page = command("compare", "--rake", "role").text
    assert next(line for line in page.splitlines() if "I plan" in line).split()[:6] == ["–", "I", "plan", "[c]", "→", "[c]"]
    assert "[c] withheld" in page
    shares = command("topline", "--batteries", "--rake", "role", "-f", "json").rows
    assert {row["share"] for row in shares if row["text"] == "I plan"} == {None}
    assert "figures of everyone with weights are withheld" in notes(command("topline", "--batteries", "--rake", "role", "-f", "json"))
    assert "figures of everyone with weights are withheld" not in notes(command("score", "-f", "json"))
