"""Asks about the waves: their order, names and numbers invited, and which column tells who is who."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rpgstat.study import Wave, normalise
from rpgstat.text import listing, shortened
from rpgstat.workflow.asking.prompts import Choice, Walk, Words, confirm, in_order
from rpgstat.workflow.drafting import Draft

Redraft = Callable[[Sequence[int]], Draft]
"""The draft of the same files in another order."""


def ask_order(draft: Draft, again: Redraft) -> Walk[Draft]:
    """The draft with the waves in their order."""
    if draft.study.wave_column is not None:
        return (yield from _column(draft))
    waves = draft.study.waves
    if len(waves) < 2:
        return draft
    shown = tuple(map(_described, waves))
    by_date = sorted(range(len(waves)), key=lambda at: waves[at].date or "")
    dated = all(wave.date for wave in waves)
    if dated and by_date != list(range(len(waves))):
        about = "The files were given in another order than that of their times of answering."
        if (yield from confirm("Put the waves in the order of these times?", about="\n".join([about, *(shown[at] for at in by_date)]))):
            return again(by_date)
    about = "\n".join(f"{at}. {wave}" for at, wave in enumerate(shown, 1))
    if (yield from confirm("Is this the order of the waves, the earliest first?", about=about)):
        return draft
    return again([1, 0] if len(waves) == 2 else (yield from in_order(shown, "Which wave is the earliest?", "Which comes next?")))


def _described(wave: Wave) -> str:
    return f"{wave.name}: {wave.file}" + (f", answered about {wave.date}" if wave.date else "")


def _column(draft: Draft) -> Walk[Draft]:
    """As `ask_order`, for one file in which a column seems to tell waves apart."""
    study = draft.study
    names = tuple(wave.name for wave in study.waves)
    options = ("Yes, in this order, the earliest first", "Yes, but in another order", "No, all of it is one wave")
    said = yield Choice(f"Does the column `{shortened(study.wave_column or '')}` tell waves apart?", options, about=f"It holds {listing(names)}.")
    if said == 2:
        return replace(draft, study=replace(study, waves=(Wave("Wave 1", study.data_file, study.data_platform),), data_file=None, wave_column=None))
    if said == 1:
        order = yield from in_order(names, "Which is the earliest?", "Which comes next?")
        return replace(draft, study=replace(study, waves=tuple(study.waves[at] for at in order)))
    return draft


def ask_names(draft: Draft) -> Walk[Draft]:
    """The draft with the title, the names of the waves and how many people were invited."""
    title = yield Words("What is the study called? It heads every table; Enter leaves it out.", draft.study.title)
    waves: list[Wave] = []
    for wave in draft.study.waves:
        name = wave.name
        if wave.file is not None:  # in one file the names are what its column holds
            name = (yield Words(f"What is the wave of {wave.file} called?", wave.name, _name_check([one.name for one in waves]))).strip()
        invited = (yield Words(f"How many people were invited to `{name}`? Enter if you do not know.", "", _whole_number)).strip()
        waves.append(replace(wave, name=name, invited=int(invited) if invited else None))
    renamed = {old.name: new.name for old, new in zip(draft.study.waves, waves, strict=True)}
    remarks = replace(draft.remarks, waves={renamed[name]: words for name, words in draft.remarks.waves.items()})
    return replace(draft, study=replace(draft.study, title=title.strip(), waves=tuple(waves)), remarks=remarks)


def _name_check(taken: Sequence[str]) -> Callable[[str], str]:
    known = set(map(normalise, taken))

    def check(name: str) -> str:
        if not name.strip():
            return "A wave needs a name."
        return "Another wave has this name." if normalise(name) in known else ""

    return check


def _whole_number(text: str) -> str:
    plain = text.strip()
    return (
        ""
        if not plain or (plain.isascii() and plain.isdecimal() and int(plain[:10]) > 0 and len(plain) < 10)
        else "Write a whole number, such as 214, or nothing."
    )


def ask_ids(draft: Draft) -> Walk[Draft]:
    """The draft with the column that links people over the waves, or none."""
    if not draft.ids:
        return draft
    options = (*(f"`{shortened(one.header, 40)}`: {one.common} of {one.of} values in both" for one in draft.ids), "None of them: nobody can be linked")
    likely = 0 if draft.study.id_column else len(draft.ids)
    about = "These columns hold the same values in two files. Where they are people's own, change is measured for those who came back."
    if any(one.serial for one in draft.ids):
        about += " Small numbers, 1, 2, 3 ..., may only be those of rows."
    at = yield Choice("Which column tells who is who?", options, likely, about)
    header = draft.ids[at].header if at < len(draft.ids) else None
    remark = f"Links people over the waves: {draft.ids[at].told}. You said that these values are people's own." if header else ""
    return replace(draft, study=replace(draft.study, id_column=header), remarks=replace(draft.remarks, id=remark))
