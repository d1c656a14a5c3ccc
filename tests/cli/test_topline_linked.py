"""`topline` of people who answered in both waves, linked by a declared id, against kernels that are checked by R and a recount row by row."""

import csv

import pytest

from rpgstat.stats.overlap import overlap
from rpgstat.stats.paired_shares import YesNo, newcombe_overlap, share_overlap
from rpgstat.stats.pairs import describe_pairs
from rpgstat.stats.sample import describe
from tests.conftest import HEARD, declared_waves

WAVES = {"2023": range(60), "2024": range(25, 100)}
STUDY = 'id = "Code"\n' + declared_waves(*WAVES)
QUESTIONS = f"""
[[questions]]
id = "had"
text = "Supervision?"
{HEARD}"""


def person(number, wave):
    """What somebody answered: mostly the same in both waves."""
    later = wave == "2024"
    had = "" if number % 13 == 0 else "Yes" if (number % 3 == 0) or (later and number % 5 == 0) else "Not sure" if number % 17 == 1 else "No"
    likely = "" if number % 11 == 0 else str((number * 7 + (2 if later and number % 4 == 0 else 0)) % 11)
    return {
        "Code": f" p{number} " if later else f"P{number}",
        "Supervision?": had,
        "Email": "Email" if number % 2 else "",
        "Post": "Post" if (number + later) % 3 == 0 else "",
        "Likely": likely,
    }


@pytest.fixture
def study(tmp_path):
    for wave, people in WAVES.items():
        with (tmp_path / f"{wave}.csv").open("w", encoding="utf-8", newline="") as file:
            write = csv.DictWriter(file, list(person(1, wave)))
            write.writeheader()
            write.writerows([person(number, wave) for number in people])
    (tmp_path / "study.toml").write_text(STUDY + QUESTIONS, encoding="utf-8")
    return tmp_path / "study.toml"


def both(read):
    """(before, after) of everybody who answered in both waves."""
    met = [(read(person(number, "2023")), read(person(number, "2024"))) for number in range(25, 60)]
    return [pair for pair in met if None not in pair]


def counted(read, wave):
    said = [found for number in WAVES[wave] if (found := read(person(number, wave))) is not None]
    return sum(said), len(said)


def had(one):
    return {"Yes": True, "No": False}.get(one["Supervision?"])


def email(one):
    return bool(one["Email"]) if one["Email"] or one["Post"] else None


@pytest.mark.parametrize(("question", "option", "read"), [("had", "Yes", had), ("hear", "Email", email)])
def test_shares_use_that_the_same_people_answered(run, study, question, option, read):
    rows = {(row["question"], row["option"], row["wave"]): row for row in run("topline", "-s", study, "-f", "json").rows}
    pairs = both(read)
    table = YesNo(*(pairs.count(kind) for kind in ((True, True), (True, False), (False, True), (False, False))))
    (first, n_first), (last, n_last) = counted(read, "2023"), counted(read, "2024")
    told = {"count_reference": first, "n_reference": n_first, "count": last, "n": n_last, "pairs": table}
    row, limits = rows[question, option, "2024"], newcombe_overlap(**told)
    assert (row["count"], row["n"]) == (last, n_last)
    assert row["p_value"] == pytest.approx(share_overlap(**told).p_value, rel=1e-9)
    assert (row["change_low"], row["change_high"]) == pytest.approx((limits.low, limits.high), rel=1e-9)


def test_a_net_score_is_that_of_overlapping_means(run, study):
    def kind(one):
        return None if not one["Likely"] else (int(one["Likely"]) >= 9) - (int(one["Likely"]) <= 6)

    rows = {(row["question"], row["option"], row["wave"]): row for row in run("topline", "-s", study, "-f", "json").rows}
    samples = []
    for wave, people in WAVES.items():
        said = [found for number in people if (found := kind(person(number, wave))) is not None]
        samples.append(describe(counts=[said.count(-1), said.count(0), said.count(1)], scores=[-1, 0, 1]))
    change = overlap(reference=samples[0], later=samples[1], pairs=describe_pairs(moves=[(a, b, 1) for a, b in both(kind)]))
    row = rows["likely", None, "2024"]
    assert (row["change"], row["change_low"], row["p_value"]) == pytest.approx((change.estimate, change.conf_low, change.p_value), rel=1e-9)


def test_notes_say_whether_people_are_linked(run, study):
    assert "answered a question in both, by their ids" in " ".join(run("topline", "-s", study).text.split())
    study.write_text(STUDY.removeprefix('id = "Code"\n') + QUESTIONS, encoding="utf-8")
    assert "treated as independent" in " ".join(run("topline", "-s", study).text.split())


def test_few_people_in_both_waves_are_not_used(run, study):
    linked = study.read_text(encoding="utf-8")
    study.write_text(linked + "[disclosure]\nhide_below = 36\ndetail_from = 36\n", encoding="utf-8")
    few = run("topline", "-s", study, "-f", "json").rows
    study.write_text(STUDY.removeprefix('id = "Code"\n') + QUESTIONS, encoding="utf-8")
    assert few == run("topline", "-s", study, "-f", "json").rows
