"""The commands that analyse."""

from __future__ import annotations

from pathlib import Path

from rpgstat.shell import complete
from rpgstat.shell.command import command
from rpgstat.shell.options import LAST, OUTPUT, PART, STUDY, SURVEY, TEST, TESTED, WEIGHTS, Shared, argument, flag, option

_AGAINST = "With three waves or more: each against the reference, or against the one before."
_BENCHMARK = "Published results of other organisations, to be set beside those of the latest wave."
_BETTER = "Which way is better, for all series or for one; repeatable."
_CODED = "Coding files, one per wave in order: tables, REFI-QDA, Taguette. Without any, those that the study names under \\[\\[coded]]."
_CODERS = "Coding files with a column `Coder`. Without any, those that the study names under \\[\\[coded]]."
_FIGURES = "Files of weekly, monthly, quarterly or yearly figures; - is standard input. Without any, those that the study names under \\[\\[indicators]]."
_ORGANISATION = "Of the benchmark, only this organisation, by its name or code; repeatable."
_PERIOD = "What each period is compared with: a period such as 2015, the first, or the previous one."
_RATES = "A table of rates, or of counts; - is standard input. Without it, the one that the study names under \\[workforce]."
_SHARES = "The mix to hold fixed: reference (that of the reference wave), pooled (both waves) or population (as declared)."
_STOCK = "What leavers are divided by: staff in post at the end (closing, the default), at the beginning, or the average."
_TRENDS = "Adjustment of p over all trends asked for, and over all events: holm, bh, bonferroni or none."


@command("exports", SURVEY, "engine", "reference", "wave", "by", "suppression", TESTED, "adjust", "alpha", WEIGHTS, "verify", LAST)
class Compare:
    """Compare each item and battery between waves.

    rpgstat compare wave-1.csv wave-3.xlsx
    rpgstat compare --method mann-whitney --adjust bh -o change.csv
    rpgstat compare --margin 0.3 --fail-on lower -f json
    rpgstat compare --by role
    rpgstat compare --plot -o change.pdf
    rpgstat compare --standardise role
    rpgstat compare --paired --method signed-rank
    """

    standardise = option(str, STUDY, "GROUP", "Add the change at a fixed mix of this group.", known=complete.groups)
    shares = option(str, STUDY, "MIX", _SHARES, "reference", known=complete.words("reference", "pooled", "population"))
    against = option(str, STUDY, "reference|previous", _AGAINST, "reference")
    bayes = flag(TEST, "Add the Bayes factor BF10.")
    trend = flag(TEST, "Over three waves or more: does each statement rise or fall, and on a line?")
    design = option(str, TEST, "overlap|independent", "What is made of people whose ids link them: used with all others, or nothing.", "overlap")
    paired = flag(TEST, "Compare people in both waves alone, linked by their ids.")
    moves = flag(TEST, "With --paired: add from which answer to which people moved.")
    overlap = option(int, TEST, "N", "Without ids: how many people may have answered both times.")
    correlation = option(float, TEST, "R", "How the two answers of one of them correlate; 0.5 unless given.")
    benchmark = option(Path, STUDY, "FILE", _BENCHMARK)
    organisation = option(list[str], STUDY, "NAME", _ORGANISATION)
    fail_on = option(str, TEST, "lower|changed", "Exit 1 when a conclusion is lower, or when anything changed.")


@command("exports", SURVEY, "engine", "wave", "alpha", WEIGHTS, "verify", LAST)
class Score:
    """Score each item and battery, ranked, against the midpoint.

    rpgstat score wave-1.csv
    rpgstat score --wave "+3 years" -f csv
    rpgstat score -o scores.png -o scores.csv
    """


@command("exports", "by", SURVEY, "engine", "wave", "suppression", "adjust", "alpha", WEIGHTS, "verify", LAST)
class Breakdown:
    """Score each group in each wave, against everyone else; small groups are withheld.

    rpgstat breakdown --by role
    rpgstat breakdown --by role --wave "+3 years" --post-hoc -o roles.csv
    rpgstat breakdown --by role -o roles.svg
    """

    post_hoc = flag(TEST, "Add every pair of groups (Games-Howell).")


