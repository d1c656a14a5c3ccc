"""Who counts in a file: each person once, the completed and latest row of theirs."""

from __future__ import annotations

from pathlib import Path
from random import Random

import polars as pl
import pytest

from rpgstat.errors import UserError
from rpgstat.study import Battery, Column, Item, Linked, Mark, Scale, Source, Study, Survey, Wave
from rpgstat.tally import respondents, standing, tally

SCALE = Scale("s", ("No", "Yes"))


def study(**declared) -> Study:
    items = (Item("a", "a"), Item("b", "b"))
    return Study((Wave("one"), Wave("two")), (Battery("B", SCALE, items),), **declared)


def source(header: str, *rows: tuple[str | None, ...], wave: str = "one", **survey) -> Source:
    """A file of one wave: ids, times, whether finished, and answers to a and b."""
    names = [f"c{i}" for i in range(5)]
    texts = (header, "End Date", "Finished", "a", "b")
    kinds = ("id", "meta", "meta", "answer", "answer")
    columns = tuple(Column(n, t, k) for n, t, k in zip(names, texts, kinds, strict=True))
    frame = pl.LazyFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    mark = Mark("c2", "Finished", {"false": "unfinished", "preview": "preview"}.get)
    return Source(Survey(f"{wave}.csv", Path(f"{wave}.csv"), frame, columns, "flat", marks=(mark,), submitted=("c1",), **survey), (wave,))


def counted(*rows, header="Respondent ID", declared=None):
    """Levels of the items, people, and warnings, whatever the order of rows."""
    declared = declared or study()
    found = []
    for seed in range(3):
        shuffled = Random(seed).sample(rows, len(rows))
        own, told = standing(source(header, *shuffled), declared)
        tallied = tally(declared, [own], [("one",)])
        found.append((tallied.counts["a", "one"].levels, tallied.counts["b", "one"].levels, tallied.returned["one"], (*told, *tallied.warnings)))
    assert found[0] == found[1] == found[2]
    return found[0]


def test_the_latest_completed_row_of_an_id_counts():
    early, late = ("7", "2026-01-02 10:00", "true", "Yes", "Yes"), ("7", "2026-01-09 10:00", "true", "No", None)
    later = ("7", "2026-02-01 10:00", "false", "Yes", "Yes")
    a, b, people, told = counted(early, late, later)
    assert (a, b, people) == ((1, 0), (0, 0), 1)
    assert told[0].startswith("one.csv: 2 rows repeat a `Respondent ID` that stands on another row; each person counts once")


def test_day_and_month_are_told_apart_by_other_rows():
    rows = [("7", "02/01/2026 10:00", "true", "Yes", "Yes"), ("7", "01/02/2026 10:00", "true", "No", "No"), ("8", "13/01/2026 10:00", "true", "Yes", "Yes")]
    assert counted(*rows)[0] == (1, 1)  # the first of February is later than the second of January
    rows[2] = ("8", "01/13/2026 10:00", "true", "Yes", "Yes")
    assert counted(*rows)[0] == (0, 2)


def test_without_times_the_row_with_most_answers_counts_then_the_last_in_order():
    assert counted(("7", None, "true", "Yes", None), ("7", None, "true", "No", "No"))[:2] == ((1, 0), (1, 0))
    assert counted(("7", None, "true", "Yes", "No"), ("7", None, "true", "No", "Yes"))[:2] == ((0, 1), (1, 0))
    assert counted(*[("7", None, "true", "Yes", "No")] * 3)[:3] == ((0, 1), (1, 0), 1)


@pytest.mark.parametrize("nobody", [None, " ", "NA", "anonymous", "1.14628E+11"])
def test_rows_without_an_id_are_each_a_person(nobody):
    rows = [(nobody, None, "true", "Yes", "Yes")] * 3
    assert counted(*rows)[2:] == (3, ())


def test_declared_ids_match_whatever_their_case():
    rows = [("Kay 7", None, "true", "Yes", "Yes"), (" kay 7 ", None, "true", "Yes", None)]
    assert counted(*rows, header="Code", declared=study(id_column="Code"))[2] == 1


def test_spaces_around_an_id_make_no_second_person():
    rows = [("k7", None, "true", "Yes", "Yes"), (" k7\u00a0", None, "true", "Yes", None), ("K7", None, "true", "No", "No")]
    assert counted(*rows, header="Participant ID")[2] == 2  # a platform's own ids may differ in case alone


def test_a_column_that_repeats_throughout_is_none_of_people_unless_declared():
    rows = [(str(i % 3), None, "true", "Yes", "No") for i in range(12)]
    *_, people, told = counted(*rows, header="URN")
    assert people == 12
    assert told == ('one.csv: `URN` holds the same value in many rows, so it is not taken for who is who; if it is, declare `id = "URN"` in a study',)
    assert counted(*rows, header="URN", declared=study(id_column="URN"))[2] == 3
    assert counted(*rows, header="Respondent ID")[2] == 3
    assert counted(*rows[:4], header="URN")[2] == 3


