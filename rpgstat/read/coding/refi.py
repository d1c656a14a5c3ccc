"""REFI-QDA, the exchange format of coding programs: projects (.qdpx, .qde) and code books (.qdc)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from xml.etree import ElementTree
from xml.parsers import expat

from rpgstat import archive
from rpgstat.errors import UserError
from rpgstat.read.coding.passages import Words
from rpgstat.read.coding.paths import paths
from rpgstat.read.files import Source
from rpgstat.study import normalise
from rpgstat.study.coding import Applied, Code, CodePath, Coding, Unit
from rpgstat.study.themes import Coded
from rpgstat.text import plural

MOST_XML, MOST_TEXT = 200_000_000, 50_000_000
"""Bytes of a project and of the text of one source; a project of 10,000 codings has 10 MB, an hour of interview 100 kB."""

_DEEPEST = 200  # code systems are ten deep at the most
_SELECTIONS = frozenset("PlainTextSelection PDFSelection PictureSelection AudioSelection VideoSelection TranscriptSelection".split())
_INTERNAL = re.compile(r"(?:internal|relative):/+", re.IGNORECASE)

Element = ElementTree.Element


@dataclass
class _Project:
    """A project while it is read; `words` gives the text of a source from its path."""

    file: Source
    coded: Coded
    wanted: tuple[str, ...]
    words: Callable[[str], str | None]
    codes: dict[str, CodePath] = field(default_factory=dict)
    told: dict[CodePath, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    sets: dict[str, list[str]] = field(default_factory=dict)
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    unknown: int = 0
    beyond: int = 0
    lost: int = 0


def read_project(source: Source, coded: Coded, wanted: tuple[str, ...]) -> Coding:
    """The coded material of a .qdpx: its project, and the texts beside it, which are read when they are needed. Raises UserError for a damaged one."""
    damaged = _damaged(source.name)
    parts = {part.casefold(): part for part in archive.names(source.path, damaged)}
    project = next((part for low, part in sorted(parts.items(), key=lambda pair: pair[0].count("/")) if low.endswith(".qde")), None)
    if project is None:
        raise UserError(f"{source.name}: has no project (.qde) in it", "export it again as a REFI-QDA project (.qdpx)")
    xml = archive.whole(source.path, project, MOST_XML, _large(source.name, MOST_XML), damaged)

    def words(path: str) -> str | None:
        plain = _INTERNAL.sub("", path)
        part = parts.get(f"sources/{plain}".casefold()) or parts.get(plain.casefold())
        return _text(archive.whole(source.path, part, MOST_TEXT, _large(source.name, MOST_TEXT), damaged)) if part else None

    return _coding(xml, source, coded, wanted, words)


def read_exchange(source: Source, coded: Coded, wanted: tuple[str, ...]) -> Coding:
    """The coded material of a .qde, or the code book in a .qdc, whose texts stand elsewhere. Raises UserError for a damaged one."""
    if source.path.stat().st_size > MOST_XML:
        raise _large(source.name, MOST_XML)
    folder = source.path.parent

    def words(path: str) -> str | None:
        plain = PurePosixPath(_INTERNAL.sub("", path))
        near = folder / "sources" / plain.name  # only beside the file: a path in it may lead anywhere
        return _text(near.read_bytes()) if near.is_file() and near.stat().st_size <= MOST_TEXT else None

    return _coding(source.path.read_bytes(), source, coded, wanted, words)


def is_exchange(start: bytes) -> bool:
    """Whether a file begins as REFI-QDA does."""
    return b"<Project" in start or b"<CodeBook" in start or b"urn:QDA-XML" in start


def _damaged(name: str) -> UserError:
    return UserError(f"{name}: the project is damaged", "export it again as a REFI-QDA project (.qdpx)")


def _large(name: str, most: int) -> UserError:
    return UserError(f"{name}: a part of it unpacks to more than {most // 1_000_000} MB", "export the project without what is not coded")


def _text(data: bytes) -> str:
    """The text that offsets are counted in: code points, line ends as line feeds."""
    coding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data.decode(coding, errors="replace").replace("\r\n", "\n")


def _checked(xml: bytes, name: str) -> Element:
    """The root of an XML document without entities of its own. Raises UserError for one that has some, is nested too deeply, or is damaged."""
    parser, depth = expat.ParserCreate(), 0

    def begin(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UserError(f"{name}: is nested more than {_DEEPEST} deep", "export it again as a REFI-QDA project (.qdpx)")

    def end(_: object) -> None:
        nonlocal depth
        depth -= 1

    def entities(*_: object) -> None:
        raise UserError(f"{name}: defines entities of its own, which no project needs", "export it again as a REFI-QDA project (.qdpx)")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = begin, end, entities
    try:
        parser.Parse(xml, True)
        return ElementTree.fromstring(xml)
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        raise _damaged(name) from error


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _under(element: Element, *names: str) -> Iterator[Element]:
    """The elements that a path of names leads to."""
    for own in element:
        if _local(own) == names[0]:
            if len(names) == 1:
                yield own
            else:
                yield from _under(own, *names[1:])


def _all(element: Element, name: str) -> Iterator[Element]:
    return (own for own in element.iter() if _local(own) == name)


def _coding(xml: bytes, source: Source, coded: Coded, wanted: tuple[str, ...], words: Callable[[str], str | None]) -> Coding:
    root = _checked(xml, source.name)
    if _local(root) not in ("Project", "CodeBook"):
        raise UserError(f"{source.name}: is XML, but no REFI-QDA project", "export the project as REFI-QDA (.qdpx), or its codings as a table")
    project = _Project(source, coded, wanted, words)
    book = root if _local(root) == "CodeBook" else next(_under(root, "CodeBook"), None)
    for codes in _under(book, "Codes") if book is not None else ():
        _codes(project, codes)
    project.users = {user.get("guid", ""): user.get("name") or user.get("id") or "" for user in _all(root, "User")}
    _beside(project, root)
    return _read(project, root)


def _codes(project: _Project, codes: Element) -> None:
    """The codes with those above them; names that hold their parents, as ATLAS.ti writes them, are split."""
    waiting: list[tuple[Element, CodePath]] = [(codes, ())]
    found: list[tuple[str, CodePath, str]] = []
    while waiting:
        element, above = waiting.pop()
        for code in _under(element, "Code"):
            path = (*above, (code.get("name") or "").strip() or "(no name)")
            found.append((code.get("guid", ""), path, next((own.text or "" for own in _under(code, "Description")), "").strip()))
            waiting.append((code, path))
    split = paths([name for _, path, _ in found for name in path[:1]], project.coded.separator)
    for guid, path, text in found:
        whole = (*split[path[0]], *path[1:])
        project.codes[guid] = whole
        project.told.setdefault(whole, text)


def _beside(project: _Project, root: Element) -> None:
    """Groups of documents, cases, and the variables of both."""
    names = {variable.get("guid", ""): variable.get("name") or "" for variable in _under(root, "Variables", "Variable")}
    for group in _under(root, "Sets", "Set"):
        for member in _under(group, "MemberSource"):
            project.sets.setdefault(member.get("targetGUID", ""), []).append((group.get("name") or "").strip())
    for case in _under(root, "Cases", "Case"):
        name = case.get("name") or case.get("guid") or ""
        own, values = [ref.get("targetGUID", "") for ref in _under(case, "SourceRef")], _values(case, names)
        for guid in own:
            project.cases.setdefault(guid, []).append(name)
            project.cells.setdefault(guid, {}).update(values)
    for holder in _under(root, "Sources"):
        for source in holder:
            project.cells.setdefault(source.get("guid", ""), {}).update(_values(source, names))


def _values(element: Element, names: dict[str, str]) -> dict[str, str]:
    found = {}
    for value in _under(element, "VariableValue"):
        name = next((names.get(ref.get("targetGUID", ""), "") for ref in _under(value, "VariableRef")), "")
        told = next((own.text or "" for own in value if _local(own).endswith("Value")), "")
        if name:
            found[name] = told.strip()
    return found


def _read(project: _Project, root: Element) -> Coding:
    units: dict[str, int] = {}
    found: list[Unit] = []
    times: dict[tuple[int, CodePath, str], int] = {}
    judged: dict[str, set[int]] = {}
    texts: dict[str, Callable[[], str | None]] = {}
    documents = [source for holder in _under(root, "Sources") for source in holder]
    for number, source in enumerate(documents, start=1):
        unit = _unit(project, source, number)
        place = units.setdefault(normalise(unit.name), len(found))
        if place == len(found):
            found.append(unit)
        texts[unit.source] = partial(_words, project, source)
        for code, coder in _codings(project, source, number):
            times[place, code, coder] = times.get((place, code, coder), 0) + 1
            judged.setdefault(coder, set()).add(place)
    if len(judged) < 2:  # one person, who looked at everything
        judged = {next(iter(judged), ""): set(range(len(found)))}
    return Coding(
        file=project.file.name,
        path=project.file.path,
        layout="refi",
        units=tuple(found),
        codes=tuple(Code(path, text) for path, text in project.told.items()),
        applied=tuple(Applied(unit, code, coder, n) for (unit, code, coder), n in times.items()),
        judged={coder: frozenset(own) for coder, own in judged.items()},
        rows=len(documents),
        texts=texts,
        warnings=tuple(_warnings(project, sum(times.values()), len(documents))),
    )


def _unit(project: _Project, source: Element, number: int) -> Unit:
    """The unit of a source: the source itself, or its case where the study says unit = "case"."""
    guid = source.get("guid", "")
    path = source.get("plainTextPath") or source.get("path") or source.get("richTextPath") or ""
    name = (source.get("name") or "").strip() or PurePosixPath(_INTERNAL.sub("", path)).stem or f"Source {number}"
    cells = {header: value for header, value in project.cells.get(guid, {}).items() if header in project.wanted}
    case = project.cases.get(guid, [])[:1] if project.coded.unit == ("case",) else []
    return Unit(case[0] if case else f"{name} ({number})", name, cells, tuple(project.sets.get(guid, [])))


def _words(project: _Project, source: Element) -> str | None:
    """The text of a source: what stands in the project, else the file beside it; None where there is none worth the name."""
    path = source.get("plainTextPath") or next((text.get("plainTextPath") for text in _all(source, "Representation") if text.get("plainTextPath")), None)
    inline = next((own.text for own in _all(source, "PlainTextContent")), None)
    text = inline.replace("\r\n", "\n") if inline else project.words(path) if path else None
    return text if text and len(text.strip()) > 1 else None  # NVivo for Mac writes texts of one byte


def _codings(project: _Project, source: Element, number: int) -> Iterator[tuple[CodePath, str]]:
    text: Words | None = None
    looked = False
    for holder in (source, *(own for own in source.iter() if _local(own) in _SELECTIONS)):
        codings = list(_under(holder, "Coding"))
        if codings and holder is not source and _local(holder) == "PlainTextSelection":
            if not looked:
                words, looked = _words(project, source), True
                text = Words(words) if words else None
            _look(project, source, holder, text, number)
        for coding in codings:
            coder = project.users.get(coding.get("creatingUser") or holder.get("creatingUser") or "", "")
            for ref in _under(coding, "CodeRef"):
                code = project.codes.get(ref.get("targetGUID", ""))
                if code is None:
                    project.unknown += 1
                else:
                    yield code, coder


def _look(project: _Project, source: Element, selection: Element, text: Words | None, number: int) -> None:
    """Count a selection that does not stand where it should. Raises UserError for a place that no text has."""
    name, ends = project.file.name, [selection.get("startPosition"), selection.get("endPosition")]
    if any(end is not None and not end.strip().isdecimal() for end in ends) or (None not in ends and int(ends[0] or 0) > int(ends[1] or 0)):
        raise UserError(f"{name}: a selection in source {number} has no sound place (from {ends[0]} to {ends[1]})", "the project is damaged: export it again")
    start, end = (int(place or 0) for place in ends)
    if text and end > text.longest:
        if _local(source) == "TextSource":  # of a PDF or a recording there may be a shorter form beside the one coded
            hint = "the project is damaged, or its texts are of another version: export it again"
            raise UserError(f"{name}: a selection in source {number} ends beyond its text", hint)
        project.beyond += 1
    elif text and end and text.lost(selection.get("name", ""), start, end):
        project.lost += 1


def _warnings(project: _Project, codings: int, sources: int) -> Iterator[str]:
    name = project.file.name
    if project.unknown:
        yield f"{name}: {plural(project.unknown, 'coding')} with a code that is not in its code book; not counted"
    if project.beyond:
        yield f"{name}: {plural(project.beyond, 'selection')} beyond the end of the text that stands beside a PDF, picture or recording; the codes count"
    if project.lost:
        yield f"{name}: {plural(project.lost, 'selection')} whose words stand elsewhere in the text than the project says; the codes count"
    if not codings and sources:
        yield f"{name}: holds no codings: {plural(len(project.codes), 'code')}, {plural(sources, 'source')}"
