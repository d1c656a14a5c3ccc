"""`timeline`: moments in their lanes, with who answered."""

from rpgstat.analyses.timeline import timeline
from rpgstat.study.theory import Moment

MOMENTS = (
    Moment("2017-01", "2017-01", "Programme", "Facilitators"),
    Moment("2016-11", "2017-02", "Survey", "First", "+1 year"),
    Moment("2018-11", "2018-12", "Survey", "Second", "+3 years"),
    Moment("2015", "2015", "Programme", "Groups begin"),
)


def test_lanes_keep_their_order_and_moments_go_by_time():
    result = timeline(MOMENTS, "Timeline", {"+1 year": {"invited": 200, "returned": 50, "rate": 0.25, "note": None}})
    assert [(row["lane"], row["text"]) for row in result.rows] == [
        ("Programme", "Groups begin"), ("Programme", "Facilitators"), ("Survey", "First"), ("Survey", "Second"),
    ]  # fmt: skip
    first, second = result.rows[2:]
    assert (first["invited"], first["returned"], first["rate"], first["note"]) == (200, 50, 0.25, None)
    assert (second["returned"], second["note"]) == (None, "no questionnaire is read of this wave")
