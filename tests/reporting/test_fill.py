"""`fill` asks one case for whatever its placeholders name."""

from __future__ import annotations

import csv
import io
from collections import Counter

import docx
import pytest
from docx.oxml.ns import qn

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


def filled(tmp_path, exports, *lines):
    """A template of these paragraphs, filled and read back."""
    document = docx.Document()
    for words in lines:
        document.add_paragraph(words)
    document.save(tmp_path / "template.docx")
    return docx.Document(io.BytesIO(rpgstat.fill(tmp_path / "template.docx", exports).content))


def test_a_reference_is_a_field_that_shows_the_number_of_its_table(exports, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = filled(tmp_path, exports, "As {{ ref:compare }} shows, and {{ ref:score [wave=wave-1] }}.", "{{ table:score [wave=wave-1] }}", "{{ table:compare }}")
    first = made.paragraphs[0]
    assert "".join(text.text or "" for text in first._p.iter(qn("w:t"))) == "As Table 2 shows, and Table 1."
    asked = [code.text.split()[1] for code in first._p.iter(qn("w:instrText"))]
    names = {mark.get(qn("w:name")) for mark in made.element.body.iter(qn("w:bookmarkStart"))}
    assert len(asked) == 2
    assert set(asked) <= names


def test_a_reference_to_nothing_is_refused(exports, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(rpgstat.UserError, match="no placeholder puts such a table or figure into the document; add"):
        filled(tmp_path, exports, "See {{ ref:compare }}.")


def test_findings_stand_in_a_line(exports, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = filled(tmp_path, exports, "{{ value:findings.headline.sentence }}")
    assert made.paragraphs[0].text.startswith("Of 2 statements none is shown to have changed from")


def test_a_change_has_its_sign_and_a_mean_has_none(exports, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = "{{ value:compare.I cope.estimate }}, {{ value:compare.I cope.mean }}, {{ value:compare.I cope.conf_low }}"
    made = filled(tmp_path, exports, asked).paragraphs[0].text
    row = next(row for row in rpgstat.compare(*exports)[0].rows if row["text"] == "I cope")
    assert row["estimate"] > 0
    assert made == ", ".join([f"+{row['estimate']:.2f}", f"{row['mean']:.2f}", f"{row['conf_low']:.2f}".replace("-", "−")])
