"""The keys of a study file that declare questions outside batteries."""

from __future__ import annotations

from rpgstat.study.kinds import Key, Keys, Many, Rows, Shape
from rpgstat.study.values import TEXT, WORD, choice

_TEXTS = Many(TEXT, "put each in quotes, and leave blank ones out", alone=True)
_WORDS = Many(WORD, "put words in quotes, and leave blank ones out", alone=True)

QUESTION = Shape(
    Key("id", TEXT, "A short name, unique in the study, for data formats; made from the text if left out.", '"mentor"'),
    Key(
        "text",
        TEXT,
        "The question, as tables show it and as the export heads it; only one with `columns` can do without.",
        '"Do you have a mentor?"',
    ),
    Key(
        "kind",
        choice("single", "multiple", "nps", "ranking", "number", "date"),
        "One answer, several, how likely one is to recommend from 0 to 10, places of options, a number, or a day.",
        '"multiple"',
        "single",
    ),
    Key(
        "columns",
        _TEXTS,
        "The header to look for instead of `text`, the stem that the columns of several options share, or the list of these columns.",
        '"How do you hear about changes?"',
    ),
    Key("separator", TEXT, "What stands between the answers of one cell.", '";"'),
    Key("options", _WORDS, "The answers in the order of tables, any other being an error; those met if left out.", '["Yes", "No", "Not sure"]'),
    Key("other", WORD, "The option that every answer which is none of the `options` counts as, such as what people typed.", '"Something else"'),
    Key("aliases", Keys(Shape(each=WORD), "table: other wording = option"), "Other wordings of an option.", '{ "Y" = "Yes" }'),
    Key("exclusive", _WORDS, "Options that say none of the others; with another one they are counted, and told.", '["None of these"]'),
    Key(
        "asked_if",
        Keys(Shape(each=_WORDS), "table: question = answers"),
        "Whom it was for: those who gave one of these answers to another question.",
        '{ mentor = ["Yes"] }',
    ),
    Key("section", TEXT, "The part of the questionnaire: the tests of one section are adjusted together.", '"Supervision"'),
    Key("positive", _WORDS, "The options of which changes are said; all of them without it, `Yes` of a question of yes and no.", '["Yes"]'),
)

QUESTIONS = Rows(QUESTION)
