"""How `topline` is set at a given width: what shares a column on a narrow screen, so that the answers keep their room and a table stays whole."""

from __future__ import annotations

from rpgstat.media.pages import Page, Show
from rpgstat.media.terminal.stacks import Part, Stack, Stacks, parts

_MOST_WAVES = 24
_NAMES = {"option": "text", "change_low": "interval", "p_adjusted": "p"}
"""What columns of the page are called in the layouts, where that differs."""

_WAVES = " ".join(f"wave{at} count{at}" for at in range(_MOST_WAVES))


def _stacks(columns: str) -> tuple[Stack, ...]:
    return tuple(tuple(column.split("+")) for column in columns.split())


_WAYS = (
    (28, _stacks(f"text {_WAVES} limits bar top1 top3 change interval p conclusion")),
    (24, _stacks(f"text {_WAVES} limits bar top1 top3 change+interval p conclusion")),
    (22, _stacks(f"text {_WAVES} limits top1 top3 change+interval p conclusion")),
    (20, _stacks(f"text {_WAVES} limits change+interval conclusion+p")),
    (0, _stacks(f"text {_WAVES} limits change+interval+conclusion+p")),
)
"""From wide to narrow."""


def _parts(page: Page, _: Show) -> dict[str, Part]:
    found: dict[str, Part] = {"n": Part("", (), "left")}
    waves: list[str] = []
    for key, part in parts(page).items():
        kind, _space, wave = key.partition(" ")
        if kind in ("wave", "count") and wave:
            waves += [wave] if wave not in waves else []
            found[f"{kind}{waves.index(wave)}"] = part
        else:
            found[_NAMES.get(key, key)] = part
    return found


SCREEN = Stacks(_WAYS, _parts, "answers", lambda _: iter(()))
