"""Let commands share a group of options: a frozen dataclass declares each option once.

A command takes the dataclass as one parameter; `taking_options` shows the fields of the dataclass
to Typer as separate options. In this way readers and mypy can follow a value from the command line
to the record.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import wraps
from typing import Any, get_type_hints

Command = Callable[..., None]


def taking_options(command: Command) -> Command:
    """Let a command take a dataclass of options; users see its fields as ordinary options."""
    own = inspect.signature(command)
    groups: dict[str, Any] = {
        name: parameter.annotation
        for name, parameter in own.parameters.items()
        if is_dataclass(parameter.annotation)
    }

    @wraps(command)
    def answered(**given: Any) -> None:  # noqa: ANN401 - Typer passes what the signature below declares
        for name, group in groups.items():
            given[name] = group(**{each.name: given.pop(each.name) for each in fields(group)})
        command(**given)

    parameters = list(_parameters(own, groups))
    answered.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined] # Typer reads this
    return answered


def _parameters(own: inspect.Signature, groups: dict[str, Any]) -> Iterator[inspect.Parameter]:
    for name, parameter in own.parameters.items():
        if name not in groups:
            yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            continue
        hints = get_type_hints(groups[name], include_extras=True)
        for each in fields(groups[name]):
            yield inspect.Parameter(
                each.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=_default(each),
                annotation=hints[each.name],
            )


def _default(field: Field[Any]) -> Any:  # noqa: ANN401 - options have defaults of any type
    return inspect.Parameter.empty if field.default is MISSING else field.default
