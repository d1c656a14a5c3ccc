"""What the evaluator declares about a survey, and the survey as it was read."""

from rpgstat.study.labels import is_blank, normalise, slug
from rpgstat.study.model import Battery, Group, Item, Scale, Study, Wave
from rpgstat.study.survey import Column, Survey, reading

__all__ = ["Battery", "Column", "Group", "Item", "Scale", "Study", "Survey", "Wave", "is_blank", "normalise", "reading", "slug"]
