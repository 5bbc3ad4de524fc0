"""Named tuples, vocabularies and names for annotations that are quick to load.

A start of `check` defines about 60 named tuples and 50 vocabularies. With `typing.NamedTuple`
and `enum.StrEnum`, defining these classes would take a tenth of the time of `check`. Importing
`typing`, `enum` and `re` would take almost another tenth. Type checkers see the standard classes
and names; at run time, the classes and names of this module replace them. When a workbook is
imported, tuples are made for each row. For these tuples we use typing.NamedTuple itself: the class
takes longer to define, but its tuples are made in half the time.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]  # it reads a field in C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from enum import StrEnum as StrEnum
    from typing import Any as Any
    from typing import ClassVar as ClassVar
    from typing import Generic as Generic
    from typing import Literal as Literal
    from typing import NamedTuple as NamedTuple
    from typing import NoReturn as NoReturn
    from typing import Protocol as Protocol
    from typing import Self as Self
    from typing import TextIO as TextIO
    from typing import TypedDict as TypedDict
    from typing import TypeVar as TypeVar
    from typing import cast as cast
    from typing import dataclass_transform as dataclass_transform


new_tuple = tuple.__new__


class Fields(type):
    """The metaclass that makes a named tuple's fields from the annotations in its class."""

    _fields: tuple[str, ...] = ()
    _count = 0
    _field_defaults: dict[str, object]
    _last: tuple[object, ...] = ()

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Fields:
        """Define a class in which each annotated name reads one item of the tuple."""
        body["__slots__"] = ()
        fields = tuple(body.get("__annotations__", ()))
        if fields:
            body["_fields"] = body["__match_args__"] = fields
            body["_count"] = len(fields)
            body["_field_defaults"] = {each: body[each] for each in fields if each in body}
            body["_last"] = tuple(body["_field_defaults"].values())
            body.update((each, _tuplegetter(place, "")) for place, each in enumerate(fields))
        return super().__new__(cls, name, bases, body)


class Named(tuple[object, ...], metaclass=Fields):
    """A tuple whose items have names."""

    def __new__(cls, *given: object, **named: object) -> Self:
        """Make a tuple. Raises TypeError for a missing or an unknown value."""
        if named or len(given) != cls._count:
            lacking = cls._count - len(given)
            if named or not 0 < lacking <= len(cls._last):
                given = cls._complete(given, named)
            else:
                given += cls._last[-lacking:]
        return new_tuple(cls, given)

    @classmethod
    def _complete(cls, given: tuple[object, ...], named: dict[str, object]) -> tuple[object, ...]:
        """Return all values in order, with the defaults for missing values. Raises TypeError."""
        fields, default = cls._fields, cls._field_defaults
        try:
            later = [
                named.pop(each) if each in named else default[each] for each in fields[len(given) :]
            ]
        except KeyError as missing:
            raise TypeError(f"{cls.__name__} needs a value for {missing}") from None
        if named or len(given) > len(fields):
            raise TypeError(f"{cls.__name__} has only {', '.join(fields)}")
        return (*given, *later)

    @classmethod
    def _make(cls, values: Iterable[object]) -> Self:
        """Make a tuple from all of its values. Raises TypeError for too few or too many values."""
        made = new_tuple(cls, values)
        if len(made) != cls._count:
            raise TypeError(f"{cls.__name__} has {cls._count} fields, not {len(made)}")
        return made

    def _replace(self, **changes: object) -> Self:
        """A copy with other values in some fields. Raises ValueError for an unknown field."""
        changed = self._make(map(changes.pop, type(self)._fields, self))
        if changes:
            raise ValueError(f"{type(self).__name__} has no {', '.join(changes)}")
        return changed

    def _asdict(self) -> dict[str, object]:
        """The values by name."""
        return dict(zip(type(self)._fields, self, strict=True))

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        values = (f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({', '.join(values)})"


class Vocabulary(type):
    """The metaclass of vocabularies: it makes the words; a loop over a vocabulary yields them."""

    _words: dict[str, Word]

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Vocabulary:
        """Define a class in which each name in capitals is a word."""
        said = {each: body.pop(each) for each in list(body) if each.isupper()}
        made = super().__new__(cls, name, bases, body)
        named: dict[str, Word] = {}
        make = made.__new__  # of the class, not of this metaclass
        for each, values in said.items():
            stored = values if isinstance(values, tuple) else (values,)
            word: Word = make(made, *stored)  # type: ignore[arg-type, assignment]  # see above
            word.name, word.value = each, stored[0]
            named[each] = word
        made._words = {word.value: word for word in named.values()}
        # Set the attributes last, because each change of a class slows down the next lookups in it.
        for each, word in named.items():
            setattr(made, each, word)
        return made

    def __call__(cls, value: str) -> Word:
        """The word that has this value. Raises ValueError."""
        try:
            return cls._words[value]
        except KeyError:
            raise ValueError(f"{value!r} is not a valid {cls.__name__}") from None

    def __getitem__(cls, name: str) -> Word:
        """The word that has this name. Raises KeyError."""
        return {word.name: word for word in cls}[name]

    def __iter__(cls) -> Iterator[Word]:
        return iter(cls._words.values())

    def __len__(cls) -> int:
        return len(cls._words)

    def __contains__(cls, value: object) -> bool:
        return value in cls._words


class Word(str, metaclass=Vocabulary):
    """A word of a closed vocabulary; it equals its value, which is a string."""

    name: str
    value: str

    def __repr__(self) -> str:
        return f"<{type(self).__name__}.{self.name}: {self.value!r}>"

    def __reduce_ex__(self, protocol: object) -> tuple[type, tuple[str]]:
        return type(self), (self.value,)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> dict[str, object]:
        """Let a pydantic field of this type accept only the vocabulary's words."""
        return {"type": "function-plain", "function": {"type": "no-info", "function": cls}}


class Unchecked:
    """Takes the place of types in annotations at run time, when nothing checks the types."""

    __slots__ = ()

    def __new__(cls, *_: object, **__: object) -> type[Unchecked]:  # type: ignore[misc]  # TypeVar("Term")
        """Return the class itself, so that `TypeVar("Term")` is this class at run time."""
        return cls

    def __class_getitem__(cls, kinds: object) -> type[Unchecked]:
        return cls


def given(kind: object, value: object) -> object:
    """Return the value unchanged; the kind is only for the type checker."""
    return value


def undecorated(**_: object) -> Callable[[type], type]:
    """Return a decorator that changes nothing; its arguments are only for the type checker."""
    return lambda decorated: decorated


if not TYPE_CHECKING:
    NamedTuple, StrEnum = Named, Word
    Any = ClassVar = Literal = NoReturn = Self = TextIO = TypeVar = Unchecked
    Generic, Protocol, TypedDict = Unchecked, object, dict
    cast, dataclass_transform = given, undecorated
