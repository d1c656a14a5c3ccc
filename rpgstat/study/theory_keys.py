"""The keys of a study file that declare how a programme worked, and when everything was."""

from __future__ import annotations

from rpgstat.study.kinds import Key, Many, Rows, Shape
from rpgstat.study.values import BOOLEAN, DATE, TEXT

_TEXTS = Many(TEXT, "put each in quotes, and leave blank ones out", alone=True)


def _ids(what: str) -> Many:
    return Many(TEXT, _TEXTS.hint, alone=True, least=1, counted=(f"one {what} at least is needed", f"name it by its id, as under [[theory.{what}s]]"))


EVIDENCE = Shape(
    Key("row", TEXT, "A row of a result, named as in a Word template.", '"compare.strain"'),
    Key("says", TEXT, "What the row is held to conclude: `higher`, `lower`, `rose`, `fell`, `more`, `fewer` or `equivalent`.", '"higher"'),
    Key("source", TEXT, "In place of a row, where it is said in words; nothing of it is checked.", '"Minutes of March 2017"'),
)
_EVIDENCE = Key("evidence", Rows(EVIDENCE), "What is held up for it.", '[{ row = "compare.strain", says = "higher" }]')
_ID = Key("id", TEXT, "A short name, unique in the theory, by which configurations call it.", '"space"', required='give it a short name: id = "space"')

CONTEXT = Shape(
    _ID,
    Key("text", TEXT, "The circumstance, in a few words.", '"Heavy caseloads"', required='say what it is: text = "Heavy caseloads"'),
    _EVIDENCE,
)

MECHANISM = Shape(
    _ID,
    Key("text", TEXT, "How it works, in a few words, in place of the next two.", '"People feel valued"'),
    Key("resource", TEXT, "What the programme offers.", '"A protected hour"'),
    Key("reasoning", TEXT, "How people respond to it.", '"It is safe to say what is hard"'),
    _EVIDENCE,
)

OUTCOME = Shape(
    _ID,
    Key("text", TEXT, "What comes of it, in a few words.", '"Fewer staff leave"', required='say what it is: text = "Fewer staff leave"'),
    Key("level", TEXT, "Where it shows; outcomes of one level stand together, in the order in which levels are first named.", '"Organisation"'),
    Key("unwelcome", BOOLEAN, "Whether it is an outcome that nobody wanted.", "true", False),
    _EVIDENCE,
)

TOLD = Shape(
    Key("row", TEXT, "A row of `themes` or `quotes`, named as in a Word template.", '"themes.support"'),
    Key("source", TEXT, "In place of a row, where it is told in words; nothing of it is checked.", '"Minutes of March 2017"'),
)

CONFIGURATION = Shape(
    Key("name", TEXT, "What the configuration is called.", '"Feeling valued"', required='name the configuration: name = "Feeling valued"'),
    Key("contexts", _ids("context"), "In which circumstances; an outcome that lets another path begin may stand here.", '["commitment"]', required="name one"),
    Key("mechanisms", _ids("mechanism"), "By what.", '["valued"]', required="name one"),
    Key("outcomes", _ids("outcome"), "What comes of it.", '["stable"]', required="name one"),
    Key("for", TEXT, "For whom it works so.", '"lead practitioners"'),
    Key("blocked_by", _TEXTS, "Circumstances that stand in its way.", '["squeezed"]'),
    Key(
        "said",
        Rows(TOLD, "list of names, or of tables", alone="row"),
        "Who tells of this path: rows of `themes` or `quotes`, or a source in words.",
        '["themes.support", { source = "Minutes of March 2017" }]',
    ),
)

THEORY = Shape(
    Key("title", TEXT, "Heads the figure.", '"How the groups worked"'),
    Key("contexts", Rows(CONTEXT), "Circumstances.", '[{ id = "commitment", text = "The organisation stays with it" }]'),
    Key("mechanisms", Rows(MECHANISM), "What the programme offers, and how people respond.", '[{ id = "valued", reasoning = "Staff feel valued" }]'),
    Key("outcomes", Rows(OUTCOME), "What comes of it.", '[{ id = "stable", text = "Fewer staff leave" }]'),
    Key(
        "configurations",
        Rows(CONFIGURATION),
        "Which of them go together.",
        '[{ name = "Feeling valued", contexts = ["commitment"], mechanisms = ["valued"], outcomes = ["stable"] }]',
    ),
)

MOMENT = Shape(
    Key("from", DATE, "When it began, or was: a year, a month or a day.", '"2016-11"', required='say when it was: from = "2016-11"'),
    Key("to", DATE, "When it ended, where it took longer.", '"2017-03"'),
    Key("lane", TEXT, "What it belongs to; everything of one lane stands in one row of the figure.", '"Data collection"', "Events"),
    Key("what", TEXT, "What it was, in a few words.", '"Groups begin"', required='say what it was: what = "Groups begin"'),
    Key("wave", TEXT, "The round of the survey that it was: how many were invited and answered is then put beside it.", '"+1 year"'),
)

MOMENTS = Rows(MOMENT)