@command("exports", SURVEY, "engine", "reference", "wave", "by", "suppression", "adjust", "alpha", WEIGHTS, LAST)
class Topline:
    """Show what people answered to every question, by wave and group, and what changed.

    rpgstat topline wave-1.csv wave-3.xlsx
    rpgstat topline --batteries --by role --question strain
    rpgstat topline --batteries -o answers.docx
    """

    question = option(list[str], STUDY, "QUESTION", "Only this question, by its id or text; repeatable.")
    benchmark = option(Path, STUDY, "FILE", _BENCHMARK)
    organisation = option(list[str], STUDY, "NAME", _ORGANISATION)
    batteries = flag(STUDY, "Show how people answered the statements of batteries instead, option by option.")


@command("exports", SURVEY, "reference", "wave", "suppression", LAST)
class Response:
    """Count who answered: invited, returned, usable, and how completely.

    rpgstat response
    rpgstat response --by role -o response.csv
    """

    by = option(list[str], STUDY, "GROUP", "Only this group of the study; repeatable. All of them by default.", known=complete.groups)


@command("exports", SURVEY, "engine", "wave", "alpha", "verify", LAST)
class Reliability:
    """Tell how well the items of each battery go together (Cronbach's alpha, omega), and which do not.

    rpgstat reliability
    rpgstat reliability --wave "+3 years" --result items -f csv
    rpgstat reliability -o reliability.docx -o reliability.png
    """


@command("reference", "wave", "suppression", "adjust", "alpha", LAST)
class Themes:
    """Count how many people spoke of each theme in open answers, interviews and focus groups that were coded, and what changed.

    rpgstat themes
    rpgstat themes --by role -o themes.xlsx
    rpgstat themes --result codebook
    """

    exports = argument(list[Path], "FILE", _CODED)
    study = Shared.study
    by = option(list[str], STUDY, "GROUP", "Show themes by this group of the study too; repeatable.", known=complete.groups)
    codes = flag(TEST, "Give the codes below each theme rows of their own.")
    together = flag(TEST, "Add which themes stand on the same answers.")
    allow_names = flag(STUDY, "Let quotations pass that hold a name, an address, a number or a date.")


@command("wave", "alpha", LAST)
class Agreement:
    """Tell how far those who coded the same material agree, theme by theme and over all codes.

    rpgstat agreement
    rpgstat agreement --disagreements --result disagreements -f csv
    """

    exports = argument(list[Path], "FILE", _CODERS)
    study = Shared.study
    disagreements = flag(OUTPUT, "Add a list of the units on which coders differ, for their own use; it names units.")


@command("exports", "alpha", LAST)
class Joint:
    """Set themes beside statements, as the study pairs them, and tell whether both point the same way.

    rpgstat joint
    rpgstat joint -o joint.docx -o joint.png
    """

    study = Shared.study
    fail_on = option(str, TEST, "contradicted", "Exit 1 where a declared fit is against the computed direction.")


@command("exports", "alpha", LAST)
class Theory:
    """Set out how the programme worked, for whom and under what circumstances, as the study declares it, and what of it the results bear out.

    rpgstat theory
    rpgstat theory -o theory.docx -o theory.png
    """

    study = Shared.study
    fail_on = option(str, TEST, "contradicted", "Exit 1 where the figures say otherwise than an outcome claims.")


@command("exports", LAST)
class Timeline:
    """Show when everything was, as the study declares it, and how many answered in each round of the survey.

    rpgstat timeline
    rpgstat timeline -o timeline.docx -o timeline.png
    """

    study = Shared.study


