"""`rpgstat response` as its users meet it: who answered, how completely, and whether they are like the population."""

from __future__ import annotations

import json
import time

import pytest

import rpgstat

FOUR = ["No", "Rather no", "Rather yes", "Yes"]
ITEMS = ["I cope", "I ask", "I rest", "I plan"]
STUDY = """
id = "number"
[groups.role]
column = "role"
{levels}
[scales.s]
levels = ["No", "Rather no", "Rather yes", "Yes"]
not_applicable = ["Don't know"]
[[waves]]
name = "one"
file = "one.csv"
{first}
[[waves]]
name = "two"
file = "two.csv"
{second}
[[batteries]]
name = "B"
scale = "s"
items = ["I cope", "I ask", "I rest", "I plan"]
{more}
"""
INVITED = {"first": "invited = 40", "second": "invited = 50"}
LEVELS = 'levels = ["Social worker", "Manager", "Head"]'
SUPPRESSED = "suppressed: small numbers"


def full(i: int) -> tuple[str, ...]:
    """Four answers, not all alike."""
    return tuple(FOUR[(i + j) % 4] for j in range(4))


@pytest.fixture
def survey(export, tmp_path):
    """Writes two waves of social workers and managers, and a study file filled in as told; gives their folder."""

    def written(one=(("Social worker", 12), ("Manager", 8)), two=(("Social worker", 15), ("Manager", 10)), **declared: str):
        for name, people in (("one.csv", one), ("two.csv", two)):
            rows = [(role, *full(i)) for role, n in people for i in range(n)]
            answers(name, [(str(i), *row) for i, row in enumerate(rows)])
        (tmp_path / "study.toml").write_text(STUDY.format(**{"levels": "", "more": ""} | INVITED | declared), encoding="utf-8")
        return tmp_path

    def answers(name: str, rows):
        export(name, dict(zip(["number", "role", *ITEMS], zip(*rows, strict=True), strict=True)))

    written.answers = answers
    return written


def by_group(rows, wave):
    return {row["group"]: row for row in rows if row["wave"] == wave}


# --- the example study ----------------------------------------------------------------------------------------------


def test_the_rates_of_the_example_study(command, rpg):
    ran = command("response", "-f", "json", cwd=rpg)
    before, after = (by_group(ran.rows, wave)[None] for wave in ("+1 year", "+3 years"))
    assert [(row["returned"], row["invited"], round(row["rate"], 3)) for row in (before, after)] == [(47, 214, 0.22), (75, 234, 0.321)]
    assert after["change"] == pytest.approx(75 / 234 - 47 / 214)
    assert (before["change"], before["reference"], after["reference"]) == (None, None, "+1 year")


def test_roles_too_small_are_withheld_as_in_the_breakdown(command, rpg):
    rows = command("response", "-f", "json", cwd=rpg).rows
    assert {row["group"] for row in rows if row["note"] == SUPPRESSED} == {"Senior social worker", "Team manager"}
    for row in rows:
        if row["note"] == SUPPRESSED:
            assert {name for name, value in row.items() if value is not None} == {"wave", "by", "group", "note"}


def test_json_is_what_the_library_returns(command, rpg, monkeypatch):
    monkeypatch.chdir(rpg)
    (result,) = rpgstat.response()
    assert command("response", "-f", "json").rows == json.loads(json.dumps(result.rows))


@pytest.mark.parametrize("columns", [80, 100, 200])
def test_the_table_is_no_wider_than_the_screen(run, rpg, columns):
    shown = run("response", cwd=rpg, env={"COLUMNS": str(columns)}).text
    assert max(map(len, shown.split("\n"))) <= min(columns, 140)
    assert "Everyone\n" in shown
    assert "32.1 %" in shown


def test_ascii(run, rpg):
    assert run("response", cwd=rpg, env={"TERM": "dumb", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}).out.isascii()


# --- how many were invited ------------------------------------------------------------------------------------------


