"""Writes a study file as one would by hand, with a line above each section for whoever edits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from textwrap import wrap

from rpgstat.study.model import Battery, Disclosure, Group, Item, Scale, Study, Wave
from rpgstat.study.remarks import NO_REMARKS, Remarks
from rpgstat.study.toml import key_name, quoted

_WIDTH = 140
_MOST_CHOICES = 4  # other scales that are written beside one

_NO_ID = '# id = "Respondent ID"    # the column that tells who is who, when the same people answer in every wave'
_GROUPS = "# Columns to break results down by, each under a short name."
_NO_GROUPS = f'{_GROUPS}\n# [groups]\n# role = "Job role"'
_SUGGESTED = f"""\
{_GROUPS}
# These columns may be groups. To use one, remove the # before its lines and put the levels in order.
# Check everything under `aliases`: it only looks alike."""
_SCALES = """\
# Answers, lowest first, scored 1, 2, 3 ... unless `scores` says otherwise: check the order. `aliases` are other wordings of a level;
# `not_applicable` are answers off the scale, such as "Don't know", which are counted but enter no mean."""
_NUMBERS = """\
# Nobody has said what these numbers mean, so they give means only: no share that agrees, no midpoint, no reversed statements.
# To have those, delete the next line if a higher number means more; if not, put labels in place of the numbers, lowest first, and say `codes`.
unlabelled = true"""
_DISCLOSURE = "# Of fewer people than `hide_below` nothing is shown, of fewer than `detail_from` the mean only."
_POPULATION = "# What share of all the people that the survey is about belongs to each group."
_DATA = "# One file holds all waves."
_WAVES = "# Waves, earliest first. Under each, `invited = 200` says how many people were asked."
_BATTERIES = """\
# Statements, in sets that share a scale. Add `reverse = true` where agreeing with the statement is the unwelcome answer,
# and `column = "..."` where the export words it differently."""
_TO_CHOOSE = "Nobody declared which scale this is, and the answers fit each of these: remove the # before the one that was asked."
_ALSO_FIT = "Not certain: the answers fit these too. If one of them was asked, put it in the place of the line above."
_TO_ORDER = "Put these in order, lowest first, then remove the # before them."
_SPARE_DRAFTS = """\
# Answers that several statements share, in no known order or on more than one known scale, and so not scored yet. To use some, remove the
# first # of each of their lines, then put the levels in order; `rpgstat init --ask` asks for the order instead."""


def to_toml(
    study: Study,
    *,
    comments: Sequence[str] = (),
    drafts: Sequence[Battery] = (),
    suggested: Sequence[tuple[Group, str]] = (),
    remarks: Remarks = NO_REMARKS,
) -> str:
    r"""The study as a study file, `comments` first; `from_toml` reads the same study back.

    `drafts` are batteries on scales whose levels are in no order yet, or of which several fit: they come last, as comments, so that none is
    taken by mistake. `remarks` stand above what they are about.

    `suggested` are groups that a column may make, each with a remark on what it holds; they are comments. So are a scale's `choices` beside its levels.

    Left out: whatever is at its default, `warnings`, and what no key declares, such as `family`. A fractional score is written as a decimal.
    Raises ValueError when two different scales have one name.

    >>> agreement = Scale("agreement", ("Disagree", "Agree"))
    >>> text = to_toml(Study((), (Battery("Skills", agreement, (Item("reflect", "I reflect"),)),)), comments=["Draft"])
    >>> print("\n".join(line for line in text.splitlines() if line[:1] not in ("", "#")))
    [scales.agreement]
    levels = ["Disagree", "Agree"]
    [[batteries]]
    name = "Skills"
    scale = "agreement"
    items = [
      { id = "reflect", text = "I reflect" },
    ]
    """
    blocks = [
        *([_comment(_folded(comments))] if comments else []),
        _lines(
            *(_entry("title", study.title), _entry("language", study.language), *_remark(remarks.id)),
            *(_entry("id", study.id_column) or remarks.no_id or _NO_ID, *_people(study)),
        ),
        *(_above(_GROUPS, _groups(study.groups)) if study.groups else [_NO_GROUPS] if not suggested else []),
        *_above(_SUGGESTED, (_comment([*_folded([remark]), _group(group)]) for group, remark in suggested)),
        *_above(_SCALES, (_lines(*_remark(remarks.scales.get(scale.name)), _scale(scale)) for scale in _scales(study.batteries))),
        *([_disclosure(study.disclosure)] if study.disclosure != Disclosure() else []),
        *([_lines("[check]", _entry("ignore", study.ignore))] if study.ignore else []),
        *_above(_POPULATION, (_margin(group, shares) for group, shares in study.population.items())),
        *([_data(study)] if study.in_one else []),
        *_above(_WAVES, (_lines(*_remark(remarks.waves.get(wave.name)), _wave(wave)) for wave in study.waves)),
        *_above(_BATTERIES, (_battery(battery, remarks) for battery in study.batteries)),
        *_questions(study, remarks),
        *_spare(drafts, remarks),
    ]
    if study.coded or study.themes or study.quotes or study.joint:
        from rpgstat.study.write_themes import themes_to_toml  # only a study that has some needs it

        blocks += themes_to_toml(study)
    if study.theory or study.timeline:
        from rpgstat.study.write_theory import theory_to_toml  # only a study that has some needs it

        blocks += theory_to_toml(study)
    return "\n\n".join(blocks) + "\n"


