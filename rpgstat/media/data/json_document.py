"""JSON: all results as one document, or one line for each row; and the JSON Schema of the document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rpgstat.glossary import COLUMNS, LEFT_OUT, RESULTS, Kind
from rpgstat.glossary.languages import ENGLISH
from rpgstat.result import Input, Result
from rpgstat.version import __version__

VERSION = 2
"""The number of the document's form; a change that a reader of the old form would stumble over raises it."""

_TYPES: dict[Kind, dict[str, Any]] = {
    "text": {"type": ["string", "null"]},
    "count": {"type": ["integer", "null"], "minimum": 0},
    "rank": {"type": ["integer", "null"], "minimum": 1},
    "p": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
    "share": {"type": ["number", "null"], "minimum": -1, "maximum": 1},
    "words": {"type": ["array", "null"], "items": {"type": "string"}},
    "means": {"type": ["array", "null"], "items": {"type": ["number", "null"]}},
    "counts": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0}},
}
_NUMBER = {"type": ["number", "null"]}
_TEXT = {"type": "string"}
NAMES_AND_SIZES = "names and sizes of the parts"
NAME_AND_SHAPE = "name, columns and number of rows of the table"
_IN_PARTS: dict[str, Any] = {
    "parts": {"description": "Of an export in several files, how many they are.", "type": "integer", "minimum": 1},
    "sha256_of": {"description": "What the digest is of, where it is not of the bytes of one file.", "enum": [NAMES_AND_SIZES, NAME_AND_SHAPE]},
    "engine": {"description": "What holds the table and counted it, where it was not rpgstat.", "type": "string"},
}
_INPUT: dict[str, Any] = {
    "name": _TEXT,
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "rows": {"type": "integer", "minimum": 0},
    "left_out": {
        "description": "The columns of the file that no result uses.",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"kind": {"enum": list(LEFT_OUT)}, "text": _TEXT},
            "required": ["kind", "text"],
            "additionalProperties": False,
        },
    },
}


def document(results: Sequence[Result]) -> bytes:
    """All results of one command as one JSON document in UTF-8: full floats, null for what is missing, keys in a fixed order."""
    whole = {
        "schema": VERSION,
        "tool": "rpgstat",
        "version": __version__,
        "command": next((result.command for result in results), ""),
        "inputs": [_input(source) for source in _inputs(results)],
        "options": {key: value for result in results for key, value in {**result.options, **_told(result)}.items()},
        "results": [_result(result) for result in results],
        "warnings": list(dict.fromkeys(warning for result in results for warning in result.warnings)),
    }
    return _encoded(json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=2) + "\n")


def _told(result: Result) -> dict[str, str]:
    """The language of titles, notes and sentences, where it is not English."""
    return {} if result.language == ENGLISH else {"language": result.language}


def lines(results: Sequence[Result]) -> bytes:
    """Each row of each result as one line of JSON, the result's name first."""
    rows = ({"result": result.name, **row} for result in results for row in result.finite_rows)
    return _encoded("".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows))


def _encoded(words: str) -> bytes:
    # A file name may hold bytes that are no UTF-8; written as an escape, JSON can still carry it.
    return words.encode("utf-8", "backslashreplace")


def _inputs(results: Sequence[Result]) -> list[Input]:
    """Each file once, as the first result that used it knows it: those of a report use different ones."""
    found: dict[tuple[str, str], Input] = {}
    for result in results:
        for given in result.inputs:
            found.setdefault((given.name, given.sha256), given)
    return list(found.values())


def _input(given: Input) -> dict[str, Any]:
    known = asdict(given)
    parts, engine = known.pop("parts"), known.pop("engine")
    if engine is not None:
        return known | {"engine": engine, "sha256_of": NAME_AND_SHAPE}
    return known if parts is None else known | {"parts": parts, "sha256_of": NAMES_AND_SIZES}


def _result(result: Result) -> dict[str, Any]:
    return {
        "name": result.name,
        "title": result.title,
        "method": result.method,
        "columns": result.frame.columns,
        "rows": list(result.finite_rows),
        "notes": list(result.notes),
    }


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `document`, made from the glossary; `rpgstat/data/result.schema.json` holds it."""
    properties: dict[str, Any] = {
        "schema": {"const": VERSION},
        "tool": {"const": "rpgstat"},
        "version": _TEXT,
        "command": _TEXT,
        "inputs": _list({**_object(_INPUT | _IN_PARTS), "required": list(_INPUT)}),
        "options": {"type": "object"},
        "results": _list({"oneOf": [{"$ref": f"#/$defs/{name}"} for name in RESULTS]}),
        "warnings": _list(_TEXT),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rpgstat results",
        "description": "What rpgstat writes with --format json. Numbers are unrounded, shares run from 0 to 1, and null is explained by the row's note.",
        **_object(properties),
        "$defs": {name: _result_schema(name) for name in RESULTS},
    }


def _result_schema(name: str) -> dict[str, Any]:
    columns = RESULTS[name]
    row = _object({column: _TYPES.get(COLUMNS[column].kind, _NUMBER) | {"description": COLUMNS[column].meaning} for column in columns})
    row["required"] = []  # which of them stand is said by `columns`: some stand where they were asked for, and `--columns` picks
    names = {"type": "array", "items": {"enum": list(columns)}}
    return _object({"name": {"const": name}, "title": _TEXT, "method": _TEXT, "columns": names, "rows": _list(row), "notes": _list(_TEXT)})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
