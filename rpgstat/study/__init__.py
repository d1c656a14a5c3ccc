"""What the evaluator declares about a survey, the survey as it was read, and the counts made of it."""

from rpgstat.study.counts import (
    Cell,
    Class,
    Counts,
    Design,
    Key,
    Mass,
    MeanOnly,
    Moments,
    Returned,
    ScoreCounts,
    Source,
    Tally,
    classed,
    common,
    designed,
    regrouped,
    together,
    without,
)
from rpgstat.study.groups import NOT_STATED, Groups, visible
from rpgstat.study.labels import is_blank, normalise, slug
from rpgstat.study.model import Battery, Disclosure, Group, Item, Scale, Study, Wave, Weight
from rpgstat.study.parse import from_toml
from rpgstat.study.survey import Column, Survey, reading
from rpgstat.study.write import to_toml

__all__ = [
    "NOT_STATED",
    "Battery",
    "Cell",
    "Class",
    "Column",
    "Counts",
    "Design",
    "Disclosure",
    "Group",
    "Groups",
    "Item",
    "Key",
    "Mass",
    "MeanOnly",
    "Moments",
    "Returned",
    "Scale",
    "ScoreCounts",
    "Source",
    "Study",
    "Survey",
    "Tally",
    "Wave",
    "Weight",
    "classed",
    "common",
    "designed",
    "from_toml",
    "is_blank",
    "normalise",
    "reading",
    "regrouped",
    "slug",
    "to_toml",
    "together",
    "visible",
    "without",
]
