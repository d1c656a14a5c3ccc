"""What an evaluator declares of the report: when people were asked, a logo, and which sections stand in it in which order."""

from __future__ import annotations

from rpgstat.record import record
from rpgstat.study.report_keys import SECTIONS as SECTIONS
from rpgstat.study.toml import Table


@record
class Layout:
    """What stands on the first page besides the findings, and which sections follow it: all in their usual order where none is named.

    `logo` is the file of a picture, as the study names it, and `alt` what it shows.
    """

    fieldwork: str = ""
    logo: str = ""
    alt: str = ""
    sections: tuple[str, ...] = ()


def layout_of(top: Table) -> Layout:
    """What `[report]` says. Raises UserError for what is not allowed, and for a section named twice."""
    if "report" not in top.values:
        return Layout()
    table: Table = top["report"]
    sections = table["sections"]
    for place, name in enumerate(sections, start=1):
        if name in sections[: place - 1]:
            raise table.fault("sections", "each section stands once", "leave it out here, or there", place)
    logo = table["logo"] if "logo" in table.values else None
    return Layout(table["fieldwork"] or "", logo["file"] if logo else "", logo["alt"] if logo else "", tuple(sections))
