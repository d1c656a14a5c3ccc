"""Quotations: read, checked three ways, and shown as they are; nothing is picked and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from rpgstat import tally
from rpgstat.analyses.quotes import quotes as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.read.coding.quotes import Quote, read_names, read_quotes
from rpgstat.result import Result
from rpgstat.study import Group, normalise
from rpgstat.tally._quotes import NOT_FOUND, capitals, role_in, stands, telling
from rpgstat.text import listing
from rpgstat.workflow.inputs import check_declared
from rpgstat.workflow.material import Opened

_TWO = 2
_People = Mapping[str, list[dict[str, int]]]
"""By wave, the people of each group of each grouping."""


def checked_quotes(opened: Opened, *, allow_names: bool, waves: Sequence[str] = ()) -> Result:
    """The result `quotes`. Raises UserError for a quotation of no theme or wave, one that may tell who speaks, and a speaker whose role few people have."""
    declared = opened.study.quotes
    assert declared is not None  # who calls has seen to it
    path = opened.folder / declared.file
    check_declared(path, "[quotes]")
    found = read_quotes(path)
    names = read_names(opened.folder / declared.names) if declared.names else ()
    _check_speakers(path.name, found)
    people = dict(_people(opened)) if opened.study.groups else {}
    _check_roles(opened, path.name, found, people)
    _check_crosses(opened, path.name, found, people)
    if not allow_names:
        _check_names(path.name, found, names)
    texts = {normalise(source): text for one in opened.files for source, text in one.texts.items()}
    rows = [_row(opened, path.name, quote, texts) for quote in found]
    kept = [row for row in rows if not waves or row["wave"] in waves or row["wave"] is None]
    return analyse(opened.study, kept, [*_warnings(path.name, found, rows), *_nearly_all_called(opened, path.name, found, people)])


def _row(opened: Opened, file: str, quote: Quote, texts: Mapping[str, Callable[[], str | None]]) -> dict[str, Any]:
    known = {normalise(name): theme for theme in opened.study.themes for name in (theme.name, theme.id)}
    theme = known.get(normalise(quote.theme))
    if theme is None and opened.study.themes:
        raise UserError(f"{file}: row {quote.row} is of theme `{quote.theme}`, which the study does not declare", did_you_mean(quote.theme, known))
    waves = {normalise(wave): wave for wave in opened.waves}
    if quote.wave and normalise(quote.wave) not in waves:
        raise UserError(f"{file}: row {quote.row} is of wave `{quote.wave}`, in which nothing was coded", did_you_mean(quote.wave, opened.waves))
    text = texts.get(normalise(quote.source))
    return {
        "id": quote.id,
        "theme": theme.name if theme else quote.theme,
        "valence": theme.valence if theme else None,
        "wave": waves.get(normalise(quote.wave)),
        "speaker": quote.speaker,
        "quote": quote.words,
        "found": stands(quote.words, text() if text else None),
    }


def _check_speakers(file: str, found: Sequence[Quote]) -> None:
    """One source is one speaker, and two are never the same: else a reader would put together what two people said."""
    speakers: dict[str, Quote] = {}
    sources: dict[str, Quote] = {}
    for quote in found:
        if not quote.source:
            continue
        first = speakers.setdefault(normalise(quote.source), quote)
        if normalise(first.speaker) != normalise(quote.speaker):
            raise UserError(
                f"{file}: rows {first.row} and {quote.row} are of one source, and call its speaker differently", "call one speaker the same throughout"
            )
        first = sources.setdefault(normalise(quote.speaker), quote)
        if normalise(first.source) != normalise(quote.source):
            raise UserError(f"{file}: rows {first.row} and {quote.row} are of two sources, and call their speakers the same", "tell the speakers apart")


def _check_names(file: str, found: Sequence[Quote], names: Sequence[str]) -> None:
    for quote in found:
        for told, where in ((quote.words, "quotation"), (quote.speaker, "speaker")):
            what = list(telling(told, names))
            if what:
                problem = f"{file}: row {quote.row}: the {where} holds {listing(what)}"
                raise UserError(problem, "put something in [square brackets] in its place; --allow-names passes it as it is")


def _check_roles(opened: Opened, file: str, found: Sequence[Quote], people: _People) -> None:
    """Raises UserError for a role that fewer people than `hide_below` have in the wave: invited, else returned."""
    few = opened.study.disclosure.hide_below
    for quote in found:
        asked = {wave: sizes for wave, sizes in people.items() if not quote.wave or wave == normalise(quote.wave)}
        for wave, sizes in ((wave, own) for wave, listed in asked.items() for own in listed):
            role = role_in(quote.speaker, sizes)
            if role is not None and sizes[role] < few:
                problem = f"{file}: row {quote.row}: the speaker is called by a role, `{role}`, that fewer than {few} people have in {wave}"
                raise UserError(problem, "use a broader wording, such as practitioner or manager")


def _nearly_all_called(opened: Opened, file: str, found: Sequence[Quote], people: _People) -> Iterator[str]:
    """A warning for a theme of which so many speakers are called by a group that hardly anybody is left: so many of each group spoke of it, at least."""
    labels = {label for listed in people.values() for own in listed for label in own}
    answers = [one for one in opened.heard() if one.kind == "answers"] if labels else []
    for one in answers:
        for theme in next(book for book in opened.books if book.source == one.source).themes:
            spoke = sum(n for codes, n in one.patterns.items() if theme.within(codes))
            named = {normalise(theme.name), normalise(theme.id)}
            own = [quote for quote in found if normalise(quote.theme) in named and normalise(quote.wave) in ("", normalise(one.wave or ""))]
            called = len({normalise(quote.source or quote.speaker) for quote in own if role_in(quote.speaker, labels)})
            if called and spoke - called < opened.study.disclosure.hide_below:
                where = f" in {one.wave}" if one.wave else ""
                told = f"all who spoke of `{theme.name}`{where}, or nearly, are quoted and called by a group"
                yield f"{file}: {told}, which tells how many of each group did; leave groups out of speakers, or pass on no themes by group"


def _check_crosses(opened: Opened, file: str, found: Sequence[Quote], people: _People) -> None:
    """The same for a speaker who is called by groups of two groupings, of those who returned the questionnaire."""
    study = opened.study
    if len(study.groups) < _TWO or not study.batteries or not any(wave.file for wave in study.waves):
        return
    known = [{label for own in people.values() for label in own[at]} for at in range(len(study.groups))]
    for quote in found:
        called = [(group, label) for group, labels in zip(study.groups, known, strict=True) if (label := role_in(quote.speaker, labels))]
        for own in combinations(called, 2):
            for wave, n in _together(opened, [group for group, _ in own], [group.aliases.get(label, label) for group, label in own]):
                if n < study.disclosure.hide_below and normalise(quote.wave or wave) == normalise(wave):
                    words, few = " and ".join(f"`{label}`" for _, label in own), study.disclosure.hide_below
                    problem = f"{file}: row {quote.row}: the speaker is called by two groups, {words}, that fewer than {few} people have both in {wave}"
                    raise UserError(problem, "name one of them, or use a broader wording")


def _together(opened: Opened, groups: Sequence[Group], labels: Sequence[str]) -> Iterator[tuple[str, int]]:
    """By wave how many people have these labels of two groupings."""
    case = opened.case
    _, filled = tally.returns(case.study, case.sources, groups, files=case.files(opened.study.groups))
    wanted = tuple(map(normalise, labels))
    for wave, keys in filled.items():
        yield wave, sum(one.returned for key, one in keys.items() if tuple(normalise(label or "") for label in key) == wanted)


def _people(opened: Opened) -> Iterator[tuple[str, list[dict[str, int]]]]:
    """By wave, the people of each group of each grouping."""
    study = opened.study
    returned: dict[tuple[str, str], dict[str, int]] = {}
    if study.batteries and any(wave.file for wave in study.waves):
        case, rows = opened.case, opened.case.files(study.groups)
        for group in study.groups:
            _, filled = tally.returns(case.study, case.sources, [group], files=rows)
            for name, keys in filled.items():
                returned[name, group.name] = {key[0]: one.returned for key, one in keys.items() if key[0]}
    for wave in study.waves:
        sizes = []
        for group in study.groups:
            nobody = dict.fromkeys(group.levels, 0) if (wave.name, group.name) in returned else {}
            own = nobody | returned.get((wave.name, group.name), {}) | dict(wave.invited_by.get(group.name, {}))
            sizes.append(own | {alias: own[level] for alias, level in group.aliases.items() if level in own})
        yield normalise(wave.name), sizes


def _warnings(file: str, found: Sequence[Quote], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    missing = [str(quote.row) for quote, row in zip(found, rows, strict=True) if row["found"] == NOT_FOUND]
    if missing:
        yield f"{file}: the words of {'row' if len(missing) == 1 else 'rows'} {listing(missing)} do not stand in the source that is named"
    look = {quote.row: words for quote in found if (words := capitals(quote.words))}
    for row, words in look.items():
        yield f"{file}: row {row}: look at {listing([f'`{word}`' for word in words[:5]])}: a name of a person or a place?"
