"""The keys of a study file that declare coded material: themes, the files they were coded in, quotations, and what stands beside statements."""

from __future__ import annotations

from rpgstat.study.kinds import Either, Key, Keys, Many, Rows, Shape
from rpgstat.study.values import PEOPLE, TEXT, TRUE, choice

_TEXTS = Many(TEXT, "put each in quotes, and leave blank ones out", alone=True)
_FILES = Many(TEXT, _TEXTS.hint, alone=True, least=1, counted=("one file at least is needed", 'name it: file = "answers.xlsx"'))
_ROWS = Many(TEXT, _TEXTS.hint, alone=True, least=1, counted=("one row at least is needed", 'name rows as a Word template does: rows = ["compare.strain"]'))

THEME = Shape(
    Key("name", TEXT, "What tables call the theme.", '"Emotional support"', required='name the theme: name = "Emotional support"'),
    Key("id", TEXT, "A short name, unique in the study, for placeholders; made from the name if left out.", '"support"'),
    Key("valence", choice("positive", "negative", "mixed"), "Whether the theme speaks well or ill of the programme; none without it.", '"positive"', ""),
    Key("text", TEXT, "What the theme means, in a sentence.", '"Feeling held, less alone, reassured"'),
    Key(
        "codes",
        _TEXTS,
        "The codes that make it up, as the coding files spell them, each with all below it; the name itself if left out.",
        '["support", "not alone"]',
    ),
    Key("waves", _TEXTS, "The waves in which it was looked for; all of them if left out.", '["+1 year", "+3 years"]'),
)

WAVE_OF = Shape(
    Key("column", TEXT, "The column, or the variable of a document or case, that holds the wave.", '"Wave"'),
    Key("set", TRUE, "That documents are grouped in sets named like the waves.", "true"),
    Key("sources", Keys(Shape(each=TEXT), "table: wave = pattern"), "What the names of each wave's documents look like.", '{ "+1 year" = "T1_*" }'),
)

CODED = Shape(
    Key(
        "name", TEXT, "What tables call the material: the question, or the interviews.", '"What changed?"', required='name the question: name = "What changed?"'
    ),
    Key(
        "kind",
        choice("answers", "interviews", "groups"),
        "What is coded as one: the answer of one person, the interview of one person, or a focus group.",
        '"interviews"',
        "answers",
    ),
    Key("file", _FILES, "The coding file; one for each of `coders`, or parts of one whole.", '["anna.xlsx", "ben.xlsx"]', required=_FILES.counted[1]),
    Key(
        "wave",
        Either(Keys(WAVE_OF), TEXT, words="a wave's name, or a table that says where it stands"),
        "The wave that all of it belongs to, or where each unit's wave stands.",
        '"+1 year"',
    ),
    Key("coders", _TEXTS, "Who coded each of the files, in their order; of one workbook, the names of its sheets.", '["Anna", "Ben"]'),
    Key("coder", TEXT, "The column that names the coder.", '"Coder"'),
    Key("count", TEXT, "Whose coding counts where coders differ: one of them, `any` or `all`.", '"Anna"'),
    Key("unit", _TEXTS, "The columns that together name the unit; in REFI-QDA `case`, where a case is one person.", '"Respondent ID"'),
    Key("asked", TEXT, "The question in the words in which it was asked.", '"What difference have the groups made to you?"'),
    Key(
        "layout",
        choice("ticks", "codes", "rows", "joined", "matrix"),
        "How a table is coded, only if it is not recognised: a column of ticks for each code, columns `Code 1` and so on, one coding a row, all codes in one "
        "cell, or codes down and sources across.",
        '"codes"',
        "",
    ),
    Key("code", _TEXTS, "The columns that hold codes, only if their headers are not recognised.", '"Kod"'),
    Key("text", TEXT, "The column with the words that were coded; who left it blank is not counted.", '"Comment"'),
    Key("source", TEXT, "The column that names the document.", '"Document"'),
    Key("separator", TEXT, "What stands between a code and those below it.", '" > "'),
    Key(
        "units",
        Either(PEOPLE, TEXT, words="a whole number, or the name of a file"),
        "All that was coded, where the files leave out units without a code: how many, or a file that lists them.",
        "34",
    ),
    Key("codebook", TEXT, "A file that lists the codes, by which several in one cell are told apart.", '"codebook.csv"'),
)

QUOTES = Shape(
    Key("file", TEXT, "The quotations that you chose, one a row.", '"quotes.xlsx"', required='name the file of quotations: file = "quotes.xlsx"'),
    Key("names", TEXT, "A text file of people and places that must not appear, one a line.", '"names.txt"'),
)

JOINT = Shape(
    Key("theme", TEXT, "The theme, by its `id` or its name.", '"support"', required='name a theme: theme = "support"'),
    Key("rows", _ROWS, "The rows of results beside it, named as in a Word template.", '["compare.strain"]', required=_ROWS.counted[1]),
    Key(
        "fit",
        choice("confirms", "expands", "differs", "silent"),
        "How the two go together, as you see it.",
        '"confirms"',
        required='say how they go together: fit = "confirms"',
    ),
    Key("text", TEXT, "Why you see it so.", '"Relief is what people name first, and the statement on strain rose most."'),
)

THEMES, MATERIAL, PAIRINGS = Rows(THEME), Rows(CODED), Rows(JOINT)
