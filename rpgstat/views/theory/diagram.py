"""The figure of `theory`: contexts, mechanisms and outcomes in columns, with the arrows between them; laid out once, for pictures and for Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from rpgstat import text
from rpgstat.glossary.sentences import say, word
from rpgstat.media.diagram import Arrow, Box, Caption, Diagram
from rpgstat.media.picture.colours import ALARM
from rpgstat.media.picture.layers import Node, Placed, layer_of, place
from rpgstat.media.picture.paper import BROKEN, INK, LABEL, QUIET, SMALL, TINY, WIDTH, line_height, measure, wrap
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, both, legend, space, symbol
from rpgstat.result import Result
from rpgstat.views.theory.signs import SIGNS

TURNED = 9.6
"""Inches between the margins of an A4 page that lies on its long side."""

_BLUE, _ORANGE = "#12436D", "#B35806"
_FILL = {"context": "#E8EDF3", "mechanism": "#FFFFFF", "outcome": "#FDEEE3"}
_EDGE = {"context": _BLUE, "mechanism": INK, "outcome": _ORANGE}
_SIGN = {"supported": _BLUE, "described": _BLUE, "contradicted": ALARM}
_PAD, _HEADS, _LEVEL = 0.07, 0.34, 0.19  # inches inside a box, above the columns, above a level
_APART = {3: 0.72}  # inches between columns, the fewer the wider
_UPRIGHT, _LYING = 7.8, 5.2  # inches that a diagram may be high on a page that stands, or lies, with its legend and caption

Links = Sequence[Mapping[str, Any]]


def diagram(result: Result) -> Diagram:
    """Everything placed. Three columns stand on an upright page; what is deeper, or too high for it, on one that is turned.

    What is too high for both stays upright: it has to be made smaller to be printed on one page.
    """
    parts, links = result.options["parts"], result.options["links"]
    layer = layer_of([part["id"] for part in parts], _pairs(links))
    deep = max(layer.values()) > 2
    made = _laid(parts, links, layer, TURNED if deep else WIDTH)
    if deep or made.height <= _UPRIGHT:
        return made
    turned = _laid(parts, links, layer, TURNED)
    return turned if turned.height <= _LYING else made


def _pairs(links: Links) -> list[tuple[str, str]]:
    return list(dict.fromkeys((link["from"], link["to"]) for link in links))


def _laid(parts: Links, links: Links, layer: Mapping[str, int], width: float) -> Diagram:
    columns = max(layer.values()) + 1
    apart = _APART.get(columns, 0.5) * (1 if width == WIDTH else 1.4)
    across = (width - 0.04 - (columns - 1) * apart) / columns
    levels = list(dict.fromkeys(part.get("level", "") for part in parts if part["kind"] == "outcome"))
    known = {part["id"]: part for part in parts}
    nodes = [Node(part["id"], _height(part, across) + (_LEVEL if part.get("level") else 0), _band(part, levels)) for part in parts]
    placed = place(nodes, _pairs(links), layer)
    left = [0.02 + i * (across + apart) for i in range(columns)]
    boxes = {name: _box(known[name], left[layer[name]], placed.middles[name] + _HEADS, across) for name in known}
    arrows = tuple(_arrows(links, placed, boxes, left, across))
    captions = (*_heads(parts, layer, left, across), *_levels(placed, known, boxes))
    return Diagram(width, _HEADS + placed.height + 0.05, tuple(boxes.values()), arrows, captions)


def _band(part: Mapping[str, Any], levels: Sequence[str]) -> int:
    return levels.index(part.get("level", "")) if part["kind"] == "outcome" else 0


def _paragraphs(part: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What is offered in black, how people respond in blue."""
    said = ((part.get("text") or part.get("resource"), INK), (part.get("reasoning"), _BLUE))
    return tuple((text.one_line(words), colour) for words, colour in said if words)


def _height(part: Mapping[str, Any], across: float) -> float:
    lines = [len(wrap(words, SMALL, across - 2 * _PAD - _sign_room(part))) for words, _ in _paragraphs(part)]
    return (sum(lines) + 0.5 * (len(lines) - 1)) * line_height(SMALL) + 2 * _PAD


def _sign_room(part: Mapping[str, Any]) -> float:
    """Inches that a sign takes beside the text."""
    return measure(SIGNS[part["status"]], LABEL, bold=True) + 0.04 if "status" in part else 0.0


def _box(part: Mapping[str, Any], left: float, middle: float, across: float) -> Box:
    height, kind, status = _height(part, across), part["kind"], part.get("status", "")
    above = _LEVEL if part.get("level") else 0
    against = status == "contradicted"
    return Box(
        part["id"],
        left,
        middle + above / 2 - height / 2,
        across,
        height,
        _paragraphs(part),
        _FILL[kind],
        ALARM if against else _EDGE[kind],
        SIGNS.get(status, ""),
        _SIGN.get(status, QUIET),
        broken=bool(part.get("unwelcome")),
        heavy=against,
    )


def _arrows(links: Links, placed: Placed, boxes: Mapping[str, Box], left: Sequence[float], across: float) -> Iterator[Arrow]:
    """The arrows, spread along the edges of their boxes in the order of what they lead to."""
    ports = _ports(placed, boxes)
    columns = {name: i for i, row in enumerate(placed.layers) for name in row}
    for link in links:
        way = placed.ways[link["from"], link["to"]]
        points = [(boxes[way[0]].x + across, ports[way[0], way[1], 0])]
        for name in way[1:-1]:
            y = placed.middles[name] + _HEADS
            points += [(left[columns[name]], y), (left[columns[name]] + across, y)]
        points.append((boxes[way[-1]].x, ports[way[-2], way[-1], 1]))
        yield Arrow(link["from"], link["to"], tuple(points), INK if link["told"] else QUIET, broken=not link["told"], blocks=link["blocks"])