def test_rates_by_role_where_the_study_says_how_many_were_invited(command, survey):
    one = '[waves.invited_by.role]\n"social worker" = 30\nManager = 8'
    two = '[waves.invited_by.role]\n"Social worker" = 30\nManager = 20'
    rows = command("response", "-f", "json", cwd=survey(first=one, second=two)).rows
    assert {group: (row["rate"], row["change"]) for group, row in by_group(rows, "two").items() if group} == {
        "Social worker": (0.5, pytest.approx(15 / 30 - 12 / 30)),
        "Manager": (0.5, pytest.approx(10 / 20 - 8 / 8)),
    }
    assert {row["note"] for row in rows} == {"no rate where no number invited is declared", None}  # everyone: `invited` gave way to `invited_by`


def test_without_a_number_invited_there_is_no_rate_and_the_row_says_so(command, survey):
    folder = survey(first="", second="invited = 50")
    before, after = (by_group(command("response", "-f", "json", cwd=folder).rows, wave)[None] for wave in ("one", "two"))
    assert (before["rate"], before["note"]) == (None, "no rate where no number invited is declared")
    assert (after["rate"], after["change"], after["note"]) == (0.5, None, "not compared: there is no rate in one")
    shown = command("response", cwd=folder).text
    assert shown.count("No rate where no number invited is declared.") == 1


def test_a_role_of_whom_nobody_answered_has_a_row_of_its_own(command, survey):
    one = "[waves.invited_by.role]\nHead = 6"
    rows = command("response", "-f", "json", cwd=survey(levels=LEVELS, first=one)).rows
    assert list(by_group(rows, "one")) == [None, "Social worker", "Manager", "Head"]
    head = by_group(rows, "one")["Head"]
    assert (head["invited"], head["returned"], head["usable"], head["rate"], head["answered"], head["duplicate_ids"]) == (6, 0, 0, 0.0, None, 0)


def test_a_role_that_is_invited_and_that_nobody_knows_is_refused(command, survey):
    problem, hint = command("response", cwd=survey(first="[waves.invited_by.role]\nManagers = 6")).error()
    assert problem == "wave `one`: invited_by.role names `Managers`, and nobody in the survey is that"
    assert hint.startswith("did you mean `Manager`?")
    assert "declare the `levels` of [groups.role]" in hint


@pytest.mark.parametrize("suppression", [(), ("--no-suppression",)])
def test_fewer_invited_than_returned(command, survey, suppression):
    assert command("response", *suppression, cwd=survey(second="invited = 24")).error()[0] == "wave `two`: 25 returned, but `invited` is 24"
    problem, hint = command("response", *suppression, cwd=survey(second="[waves.invited_by.role]\nManager = 9")).error()
    assert problem == "wave `two`: more returned in `Manager` than its `invited_by` says"
    assert hint.startswith("correct [waves.invited_by.role]")


# --- how the questionnaires were filled in --------------------------------------------------------------------------


def test_partials_straight_liners_and_duplicates(command, survey):
    folder = survey()
    people = [(str(i), "Manager" if i % 2 else "Social worker", *full(i)) for i in range(20)]
    people += [
        ("20", "Manager", "Yes", "Yes", "Yes", "Yes"),  # one answer throughout
        ("21", "Manager", "Don't know", "Don't know", "Don't know", "Don't know"),  # off the scale: answered, but not usable, no straight line
        ("21", "Social worker", "Yes", "", "", ""),  # the same person with fewer answers
        ("22", "Social worker", "", "", "", ""),  # nothing but a role
        ("22", "", "No", "No", "", ""),  # the same person with some answers, without a role: a partial, and one of few
        ("23", "", "", "", "", ""),  # nothing at all: no respondent
    ]
    survey.answers("one.csv", people)
    row = by_group(command("response", "-f", "json", cwd=folder).rows, "one")[None]
    assert {name: row[name] for name in ("returned", "usable", "partial", "straight_liners", "duplicate_ids")} == {
        "returned": 23,
        "usable": 22,
        "partial": 1,
        "straight_liners": 1,
        "duplicate_ids": 2,
    }
    assert row["answered"] == pytest.approx((22 * 4 + 2) / 23)


