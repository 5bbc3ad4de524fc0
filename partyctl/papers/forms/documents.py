"""Filling a Word template with what the ledger knows; what it does not know stands as 〔待补〕.

Only the commands that write a document import this: docxtpl and what it needs cost a third of a
second. A template is somebody's file: it is rendered in Jinja's sandbox, and can call nothing, and
in a child process, which has so much time and memory and no more (`bounded`).
"""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.papers.forms import bounded

BLANK = "〔待补〕"
"""What stands for a value that the ledger does not hold: somebody has to write it in."""

LARGEST = 20_000_000
"""Bytes, unpacked: more than any letter's template has."""

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Values = Mapping[str, Any]


def fill(template: Path, values: Values) -> tuple[bytes, list[str]]:
    """The document, and the names of the fields that it could not fill. Raises BadInput."""
    _require_small(template)
    try:
        found = bounded.in_child(lambda: _filled(template, values))
    except bounded.Unfit:
        raise _unfit(template) from None
    blanks, _, content = found.partition(b"\n")
    return content, json.loads(blanks)


def _filled(template: Path, values: Values) -> bytes:
    """In the child: a line of JSON with what was left blank, then the document."""
    document = DocxTemplate(str(template))
    wanted = document.get_undeclared_template_variables(_sandbox())
    blanks = sorted(name for name in wanted if values.get(name) is None)
    known = {name: _safe(value) for name, value in values.items()}
    document.render(known | dict.fromkeys(blanks, BLANK), _sandbox())
    written = io.BytesIO()
    document.save(written)
    return json.dumps(blanks).encode() + b"\n" + written.getvalue()


def _sandbox() -> SandboxedEnvironment:
    """Where a template is rendered: it sees text, escaped for XML, and nothing of the program."""
    return SandboxedEnvironment(autoescape=True)


def _safe(value: Any) -> Any:  # noqa: ANN401 - texts, and lists and tables of texts
    """A value without what no XML can hold; nothing known within a list is blank too."""
    if isinstance(value, str):
        return NOT_IN_XML.sub("", value)
    if isinstance(value, list):
        return [_safe(each) for each in value]
    if isinstance(value, dict):
        return {name: BLANK if each is None else _safe(each) for name, each in value.items()}
    return value


def _require_small(template: Path) -> None:
    """Refuse what is no archive, or would not fit in memory once unpacked."""
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
            f"The template {template.name} is no Word template that can be filled.",
        ),
        "partyctl warning templates",
    )
