"""`init` of coding files: what was recognised is declared, and themes are drafted as comments."""

import pytest

import rpgstat
from rpgstat import UserError
from rpgstat.study import from_toml


def test_a_coding_table_is_drafted_with_its_top_codes(tmp_path):
    (tmp_path / "coded.csv").write_text("Respondent ID,Comment,Code 1,Code 2\n1,secret words,Hope > Future,Calm\n2,other words,Hope,\n3,,,\n", encoding="utf-8")
    text, assumed = rpgstat.init(tmp_path / "coded.csv", beside=tmp_path)
    study = from_toml(text)
    assert [(one.kind, one.files) for one in study.coded] == [("answers", ("coded.csv",))]
    assert study.themes == ()
    assert '# name = "Hope"' in text
    assert "# 2 units of 3" in text
    assert "3 codings of 3 codes in 3 units" in assumed[0]
    assert "words" not in text.replace("in words", "")
    wanted = ("# [[themes]]", '# name = "', '# id = "')
    uncommented = "\n".join(line.removeprefix("# ") if line.startswith(wanted) else line for line in text.splitlines())
    (tmp_path / "study.toml").write_text(uncommented, encoding="utf-8")
    found = rpgstat.themes(study=tmp_path / "study.toml").frame
    assert dict(found.select("theme", "mentions").rows()) == {"Hope": 2, "Calm": 1, "(no theme)": 0}


def test_a_database_is_known_by_its_name_and_a_survey_stays_one(tmp_path, rpg):
    (tmp_path / "x.sqlite3").write_bytes(b"SQLite format 3\0" + b"\0" * 84)
    with pytest.raises(UserError, match=r"x.sqlite3: the database is damaged"):
        rpgstat.init(tmp_path / "x.sqlite3", beside=tmp_path)
    text, _ = rpgstat.init(rpg / "wave-1.csv", beside=rpg)
    assert "[[coded]]" not in text


def test_a_column_called_category_makes_no_coded_material_of_a_survey(tmp_path):
    rows = "\n".join(f"{n},A,{'Agree' if n % 2 else 'Disagree'}" for n in range(30))
    (tmp_path / "x.csv").write_text(f"Respondent ID,Category,I cope\n{rows}\n", encoding="utf-8")
    assert "[[coded]]" not in rpgstat.init(tmp_path / "x.csv", beside=tmp_path)[0]


@pytest.fixture
def rpg(pytestconfig):
    return pytestconfig.rootpath / "fixtures" / "rpg"
