"""Which statements share answers that could be a scale in no known order."""

from rpgstat.infer.blocks import Row
from rpgstat.infer.shared import shared_answers
from rpgstat.study import Column

COLOURS = "Green|Red|Amber"


def row(text: str, answers: str, wave: int = 0) -> Row:
    return Row(wave, Column(text, text), text, dict.fromkeys(answers.split("|"), 1))


def found(*rows: Row) -> list[tuple[tuple[str, ...], list[str]]]:
    return [(shared.answers, [line.text for line in shared.lines]) for shared in shared_answers(rows)]


def test_a_statement_whose_answers_were_only_seen_in_part_belongs_and_the_order_is_that_of_the_questionnaire():
    assert found(row("a", "Red|Green|amber"), row("b", COLOURS + "|Blue"), row("c", COLOURS)) == [(("Amber", "Blue", "Green", "Red"), ["a", "b", "c"])]


def test_the_most_shared_answers_go_first():
    few, many = [row(text, "x|y|z") for text in "ab"], [row(text, COLOURS) for text in "cde"]
    assert [texts for _, texts in found(*few, *many)] == [["c", "d", "e"], ["a", "b"]]


def test_one_statement_in_two_waves_shares_with_nobody():
    assert found(row("a", COLOURS), row("a", COLOURS, wave=1)) == []


def test_waves_are_taken_together():
    assert found(row("a", "x|y"), row("b", "x|y"), row("a", "z|w", wave=1), row("b", "z|w", wave=1)) == [(("w", "x", "y", "z"), ["a", "b"])]


def test_two_answers_thirteen_answers_and_free_text_are_no_candidates():
    for answers in ("Yes|No", "|".join("abcdefghijklm"), "|".join(f"word {i}" for i in range(60))):
        assert found(row("a", answers), row("b", answers)) == []


def test_free_text_in_one_wave_rules_the_statement_out():
    secrets = "|".join(f"word {i}" for i in range(60))
    assert found(row("a", COLOURS), row("b", COLOURS), row("b", secrets, wave=1)) == []


def test_answers_off_the_scale_are_no_levels():
    (shared,) = shared_answers([row("a", COLOURS + "|Don't know"), row("b", COLOURS)])
    assert (shared.reading.levels, shared.reading.off, shared.reading.ordered) == (("amber", "green", "red"), {"don't know"}, False)


def test_numbers_are_listed_by_value_and_scored_as_they_are():
    (shared,) = shared_answers([row("a", "10|9|2.0"), row("b", "2|9|10")])
    assert (shared.reading.levels, shared.reading.scores, shared.reading.labelled) == (("2", "9", "10"), (2, 9, 10), False)


def test_numbers_among_words_are_labels():
    (shared,) = shared_answers([row("a", "1|2|more"), row("b", "1|2|more")])
    assert (shared.reading.levels, shared.reading.scores, shared.reading.labelled) == (("1", "2", "more"), (), True)