def test_every_row_counts_where_the_study_says_so(command, survey):
    folder = survey()
    survey.answers("one.csv", [(str(i % 15), "Manager" if i % 2 else "Social worker", *full(i)) for i in range(20)])
    ran = command("response", "-f", "json", cwd=folder)
    row = by_group(ran.rows, "one")[None]
    assert (row["returned"], row["duplicate_ids"]) == (15, 5)
    assert 'one.csv: 5 rows repeat a `number` that stands on another row; each person counts once (`duplicates = "keep"`' in ran.err
    assert [line for line in ran.document["warnings"] if "one.csv: 5 rows repeat" in line]
    (folder / "study.toml").write_text('duplicates = "keep"\n' + (folder / "study.toml").read_text(encoding="utf-8"), encoding="utf-8")
    ran = command("response", "-f", "json", cwd=folder)
    row = by_group(ran.rows, "one")[None]
    assert (row["returned"], row["duplicate_ids"]) == (20, 5)
    assert "all are counted, as the study says" in ran.err


def test_a_reversed_statement_is_compared_as_it_was_answered(command, survey):
    items = 'items = ["I cope", "I ask", "I rest", "I plan"]'
    turned = items.replace('"I plan"', '{ text = "I plan", reverse = true }')
    folder = survey()
    survey.answers("one.csv", [(str(i), "Manager", *(["Yes"] * 4 if i < 3 else full(i))) for i in range(20)])
    (folder / "study.toml").write_text((folder / "study.toml").read_text(encoding="utf-8").replace(items, turned), encoding="utf-8")
    assert by_group(command("response", "-f", "json", cwd=folder).rows, "one")[None]["straight_liners"] == 3


def test_without_ids_nobody_counts_duplicates(command, survey):
    folder = survey()
    declared = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(declared.replace('id = "number"\n', ""), encoding="utf-8")
    (result,) = command("response", "-f", "json", cwd=folder).document["results"]
    assert {row["duplicate_ids"] for row in result["rows"]} == {None}
    assert any(note.startswith("Duplicate ids are not counted") for note in result["notes"])


# --- groups and waves -----------------------------------------------------------------------------------------------


def test_people_without_a_role_have_a_row(command, survey):
    rows = command("response", "-f", "json", cwd=survey(one=(("Social worker", 12), ("Manager", 8), ("", 6)))).rows
    assert [(group, row["returned"]) for group, row in by_group(rows, "one").items()] == [
        (None, 26),
        ("Manager", 8),
        ("Social worker", 12),
        ("(not stated)", 6),
    ]


def test_one_wave_still_has_its_change(command, survey):
    rows = command("response", "--wave", "two", "-f", "json", cwd=survey()).rows
    assert {row["wave"] for row in rows} == {"two"}
    assert by_group(rows, "two")[None]["change"] == pytest.approx(0.5 - 0.5)


def test_another_reference_turns_the_change(command, survey):
    rows = command("response", "--reference", "two", "-f", "json", cwd=survey(second="invited = 100")).rows
    assert by_group(rows, "one")[None]["change"] == pytest.approx(0.5 - 0.25)
    assert by_group(rows, "two")[None]["change"] is None


def test_a_group_named_twice_is_shown_once(command, survey):
    folder = survey()
    assert command("response", "--by", "role", "--by", "role", "-f", "json", cwd=folder).rows == command("response", "-f", "json", cwd=folder).rows


def test_many_groupings_are_counted_one_by_one(command, export, tmp_path):
    """Crossed, these would be some thousand cells of a few people each."""
    names = [f"g{i}" for i in range(5)]
    people = {name: [f"{(row * (7 + 2 * i)) % 11 % 8}" for row in range(4000)] for i, name in enumerate(names)}
    answers = {item: [FOUR[(row * row + i) % 4] for row in range(4000)] for i, item in enumerate(ITEMS)}
    for name in ("one.csv", "two.csv"):
        export(name, {"number": [str(row) for row in range(4000)], "role": ["A"] * 4000} | people | answers)
    declared = STUDY.format(levels="", more="", first="", second="").replace(
        'column = "role"', 'column = "role"\n[groups]\n' + "\n".join(f'{n} = "{n}"' for n in names), 1
    )
    declared = declared.replace('[groups.role]\ncolumn = "role"\n[groups]', "[groups]")
    (tmp_path / "study.toml").write_text(declared, encoding="utf-8")
    begun = time.perf_counter()
    rows = command("response", "-f", "json", cwd=tmp_path).rows
    assert time.perf_counter() - begun < 10
    for name in names:
        assert sum(row["returned"] for row in rows if row["by"] == name and row["wave"] == "one") == 4000


