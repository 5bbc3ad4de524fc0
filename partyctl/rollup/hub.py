"""A hub: the folder in which a superior collects the extracts of many branches.

`hub.json` contains the organ and the enrolled branches. `extracts/MONTH/CODE.gz` is a branch's
newest extract for a month, or a lower hub's newest packet. `received.jsonl` has one line per
accepted extract and one per stored file; no complete line is ever removed. partyctl makes
`checkpoint.json` and `parquet/` from these files, and can make them again. The files of a hub can
be read only by their owner. Five thousand branches can report to a hub, so `unit` and `unit_of`
find a branch without a search through all branches.
"""

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from partyctl.errors import BadInput, MissingInput, Refused
from partyctl.language import say
from partyctl.ledger.file import files, handed_in
from partyctl.light import NamedTuple
from partyctl.rollup.reading import MONTH, fits
from partyctl.rollup.received import damaged

FORMAT = "partyctl-hub/1"
LONGEST_CODE, LONGEST_NAME = 32, 200
CODE = re.compile(rf"[0-9A-Za-z][0-9A-Za-z_-]{{0,{LONGEST_CODE - 1}}}", re.ASCII)
OWN = "own"
"""The key of a hub's own branches in totals by organ. No branch may have this key as its code."""
HUB = "hub.json"


class Unit(NamedTuple):
    """An enrolled branch: its code in this hub, its name, and its ledger.

    `branch`: the branch's number in its ledger, or 0 if the enrolment is for the whole ledger.
    """

    code: str
    name: str
    ledger: str
    branch: int = 0


class Hub:
    """A hub in a folder, with its enrolled branches. Raises MissingInput, BadInput."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        said = _read(folder / HUB)
        self.number: str = said["hub"]
        self.organ: str = said["organ"]
        self.units = [Unit(*each) for each in said["units"]]
        self._by_code = {unit.code: unit for unit in self.units}
        self._own_files = {f"{unit.code}.gz" for unit in self.units}
        self._by_ledger = {(unit.ledger, unit.branch): unit for unit in self.units}

    def unit(self, code: str) -> Unit | None:
        """Return the branch with this code, or None."""
        return self._by_code.get(code)

    def unit_of(self, ledger: str, branch: int) -> Unit | None:
        """Return the branch of an extract, or None if it is not enrolled."""
        return self._by_ledger.get((ledger, branch))

    def units_of(self, ledger: str) -> list[Unit]:
        """Return all enrolled branches of a ledger."""
        return [unit for unit in self.units if unit.ledger == ledger]

    def enrol(self, unit: Unit) -> None:
        """Enrol a branch.

        Raises BadInput if the code or the name is invalid, and Refused if the code or the branch is
        already enrolled. Codes that differ only in case count as equal, because some file systems
        would store both branches in one file.
        """
        _require_code(unit.code)
        require_name(unit.name, "partyctl rollup enrol 001 … --ledger …")
        for each in self.units:
            if each.code.lower() == unit.code.lower() or _overlap(each, unit):
                raise Refused(
                    say(
                        f"已经登记过：{each.code} {each.name}。",
                        f"Enrolled already: {each.code} {each.name}.",
                    ),
                    "partyctl rollup missing --month …",
                )
        self.units.append(unit)
        self._own_files.add(f"{unit.code}.gz")
        self._by_code[unit.code] = self._by_ledger[unit.ledger, unit.branch] = unit
        self.save()

    def save(self) -> None:
        """Write the list of enrolled branches."""
        _write(self.folder, self.number, self.organ, self.units)

    def place_of(self, unit: Unit, month: str) -> Path:
        """Return the path of a branch's extract for a month."""
        return self.folder / "extracts" / month / f"{unit.code}.gz"

    def months(self) -> list[str]:
        """Return the months that have extracts, in order."""
        folders = (self.folder / "extracts").glob("*")
        return sorted(each.name for each in folders if fits(each.name, MONTH) and each.is_dir())

    def reported(self, month: str) -> list[Unit]:
        """Return the branches whose file for a month is in the hub."""
        here = self._files_of(month)
        return [unit for unit in self.units if f"{unit.code}.gz" in here]

    def number_reported(self, month: str) -> int:
        """Return how many branches have their file for a month in the hub."""
        return len(self._files_of(month) & self._own_files)

    def missing(self, month: str) -> list[Unit]:
        """Return the branches whose file for a month is missing."""
        here = self._files_of(month)
        return [unit for unit in self.units if f"{unit.code}.gz" not in here]

    def _files_of(self, month: str) -> set[str]:
        with suppress(FileNotFoundError), os.scandir(self.folder / "extracts" / month) as found:
            return {each.name for each in found if each.is_file(follow_symlinks=False)}
        return set()


