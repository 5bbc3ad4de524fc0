"""Our light named tuples and vocabularies behave like those of the standard library."""

import copy
import enum
import pickle
import re
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from partyctl import light
from partyctl.terms import MeetingKind

PACKAGE = Path(light.__file__).parent


class Point(light.NamedTuple):
    """A place with a height."""

    x: int
    y: int = 2
    z: int = 3

    @property
    def flat(self) -> tuple[int, int]:
        return self.x, self.y


class StandardPoint(typing.NamedTuple):
    """The fields of `Point` in a named tuple of the standard library."""

    x: int
    y: int = 2
    z: int = 3


class Shade(light.StrEnum):
    """A vocabulary of two words."""

    LIGHT = "light"
    DARK_GREY = "dark-grey"


class StandardShade(enum.StrEnum):
    """The words of `Shade` in an enumeration of the standard library."""

    LIGHT = "light"
    DARK_GREY = "dark-grey"


def test_these_classes_are_not_those_of_the_standard_library():
    assert not isinstance(Shade, enum.EnumType)
    assert isinstance(StandardShade, enum.EnumType)
    assert type(Point) is not type(StandardPoint)


CALLS: tuple[Callable[[Any], Any], ...] = (
    lambda point: point(1),
    lambda point: point(1, 5),
    lambda point: point(1, 5, 7),
    lambda point: point(1, z=9),
    lambda point: point(z=9, x=4),
    lambda point: point(),
    lambda point: point(y=1),
    lambda point: point(1, 2, 3, 4),
    lambda point: point(1, x=1),
    lambda point: point(1, w=1),
    lambda point: point(1)._replace(y=8),
    lambda point: point(1)._replace(w=8),
    lambda point: point._make([1, 2, 3]),
    lambda point: point._make([1, 2]),
    lambda point: point._make([1, 2, 3, 4]),
    lambda point: pickle.loads(pickle.dumps(point(1))),
    lambda point: point(1)._asdict(),
    lambda point: point._fields,
    lambda point: point._field_defaults,
    lambda point: point.__match_args__,
    lambda point: (point(1) < point(2), point(1) == (1, 2, 3), hash(point(1))),
    lambda point: (point(4).x, point(4).z, *point(4)),
    lambda point: setattr(point(1), "x", 2),
    lambda point: setattr(point(1), "w", 2),
    lambda point: repr(point(1)).removeprefix(point.__name__),
    lambda point: typing.get_type_hints(point),
)
"""Expressions that use a named tuple, some with wrong arguments."""

QUESTIONS: tuple[Callable[[Any], Any], ...] = (
    list,
    len,
    lambda shade: shade("light") is shade.LIGHT,
    lambda shade: shade("bright"),
    lambda shade: shade(shade.LIGHT) is shade.LIGHT,
    lambda shade: shade["DARK_GREY"] is shade.DARK_GREY,
    lambda shade: shade["dark-grey"],
    lambda shade: pickle.loads(pickle.dumps(shade.LIGHT)) is shade.LIGHT,
    lambda shade: shade.DARK_GREY.name,
    lambda shade: type(shade.DARK_GREY.value),
    lambda shade: shade.LIGHT == "light",
    lambda shade: {shade.LIGHT: 1}["light"],
    lambda shade: f"{shade.LIGHT} {shade.LIGHT!s:>9}",
    lambda shade: repr(shade.LIGHT).removeprefix(f"<{shade.__name__}"),
    lambda shade: (shade.LIGHT in shade, shade.BRIGHT),
    lambda shade: isinstance(shade.LIGHT, str) and isinstance(shade.LIGHT, shade),
)
"""Expressions that use a vocabulary."""


def answer(asked: Callable[[Any], Any], of: type) -> object:
    """The value of an expression, or the type of the error that it raises."""
    try:
        return asked(of)
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("asked", CALLS)
def test_a_named_tuple_answers_like_that_of_the_standard_library(asked: Callable[[Any], Any]):
    assert answer(asked, Point) == answer(asked, StandardPoint)


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_vocabulary_answers_like_an_enum(asked: Callable[[Any], Any]):
    assert answer(asked, Shade) == answer(asked, StandardShade)


def test_a_named_tuple_keeps_its_own_methods_and_its_documentation():
    assert Point(1).flat == (1, 2)
    assert Point.__doc__ == "A place with a height."


@pytest.mark.parametrize("value", [Point(1), Shade.DARK_GREY, MeetingKind.ORG_LIFE])
def test_a_copy_is_equal_and_of_the_same_class(value: object):
    copies = [copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))]
    assert copies == [value] * 3
    assert {type(each) for each in copies} == {type(value)}


def test_a_copy_of_a_word_is_the_word_itself():
    assert pickle.loads(pickle.dumps(MeetingKind.ORG_LIFE)) is MeetingKind.ORG_LIFE


def test_a_column_takes_only_the_words_of_its_vocabulary():
    column = TypeAdapter(MeetingKind)
    assert column.validate_python("lecture") is MeetingKind.LECTURE
    with pytest.raises(ValidationError):
        column.validate_python("party")


MADE_FOR_EACH_ROW = {
    "ledger/journal/capture.py",
    "papers/sheets/lines.py",
    "papers/sheets/people.py",
    "papers/sheets/table_reader.py",
    "papers/sheets/tables.py",
    "records/members/members.py",
}
"""Modules that still use `typing.NamedTuple`: an import of a workbook creates a tuple for each row.

A named tuple of `typing` takes long to define, but its instances are created quickly.
"""


def test_only_what_is_made_for_each_row_is_a_named_tuple_of_typing():
    imports = re.compile(r"from typing import .*\bNamedTuple\b")
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if path.name != "light.py" and imports.search(path.read_text(encoding="utf-8"))
    }
    assert found == MADE_FOR_EACH_ROW
