"""Every key of the study file, declared once: the parser, its errors, the JSON Schema and the pages of reference come from here.

To add a key, add its entry to the table that it belongs to, read it in `parse.py` as `table["name"]`, and run `docs/make_reference.py`.
"""

from __future__ import annotations

from rpgstat.glossary.languages import languages
from rpgstat.study.kinds import Either, Key, Keys, Many, Rows, Shape
from rpgstat.study.model import Disclosure
from rpgstat.study.question_keys import QUESTIONS
from rpgstat.study.rate_keys import INDICATORS, WORKFORCE
from rpgstat.study.report_keys import REPORT
from rpgstat.study.theme_keys import MATERIAL, PAIRINGS, QUOTES, THEMES
from rpgstat.study.theory_keys import MOMENTS, THEORY
from rpgstat.study.values import AMOUNT, BOOLEAN, CODE, DATE, NUMBER, PEOPLE, TEXT, TRIM, TRUE, WORD, choice

MOST_LEVELS = 11  # 0 to 10, the longest rating in common use
MOST_BANDS = 50  # more groups than anybody would compare

_TEXTS = Many(TEXT, "put each in quotes, and leave blank ones out", alone=True)
_HEADERS = Many(TEXT, _TEXTS.hint, alone=True, least=1, counted=("one header at least is needed", 'name the column: column = "Job role"'))
_WORDS = Many(WORD, "put words in quotes, and leave blank ones out")
_NUMBERS = Many(NUMBER, "write numbers in [square brackets], without quotes")
_LEVELS = Many(
    WORD,
    _WORDS.hint,
    least=2,
    most=MOST_LEVELS,
    counted=(f"2 to {MOST_LEVELS} levels are allowed, here are {{n}}", "list every answer of the scale once, lowest first"),
)
_BANDS = Many(
    NUMBER,
    _NUMBERS.hint,
    least=2,
    most=MOST_BANDS,
    counted=(f"a list of 2 to {MOST_BANDS} numbers is allowed, the lower edge of each band", "for instance bands = [0, 2, 5, 10]"),
)
_ANSWERS = Many(WORD, _WORDS.hint, least=1, counted=("one answer at least is needed", "list those of the people who count, or leave the column out"))
_RAKED = Many(TEXT, _TEXTS.hint, alone=True, least=1, counted=("one group at least is needed", "name those of [population] that people are weighted to"))
_ALIASES = Keys(Shape(each=WORD), "table: other wording = level")

GROUP = Shape(
    Key(
        "column",
        _HEADERS,
        "The header of the column with the answers; several where waves word it differently.",
        '"Job role"',
        required='name the column: column = "Job role"',
    ),
    Key(
        "levels",
        _WORDS,
        "The groups in the order in which tables show them; any other answer is then an error.",
        '["Social worker", "Team manager"]',
    ),
    Key(
        "aliases",
        Keys(Shape(each=WORD), "table: other wording = group"),
        "Other wordings of a group; also a way to join groups that are too small to be shown.",
        '{ "TM" = "Team manager" }',
    ),
    Key(
        "other",
        TEXT,
        "A last group for every answer that is none of `levels` and `aliases`, in place of the error; how many it took up is told.",
        '"Other roles"',
    ),
    Key("bands", _BANDS, "The lower edge of each band of a column of numbers, in place of `levels`, `aliases` and `other`.", "[0, 2, 5, 10]"),
)

SCALE = Shape(
    Key(
        "levels",
        _LEVELS,
        "The answers, lowest first, scored 1, 2, 3 and so on; bare numbers score what they say.",
        '["Disagree", "Agree"]',
        required='list the answers, lowest first: levels = ["Disagree", "Agree"]; where they stand as a comment, put them in order and remove the #',
    ),
    Key("aliases", _ALIASES, "Answers that an export words differently, and the level that each of them means.", '{ "Strongly agree" = "Agree" }'),
    Key("not_applicable", _WORDS, "Answers off the scale: counted, but in no mean or share.", '["Don\'t know", 99]'),
    Key("scores", _NUMBERS, "The score of each level, rising, when it is not 1, 2, 3 and so on; up to a million, with at most 6 decimals.", "[0, 1]"),
    Key("codes", _WORDS, "What the export holds for each level when it holds numbers.", '["0", "1"]'),
    Key("unlabelled", BOOLEAN, "Whether nobody knows what the numbers in `levels` mean, so that they give means only.", "true", False),
)

DATA = Shape(
    Key(
        "file",
        TEXT,
        "The export that holds all waves: a file or a folder of parts; needed unless an engine knows the `table` by its name.",
        '"responses.csv"',
    ),
    Key("wave", TEXT, "The header of the column that tells the waves apart; a single wave can do without.", '"Year"'),
    Key("platform", TEXT, "What the export is, only if it is not recognised: `surveymonkey` or `flat`, for instance.", '"surveymonkey"'),
    Key("sheet", TEXT, "The sheet of a workbook that holds the answers; without it the first with something on it.", '"Responses"'),
    Key("table", TEXT, "The table of a database or of a catalogue, for an engine that reads it (`--engine`).", '"hr.survey_answers"'),
    Key("key", TEXT, "The codebook of its answers, relative to the study file, only if it is not found beside the export.", '"responses-key.csv"'),
)

