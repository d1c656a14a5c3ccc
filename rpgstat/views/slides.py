"""Results as slides: the figure of each, its finding as the title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rpgstat import text
from rpgstat.errors import UserError
from rpgstat.glossary.languages import draft
from rpgstat.glossary.sentences import say
from rpgstat.media import slides
from rpgstat.media.picture.wanted import ON_SLIDES, wanted, wanting
from rpgstat.media.slides import Room, Slide
from rpgstat.media.style import Style, used, writing
from rpgstat.result import Result
from rpgstat.views import pictures, view


def deck(results: Sequence[Result], style: Style, template: Path | None = None) -> bytes:
    """A slide for each picture of each figure that the results have. Raises UserError where none has one."""
    pictures.natural(results)
    with writing(style):
        return slides.write(
            results, lambda room: _noted([slide for result in results if _is_drawn(result) for slide in _slides(result, results, room)]), template
        )


def _noted(made: list[Slide]) -> list[Slide]:
    """The slides, of which the first says it where their wording is a draft."""
    note = draft()
    return [replace(made[0], below=f"{made[0].below} {note}".strip()), *made[1:]] if note else made


def _is_drawn(result: Result) -> bool:
    return pictures.can_draw(result.name) and result.frame.height > 0


def _slides(result: Result, beside: Sequence[Result], room: Room) -> Iterator[Slide]:
    headline, shown = view(result.name).headline(result, used()), text.one_line(result.title)
    found = text.one_line(headline.short) or shown
    drawn = _drawn(result, beside, room)
    below = " ".join(filter(None, (text.stopped(shown) if found != shown else "", pictures.source(result))))
    notes = "\n".join((*pictures.lead(result, beside), text.one_line(result.method)))
    for place, picture in enumerate(drawn, start=1):
        title = found if len(drawn) == 1 else say("document.part", title=found, place=place, parts=len(drawn))
        yield Slide(title, below, picture, pictures.alt_text(result, beside), notes)


def _drawn(result: Result, beside: Sequence[Result], room: Room) -> list[bytes]:
    """The figure in pictures that fill the room; one that cannot be parted is made smaller."""
    how = replace(wanted(), width=room.width, height=room.height, most=ON_SLIDES)
    try:
        with wanting(how):
            return pictures.parts(result, ".png", beside=beside, titled=False, dpi=slides.DPI)
    except UserError:  # no page of it fits
        with wanting(replace(how, width=0.0, height=0.0)):
            return pictures.parts(result, ".png", beside=beside, titled=False, dpi=slides.DPI)
