"""Every other language has each sentence with its places and the plural forms that it needs, and an output in it is in it from end to end."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

import rpgstat
from rpgstat.errors import UserError
from rpgstat.glossary import languages
from rpgstat.glossary.languages import language, sentences_of, telling
from rpgstat.glossary.plurals import category
from rpgstat.glossary.sentences import catalogue, compiled, listing, say, speaking, word

DATA = Path(rpgstat.__file__).parent / "data"
FILES = {path.name.split(".")[1]: path for path in sorted(DATA.glob("sentences.*.toml"))}
OWN = {code: {name: words for name, words in compiled(path).items() if not name.startswith("about.")} for code, path in FILES.items()}
ABOUT = {code: {name: words for name, words in compiled(path).items() if name.startswith("about.")} for code, path in FILES.items()}
ALIKE = {
    "cy": """adjusted.bonferroni adjusted.holm adjusted_short.bh adjusted_short.bonferroni adjusted_short.holm all_of.nps change.n figure.alpha_of
    figure.group_mean figure.people headline.mean label.ac1 label.bf10 label.correlation label.cramers_v label.epsilon_squared label.f_statistic
    label.h_p_value label.h_statistic label.jaccard label.kappa label.n label.omega label.omega_squared label.p_value label.phi label.score label.signal
    label.tau number.n opposed.reverse rank_test.independent short.mean short.n topline.effect topline.in_wave count.people""".split()
}
"""Sentences that are the same in both: names, signs, code, and words that both languages have."""


def forms(words: object) -> dict[str, str]:
    return dict(words) if isinstance(words, dict) else {"other": str(words)}


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def all_forms(code: str) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Each form of each sentence: its name, its category, its words, and the forms in English."""
    for name, words in OWN[code].items():
        for kind, said in forms(words).items():
            yield name, kind, said, forms(catalogue()[name])


@pytest.mark.parametrize("code", FILES)
def test_a_language_has_every_sentence_and_no_other(code):
    assert set(OWN[code]) == set(catalogue())


@pytest.mark.parametrize("code", FILES)
def test_each_sentence_has_the_places_of_the_english_one(code):
    wrong = []
    for name, kind, said, english in all_forms(code):
        allowed = [places(english["other"])] if kind == "other" else [places(one) for one in english.values()]
        wrong += [] if places(said) in allowed else [(name, kind, places(said))]
    assert wrong == []


@pytest.mark.parametrize("code", FILES)
def test_each_sentence_has_the_plural_forms_that_the_language_needs(code):
    needed = {*ABOUT[code]["about.plurals"], "other"}
    for name, words in OWN[code].items():
        assert isinstance(words, dict) is isinstance(catalogue()[name], dict), name
        if isinstance(words, dict):
            assert {"one", "other"} <= set(words) <= needed, name
    assert needed == {kind for words in OWN[code].values() if isinstance(words, dict) for kind in words}


@pytest.mark.parametrize("code", FILES)
def test_no_sentence_is_empty_or_left_in_english(code):
    left = set()
    for name, kind, said, english in all_forms(code):
        assert said.strip(), name
        bare = re.sub(r"\{[^}]*\}", "", said)
        if said == english.get(kind, english["other"]) and re.search(r"[^\W\d_]", bare):
            left.add(name)
    assert left - {name for name in left if not re.search(r"[a-z]{3}", re.sub(r"\{[^}]*\}", "", str(catalogue()[name])))} <= set(ALIKE[code])


@pytest.mark.parametrize("code", FILES)
def test_parts_of_sentences_join_as_the_english_ones_do(code):
    for name, kind, said, english in all_forms(code):
        whole = english.get(kind, english["other"])
        for one, other in ((said[0], whole[0]), (said[-1], whole[-1])):
            assert (one if one in " ,;" else "") == (other if other in " ,;" else ""), name
        assert said.endswith(".") == whole.endswith(".") or name == "label.df", name


