import codecs

import pytest

from rpgstat.errors import UserError
from rpgstat.read import encoding, read

TEXT = "R\u00f4le,\u201cOpen\u201d practice\r\nM\u00e9decin,I don\u2019t know\r\nChef \u2013 caf\u00e9,Agree\r\n"
ROWS = [("M\u00e9decin", "I don\u2019t know"), ("Chef \u2013 caf\u00e9", "Agree")]
DOUBT = "; check accented letters and quotation marks"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("cp1252"), "windows-1252"),
        (TEXT.encode("mac_roman"), "mac-roman"),
        (TEXT.replace("\r\n", "\r").encode("mac_roman"), "mac-roman"),
    ],
)
def test_every_encoding_gives_the_same_survey_and_is_reported(export, data, name):
    survey = read(export(data))
    assert [c.text for c in survey.columns] == ["R\u00f4le", "\u201cOpen\u201d practice"]
    assert survey.frame.collect().rows() == ROWS
    assert survey.encoding == name
    assert survey.warnings == (() if name == "utf-8" else (f"wave.csv: not UTF-8; read as {name}{DOUBT if name != 'utf-16' else ''}",))


@pytest.mark.parametrize(
    ("words", "codec"),
    [
        ("positive\u00a0,negative\u00a0", "mac_roman"),
        ("d\u00e9j\u00e0 vu,na\u00efve", "mac_roman"),
        ("d\u00e9j\u00e0 vu,na\u00efve", "cp1252"),
        ("Don\u2019t know,Can\u2019t say", "cp1252"),
        ("Don\u2019t know,Can\u2019t say", "mac_roman"),
        ("\u00a340,000 \u2013 \u00a350,000", "cp1252"),
        ("M\u00fcller,gr\u00f6\u00dfer", "cp1252"),
        ("\u00c9cole,\u00c0 bient\u00f4t", "cp1252"),
        ("\u00c9cole,\u00c0 bient\u00f4t", "mac_roman"),
    ],
)
def test_the_more_plausible_legacy_encoding_is_chosen(words, codec):
    other = {"cp1252": "mac_roman", "mac_roman": "cp1252"}[codec]
    assert encoding.plausibility(words.encode(codec), codec) > encoding.plausibility(words.encode(codec), other)


def test_a_chunk_may_begin_and_end_within_a_character(export, monkeypatch):
    monkeypatch.setattr(encoding, "_WHOLE", 100)
    monkeypatch.setattr(encoding, "_CHUNK", 7)
    for shift in range(4):
        path = export("a,b\n" + "x" * shift + "\u20ac\u00e9\U0001f600" * 50 + ",y\n" + "\u20ac,y\n" * 50)
        assert read(path).encoding == "utf-8"


def test_a_large_legacy_file_is_known_by_its_samples(export, monkeypatch):
    monkeypatch.setattr(encoding, "_WHOLE", 100)
    monkeypatch.setattr(encoding, "_CHUNK", 64)
    survey = read(export("a,b\n" + "1,caf\u00e9\n" * 100, "x.csv")), read(export(("a,b\n" + "1,caf\u00e9\n" * 100).encode("cp1252")))
    assert survey[0].frame.collect().equals(survey[1].frame.collect())
    assert survey[1].encoding == "windows-1252"


def test_a_late_stray_byte_in_a_file_of_ordinary_size_is_found_before_reading(export):
    survey = read(export(b"a,b\n" + b"1,2\n" * 300_000 + b"1,caf\xe9\n"))
    assert survey.encoding == "windows-1252"
    assert survey.frame.collect().row(-1) == ("1", "caf\u00e9")


def test_damaged_utf_16_is_refused(export):
    with pytest.raises(UserError, match=r"^wave.csv: its UTF-16 text is damaged"):
        read(export(TEXT.encode("utf-16") + b"\x00"))


@pytest.mark.parametrize("words", ["Ärger", "Übung, Ärger", "Naïve Öffnung"])
def test_a_capital_umlaut_alone_is_of_windows(words):
    assert encoding.plausibility(words.encode("cp1252"), "cp1252") > encoding.plausibility(words.encode("cp1252"), "mac_roman")
