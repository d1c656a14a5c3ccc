"""Numbers and words as people read them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat import text
from rpgstat.text.drift import alike, drift, turned

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.125, 2, "0.13"),
        (2.675, 2, "2.68"),  # 2.67499... in binary: the reader sees 2.675
        (1.005, 2, "1.01"),
        (-0.125, 2, "−0.13"),
        (-0.004, 2, "0.00"),
        (-0.0, 2, "0.00"),
        (2.5, 0, "3"),
        (3, 2, "3.00"),
        (1e-12, 2, "0.00"),
        (1e22, 0, "10000000000000000000000"),
    ],
)
def test_halves_round_away_from_zero_as_printed(value: float, digits: int, shown: str) -> None:
    assert text.fixed(value, digits) == shown


@given(FINITE, st.integers(0, 6))
def test_no_number_is_a_negative_zero_and_none_moves_by_more_than_half_a_digit(value: float, digits: int) -> None:
    shown = text.fixed(value, digits).replace(text.MINUS, "-")
    assert not re.fullmatch(r"-0(\.0+)?", shown)
    assert abs(float(shown) - value) <= 0.5 * 10**-digits + abs(value) * 1e-15


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused_in_text_and_a_dash_in_a_cell(value: float) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        text.fixed(value)
    assert text.cell("mean", value) == "–"


@pytest.mark.parametrize(("value", "shown"), [(0.49, "+0.49"), (-0.12, "−0.12"), (0.0, "0.00"), (0.004, "0.00"), (-0.004, "0.00"), (0.005, "+0.01")])
def test_a_change_shows_its_sign_unless_it_rounds_to_nothing(value: float, shown: str) -> None:
    assert text.signed(value) == shown


@pytest.mark.parametrize(
    ("p", "shown"),
    [(0.0, "< .001"), (0.00099, "< .001"), (0.001, ".001"), (0.0415, ".042"), (0.05, ".050"), (0.9994, ".999"), (0.9995, "> .999"), (1, "> .999")],
)
def test_p_has_three_decimals_and_is_never_zero_or_one(p: float, shown: str) -> None:
    assert text.p_value(p) == shown


@given(st.floats(0, 1))
def test_every_p_has_one_of_three_forms(p: float) -> None:
    assert re.fullmatch(r"< \.001|> \.999|\.\d{3}", text.p_value(p))


def test_p_in_a_sentence() -> None:
    assert [text.p_phrase(p) for p in (0.042, 0.0001, 1.0)] == ["p = .042", "p < .001", "p > .999"]


def test_shares_are_shown_in_per_cent() -> None:
    assert [text.percent(share) for share in (0.62, 0, 1, 0.285, -0.0001)] == ["62 %", "0 %", "100 %", "29 %", "0 %"]
    assert text.percent(0.1485, 1) == "14.9 %"
    assert text.signed_percent(-0.1) == "−10 %"


def test_the_confidence_level_keeps_only_the_digits_it_needs() -> None:
    assert [text.confidence(alpha) for alpha in (0.05, 0.1, 0.01, 0.001, 0.5)] == ["95 %", "90 %", "99 %", "99.9 %", "50 %"]


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("text", "Agree", "Agree"),
        ("count", 1234, "1,234"),
        ("rank", 2, "2"),
        ("mean", 2.5, "2.50"),
        ("points", -0.25, "−0.25"),
        ("share", 0.5, "50 %"),
        ("p", 0.5, ".500"),
        ("statistic", 2.345, "2.35"),
        ("df", 101.27, "101.3"),
        ("df", 101.0, "101"),
        ("effect", 0.005, "0.01"),
        ("ratio", 0.0333, "0.033"),
        ("ratio", 12.345, "12.35"),
        ("ratio", 0.0004, "< 0.001"),
        ("ratio", 1234567.0, "> 1000"),
        ("words", ["No", "Yes"], "No, Yes"),
        ("counts", [1, 2], "[1, 2]"),
        ("count", None, "–"),
    ],
)
def test_each_kind_of_column_has_its_form(kind: text.Kind, value: object, shown: str) -> None:
    assert text.cell(kind, value) == shown


def test_text_from_a_file_cannot_steer_the_terminal() -> None:
    assert text.one_line("a\x1b[31m\x07b\tc\r\n\u2028d\u202e\u200be\x9b") == "a[31mb c de"
    assert text.one_line("naïve 我们 🎉") == "naïve 我们 🎉"


def test_ascii_replaces_every_symbol_of_ours() -> None:
    assert text.ascii("– − … → ▲ ▼ ◆ ≈ · ▇ █ │ ─ ≤ ≥ “a” ‘b’").isascii()


@pytest.mark.parametrize(
    ("earlier", "later", "shown"),
    [
        ("I carry the strain of my work", "I carry the strain of the work", "I carry the strain of [my → the] work"),
        ("After the groups I cope", "I cope", "[− After the groups] I cope"),
        ("I cope", "I cope better", "I cope [+ better]"),
        ("I don’t cope", "I don't  COPE", "I don't COPE"),
        ("", "I cope", "[+ I cope]"),
        ("", "", ""),
        ("one two three", "four five", "[one two three → four five]"),
    ],
)
def test_a_change_of_wording_is_shown_word_by_word(earlier: str, later: str, shown: str) -> None:
    assert drift(earlier, later) == shown


SOME_WORDS = st.lists(st.sampled_from("I you cope well with work".split()), max_size=8).map(" ".join)


@given(SOME_WORDS, SOME_WORDS)
def test_a_drift_holds_every_word_of_both_wordings_and_none_else(earlier: str, later: str) -> None:
    shown = drift(earlier, later)
    new = re.sub(r"\[− [^\]]*\]|\[(?:\+ |[^\]]*→ )([^\]]*)\]", lambda found: found[1] or "", shown)
    old = re.sub(r"\[\+ [^\]]*\]|\[(?:− )?([^\]→]*?)(?: → [^\]]*)?\]", lambda found: found[1] or "", shown)
    assert (old.split(), new.split()) == (earlier.split(), later.split())


@given(SOME_WORDS, SOME_WORDS)
def test_likeness_is_the_same_either_way_round_and_lies_between_0_and_1(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert (alike(one, other) == 1) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I am supported", "I am not supported"),
        ("I don’t cope", "I cope"),
        ("I feel secure", "I feel insecure"),
        ("I always rest", "I never rest"),
        ("Session 1 helped", "Session 2 helped"),
        ("more skilled", "less skilled"),
    ],
)
def test_a_word_that_turns_the_meaning_is_seen(one: str, other: str) -> None:
    assert turned(one, other)
    assert turned(other, one)
