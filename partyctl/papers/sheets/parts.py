"""Read workbook data that python-calamine (the library that reads cells) does not return.

A part is a file in the workbook's archive. The parts that this module reads say which part contains
which sheet, and list the workbook's properties.

Use this module only after `guard` has accepted the workbook, because `guard` refuses parts that
have a DOCTYPE or are too large.
"""

import posixpath
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
CUSTOM = "docprops/custom.xml"


def sheet_parts(path: Path) -> dict[str, str]:
    """Return the name of each sheet's part, in lower case, keyed by the sheet's name."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(attributes: dict[str, str]) -> None:
        targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(attributes: dict[str, str]) -> None:
        number = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
        target = targets.get(number, "")
        whole = target if target.startswith("/") else posixpath.join("/xl", target)
        sheets[attributes.get("name", "")] = posixpath.normpath(whole).lstrip("/").lower()

    _each(path, RELATIONS, "Relationship", relation)
    _each(path, WORKBOOK, "sheet", sheet)
    return sheets


def custom_properties(path: Path) -> dict[str, str]:
    """Return the custom properties of a workbook, keyed by name."""
    found: dict[str, str] = {}
    names: list[str] = []

    def begin(attributes: dict[str, str]) -> None:
        names.append(attributes.get("name", ""))
        found[names[-1]] = ""

    def text(more: str) -> None:
        if names:
            found[names[-1]] += more

    _each(path, CUSTOM, "property", begin, text)
    return {name: value.strip() for name, value in found.items()}


def _each(
    path: Path,
    part: str,
    element: str,
    begin: Callable[[dict[str, str]], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `begin` for every element with this name in a part; do nothing if the part is missing."""
    parser = expat.ParserCreate("UTF-8")

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == element:
            begin(attributes)

    parser.StartElementHandler = start
    if text is not None:
        parser.CharacterDataHandler = text
    with ZipFile(path) as archive:
        for info in archive.infolist():
            if info.orig_filename.replace("\\", "/").lower() == part:
                parser.Parse(archive.read(info), True)
