"""`fill` asks one case for whatever its placeholders name."""

from __future__ import annotations

import csv
from collections import Counter

import docx
import pytest

import rpgstat
from rpgstat import read


@pytest.fixture
def exports(tmp_path):
    """Two waves of fourteen people in two groups each way, without a study."""
    answers = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
    for wave in range(2):
        with (tmp_path / f"wave-{wave}.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["Role", "Team", "I cope", "I am heard"])
            rows.writerows(["AB"[i % 2], "XY"[i // 7], answers[(i + wave) % 4], answers[(i * 3 + wave) % 4]] for i in range(14))
    return [tmp_path / f"wave-{wave}.csv" for wave in range(2)]


def test_each_export_is_read_once_however_many_groups_are_named(exports, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = docx.Document()
    for words in ("{{ table:score }}", "{{ table:breakdown [by=Role] }}", "{{ table:breakdown [by=Team] }}"):
        document.add_paragraph(words)
    document.save(tmp_path / "template.docx")
    opened = Counter()
    once = read.read
    monkeypatch.setattr(read, "read", lambda path, **options: opened.update([str(path)]) or once(path, **options))
    filled = rpgstat.fill(tmp_path / "template.docx", exports)
    assert [result.name for result in filled.results] == ["score", "breakdown", "omnibus", "breakdown", "omnibus"]
    assert {row["by"] for result in filled.results for row in result.rows if "by" in row} == {"Role", "Team"}
    assert list(opened.values()) == [1, 1]