def test_a_study_may_count_every_row():
    rows = [("7", None, "true", "Yes", "Yes"), ("7", None, "true", "Yes", "No")]
    *_, people, told = counted(*rows, declared=study(keep_duplicates=True))
    assert people == 2
    assert told == ("one.csv: 1 row repeats a `Respondent ID` that stands on another row; all are counted, as the study says",)


def test_previews_go_and_the_unfinished_count_unless_the_study_says_otherwise():
    rows = [("1", None, "preview", "Yes", "Yes"), ("2", None, "false", "Yes", None), ("3", None, "true", "No", "No")]
    *_, people, told = counted(*rows)
    assert people == 2
    assert told == (
        "one.csv: left out, as no respondents: 1 preview",
        'one.csv: n = 2, of whom 1 is unfinished and counted (`unfinished = "drop"` in a study leaves them out)',
    )
    *_, people, told = counted(*rows, declared=study(drop_unfinished=True))
    assert people == 1
    assert told == ("one.csv: left out, as no respondents: 1 preview and 1 unfinished questionnaire, as the study says",)


def test_the_answers_that_a_wave_keeps_decide_alone():
    rows = [("1", None, "preview", "Yes", "Yes"), ("2", None, "false", "Yes", None), ("3", None, "true", "No", "No")]
    kept = Study((Wave("one", keep={"Finished": ("Preview", "TRUE")}),), study().batteries)
    *_, people, told = counted(*rows, declared=kept)
    assert (people, told) == (2, ("one.csv: left out, as no respondents: 1 row that `keep` of the study leaves out",))
    nobody = Study((Wave("one", keep={"Finished": ("perhaps",)}),), study().batteries)
    with pytest.raises(UserError, match=r"one\.csv: nobody is left: 3 rows that `keep`"):
        standing(source("Respondent ID", *rows), nobody)


def test_each_wave_of_one_file_keeps_its_own():
    rows = [("1", "one", "yes", "Yes", "Yes"), ("2", "one", "no", "Yes", "Yes"), ("3", "two", "no", "Yes", "Yes")]
    file = source("Respondent ID", *rows)
    kept = Study((Wave("one", keep={"Finished": ("yes",)}), Wave("two")), study().batteries, wave_column="End Date")
    own, _ = standing(Source(file.survey, ("one", "two"), "End Date"), kept)
    assert tally(kept, [own], [("one",)]).returned == {"one": 1, "two": 1}


def test_a_second_opinion_sees_the_same_people():
    rows = [("7", "2026-01-02", "true", "Yes", "Yes"), ("7", "2026-01-09", "true", "No", "No"), ("8", None, None, " ", None)]
    assert respondents(study(), [source("Respondent ID", *rows)]).item("a", "one") == [1.0]


def pairs(before: list[str | None], after: list[str | None], header="Code", **declared) -> Linked | None:
    one, two = (source(header, *((id, None, None, "Yes", "No") for id in ids), wave=wave) for ids, wave in ((before, "one"), (after, "two")))
    waves = ("one", "two")
    return tally(study(id_column=header, **declared), [one, two], [waves], pairs=[waves]).links.get(waves)


def test_people_of_both_waves_are_counted_by_their_ids():
    assert pairs(["k1", "K2 ", "\uff4b3", None], ["k1", "k2", "k3", "k9"]) == Linked(3, 4, 3, without_id=1)
    assert pairs(["k1", "NA", "anonymous"], ["k1", "NA", "anonymous"]) == Linked(1, 1, 1, without_id=4)
    assert pairs(["1.14628E+11", "k1"], ["1.14628E+11", "k1"]) == Linked(1, 1, 1, damaged=2)


def test_an_id_on_two_rows_links_nobody_where_both_count():
    assert pairs(["k1", "k1", "k2"], ["k1", "k2"]) == Linked(2, 2, 2)
    assert pairs(["k1", "k1", "k2"], ["k1", "k2"], keep_duplicates=True) == Linked(1, 2, 1, repeated=2)


def test_numbers_of_responses_link_nobody_unless_declared():
    assert "links nobody" in pairs(["R_1", "R_2"], ["R_1", "R_2"], header="Respondent ID").why
    assert pairs(["R_1", "R_2"], ["R_1", "R_2"], header="Respondent ID", linked=True) == Linked(2, 2, 2)
    assert "runs on from 0 or 1" in pairs(["1", "2", "3"], ["1", "2"]).why
    assert pairs(["1", "2", "3"], ["1", "2"], linked=True).both == 2
    assert pairs(["101", "102"], ["101", "102"]).both == 2
    assert pairs(["1", "902"], ["1", "717"]).both == 1
