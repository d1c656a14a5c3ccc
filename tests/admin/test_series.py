"""Series in a table: wherever they stand, and what the evaluator declares of them."""

from pathlib import Path

import pytest

from rpgstat.admin import Sheet
from rpgstat.admin.declare import Words, declared
from rpgstat.admin.derive import derive
from rpgstat.admin.raw_series import raw_series
from rpgstat.admin.series_layouts import series_table
from rpgstat.admin.timing import at, label_of, named
from rpgstat.errors import UserError

PLACES = dict.fromkeys(("series", "ratios", "population", "per", "better", "events", "rebase", "baseline", "target"), "here")


def sheet(text, decimal=None, between=","):
    header, *rows = [line.split(between) for line in text.strip().splitlines()]
    return Sheet("f.csv", Path("f.csv"), tuple(header), tuple(map(tuple, rows)), tuple(range(2, len(rows) + 2)), decimal)


def series(text, **words):
    """The series of a table by name, with `words` declared."""
    said = declared(Words(**words), PLACES)
    raw, _ = raw_series(sheet(text), [said.population] if said.population else [])
    made, warnings = derive(raw, said)
    found = {one.name: one for one in made}
    warnings += [warning for one in raw for warning in one.warnings]
    return found, warnings


def refused(text, **words):
    with pytest.raises(UserError) as error:
        series(text, **words)
    assert error.value.hint
    return error.value.problem


WIDE = "month,Plans,Referrals,Re-referrals,Children\n2015-10,40,100,20,5000\n2015-11,38,,,5000\n2015-12,37,90,15,5010\n2016-01,39,80,16,5010"
LONG = "series,period,value\nPlans,Oct 2015,40\nPlans,Nov 2015,38\nReferrals,Oct 2015,100\nReferrals,Dec 2015,90"
TURNED = "measure,2015-10,2015-11,2015-12\nPlans,40,38,37\nReferrals,100,,90"


def test_one_series_to_a_column():
    found, warnings = series(WIDE)
    assert list(found) == ["Plans", "Referrals", "Re-referrals", "Children"]
    plans = found["Plans"]
    assert (plans.per_year, plans.values) == (12, (40, 38, 37, 39))
    assert plans.labels[plans.times[0]] == "2015-10"
    assert found["Referrals"].gaps == (plans.times[1],)
    assert found["Referrals"].missing[plans.times[1]].startswith("blank")
    assert not warnings


@pytest.mark.parametrize("text", [LONG, TURNED], ids=["below one another", "to a row"])
def test_the_same_series_in_other_layouts(text):
    found, _ = series(text)
    assert found["Plans"].values[:2] == (40, 38)
    assert found["Referrals"].values == (100, 90)
    assert found["Referrals"].labels[found["Referrals"].gaps[0]] == "2015-11"


def test_newest_first_is_sorted_and_said():
    lines = WIDE.splitlines()
    found, warnings = series("\n".join([lines[0], *lines[:0:-1]]))
    assert found["Plans"].values == (40, 38, 37, 39)
    assert "f.csv: periods are not in the order of time; they were sorted" in warnings


def test_a_period_that_stands_twice():
    same, warnings = series("month,Plans\n2015-10,40\n2015-11,38\n2015-11,38")
    assert same["Plans"].values == (40, 38)
    assert any("row 4" in warning and "a second time" in warning for warning in warnings)
    filled, _ = series("month,Plans\n2015-10,40\n2015-11,\n2015-11,38")
    assert filled["Plans"].values == (40, 38)
    assert refused("month,Plans\n2015-10,40\n2015-11,38\n2015-11,39") == "f.csv: row 4, column `Plans`: 2015-11 has 39, but 38 in row 3, column `Plans`"


def test_a_share_of_another_series():
    found, _ = series(WIDE, ratios=("re-referrals / Referrals",))
    share = found["Re-referrals / Referrals"]
    assert share.values == (0.2, 15 / 90, 0.2)
    assert (share.kind, share.counts, share.totals) == ("share", (20, 15, 16), (100, 90, 80))
    assert "f.csv: row 2" in refused(WIDE, ratios=("Referrals/Re-referrals",))
    assert refused(WIDE, ratios=("Re-referals/Referrals",)) == "here: no series `Re-referals`"
    assert "no slash" in refused(WIDE, ratios=("Referrals",))