WAVE = Shape(
    Key(
        "name",
        TEXT,
        "What tables call the wave; where `[data]` names one file, what stands in its column.",
        '"+1 year"',
        required='name the wave: name = "+1 year"',
    ),
    Key("file", TEXT, "Its export, a file or a folder of parts, relative to the study file; needed unless `[data]` names one file for all.", '"wave-1.csv"'),
    Key("platform", TEXT, "What the export is, only if it is not recognised: `surveymonkey` or `flat`, for instance.", '"surveymonkey"'),
    Key("sheet", TEXT, "The sheet of a workbook that holds its answers; without it the first with something on it.", '"2016"'),
    Key("key", TEXT, "The codebook of its answers, relative to the study file, only if it is not found beside the export.", '"wave-1-key.csv"'),
    Key("event", TEXT, "Of an export with a row for each event of a person, as REDCap writes, the event that is this wave.", '"baseline_arm_1"'),
    Key("retrospective", TEXT, "Of a wave without a questionnaire: the wave whose people also said how it was then, in the columns `before`.", '"after"'),
    Key("date", DATE, "When it was: a year, a month or a day; for the trend over waves.", '"2016-11"'),
    Key("from", DATE, "When its first answers came in, in place of a date; the trend takes the middle of `from` and `to`.", '"2016-11"'),
    Key("to", DATE, "When its last answers came in.", '"2017-02"'),
    Key("time", NUMBER, "When it was, as a number in a unit of your own, in place of a date.", "3"),
    Key("invited", PEOPLE, "How many people were asked; for response rates.", "214"),
    Key(
        "invited_by",
        Keys(Shape(each=Keys(Shape(each=PEOPLE))), "table: group = people"),
        "How many were asked, by group: a table for each group that is declared.",
        '{ role = { "Team manager" = 12 } }',
    ),
    Key(
        "keep",
        Keys(Shape(each=_ANSWERS), "table: column = list of answers"),
        "Who counts, by the answers in a column; everyone else is left out, and counted on standard error.",
        '{ "Consent" = ["Yes"] }',
    ),
)

ITEM = Shape(
    Key("id", TEXT, "A short name, unique in the study, for data formats; made from the text if left out.", '"reflect"'),
    Key(
        "text",
        TEXT,
        "The statement, as tables show it and as the export's column is headed; only an item with a `column` can do without.",
        '"I reflect on my work"',
    ),
    Key("column", _TEXTS, "The header to look for instead of `text`; several where waves word it differently.", '["I would come again", "I\'d come again"]'),
    Key(
        "reverse",
        BOOLEAN,
        "True where agreeing is the unwelcome answer, and scored the other way round; false where it is meant as it stands, though it runs against the others.",
        "true",
    ),
    Key(
        "before", _TEXTS, "The header of the column in which the same people say how it was before; for a wave that is `retrospective`.", '["I knew the rules"]'
    ),
)

BATTERY = Shape(
    Key("name", TEXT, "Heads its part of the table.", '"Professional skills"', required='name the set of statements: name = "Professional skills"'),
    Key("scale", TEXT, "The name of a scale, as under `[scales]`.", '"agreement"', required='name a scale declared under [scales.NAME]: scale = "agreement"'),
    Key(
        "items",
        Rows(ITEM, "list of statements, or of tables", alone="text", least=1),
        "The statements, each in quotes or as a table of its own.",
        '["I reflect on my work", { text = "The groups drain me", reverse = true }]',
        required='list the statements: items = ["I reflect on my work", ...]',
    ),
)

DISCLOSURE = Shape(
    Key("hide_below", PEOPLE, "Of 1 to one less than this number of people nothing is shown; 1 hides nothing.", "10", Disclosure.hide_below),
    Key("detail_from", PEOPLE, "Of fewer people than this the number and mean only are shown; never below `hide_below`.", "20", Disclosure.detail_from),
    Key("threshold", PEOPLE, "The older name of `hide_below`.", "10"),
    Key(
        "themes",
        BOOLEAN,
        "Whether a theme that 1 to `hide_below` - 1 people named in a whole wave is withheld too, as it always is in a group.",
        "true",
        Disclosure.themes,
    ),
    Key("secondary", BOOLEAN, "Whether other groups are withheld too where the small ones could be worked out from them.", "false", Disclosure.secondary),
)

CHECK = Shape(
    Key(
        "ignore",
        Many(CODE, 'write codes in quotes: ["W209"]', alone=True),
        "Codes of what `rpgstat check` finds that are known and are not to be told again.",
        '["W209"]',
    ),
)