def _above(comment: str, blocks: Iterable[str]) -> list[str]:
    """The blocks, with the comment directly above the first."""
    found = list(blocks)
    return [f"{comment}\n{found[0]}", *found[1:]] if found else []


def _comment(lines: Sequence[str]) -> str:
    """Comment lines; what cannot be printed, and so might end the line, becomes a space."""
    printable = ("".join(c if c.isprintable() else " " for c in line) for text in lines for line in text.splitlines() or [""])
    return "\n".join(f"# {line}".rstrip() for line in printable)


def _people(study: Study) -> list[str]:
    said = {"linked = true": study.linked, 'duplicates = "keep"': study.keep_duplicates, 'unfinished = "drop"': study.drop_unfinished}
    return [line for line, holds in said.items() if holds]


def _groups(groups: Sequence[Group]) -> list[str]:
    if all(len(group.columns) == 1 and not group.levels and not group.aliases for group in groups):
        return [_lines("[groups]", *(_entry(key_name(group.name), group.columns[0]) for group in groups))]
    return list(map(_group, groups))


def _group(group: Group) -> str:
    head = _lines(f"[groups.{key_name(group.name)}]", _columns(group.columns))
    if group.bands:
        return _lines(head, _entry("bands", group.bands))
    levels = [level for level in group.levels if level != group.other]
    return _lines(head, _entry("levels", levels), _entry("aliases", group.aliases), _entry("other", group.other))


def _spare(batteries: Sequence[Battery], remarks: Remarks) -> list[str]:
    """Each scale with the batteries on it, as comments."""
    drafts = (
        "\n\n".join([_scale(scale, ordered=False), *(_battery(battery, remarks) for battery in batteries if battery.scale == scale)])
        for scale in _scales(batteries)
    )
    return _above(_SPARE_DRAFTS, (_comment([draft]) for draft in drafts))


def _remark(words: str | None) -> list[str]:
    """The remark as comment lines."""
    return [_comment(_folded([words]))] if words else []


def _folded(texts: Iterable[str]) -> list[str]:
    """The texts in lines of readable length, those that run on indented."""
    lines = (line for text in texts for line in text.splitlines() or [""])
    return [part for line in lines for part in wrap(line, _WIDTH - 2, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False) or [""]]


def _scales(batteries: Sequence[Battery]) -> list[Scale]:
    found: dict[str, Scale] = {}
    for battery in batteries:
        if found.setdefault(battery.scale.name, battery.scale) != battery.scale:
            raise ValueError(f"two scales are named {battery.scale.name}")
    return list(found.values())