def test_a_name_with_a_slash_can_be_part_of_a_ratio():
    found, _ = series("month,Missing/absent,Children\n2015-10,4,40\n2015-11,5,50", ratios=("Missing/absent/Children",))
    assert found["Missing/absent / Children"].values == (0.1, 0.1)


def test_rates_by_population():
    found, _ = series(WIDE, population="children", series=("Plans",), better=("Plans=lower",))
    rate = found["Plans per 10,000"]
    assert rate.values[0] == 80
    assert (rate.kind, rate.per, rate.totals[0], rate.better) == ("rate", 10_000, 5000, "lower")
    assert "Children" not in found
    assert series(WIDE, population="Children", per=1000)[0]["Plans per 1,000"].values[0] == 8
    below = "series,period,value,Population\nPlans,2015-10,40,5000\nPlans,2015-11,38,5000\nOther,2015-10,4,5000\nOther,2015-11,3,5000"
    assert series(below, population="Population")[0]["Other per 10,000"].values == (8, 6)


def test_without_a_denominator_there_is_no_value_and_a_reason():
    text = "month,Part,Whole\n2015-10,4,40\n2015-11,0,0\n2015-12,5,\n2016-01,5,50"
    share = series(text, ratios=("Part/Whole",))[0]["Part / Whole"]
    assert share.values == (0.1, 0.1)
    assert list(share.missing.values()) == ["`Whole` is 0", "no `Whole`"]
    assert "is below 0" in refused(text.replace("4,40", "-4,40"), ratios=("Part/Whole",))


def test_percentages_are_shares():
    found, _ = series("month,Rate\n2015-10,12.5 %\n2015-11,10 %")
    assert (found["Rate"].kind, found["Rate"].values) == ("share", (0.125, 0.1))
    assert "f.csv: row 3" in refused("month,Rate\n2015-10,12.5 %\n2015-11,10")


def test_empty_series_are_named_and_left_out():
    found, warnings = series("month,Plans,Nothing,Withheld\n2015-10,40,,[c]\n2015-11,38,,[c]")
    assert list(found) == ["Plans"]
    assert warnings == ["`Nothing` has no value and is left out", "`Withheld` has no value and is left out"]
    assert "no series has a value" in refused("month,Plans\n2015-10,\n2015-11,[c]")


def test_remarks_are_left_out_and_said():
    raw, warnings = raw_series(sheet("month,Plans,Comment\n2015-10,40,new system\n2015-11,38,"))
    assert [one.name for one in raw] == ["Plans"]
    assert warnings == ["f.csv: column `Comment` holds words and is left out"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("month,Plans\n2015-10,40\n2015-11,about 38\n2015-12,37", "f.csv: row 3, column `Plans`: `about 38` is not a number"),
        ("month,Plans\n2015-10,40\n2015-1x,38", "f.csv: row 3, column `month`: `2015-1x` is not a period"),
        ("when,Plans\nspring,40\nsummer,38", "f.csv: no column holds periods only; the first has `spring`"),
        ("period,area,kind,value\n2015,North,new,1\n2015,South,old,2", "several columns hold words: `area` and `kind`"),
        ("series,period,value\nPlans,2015,3\n,2016,4", "f.csv: row 3, column `series`: the row names no series"),
        ("month,Plans\n03/04/2016,40\n05/06/2016,38", "f.csv: row 2, column `month`: `03/04/2016` can be read as"),
        ("measure,2015,2016\nPlans,1,2\n,3,4", "f.csv: row 3, column `measure`: the series has no name"),
    ],
)
def test_what_cannot_be_read_names_the_cell(text, problem):
    assert problem in refused(text)


def test_what_is_declared_has_to_be_there():
    assert refused(WIDE, series=("Plan",)) == "here: no series `Plan`"
    assert refused(WIDE, population="people") == "here: no series `people`"
    assert refused(WIDE, better=("Plan=lower",)) == "here: no series `Plan`"
    assert refused(WIDE, better=("less",)) == "here: `less` is not known"
    assert refused(WIDE, per=0.0) == "here is 0.0"
    assert "does not say what happened" in refused(WIDE, events=("2017-01",))
    assert "`soon` is not a period" in refused(WIDE, events=("soon: a change",))
    assert refused(WIDE, rebase=("2019-01",)) == "here: Jan 2019 lies within no series"
    assert "is not FROM..TO" in refused(WIDE, baseline="2015-10")
    assert "has no value in it" in refused(WIDE, baseline="2010-01..2010-12")
    assert "a rebase cuts it" in refused(WIDE, baseline="2015-10..2015-12", rebase=("2015-12",))