WEIGHT = Shape(
    Key(
        "rake",
        Either(TRUE, _RAKED),
        "The groups whose make-up in `[population]` each wave is given; true for all of them.",
        '["role"]',
        required='say to which margins: rake = ["role"], with the shares under [population.role]',
    ),
    Key("trim", TRIM, "The largest weight, in units of the mean weight; no bound without it.", "3"),
)

STUDY = Shape(
    Key("title", TEXT, "Stands above the tables.", '"Reflective practice groups"'),
    Key("author", TEXT, "Who wrote the report.", '"Evaluation team"'),
    Key("date", DATE, "When the report was written: a year, a month or a day.", '"2019-05"'),
    Key("about", TEXT, "What the report is about, in a sentence or two below its title.", '"An evaluation of groups in which social workers reflect."'),
    Key("language", choice(*languages()), "The language of what is written for readers, in place of `--language`.", '"cy"'),
    Key("report", Keys(REPORT), "How the report looks.", '{ sections = ["batteries", "appendix"] }'),
    Key(
        "id",
        TEXT,
        "The column that tells who is who: rows of one id in one wave are one person, and `compare` notes how many ids stand in both waves.",
        '"Respondent ID"',
    ),
    Key(
        "linked",
        BOOLEAN,
        "Whether ids are people's own, though they look like a platform's numbers of responses or run on from 0 or 1 in each wave.",
        "true",
        False,
    ),
    Key("duplicates", choice("once", "keep"), "Whether the rows of one id in one wave are one person, or all count.", '"keep"', "once"),
    Key("unfinished", choice("keep", "drop"), "Whether questionnaires that the platform marks as unfinished count.", '"drop"', "keep"),
    Key(
        "groups",
        Keys(Shape(each=Either(Keys(GROUP), TEXT, words="a column's header, or a table"))),
        "Columns to break results down by, each under a short name.",
        '{ role = "Job role" }',
    ),
    Key(
        "scales",
        Keys(Shape(each=Keys(SCALE))),
        "The answers that statements have, each scale under the name that batteries call it by.",
        '{ agreement = { levels = ["Disagree", "Agree"] } }',
    ),
    Key("data", Keys(DATA), "The one file that holds all waves, where one does.", '{ file = "responses.csv", wave = "Year" }'),
    Key(
        "waves",
        Rows(WAVE),
        "The rounds of the survey, earliest first; without any, the exports on the command line name them.",
        '[{ name = "+1 year", file = "wave-1.csv" }]',
    ),
    Key(
        "batteries",
        Rows(BATTERY),
        "Sets of statements that share a scale; needed for every command on answers.",
        '[{ name = "Skills", scale = "agreement", items = ["I reflect on my work"] }]',
    ),
    Key(
        "questions",
        QUESTIONS,
        "Closed questions outside batteries, which `rpgstat topline` counts.",
        '[{ id = "mentor", text = "Do you have a mentor?", options = ["Yes", "No"] }]',
    ),
    Key("check", Keys(CHECK), "What `rpgstat check` leaves out.", '{ ignore = ["W209"] }'),
    Key("disclosure", Keys(DISCLOSURE), "How few people are too few to be shown.", "{ hide_below = 10 }"),
    Key(
        "population",
        Keys(Shape(each=Keys(Shape(each=AMOUNT), "table: label = people or share"))),
        "How many people of each group there are, or their shares, which add up to 1.",
        '{ role = { "Social worker" = 120, "Team manager" = 24 } }',
    ),
    Key(
        "weight",
        Either(Keys(WEIGHT), TEXT, words="a column's header, or a table"),
        "How much people count: by the numbers in a column, or so that each wave has the make-up of `[population]`.",
        '{ rake = ["role"], trim = 3 }',
    ),
    Key("workforce", Keys(WORKFORCE), "The table of workforce rates that `rpgstat workforce` reads.", '{ file = "workforce.csv" }'),
    Key("indicators", Rows(INDICATORS), "The files of monthly, quarterly or yearly figures that `rpgstat indicators` reads.", '[{ file = "indicators.csv" }]'),
    Key("themes", THEMES, "What people spoke of, as tables show it; without any, every code is a theme of its own.", '[{ name = "Emotional support" }]'),
    Key("coded", MATERIAL, "Answers, interviews or focus groups that were coded.", '[{ name = "What changed?", file = "answers.xlsx" }]'),
    Key("quotes", Keys(QUOTES), "The quotations that you chose.", '{ file = "quotes.xlsx" }'),
    Key(
        "joint",
        PAIRINGS,
        "Themes beside statements.",
        '[{ theme = "support", rows = ["compare.strain"], fit = "confirms" }]',
    ),
    Key("theory", Keys(THEORY), "How the programme worked, for whom and under what circumstances, and what is held up for it.", '{ title = "How it worked" }'),
    Key("timeline", MOMENTS, "When everything was.", '[{ from = "2016-11", to = "2017-03", what = "+1 year: survey and interviews" }]'),
)
