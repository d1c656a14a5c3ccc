"""The JSON Schema of the study file, made from its declared keys, by which editors complete and check it."""

from __future__ import annotations

import json
from typing import Any

from rpgstat.study.keys import STUDY

FILE = "study.schema.json"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a study file as TOML parsers load it; `rpgstat/data/study.schema.json` holds it.

    It says what keys there are, and what may stand at each. What one key asks of another, such as a score for each level, the parser alone knows.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rpgstat study file",
        "description": "What an evaluator declares of a survey: its scales, its statements, its waves, and the tables of figures beside it.",
        **STUDY.schema,
    }


def schema_text() -> str:
    """The schema as the file that is shipped.

    >>> json.loads(schema_text())["properties"]["title"]["description"]
    'Stands above the tables.'
    """
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
