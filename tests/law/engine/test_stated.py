"""`Stated`: fields by name or in order, default values, refusal of unknown fields, immutability."""

from collections.abc import Callable

import pytest

from partyctl.law.engine.stated import Stated


def plain(said: str) -> str:
    return said


class Wish(Stated):
    what: str
    times: int = 1


class Kind(Wish, kw_only=True):
    _kept: int = 0
    told: Callable[[str], str] = plain


def test_fields_are_given_in_order_or_by_name():
    assert Wish("tea", 2) == Wish(times=2, what="tea")
    assert (Wish("tea").what, Wish("tea").times) == ("tea", 1)
    assert list(Kind.fields()) == ["what", "times", "told"]


def test_a_function_as_a_value_is_no_method():
    assert Kind(what="tea").told("please") == "please"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Wish(),
        lambda: Wish("tea", 2, 3),
        lambda: Wish("tea", what="coffee"),
        lambda: Wish("tea", sugar=True),
    ],
)
def test_a_value_that_is_missing_unknown_or_given_twice_is_refused(wrong: Callable[[], Wish]):
    with pytest.raises(TypeError, match="Wish"):
        wrong()


def test_another_value_makes_another_thing():
    one = Wish("tea")
    other = one.changed(times=3)
    assert (one.times, other.times) == (1, 3)
    assert one != other
    assert len({one, other, Wish("tea"), one.changed()}) == 2
    assert Wish("tea") != Kind(what="tea")
    assert repr(other) == "Wish(what='tea', times=3)"


def test_nothing_is_changed_in_place():
    with pytest.raises(AttributeError, match="times"):
        Wish("tea").times = 2  # type: ignore[misc]  # the point of the test
