"""Single questions by group: no share of few, and none that follows from the figures of everyone."""

from rpgstat.disclosure import shown_replies
from rpgstat.study import Disclosure
from rpgstat.study.questions import Asked, Question, Replies


def asked(kind, groups, options=("Yes", "No")):
    """A question with the counts of each option in each group."""
    parts = [Replies("w", group, n, n, dict(zip(options, counts, strict=True))) for group, (n, counts) in groups.items()]
    total = {option: sum(own.counts[option] for own in parts) for option in options}
    n = sum(own.answered for own in parts)
    return Asked(Question("q", "Q?", kind, options=options), (Replies("w", None, n, n, total), *parts))


def test_below_five_nothing_and_below_ten_the_number_only():
    found = shown_replies(asked("single", {"A": (30, (12, 18)), "B": (4, (2, 2)), "C": (8, (5, 3)), "D": (25, (9, 16))}), Disclosure())
    assert ("w", "B") in found.hidden
    assert {("w", "C")} <= found.few | found.hidden
    assert not {("w", "A"), ("w", "D")} & (found.few | found.hidden)


def test_one_small_group_takes_another_with_it():
    found = shown_replies(asked("single", {"A": (30, (12, 18)), "C": (8, (5, 3)), "D": (25, (9, 16))}), Disclosure())
    assert found.few == {("w", "C"), ("w", "D")}


def test_people_who_stated_no_group_are_company():
    found = shown_replies(asked("single", {"A": (30, (12, 18)), "(not stated)": (12, (6, 6)), "C": (8, (5, 3))}), Disclosure(secondary=False))
    assert found.few == {("w", "C")}


def test_an_option_that_few_of_a_group_ticked_is_withheld_with_what_gives_it_back():
    groups = {"A": (30, (12, 20)), "B": (40, (3, 30)), "C": (35, (15, 20))}
    found = shown_replies(asked("multiple", groups, ("Email", "Post")), Disclosure())
    hidden = {group for _, group, option in found.options if option == "Email"}
    assert "B" in hidden
    assert len(hidden) > 1
    assert not [option for _, _, option in found.options if option == "Post"]


def test_nothing_is_withheld_where_everyone_is_many():
    found = shown_replies(asked("single", {"A": (30, (12, 18)), "B": (40, (20, 20))}), Disclosure())
    assert (found.hidden, found.few, found.options) == (frozenset(), frozenset(), frozenset())