def _scale(scale: Scale, *, ordered: bool = True) -> str:
    numbers = () if scale.labelled else tuple(map(Fraction, scale.levels))
    scored_by_default = scale.scores == Scale("", scale.levels).scores and (scale.labelled or scale.scores == numbers)
    levels = _entry("levels", numbers or scale.levels)
    found = [_entry("levels", choice, wrap=False) for choice in scale.choices if choice != scale.levels]
    others = [*found[:_MOST_CHOICES], *([f"and {len(found) - _MOST_CHOICES} more, longer ones"] if len(found) > _MOST_CHOICES else [])]
    return _lines(
        f"[scales.{key_name(scale.name)}]",
        levels if ordered else _comment([_TO_CHOOSE if others else _TO_ORDER, levels, *others]),
        _comment([_ALSO_FIT, *others]) if ordered and others else "",
        "" if scale.labelled else _NUMBERS,
        _entry("aliases", scale.aliases),
        _entry("not_applicable", scale.not_applicable),
        "" if scored_by_default else _entry("scores", scale.scores),
        _entry("codes", scale.codes),
    )


def _disclosure(rule: Disclosure) -> str:
    tiers = (f"hide_below = {rule.hide_below}", f"detail_from = {rule.detail_from}")
    return _lines(_DISCLOSURE, "[disclosure]", *tiers, "themes = true" if rule.themes else "", "" if rule.secondary else "secondary = false")


def _margin(group: str, shares: Mapping[str, float]) -> str:
    return _lines(f"[population.{key_name(group)}]", *(f"{key_name(label)} = {share!r}" for label, share in shares.items()))


def _data(study: Study) -> str:
    keys = {"file": study.data_file, "platform": study.data_platform, "sheet": study.data_sheet, "table": study.data_table}
    keys |= {"key": study.data_key, "wave": study.wave_column}
    return _lines(_DATA, "[data]", *(_entry(key, value) for key, value in keys.items()))


def _wave(wave: Wave) -> str:
    own = _lines(
        "[[waves]]",
        _entry("name", wave.name),
        _entry("file", wave.file),
        _entry("platform", wave.platform),
        _entry("sheet", wave.sheet),
        _entry("key", wave.key),
        _entry("event", wave.event),
        _entry("retrospective", wave.retrospective),
        _entry("date" if wave.until is None else "from", wave.date),
        _entry("to", wave.until),
        _entry("time", wave.time),
        _entry("invited", wave.invited),
        _entry("keep", wave.keep),
    )
    return "\n".join([own, *(_invited(group, people) for group, people in wave.invited_by.items())])


def _invited(group: str, people: Mapping[str, int]) -> str:
    return _lines(f"[waves.invited_by.{key_name(group)}]", *(_entry(key_name(level), number) for level, number in people.items()))


def _battery(battery: Battery, remarks: Remarks = NO_REMARKS) -> str:
    head = _lines(*_remark(remarks.batteries.get(battery.name)), "[[batteries]]", _entry("name", battery.name), _entry("scale", battery.scale.name))
    items = (line for item in battery.items for line in (*_remark(remarks.items.get(item.id)), f"{_item(item)},"))
    return "\n".join([head, "items = [", *(f"  {line}" for found in items for line in found.split("\n")), "]"])


def _questions(study: Study, remarks: Remarks) -> list[str]:
    if not study.questions:
        return []
    from rpgstat.study.write_questions import questions_to_toml  # only a study that has some needs it

    return questions_to_toml(study.questions, {id: line for id, words in remarks.questions.items() for line in _remark(words)})


def _item(item: Item) -> str:
    parts = [_entry("id", item.id), _entry("text", item.text), _columns(item.columns, wrap=False), _before(item), _reverse(item)]
    return "{ " + ", ".join(filter(None, parts)) + " }"


def _before(item: Item) -> str:
    return _entry("before", item.before[0] if len(item.before) == 1 else item.before, wrap=False)


def _reverse(item: Item) -> str:
    """The declaration on how the statement is worded, where there is one."""
    return "" if item.reverse is None else f"reverse = {str(item.reverse).lower()}"


def _columns(columns: Sequence[str], *, wrap: bool = True) -> str:
    return _entry("column", columns[0] if len(columns) == 1 else columns, wrap=wrap)


def _entry(key: str, value: object, *, wrap: bool = True) -> str:
    """`key = value`, or nothing where the value is nothing."""
    if not value:
        return ""
    line = f"{key} = {_value(value)}"
    if wrap and len(line) > _WIDTH and isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join([f"{key} = [", *(f"  {_value(entry)}," for entry in value), "]"])
    return line


def _value(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else str(float(value))
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key_name(key)} = {_value(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value)


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))
