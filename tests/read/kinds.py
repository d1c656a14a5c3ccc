"""What is found in an export of each kind, of our own making: the table in docs/platforms.md."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import fuzz
import samples

COLUMNS = ["export", "read as", "respondents", "statements", "proposed groups", "other questions"]
KINDS = {
    "wave-1.csv": "SurveyMonkey, CSV",
    "wave-3.xlsx": "SurveyMonkey, Excel",
    "qualtrics.csv": "Qualtrics, choice text",
    "qualtrics.tsv": "Qualtrics, codes in UTF-16 with tabs, `.qsf` beside it",
    "forms.csv": "Microsoft Forms",
    "google.csv": "Google Forms",
    "work.csv": "Jisc Online Surveys, codes, key beside it",
    "results-survey123456.csv": "LimeSurvey, code and text",
    "survey_123456_SPSS_data_file.dat": "LimeSurvey for SPSS, syntax beside it",
    "data.csv": "REDCap, events, dictionary beside it",
    "kobo.csv": "KoboToolbox, XLSForm beside it",
    "typeform.csv": "Typeform",
    "w.sav": "SPSS",
    "w.zsav": "SPSS, compressed",
    "w.dta": "Stata",
    "flat.csv": "any other table",
}
FLAT = "Team,I cope,I learn\n" + "".join(f"{team},{one},{other}\n" for team in ("North", "South") for one, other in zip("12345", "54321", strict=True))


def exports(folder: Path) -> dict[str, dict[str, bytes]]:
    """The files of each kind by the name of the export, their companions among them. `folder` is for making some."""
    study = Path(__file__).resolve().parents[2] / "fixtures" / "rpg"
    waves = [{name: (study / name).read_bytes()} for name in ("wave-1.csv", "wave-3.xlsx")]
    made = fuzz.bases(folder, alone=True)
    return {next(iter(files)): files for files in (*waves, *made, {"flat.csv": FLAT.encode()})}


def rows() -> Iterator[list[str]]:
    """A row of the table for each kind."""
    with tempfile.TemporaryDirectory() as making:
        held = exports(Path(making))
    for name, kind in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            for file, data in held[name].items():
                (Path(folder) / file).write_bytes(data)
            found = samples.found(Path(folder) / name)
        assert not found["note"], found
        yield [kind, *(found[column] for column in ("platform", "respondents", "items", "groups", "questions"))]
