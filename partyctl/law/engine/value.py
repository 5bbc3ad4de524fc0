"""The base class of the values of facts: like a frozen dataclass, but quick to define."""

from partyctl.light import Self, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value:
    """The base class for the values of facts. The values are annotated fields.

    This class is not a dataclass: for dataclasses, Python would generate code for each of these
    classes at every start.
    """

    def __init__(self, **said: object) -> None:
        unknown = said.keys() - self.fields()
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        self.__dict__.update(said)

    @classmethod
    def filled(cls, said: dict[str, object]) -> Self:
        """Make a value from `said`. Nothing checks that `said` names exactly the fields."""
        made = cls.__new__(cls)
        made.__dict__.update(said)
        return made

    @classmethod
    def fields(cls) -> dict[str, object]:
        """The names of the fields, in order, each with its type."""
        return cls.__annotations__

    def changed(self, **changes: object) -> Self:
        """A copy with other values in some fields."""
        return type(self)(**(self.__dict__ | changes))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash((type(self), self._said()))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({said})"

    def _said(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.fields())
