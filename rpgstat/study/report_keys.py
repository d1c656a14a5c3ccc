"""The keys of a study file that say how its report looks."""

from __future__ import annotations

from rpgstat.errors import did_you_mean
from rpgstat.study.kinds import Key, Keys, Many, Shape
from rpgstat.study.values import TEXT, Value

SECTIONS = ("response", "batteries", "groups", "questions", "themes", "joint", "workforce", "indicators", "theory", "appendix")
"""What follows the first page of a report, in its usual order."""

_SECTION = Value(
    "section of a report",
    lambda value: value in SECTIONS,
    {"enum": list(SECTIONS)},
    lambda value: did_you_mean(str(value), SECTIONS),
    f"{', '.join(SECTIONS[:-1])} or {SECTIONS[-1]} is allowed",
    several="sections of a report",
)

LOGO = Shape(
    Key("file", TEXT, "A PNG or JPEG picture, relative to the study file.", '"logo.png"', required='name the picture: file = "logo.png"'),
    Key(
        "alt",
        TEXT,
        "What it shows, for those who cannot see it.",
        '"Example Council"',
        required='say what it shows, for those who cannot see it: alt = "Example Council"',
    ),
)

REPORT = Shape(
    Key("fieldwork", TEXT, "When and how people were asked, below the title.", '"Online, November 2016 to February 2017"'),
    Key("logo", Keys(LOGO), "A picture above the title.", '{ file = "logo.png", alt = "Example Council" }'),
    Key(
        "sections",
        Many(_SECTION, "name sections in quotes", least=1, counted=("one section at least is needed", "leave `sections` out for all of them")),
        "What follows the first page, in this order; what is not named is left out.",
        '["batteries", "groups", "appendix"]',
    ),
)