def _require_code(code: str) -> None:
    again = "partyctl rollup enrol 001 … --ledger …"
    if not CODE.fullmatch(code):
        raise BadInput(
            say(
                f"代码只用字母、数字、- 和 _，最多 {LONGEST_CODE} 个。",
                f"A code may have only letters, digits, - and _, and at most {LONGEST_CODE} of them.",
            ),
            again,
        )
    if code.lower() == OWN:
        raise BadInput(
            say(
                f"代码不能是 {OWN}：本级自己的支部汇总时用它。",
                f"The code cannot be {OWN}: totals use {OWN} for the hub's own branches.",
            ),
            again,
        )


def is_name(value: object) -> bool:
    """Whether a value can be the name of a branch or an organ in a packet."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable()


def require_name(name: str, again: str) -> None:
    """Raise BadInput if a higher hub would refuse a name. `again`: the command to type again."""
    if not is_name(name):
        raise BadInput(
            say(
                f"名称要有 1 到 {LONGEST_NAME} 个能打印的字。",
                f"A name must have 1 to {LONGEST_NAME} printable characters.",
            ),
            again,
        )


def create(folder: Path, organ: str) -> Hub:
    """Create a hub for an organ.

    Raises BadInput for an invalid name, and Refused if the folder already has a hub.
    """
    require_name(organ, "partyctl rollup init DIR --organ …")
    if (folder / HUB).exists():
        raise Refused(
            say(f"{folder} 已经是汇总处。", f"{folder} is a hub already."),
            f"partyctl rollup missing --hub {folder} --month …",
        )
    files.create_folder(folder)
    _write(folder, os.urandom(8).hex(), organ, [])
    return Hub(folder)


def _write(folder: Path, number: str, organ: str, units: list[Unit]) -> None:
    said = {"format": FORMAT, "hub": number, "organ": organ, "units": units}
    files.write(folder / HUB, json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def _overlap(one: Unit, other: Unit) -> bool:
    """Whether two enrolments are for the same branch.

    Branch 0 includes all branches of the ledger.
    """
    same = one.branch == other.branch or 0 in (one.branch, other.branch)
    return one.ledger == other.ledger and same


def _read(path: Path) -> dict[str, Any]:
    if not (handed_in.is_there(path) and path.is_file()):
        raise MissingInput(
            say(f"{path.parent} 不是汇总处。", f"{path.parent} is not a hub."),
            "partyctl rollup init DIR --organ …",
        )
    try:
        said = handed_in.parsed_json(handed_in.read_text(path))
    except ValueError:
        raise damaged(path) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT or not _is_whole(said):
        raise damaged(path)
    return said


def _is_whole(said: dict[str, Any]) -> bool:
    units = said.get("units")
    return (
        isinstance(said.get("hub"), str)
        and isinstance(said.get("organ"), str)
        and isinstance(units, list)
        and all(isinstance(each, list) and len(each) == len(Unit._fields) for each in units)
        and all(_is_unit(*each) for each in units)
    )


def _is_unit(code: object, name: object, ledger: object, branch: object) -> bool:
    texts = isinstance(name, str) and isinstance(ledger, str)
    return fits(code, CODE) and texts and isinstance(branch, int)
