"""What a study file says of how the programme worked, and of when everything was."""

import pytest

from rpgstat import UserError
from rpgstat.study import from_toml
from rpgstat.study.theory import Evidence, Moment, Told
from rpgstat.study.write import to_toml

WHOLE = """
[[waves]]
name = "+1 year"
[theory]
title = "How it worked"
[[theory.contexts]]
id = "commitment"
text = "The organisation stays with it"
[[theory.contexts]]
id = "squeezed"
text = "Heavy caseloads"
[[theory.mechanisms]]
id = "space"
resource = "A protected hour"
reasoning = "It is safe to speak"
[[theory.mechanisms]]
id = "talk"
text = "People talk"
[[theory.outcomes]]
id = "strain"
level = "Staff"
text = "Strain is carried better"
evidence = [{ row = "compare.strain", says = "higher" }, { source = "Minutes" }]
[[theory.outcomes]]
id = "leave"
text = "Some leave"
unwelcome = true
[[theory.configurations]]
name = "Thinking together"
contexts = ["commitment"]
mechanisms = ["space"]
outcomes = ["strain"]
for = "managers"
blocked_by = ["squeezed"]
said = ["themes.support", { source = "Minutes of March" }]
[[theory.configurations]]
name = "A ripple"
contexts = "strain"
mechanisms = "talk"
outcomes = "leave"
[[timeline]]
from = "2016-11-07"
to = "2017-03"
lane = "Data collection"
what = "Survey"
wave = "+1 year"
[[timeline]]
from = "2015"
what = "Groups begin"
"""


def test_all_of_it_is_read():
    study = from_toml(WHOLE)
    assert [part.id for part in study.theory.parts] == ["commitment", "squeezed", "space", "talk", "strain", "leave"]
    assert study.theory.part("strain").evidence == (Evidence("compare.strain", "higher"), Evidence(source="Minutes"))
    first, ripple = study.theory.configurations
    assert (first.for_whom, first.blocked_by, first.said) == ("managers", ("squeezed",), (Told("themes.support"), Told(source="Minutes of March")))
    assert list(first.links()) == [("commitment", "space", False), ("squeezed", "space", True), ("space", "strain", False)]
    assert ripple.contexts == ("strain",)
    assert study.timeline == (Moment("2016-11-07", "2017-03", "Data collection", "Survey", "+1 year"), Moment("2015", "2015", "Events", "Groups begin"))


def test_it_is_written_as_it_was_read():
    study = from_toml(WHOLE)
    assert from_toml(to_toml(study)) == study


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('contexts = ["commitment"]', 'contexts = ["comitment"]', "did you mean `commitment`"),
        ('contexts = ["commitment"]', 'contexts = ["space"]', "`space` is declared under theory.mechanisms[1]"),
        ('contexts = ["commitment"]', 'contexts = ["commitment", "Commitment"]', "leave out the second"),
        ('outcomes = ["strain"]', "outcomes = []", "one outcome at least"),
        ('id = "talk"', 'id = "space"', "are the same"),
        ('says = "higher"', 'says = "better"', "higher, lower"),
        ('{ source = "Minutes" }', '{ source = "Minutes", says = "higher" }', "only beside `row`"),
        ('{ source = "Minutes" }', '{ source = "Minutes", row = "compare.x", says = "fell" }', "one of them"),
        ('text = "People talk"', 'text = "People talk"\nreasoning = "So they do"', "also what it is made of"),
        ('text = "People talk"', "", "says nothing of what it is"),
        ('blocked_by = ["squeezed"]', "", "(`squeezed`) is in no configuration"),
        ('outcomes = "leave"', 'outcomes = ["leave", "strain"]', "leads back to itself"),
        ('to = "2017-03"', 'to = "2016-10"', "exchange `from` and `to`"),
        ('wave = "+1 year"', 'wave = "+2 years"', "a wave of the study"),
        ('from = "2016-11-07"', 'from = "autumn"', "a year, a month or a day"),
        ('name = "A ripple"', 'name = "Thinking together"', "are the same"),
    ],
)
def test_what_cannot_hold_is_refused_with_its_place(before, after, said):
    assert before in WHOLE
    with pytest.raises(UserError) as refused:
        from_toml(WHOLE.replace(before, after, 1) if "wave = " not in before else WHOLE.replace(f"\n{before}\n", f"\n{after}\n", 1))
    assert said in f"{refused.value.problem} {refused.value.hint}"


def test_a_theory_without_configurations_says_what_to_write():
    with pytest.raises(UserError, match="no configuration"):
        from_toml('[theory]\n[[theory.contexts]]\nid = "a"\ntext = "A"\n')
