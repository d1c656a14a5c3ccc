"""The keys of a study file that name tables of rates and figures, and say how they are read."""

from __future__ import annotations

from rpgstat.study.kinds import Either, Key, Keys, Many, Shape
from rpgstat.study.values import PEOPLE, PER, PERIOD, POINTS, TARGET, TEXT, WORD, choice

_TEXTS = Many(TEXT, "put each in quotes, and leave blank ones out", alone=True)

WORKFORCE = Shape(
    Key("file", TEXT, "The table of rates, relative to the study file.", '"workforce.csv"', required='name the table of rates: file = "workforce.csv"'),
    Key("measures", _TEXTS, "Only these measures; a part of a name is enough.", '["Turnover"]'),
    Key("areas", _TEXTS, "Only these areas.", '"Wexmoor"'),
    Key("where", _TEXTS, 'Only rows with these values, as "column=value".', '"category=Total"'),
    Key("reference", PERIOD, "What each period is compared with: `first`, `previous` or a period.", "2015"),
    Key("headcount", PEOPLE, "The number of people that bare rates are shares of.", "300"),
    Key(
        "margin",
        Either(Keys(Shape(each=POINTS)), POINTS, words="number of points, or a table of one for each measure"),
        "The largest change that does not matter, in points.",
        "{ Turnover = 2, Sickness = 0.5 }",
    ),
    Key("unit", choice("percent", "share"), "The unit of rates without a percent sign.", '"share"'),
    Key("stock", choice("closing", "opening", "average"), "The staff in post that leavers are divided by.", '"average"'),
)

INDICATORS = Shape(
    Key("file", TEXT, "The figures, relative to the study file.", '"indicators.csv"', required='name the file of figures: file = "figures.csv"'),
    Key("areas", _TEXTS, "Only these areas.", '"Wexmoor"'),
    Key("measures", _TEXTS, "Only these measures; a part of a name is enough.", '["Referrals"]'),
    Key("where", _TEXTS, 'Only rows with these values, as "column=value".', '"category=Total"'),
    Key("series", _TEXTS, "Only these of the series that are made.", '"Referrals"'),
    Key("population", TEXT, "The column with the people that series become rates by.", '"Children"'),
    Key("per", PER, "For how many people rates are; 10,000 if not given.", "1000"),
    Key(
        "better",
        Either(Keys(Shape(each=WORD)), _TEXTS, words='`"lower"` or `"higher"`, or a table of one for each series'),
        "Which way is an improvement: `lower` or `higher`.",
        '{ "Re-referrals" = "lower" }',
    ),
    Key(
        "target",
        Either(Keys(Shape(each=TARGET)), TARGET, words="number, or a table of one for each series"),
        "What the figures should reach, in their own unit; of shares in per cent.",
        '{ "Re-referrals" = 40 }',
    ),
    Key("rebase", _TEXTS, "The periods in which control limits begin anew.", '["2017-04"]'),
    Key("baseline", TEXT, "The periods that control limits are made from, first and last.", '"2015-10..2016-12"'),
    Key("ratios", _TEXTS, "Series to show as a share of another, as part/whole.", '["Re-referrals/Referrals"]'),
    Key("events", _TEXTS, 'What to look at, as "period: what happened".', '["2017-01: facilitators trained"]'),
)