def test_what_is_declared_stands_on_each_series():
    found, _ = series(WIDE, better=("lower", "Children=higher"), events=("2015-12: new  team",), rebase=("Dec 2015",), baseline="2015-10..2015-11")
    plans = found["Plans"]
    assert (plans.better, found["Children"].better) == ("lower", "higher")
    assert (plans.events[0].text, plans.events[0].period, plans.events[0].time) == ("new team", "2015-12", plans.times[2])
    assert plans.rebase == (plans.times[2],)
    assert plans.baseline == plans.times[:2]


def test_a_target_stands_in_the_unit_of_each_series():
    found, _ = series(WIDE, target={"": 12.0, "Plans": 250.0})
    assert (found["Plans"].target, found["Children"].target) == (250.0, 12.0)
    shares, _ = series("month,On time,Calls\n2016-01,80%,5\n2016-02,90%,6\n2016-03,85%,4", target={"": 85.0})
    assert (shares["On time"].target, shares["Calls"].target) == (0.85, 85.0)
    assert refused("month,On time\n2016-01,80%\n2016-02,90%", target={"": 120.0}) == "here: 120 is no percentage, as `On time` is"
    assert refused(WIDE, target={"Plan": 5.0}) == "here: no series `Plan`"
    assert series(WIDE, series=("Children",), target={"Plans": 250.0})[0]["Children"].target is None


@pytest.mark.parametrize(
    ("option", "frequency", "sample", "index"),
    [
        ("2017-01", "month", "2015-10", 2017 * 12),
        ("2017", "month", "2015-10", 2017 * 12),
        ("2017 Q2", "month", "2015-10", 2017 * 12 + 3),
        ("2017-05", "quarter", "2015 Q1", 2017 * 4 + 1),
        ("2017-05", "year", "2015", 2017),
        ("2016/17", "year", "2015/16", 2016),
        ("2017-03", "year", "2015-03", 2017),
        ("2017-04", "year", "2015-03", 2018),
        ("2017-02", "quarter", "2015-03", 2017 * 4),
    ],
)
def test_a_period_in_the_frequency_of_a_series(option, frequency, sample, index):
    assert at(named(option, "--event"), frequency, sample) == index


def test_calendar_and_financial_years_are_not_mixed():
    with pytest.raises(UserError, match=r"2017-01.*cannot be placed among periods such as 2015/16"):
        at(named("2017-01", "--event"), "year", "2015/16")


@pytest.mark.parametrize(
    ("frequency", "sample"), [("month", "2015-10"), ("quarter", "2015 Q4"), ("quarter", "2015/16 Q1"), ("year", "2015/16"), ("year", "2015")]
)
def test_labels_of_gaps_look_like_the_others(frequency, sample):
    index = named(sample, "here").items[0].index
    assert label_of(frequency, index, sample) == sample
    assert label_of(frequency, index + 1, sample) != sample


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("month;Plans;Visits\n2015-10;1,234;5\n2015-11;1,300;6", "column `Plans`"),
        ("measure;2015-10;2015-11\nPlans;1,234;1,300\nVisits;5;6", "column `2015-10`"),
        ("series;month;value\nPlans;2015-10;1,234\nPlans;2015-11;1,300\nVisits;2015-10;5", "column `value`"),
    ],
)
@pytest.mark.parametrize(("decimal", "read", "part"), [(".", 1234, "thousands"), (",", 1.234, "decimals")])
def test_what_only_the_rest_of_the_file_shows_is_told_once(text, place, decimal, read, part):
    made, warnings = series_table(sheet(text, decimal, ";"))
    assert next(iter(made[0].points.values())).value == read
    assert warnings == [f"f.csv: row 2, {place}: `1,234` is read as {read}: commas part {part} in this file"]