def _ports(placed: Placed, boxes: Mapping[str, Box]) -> dict[tuple[str, str, int], float]:
    """Where each step of a link leaves its box (0) or arrives at it (1)."""
    steps = list(dict.fromkeys(pair for way in placed.ways.values() for pair in pairwise(way)))
    found = {}
    for name, box in boxes.items():
        for side in (0, 1):
            mine = sorted((step for step in steps if step[side] == name), key=lambda step: placed.middles[step[1 - side]])
            for i, step in enumerate(mine, 1):
                found[(*step, side)] = box.y + box.height * i / (len(mine) + 1)
    return found


def _heads(parts: Links, layer: Mapping[str, int], left: Sequence[float], across: float) -> Iterator[Caption]:
    for i, x in enumerate(left):
        kinds = [kind for kind in _FILL if any(layer[part["id"]] == i and part["kind"] == kind for part in parts)]
        words = word("part", kinds[0]) if len(kinds) == 1 else word("part", "outcome_context")
        yield Caption(words, x, 0.12, across, _EDGE[kinds[-1]], LABEL + 1)


def _levels(placed: Placed, known: Mapping[str, Mapping[str, Any]], boxes: Mapping[str, Box]) -> Iterator[Caption]:
    """The level of outcomes, above the first of them in each column."""
    for row in placed.layers:
        before = ""
        for name in row:
            level = known.get(name, {}).get("level", "")
            if level and level != before:
                yield Caption(text.one_line(level), boxes[name].x, boxes[name].y - 0.09, boxes[name].width, QUIET, TINY, centred=False)
            before = level or before


def sheet(result: Result) -> Sheet:
    """The diagram with what its signs and arrows mean, as far as they occur."""
    made = diagram(result)

    def draw(canvas: Any, top: float) -> None:
        for arrow in made.arrows:
            canvas.arrow([(x, y + top) for x, y in arrow.points], arrow.colour, broken=arrow.broken, blocks=arrow.blocks)
        for box in made.boxes:
            _draw_box(canvas, box, top)
        for caption in made.captions:
            x = caption.x + caption.width / 2 if caption.centred else caption.x
            canvas.text(x, caption.y + top, caption.words, caption.size, align="center" if caption.centred else "left", bold=True, colour=caption.colour)

    whole = both(Band(made.height, draw), legend(list(_keys(result))))
    return Sheet(text.one_line(result.title), (), (), (Block(space(0), (whole,), space(0)),), tuple(explained(result)), width=made.width)


def _draw_box(canvas: Any, box: Box, top: float) -> None:
    canvas.rounded(box.x, box.y + top, box.width, box.height, box.fill, box.edge, 1.6 if box.heavy else 1.0, broken=box.broken)
    y = box.y + top + _PAD
    room = box.width - 2 * _PAD - (measure(box.sign, LABEL, bold=True) + 0.04 if box.sign else 0)
    for words, colour in box.paragraphs:
        lines = wrap(words, SMALL, room)
        canvas.lines(box.x + _PAD, y, lines, SMALL, colour=colour)
        y += (len(lines) + 0.5) * line_height(SMALL)
    if box.sign:
        canvas.text(box.x + box.width - 0.05, box.y + top + box.height - 0.1, box.sign, LABEL, align="right", bold=True, colour=box.sign_colour)


def _keys(result: Result) -> Iterator[Key]:
    """What occurs: the signs, then the arrows."""
    statuses = {part.get("status") for part in result.options["parts"]}
    yield from (Key(word("status_key", status), symbol(sign)) for status, sign in SIGNS.items() if status in statuses)
    links = result.options["links"]
    for told, colour in ((True, INK), (False, QUIET)):
        if any(link["told"] is told for link in links):
            yield Key(word("path", "told" if told else "assumed"), _line(colour, broken=not told))
    if any(link["blocks"] for link in links):
        yield Key(word("path", "blocks"), _bar)


def _line(colour: str, *, broken: bool) -> Any:
    return lambda canvas, x, y: canvas.line([x - 0.09, x + 0.09], [y, y], colour, 0.9 if broken else 1.1, dashes=BROKEN if broken else ())


def _bar(canvas: Any, x: float, y: float) -> None:
    canvas.line([x - 0.09, x + 0.07], [y, y], INK, 1.1)
    canvas.line([x + 0.07, x + 0.07], [y - 0.05, y + 0.05], INK, 1.8)


def explained(result: Result) -> Iterator[str]:
    """What colours and signs say, and what they do not."""
    parts = result.options["parts"]
    offers = any(part.get("resource") and part.get("reasoning") for part in parts)
    told = [say("theory.offers")] if offers else []
    told += [say("theory.unwelcome")] if any(part.get("unwelcome") for part in parts) else []
    yield " ".join((*told, say("theory.signs")))


def in_words(result: Result) -> str:
    """The signs and arrows of the diagram in one sentence each, for those who read it as shapes without its legend."""
    keys = [f"{sign} {word('status_key', status)}" for status, sign in SIGNS.items() if status in {part.get("status") for part in result.options["parts"]}]
    return say("theory.key", signs="; ".join(keys), rest=" ".join(explained(result)))
