"""A hub: the folder in which a superior collects the extracts of many branches.

`hub.json` says whose it is and which branches report; `extracts/MONTH/CODE.gz` is the extract that
stands for a month; `received.jsonl` has one line for each that was taken, for ever; `parquet/` is
made from the extracts and can be made anew. All of it is its owner's alone.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from partyctl.errors import BadInput, MissingInput, NoSuchRecord, Refused
from partyctl.language import say
from partyctl.ledger.file import files, handed_in

FORMAT = "partyctl-hub/1"
CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,31}", re.ASCII)
HUB = "hub.json"


class Unit(NamedTuple):
    """A branch that reports: its code here, its name, its ledger, and which branch of the ledger (0: all)."""

    code: str
    name: str
    ledger: str
    branch: int = 0


class Receipt(NamedTuple):
    """One extract that was taken: of which branch and month, with which heads, when."""

    code: str
    month: str
    as_of: str
    head: str
    previous_head: str | None
    sha256: str
    received_at: str


class Hub:
    """A hub's folder, as it is on the disk. Raises MissingInput, BadInput."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        said = _read(folder / HUB)
        self.number: str = said["hub"]
        self.organ: str = said["organ"]
        self.units = [Unit(*each) for each in said["units"]]

    def unit(self, code: str) -> Unit:
        """The branch of a code. Raises NoSuchRecord."""
        for unit in self.units:
            if unit.code == code:
                return unit
        raise NoSuchRecord(
            say(f"汇总处没有代码 {code}。", f"No branch here has the code {code}."),
            "partyctl rollup enrol …",
        )

    def unit_of(self, ledger: str, branch: int) -> Unit | None:
        """The branch that an extract is of; None: nobody enrolled it."""
        return next((u for u in self.units if (u.ledger, u.branch) == (ledger, branch)), None)

    def enrol(self, unit: Unit) -> None:
        """Take a branch among those that report. Raises BadInput, Refused for a second one."""
        if not CODE.fullmatch(unit.code):
            raise BadInput(
                say("代码只用字母、数字、- 和 _。", "A code has letters, digits, - and _ alone."),
                "partyctl rollup enrol 001 …",
            )
        for each in self.units:
            if each.code == unit.code or each[2:] == unit[2:]:
                raise Refused(
                    say(
                        f"已经登记过：{each.code} {each.name}。",
                        f"Enrolled already: {each.code} {each.name}.",
                    ),
                    "partyctl rollup missing --month …",
                )
        self.units.append(unit)
        self.save()

    def save(self) -> None:
        """Write who reports here."""
        _write(self.folder, self.number, self.organ, self.units)

    def place_of(self, unit: Unit, month: str) -> Path:
        """Where the extract of a branch and month stands."""
        return self.folder / "extracts" / month / f"{unit.code}.gz"

    def months(self) -> list[str]:
        """The months of which there are extracts, in their order."""
        return sorted(each.name for each in (self.folder / "extracts").glob("*") if each.is_dir())

    def reported(self, month: str) -> list[Unit]:
        """Those whose file of a month is here."""
        return [unit for unit in self.units if self.place_of(unit, month).is_file()]

    def missing(self, month: str) -> list[Unit]:
        """Those whose file of a month is not here."""
        return [unit for unit in self.units if not self.place_of(unit, month).is_file()]

    def receipts(self) -> Iterator[Receipt]:
        """Every extract that was taken, in the order of coming. Raises BadInput."""
        place = self.folder / "received.jsonl"
        if not place.exists():
            return
        for line in place.read_text("utf-8").splitlines():
            try:
                yield Receipt(*json.loads(line))
            except (ValueError, TypeError):
                raise _damaged(place) from None

    def note(self, receipt: Receipt) -> None:
        """Write down that an extract was taken."""
        with _appending(self.folder / "received.jsonl") as file:
            file.write(json.dumps(receipt, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())


def _appending(path: Path) -> TextIO:
    descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    return os.fdopen(descriptor, "a", encoding="utf-8")


def create(folder: Path, organ: str) -> Hub:
    """A new hub of an organ. Raises Refused where a hub is."""
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


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise MissingInput(
            say(f"{path.parent} 不是汇总处。", f"{path.parent} is no hub."),
            "partyctl rollup init DIR --organ …",
        )
    try:
        said = handed_in.parsed_json(handed_in.read_text(path))
    except ValueError:
        raise _damaged(path) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT or not _is_whole(said):
        raise _damaged(path)
    return said


def _is_whole(said: dict[str, Any]) -> bool:
    units = said.get("units")
    return (
        isinstance(said.get("hub"), str)
        and isinstance(said.get("organ"), str)
        and isinstance(units, list)
        and all(isinstance(each, list) and len(each) == len(Unit._fields) for each in units)
        and all(isinstance(each[0], str) and CODE.fullmatch(each[0]) for each in units)
    )


def _damaged(path: Path) -> BadInput:
    return BadInput(say(f"{path} 损坏了。", f"{path} is damaged."), f"ls -l {path}")
