"""Fill a Word template with values from the ledger. Fields without a value show 〔待补〕.

Only commands that fill or list templates import this module, because importing docxtpl takes a
third of a second. A template is an untrusted file, so it is rendered in Jinja's sandbox, where it
cannot call unsafe functions, and in a child process with limited time and memory (`bounded`).
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from partyctl.errors import BadInput, BadUsage
from partyctl.language import comma_list, say
from partyctl.papers.forms import bounded
from partyctl.papers.forms.repeatable import repeatable
from partyctl.papers.labels import field_meant, label
from partyctl.terms import blank

LARGEST = 20_000_000
"""The largest accepted size of an unpacked template, in bytes.

The templates that come with partyctl are far smaller.
"""

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Values = Mapping[str, Any]


def fill(
    template: Path, values: Values, typed: Mapping[str, str] | None = None
) -> tuple[bytes, list[str]]:
    """Return the document, and the names of the fields that are still empty.

    `typed`: the values that the clerk typed, keyed by field name. Raises BadInput for a bad
    template, and BadUsage if the clerk typed a value for a field that the template does not have.
    """
    by_hand = typed or {}
    found = _in_child(template, lambda: _filled(template, values, by_hand))
    told, _, content = found.partition(b"\n")
    wanted, blanks = json.loads(told)
    _require_fields(by_hand, wanted)
    return content, blanks


def fields(template: Path) -> list[str]:
    """Return the names of a template's fields. Raises BadInput."""
    found = _in_child(template, lambda: json.dumps(_wanted(DocxTemplate(str(template)))).encode())
    return list(json.loads(found))


def _in_child(template: Path, work: Callable[[], bytes]) -> bytes:
    _require_small(template)
    try:
        return bounded.in_child(work)
    except bounded.Unfit:
        raise _unfit(template) from None


def _wanted(document: DocxTemplate) -> list[str]:
    return sorted(document.get_undeclared_template_variables(_sandbox()))


def _filled(template: Path, known: Values, typed: Mapping[str, str]) -> bytes:
    """Return a line of JSON, which lists all fields and the empty fields, and then the document.

    This function runs in the child process.
    """
    document = DocxTemplate(str(template))
    wanted = _wanted(document)
    values = {**known, **{field_meant(name, wanted): text for name, text in typed.items()}}
    blanks = [name for name in wanted if values.get(name) is None]
    inside = sorted({gap for name in wanted for gap in _gaps(values.get(name))} - set(blanks))
    safe = {name: _safe(value) for name, value in values.items()}
    document.render(safe | dict.fromkeys(blanks, blank()), _sandbox())
    written = io.BytesIO()
    document.save(written)
    told = json.dumps([wanted, [*blanks, *inside]]).encode()
    return told + b"\n" + repeatable(written.getvalue())


def _gaps(value: Any) -> set[str]:  # noqa: ANN401 - texts, and lists and tables of texts
    """Return the names of the fields that are empty in at least one row of a list."""
    if isinstance(value, list):
        return {gap for each in value for gap in _gaps(each)}
    if isinstance(value, dict):
        return {name for name, each in value.items() if each is None}
    return set()


def _require_fields(typed: Mapping[str, str], wanted: list[str]) -> None:
    unknown = [name for name in typed if field_meant(name, wanted) not in wanted]
    if unknown:
        named = comma_list(dict.fromkeys(map(label, wanted)))
        raise BadUsage(
            say(
                f"模板里没有“{unknown[0]}”这个栏目；有：{named}。",
                f"The template has no field “{unknown[0]}”; it has: {named}.",
            ),
            f"--fill {label(min(wanted, default='…'))}=…",
        )


def _sandbox() -> SandboxedEnvironment:
    """Return Jinja's environment: text is escaped for XML, and templates cannot use partyctl's objects."""
    return SandboxedEnvironment(autoescape=True)


def _safe(value: Any) -> Any:  # noqa: ANN401 - texts, and lists and tables of texts
    """Remove the characters that XML forbids; in tables, replace missing texts by 〔待补〕."""
    if isinstance(value, str):
        return NOT_IN_XML.sub("", value)
    if isinstance(value, list):
        return [_safe(each) for each in value]
    if isinstance(value, dict):
        return {name: blank() if each is None else _safe(each) for name, each in value.items()}
    return value


def _require_small(template: Path) -> None:
    """Refuse a file that is not an archive, or is too large when unpacked."""
    try:
        with zipfile.ZipFile(template) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise _unfit(template) from error
    if size > LARGEST:
        raise _unfit(template)


def _unfit(template: Path) -> BadInput:
    return BadInput(
        say(
            f"模板 {template.name} 不是能用的 Word 模板。",
            f"The template {template.name} is not a Word template that can be filled.",
        ),
        "partyctl paper templates",
    )
