"""The base class of rules, duties and conditions: like a frozen dataclass, but quick to define."""

from collections.abc import Mapping

from partyctl.light import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Stated:
    """The base class for classes with annotated fields, which are used like frozen dataclasses.

    Python generates code for each dataclass at every start, which took a third of the start time
    of `check`. This class needs no generated code.
    """

    _fields: ClassVar[Mapping[str, object]] = {}
    _usual: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        own = {name: kind for name, kind in cls.__annotations__.items() if name[0] != "_"}
        cls._fields = {**cls._fields, **own}
        usual = {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        cls._usual = {**cls._usual, **usual}

    def __init__(self, *placed: Any, **named: Any) -> None:  # noqa: ANN401 - each field has its own type
        said = dict(zip(self._fields, placed, strict=False))
        wrong = (self._fields.keys() & named.keys() & said.keys()) | (named.keys() - self._fields)
        said = {**self._usual, **said, **named}
        wrong |= self._fields.keys() - said.keys()
        if wrong or len(placed) > len(self._fields):
            names = ", ".join(sorted(wrong)) or "too many values"
            raise TypeError(f"{type(self).__name__}: missing, unknown or given twice: {names}")
        self.__dict__.update(said)

    @classmethod
    def fields(cls) -> Mapping[str, object]:
        """The names of the fields, in order, each with its type."""
        return cls._fields

    def changed(self, **changes: Any) -> Self:  # noqa: ANN401 - each field has its own type
        """A copy with other values in some fields."""
        return type(self)(**(self.__dict__ | changes))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *(self.__dict__[name] for name in self._fields)))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._fields)
        return f"{type(self).__name__}({said})"
