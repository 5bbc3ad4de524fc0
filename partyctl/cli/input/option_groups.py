"""Options shared by several commands, as one frozen dataclass: each option is declared once.

A command takes the dataclass as a parameter; `taking_options` shows Typer its fields instead. So readers and
mypy can follow a value from the command line to the record.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import wraps
from typing import Any, get_type_hints

Command = Callable[..., None]


def taking_options(command: Command) -> Command:
    """Let a command take a dataclass of options; these are typed and listed like its own options."""
    own = inspect.signature(command)
    groups: dict[str, Any] = {
        name: parameter.annotation
        for name, parameter in own.parameters.items()
        if is_dataclass(parameter.annotation)
    }

    @wraps(command)
    def answered(**given: Any) -> None:  # noqa: ANN401 - as Typer read them by the signature below
        for name, group in groups.items():
            given[name] = group(**{each.name: given.pop(each.name) for each in fields(group)})
        command(**given)

    parameters = list(_parameters(own, groups))
    answered.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]  # what Typer reads
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


def _default(field: Field[Any]) -> Any:  # noqa: ANN401 - whatever an option's default is
    return inspect.Parameter.empty if field.default is MISSING else field.default