def test_an_unknown_group_and_an_unknown_wave(command, rpg):
    assert command("response", "--by", "rol", cwd=rpg).error()[0] == "--by: no group `rol`"
    assert command("response", "--reference", "+2 years", cwd=rpg).error()[0] == "--reference: no wave `+2 years`"
    assert command("response", "--wave", "+2 years", cwd=rpg).error()[0] == "--wave: no wave `+2 years`"


def test_without_suppression_it_warns(command, rpg):
    ran = command("response", "--no-suppression", "-f", "json", cwd=rpg)
    assert by_group(ran.rows, "+3 years")["Team manager"]["returned"] == 3
    assert "do not pass this on" in ran.err
    assert ran.document["results"][0]["notes"][-1].startswith("suppression is off")


# --- the population -------------------------------------------------------------------------------------------------


def population(ran):
    _, found = ran.document["results"]
    assert found["name"] == "population"
    return found["rows"]


def test_the_make_up_against_the_population(command, survey):
    rows = population(command("response", "-f", "json", cwd=survey(more='[population.role]\n"Social worker" = 75\nManager = 25')))
    manager, worker, total = (row for row in rows if row["wave"] == "one")
    assert (worker["n"], worker["share"], worker["population_share"]) == (12, 0.6, 0.75)
    assert manager["difference"] == pytest.approx(0.4 - 0.25)
    assert (total["group"], total["n"], total["df"]) == (None, 20, 1)
    assert total["chi_square"] == pytest.approx((12 - 15) ** 2 / 15 + (8 - 5) ** 2 / 5)


def test_a_part_of_the_population_that_did_not_answer_counts_as_nobody(command, survey):
    """It would be the worst bias of all."""
    rows = population(command("response", "-f", "json", cwd=survey(levels=LEVELS, more='[population.role]\n"Social worker" = 0.6\nManager = 0.3\nHead = 0.1')))
    head, total = (row for row in rows if row["wave"] == "one" and row["group"] in ("Head", None))
    assert (head["n"], head["share"], head["population_share"]) == (0, 0.0, pytest.approx(0.1))
    assert (total["n"], total["df"]) == (20, 2)
    assert total["chi_square"] == pytest.approx((12 - 12) ** 2 / 12 + (8 - 6) ** 2 / 6 + 2)


def test_roles_that_are_withheld_enter_the_test_as_one(command, survey):
    folder = survey(
        one=(("Social worker", 12), ("Manager", 6), ("Head", 2)), levels=LEVELS, more='[population.role]\n"Social worker" = 0.6\nManager = 0.3\nHead = 0.1'
    )
    rows = [row for row in population(command("response", "-f", "json", cwd=folder)) if row["wave"] == "one"]
    assert [row["group"] for row in rows if row["note"] == SUPPRESSED] == ["Manager", "Head"]
    total = rows[-1]
    assert (total["df"], total["note"]) == (1, "groups withheld count as one")
    assert total["chi_square"] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('[population.role]\n"Social worker" = 3\nManagr = 1', "[population.role]: nobody in the survey is `Managr`"),
        ('[population.role]\n"Social worker" = 3', "[population.role] has no share for `Manager`"),
    ],
)
def test_a_population_that_does_not_fit(command, survey, declared, said):
    problem, hint = command("response", cwd=survey(more=declared)).error()
    assert problem == said
    assert hint


def test_people_who_did_not_state_their_role_are_in_no_share(command, survey):
    folder = survey(one=(("Social worker", 12), ("Manager", 8), ("", 5)), more='[population.role]\n"Social worker" = 75\nManager = 25')
    rows = population(command("response", "-f", "json", cwd=folder))
    assert [row["n"] for row in rows if row["wave"] == "one"] == [8, 12, 20]
    hidden = survey(one=(("Social worker", 12), ("Manager", 8), ("", 2)), more='[population.role]\n"Social worker" = 75\nManager = 25')
    rows = population(command("response", "-f", "json", cwd=hidden))
    assert [(row["n"], row["share"]) for row in rows if row["wave"] == "one"] == [(None, None), (12, None), (None, None)]  # the total would tell