def test_plural_rules_are_those_of_the_unicode_consortium():
    """Of every language that Babel knows, for whole numbers; the Welsh file has those of Welsh."""
    known = {json.dumps(rule.rules, sort_keys=True): rule for rule in (Locale.parse(one).plural_form for one in locale_identifiers() if "_" not in one)}
    assert len(known) > 20
    for rule in known.values():
        assert all(category(number, rule.rules) == rule(number) for number in (*range(130), 200, 1000, 1_000_000)), rule.rules
    own, welsh = ABOUT["cy"]["about.plurals"], Locale.parse("cy").plural_form
    assert (set(own), [category(n, own) for n in range(130)]) == (set(welsh.rules), [welsh(n) for n in range(130)])


def test_welsh_has_six_forms_of_a_number_of_people():
    with telling("cy"):
        said = [say("count.people", n, n=n) for n in (0, 1, 2, 3, 4, 6, 11)]
    assert said == ["0 o bobl", "1 person", "2 berson", "3 pherson", "4 o bobl", "6 pherson", "11 o bobl"]


def test_months_number_words_and_conclusions_are_welsh():
    with telling("cy"):
        assert [word("month", f"{month:02}") for month in (1, 2, 8, 12)] == ["Ion", "Chwe", "Awst", "Rhag"]
        assert (say("time.twice"), say("number.none"), word("conclusion", "inconclusive")) == ("ddwywaith", "dim", "amhendant")
        assert listing(["un", "dau"]) == "un a(c) dau"


