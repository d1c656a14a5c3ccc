"""A stranger gathers everything that rpgstat writes of a study by default, takes it as equations, and asks what they leave possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rpgstat.disclosure import Reason, plan
from rpgstat.disclosure._rounds import protect
from rpgstat.disclosure._table import Table
from tests.conftest import NIGHTLY
from tests.disclosure.asks import talking
from tests.disclosure.auditor import audit
from tests.disclosure.outputs import Call, Output, calls, gathered
from tests.disclosure.replies_auditor import audit_replies
from tests.disclosure.studies import EIGHT, Made, near_the_end, random_study, ties, worked_in_one_place


def attacked(made: Made, folder: Path, of: Callable[[Made], Iterator[Call]] = calls) -> list[str]:
    """What the stranger learns."""
    return audit(made, gathered(made.write(folder), made, of=of)).told


def tables(made: Made) -> Iterator[Call]:
    """The scores of everyone, of each group, and of each two crossed."""
    yield from (call for call in calls(made) if call[0] in ("score", "breakdown"))


@pytest.mark.parametrize("made", [*EIGHT, near_the_end], ids=lambda made: made.__name__)
def test_nothing_is_learnt_of_the_studies_that_were_solved_once(made, tmp_path: Path) -> None:
    study = made()
    found = audit(study, gathered(study.write(tmp_path), study))
    assert found.told == []
    assert found.undecided == 0
    assert found.rows > 0  # the auditor had figures to work with


@pytest.mark.parametrize("seed", [1, 3])
def test_nothing_is_learnt_of_some_random_studies(seed: int, tmp_path: Path) -> None:
    assert attacked(random_study(Random(seed)), tmp_path) == []


@pytest.mark.skipif(not NIGHTLY, reason="set RPGSTAT_NIGHTLY=1 to attack 1,000 random studies; that takes an hour or more")
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(rng=st.randoms(use_true_random=False))
def test_nothing_is_learnt_of_random_studies(rng: Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert attacked(random_study(rng), tmp_path_factory.mktemp("random")) == []


def _off(*_: object) -> bool:
    """A guard that finds nothing to do."""
    return False


def _none(*_: object) -> None:
    """A guard that finds no reason."""


def _nothing_open(tables):  # type: ignore[no-untyped-def]
    """A guard that finds enough left open of every place."""
    return [None for _ in tables] if isinstance(tables, list) else []


def _shows_few(tables):  # type: ignore[no-untyped-def]
    protect(tables)
    for table in tables:
        table.hidden = {place: reason for place, reason in table.hidden.items() if reason is not Reason.FEW}


def _primary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rpgstat.disclosure._making.protect", _shows_few)


def _secondary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "keep_company", _off)
    _intervals(monkeypatch)


def _intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rpgstat.disclosure._rounds._open", _nothing_open)
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", _nothing_open)  # which would find the same


def _tiers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "_why_few", _none)


def _one_possibility(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "_tells_alone", _off)
    monkeypatch.setattr("rpgstat.disclosure._rounds.blur", lambda _: [])
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", _nothing_open)  # which would find the same


def _counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rpgstat.disclosure.without_counts", lambda own, *_: own)


def _weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rpgstat.disclosure._plan.told_when_weighted", lambda *_, **__: False)


def _one_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command protects what it prints, and knows of no other grouping."""
    for command in ("_response", "weighted"):
        monkeypatch.setattr(f"rpgstat.workflow.{'_response' if command == '_response' else 'planned'}.universe", lambda _, by: [*by])


def _invited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rpgstat.disclosure._making.invited", lambda *_: {})


def _declared_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rpgstat.disclosure._plan.constant_weights", lambda *_: {})