@command(PART, "alpha", LAST)
class Indicators:
    """Trend and control chart of weekly, monthly, quarterly or yearly figures.

    rpgstat indicators indicators.csv --better lower
    rpgstat indicators indicators.csv --ratio "Re-referrals/Referrals" --event "2017-01: new facilitators"
    rpgstat indicators indicators.csv --series Referrals --baseline 2015-12..2016-12 -o chart.csv
    """

    exports = argument(list[Path], "FILE", _FIGURES)
    series = option(list[str], STUDY, "NAME", "Only this series; repeatable.")
    ratio = option(list[str], STUDY, "PART/WHOLE", 'A series that is part of another, as a share of it: "Re-referrals/Referrals"; repeatable.')
    population = option(str, STUDY, "NAME", "The column of people that series become rates by.")
    per = option(float, STUDY, "PEOPLE", "Rates are for each so many people; 10000 by default.")
    better = option(list[str], TEST, "[NAME=]lower|higher", _BETTER)
    event = option(list[str], TEST, "PERIOD: TEXT", 'What happened when: "2017-01: new facilitators"; repeatable.')
    rebase = option(list[str], TEST, "PERIOD", "Control limits begin anew here; repeatable.")
    baseline = option(str, TEST, "FROM..TO", "The periods that limits are made from, such as 2015-10..2016-12.")
    screen = flag(TEST, "Leave outlying moving ranges out of the limits, once.")
    run_length = option(int, TEST, "POINTS", "How many points make a shift or a trend.", 7)
    chart = option(str, TEST, "auto|xmr", "xmr: chart shares and rates by their moving ranges too.", "auto")
    adjust = option(str, TEST, "NAME", _TRENDS, "none", known=complete.ADJUSTMENTS)


@command(PART, "alpha", LAST)
class Workforce:
    """Turnover, vacancies, agency staffing, sickness and caseload by period.

    rpgstat workforce workforce.csv
    rpgstat workforce workforce.csv --headcount 300 --margin turnover=5
    rpgstat workforce workforce.csv --measure vacancies --reference previous
    """

    exports = argument(Path, "FILE", _RATES)
    unit = option(str, STUDY, "percent|share", "Unit of rates without a percent sign; percent by default.")
    stock = option(str, STUDY, "closing|opening|average", _STOCK)
    reference = option(str, TEST, "first|previous|PERIOD", _PERIOD)
    headcount = option(int, TEST, "PEOPLE", "Treat turnover, vacancies and agency staffing without counts as shares of so many people.")
    margin = option(list[str], TEST, "[NAME=]POINTS", "The largest change that does not matter, in points, for all measures or for one; repeatable.")


@command("exports", SURVEY, "adjust", "alpha", LAST)
class Plan:
    """Plan the next wave: how many answers it takes to find a change, and what a number of answers is able to find.

    rpgstat plan --change 0.3
    rpgstat plan --change 0.3 --n 150 --overlap 60 --correlation 0.6
    rpgstat plan --change 0.3 --sd 0.8 --items 10 -o plan.png
    rpgstat plan wave-3.xlsx --power 0.9 -f csv
    """

    change = option(float, TEST, "POINTS", "The change to be found, in scale points.")
    sd = option(float, STUDY, "POINTS", "Spread of an answer, in scale points; that of the last wave unless given.")
    n_reference = option(int, STUDY, "N", "Answers in the wave to compare against; those of the last wave unless given.")
    n = option(int, STUDY, "N", "Answers expected in the next wave; as many as in the last unless given.")
    items = option(int, STUDY, "N", "How many statements are tested together; those of each battery unless given.")
    power = option(float, TEST, "CHANCE", "The chance of finding the change that is to be reached.", 0.80)
    overlap = option(int, STUDY, "N", "How many people answer in both waves.")
    correlation = option(float, STUDY, "R", "How two answers of one of them correlate; 0.5 unless given.")
    population = option(int, STUDY, "N", "How many people there are in all, where those who answer are a large part of them.")
    invited = option(int, STUDY, "N", "How many will be invited; as many as in the last wave unless given.")