def test_inconclusive_is_never_no_change_in_welsh():
    own = OWN["cy"]
    assert "Nid “dim newid” yw amhendant" in own["note.inconclusive"]
    denied = r"[Nn]id “dim newid”|prawf yn anghytuno ynghylch dim newid"
    assert [name for name, _, said, _ in all_forms("cy") if "dim newid" in said.casefold() and not re.search(denied, said)] == []


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Two waves of a statement on which nothing is found, and one that rose."""
    folder = tmp_path_factory.mktemp("cymru")
    levels = ["Anghytuno'n gryf", "Anghytuno", "Cytuno", "Cytuno'n gryf"]
    for name, lift in (("un", 0), ("dau", 1)):
        rows = ["Rwy'n ymdopi,Rwy'n dysgu", *(f"{levels[(n + lift * (n % 4 < 3)) % 4]},{levels[n % 4]}" for n in range(80))]
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    lines = ['language = "cy"', 'title = "Grwpiau"', *(f'[[waves]]\nname = "{name}"\nfile = "{name}.csv"' for name in ("un", "dau"))]
    scale = f"[scales.cytuno]\nlevels = {json.dumps(levels)}"
    battery = '[[batteries]]\nname = "Sgiliau"\nscale = "cytuno"\nitems = [{ id = "ymdopi", text = "Rwy\'n ymdopi" }, "Rwy\'n dysgu"]'
    (folder / "study.toml").write_text("\n".join([*lines, scale, battery]), encoding="utf-8")
    return folder / "study.toml"


def test_a_study_says_its_language_and_an_argument_another(study):
    welsh, english = rpgstat.compare(study=study), rpgstat.compare(study=study, language="en")
    assert (welsh[0].title, english[0].title) == ("Grwpiau: newid rhwng tonnau", "Grwpiau: change between waves")
    assert (welsh[0].language, english[0].language, language()) == ("cy", "en", "en")
    assert (rpgstat.score(study=study, language="cy")[0].title, rpgstat.report(study=study).results[0].language) == ("Grwpiau: sgoriau", "cy")


def test_results_keep_their_language_when_they_are_shown(study):
    results = rpgstat.compare(study=study)
    with speaking(catalogue()):
        assert "Newid" in results.table()
        assert "Canolbwynt" in results.plot().svg or "canolbwynt" in results.plot().characters
        assert "cymedr" in results._repr_html_()


def test_what_scripts_read_is_the_same_in_every_language(study, tmp_path):
    for code in ("en", "cy"):
        rpgstat.compare(study=study, language=code).save(tmp_path / f"{code}.json", tmp_path / f"{code}.csv")
    english, welsh = (json.loads((tmp_path / f"{code}.json").read_text(encoding="utf-8")) for code in ("en", "cy"))
    assert (welsh["options"].pop("language"), "language" in english["options"]) == ("cy", False)
    assert welsh["options"] == english["options"]
    assert [result["columns"] for result in welsh["results"]] == [result["columns"] for result in english["results"]]
    for one, other in zip(english["results"][0]["rows"], welsh["results"][0]["rows"], strict=True):
        assert {key: value for key, value in one.items() if key not in ("method", "note")} == {key: other[key] for key in one if key not in ("method", "note")}
    assert welsh["results"][0]["method"].startswith("Prawf t Welch")
    assert (tmp_path / "cy.csv").read_text(encoding="utf-8-sig").splitlines()[0] == (tmp_path / "en.csv").read_text(encoding="utf-8-sig").splitlines()[0]


def test_every_output_says_once_that_the_wording_is_a_draft(study, tmp_path):
    draft, results = ABOUT["cy"]["about.draft"], rpgstat.compare(study=study)
    files = [tmp_path / f"cy.{suffix}" for suffix in ("html", "md", "json", "docx", "svg", "tex", "pptx", "xlsx")]
    results.save(*files)
    report = rpgstat.report(study=study, formats=["docx", "html", "markdown"]).contents
    shown = {path.name: path.read_bytes() for path in files} | {f"report.{name}": content for name, content in report.items()}
    for name, content in shown.items():
        told = " ".join(words_of(content).split())
        assert told.count(draft[:40]) == 1, name
    assert " ".join(results.table().split()).count(draft[:40]) == 1
    assert draft not in rpgstat.compare(study=study, language="en")[0].notes


def words_of(content: bytes) -> str:
    """The text of a file, without its marks; of a zip archive that of its parts which people read."""
    if content[:2] != b"PK":
        return re.sub(r"<[^>]*>", " ", content.decode()).replace("&#x27;", "'").replace("&#39;", "'")
    with ZipFile(BytesIO(content)) as archive:
        read = [name for name in archive.namelist() if re.search(r"word/document|slides/slide\d|sharedStrings", name)]
        parts = [archive.read(name).decode() for name in read]
    return re.sub(r"<[^>]*>", "", " ".join(parts))


def test_documents_name_the_language(study):
    report = rpgstat.report(study=study, formats=["docx", "html"]).contents
    assert '<html lang="cy">' in report["html"].decode()
    with ZipFile(BytesIO(report["docx"])) as archive:
        assert 'w:lang w:val="cy-GB"' in archive.read("word/styles.xml").decode()


def test_an_unknown_language_is_an_error_that_names_those_there_are(study, tmp_path):
    with pytest.raises(UserError) as raised:
        rpgstat.score(study=study, language="welsh")
    assert (raised.value.problem, raised.value.hint) == ("`language`: `welsh` is not known", "known: `en`, `cy`")
    other = tmp_path / "study.toml"
    other.write_text(study.read_text(encoding="utf-8").replace('"cy"', '"fr"', 1), encoding="utf-8")
    with pytest.raises(UserError) as raised:
        rpgstat.score(study=other)
    assert "language" in raised.value.problem
    assert '"en" (the default) or "cy"' in raised.value.problem


def test_english_never_reads_another_file(study, monkeypatch):
    monkeypatch.setattr(languages, "compiled", lambda _: pytest.fail("another language was read"))
    sentences_of.cache_clear()
    assert rpgstat.score(study=study, language="en")[0].title == "Grwpiau: scores"
    sentences_of.cache_clear()


def test_a_language_is_one_file(study, tmp_path, monkeypatch):
    """A file beside the others is a language: here with three sentences; the rest is English."""
    (tmp_path / "sentences.de.toml").write_text(
        '[about]\ntag = "de-DE"\nplurals = { one = "i = 1 and v = 0" }\n[title]\nscore = "Werte"\n[label]\nmean = "Mittel"\n[count]\n'
        'people = { one = "{n} Person", other = "{n} Personen" }\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(languages, "_DATA", tmp_path)
    languages.languages.cache_clear()
    sentences_of.cache_clear()
    try:
        result = rpgstat.score(study=study, language="de")
        assert (result[0].title, result[0].language, result[0].notes[-1][:5] != "Draft") == ("Grwpiau: Werte", "de", True)
        assert "Mittel" in result.table()
        with telling("de"):
            assert say("count.people", 2, n=2) == "2 Personen"
    finally:
        monkeypatch.undo()
        languages.languages.cache_clear()
        sentences_of.cache_clear()