GUARDS = {
    "primary": (_primary, "ties"),
    "secondary": (_secondary, "ties"),
    "intervals": (_intervals, "worked_in_one_place"),
    "tiers": (_tiers, "near_the_end"),
    "one possibility": (_one_possibility, "near_the_end"),
    "counts": (_counts, "one_item_that_few_answered"),
    "weights": (_weights, "known_weights"),
    "one plan": (_one_plan, "coarser_over_finer"),
    "invited": (_invited, "all_who_were_invited"),
    "declared weights": (_declared_weights, "declared_weights"),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_without_any_one_guard_the_stranger_learns_something(guard: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Else the tests above would show nothing."""
    switch_off, name = GUARDS[guard]
    made = {one.__name__: one for one in (*EIGHT, near_the_end)}[name]()
    switch_off(monkeypatch)  # with all guards nothing is learnt of it: see above
    assert attacked(made, tmp_path, tables if name == "worked_in_one_place" else calls) != []


# --- what may vary from run to run ----------------------------------------------------------------------------------


def _with_fewer_exports(folder: Path) -> tuple[Made, list[Output]]:
    """Outputs of a study of two waves, and of each of its exports by itself."""
    made = ties()
    later = replace(made.waves[0], name="two", people=tuple(replace(one, answers=one.answers[::-1]) for one in made.waves[0].people))
    made = replace(made, waves=(*made.waves, later))
    study = made.write(folder)
    return made, [*gathered(study, made), *(output for wave in made.waves for output in gathered(study, made, [folder / f"{wave.name}.csv"]))]


def _before_a_statement_was_added(folder: Path) -> tuple[Made, list[Output]]:
    """Outputs of a study, and of the same study before one of its statements was declared."""
    made = ties()
    before = gathered(made.without("learn").write(folder / "before"), made.without("learn"))
    alone = [replace(output, rows=tuple(row for row in output.rows if row.get("item"))) for output in before if output.name in ("score", "breakdown")]
    return made, [*gathered(made.write(folder / "after"), made), *alone]


@pytest.mark.parametrize("outputs", [_with_fewer_exports, _before_a_statement_was_added])
def test_what_is_withheld_does_not_depend_on_what_else_is_there(outputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert audit(*outputs(tmp_path / "one choice")).told == []
    most: list[int] = []

    def planned(tally, *args, **options):  # type: ignore[no-untyped-def]
        """Of a smaller study the largest group is withheld beside small ones, not the smallest."""
        most.append(len(tally.counts))
        with monkeypatch.context() as own:
            if len(tally.counts) < (4 if outputs is _with_fewer_exports else 2):
                own.setattr(Table, "order", property(lambda table: [*list(dict.fromkeys(table.same.values()))[1:], next(iter(table.same.values()))]))
            return plan(tally, *args, **options)

    monkeypatch.setattr("rpgstat.workflow.planned.plan", planned)
    assert audit(*outputs(tmp_path / "two choices")).told != []
    assert len(set(most)) == 2


def test_crosses_that_are_refused_are_shown_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = worked_in_one_place()
    monkeypatch.setattr("rpgstat.disclosure._universe._STEPS", 0)  # as if there were too many groups to protect them crossed
    assert attacked(made, tmp_path / "refused", tables) == []
    monkeypatch.setattr("rpgstat.disclosure._plan.Plan._of", lambda *asked: {key: frozenset() for key in asked[2]})
    assert attacked(made, tmp_path / "shown", tables) != []


# --- questions and themes beside statements -------------------------------------------------------------------------


def talked(rng: Random, folder: Path) -> list[str]:
    """What the stranger learns who holds single questions and themes as well."""
    made = talking(rng, random_study(rng))
    outputs = gathered(made.write(folder), made)
    return [*audit(made, outputs).told, *audit_replies(made, outputs).told]


def test_no_two_of_all_commands_tell_more_than_one(tmp_path: Path) -> None:
    assert talked(Random(7), tmp_path) == []


@pytest.mark.skipif(not NIGHTLY, reason="set RPGSTAT_NIGHTLY=1 to attack 500 random studies with questions and themes")
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(rng=st.randoms(use_true_random=False))
def test_no_two_of_all_commands_tell_more_than_one_of_random_studies(rng: Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert talked(rng, tmp_path_factory.mktemp("random")) == []
