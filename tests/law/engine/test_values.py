"""The values of facts: compared by content and kind, never changed in place."""

import pytest

from partyctl.law.engine import values
from partyctl.law.engine.value import Value
from partyctl.law.engine.values import Measure, Task
from partyctl.terms import Payer, Result

TASK = Task(name="走访")


def test_values_are_equal_where_they_are_of_one_kind_and_say_the_same():
    assert Task(name="走访") == TASK
    assert hash(Task(name="走访")) == hash(TASK)
    assert Task(name="慰问") != TASK
    assert Measure(name="走访") != TASK
    assert len({TASK, Task(name="走访"), Task(name="慰问"), Measure(name="走访")}) == 3


def test_a_field_that_is_left_out_has_its_usual_value():
    assert Task(name="走访", due_on=None, done_on=None) == TASK
    assert TASK.changed(name="慰问") == Task(name="慰问")
    assert TASK.name == "走访"


def test_a_value_takes_no_field_that_its_kind_does_not_have():
    with pytest.raises(TypeError, match="Task has no day, month"):
        Task(name="走访", month=1, day=2)
    with pytest.raises(TypeError, match="Value has no name"):
        Value(name="走访")


def test_a_value_is_written_with_its_fields():
    assert repr(TASK) == "Task(name='走访')"


KINDS = [
    each for each in vars(values).values() if isinstance(each, type) and issubclass(each, Value)
]


def test_what_a_fact_leaves_out_is_nothing_but_who_paid_and_how_a_step_ended():
    left_out = {
        (kind.__name__, name): getattr(kind, name)
        for kind in KINDS
        for name in kind.fields()
        if hasattr(kind, name)
    }
    assert len(left_out) > 40
    assert {field: value for field, value in left_out.items() if value} == {
        ("Payment", "payer"): Payer.SELF,
        ("AdmissionAct", "result"): Result.PASS,
    }
    assert {value for value in left_out.values() if not value} == {None, False, ()}
