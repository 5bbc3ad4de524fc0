"""docs/platforms.md lists every dependency with compiled parts, with its pinned version."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

HERE = Path(__file__).parents[2]
TEXT = (HERE / "docs" / "platforms.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {
    name: needed for name, needed in PROJECT["optional-dependencies"].items() if name != "dev"
}
ROW = re.compile(r"^\| `([\w.-]+)` ([\w.]+) \| ([^|]+) \|", re.MULTILINE)
LISTED = {name: (version, what) for name, version, what in ROW.findall(TEXT)}


def name_of(requirement: Requirement) -> str:
    return re.sub(r"[-_.]+", "-", requirement.name).lower()


def needed_by(requirements: list[str]) -> dict[str, metadata.Distribution]:
    """All installed packages that these requirements need, directly or not."""
    found: dict[str, metadata.Distribution] = {}
    asked = [Requirement(each) for each in requirements]
    while asked:
        requirement = asked.pop()
        name = name_of(requirement)
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # needed only by an extra that is not installed
            continue
        for line in found[name].requires or ():
            more = Requirement(line)
            wanted = {"", *requirement.extras}
            if more.marker is None or any(more.marker.evaluate({"extra": each}) for each in wanted):
                asked.append(more)
    return found


def is_python_alone(found: metadata.Distribution) -> bool:
    return "Root-Is-Purelib: true" in (found.read_text("WHEEL") or "")


@pytest.mark.parametrize("extra", ["", *EXTRAS])
def test_what_is_more_than_python_is_listed(extra: str):
    needed = needed_by(EXTRAS[extra] if extra else PROJECT["dependencies"])
    compiled = {name for name, found in needed.items() if not is_python_alone(found)}
    assert compiled <= set(LISTED), f"look up its wheels: {sorted(compiled - set(LISTED))}"


def test_the_versions_are_the_constraints():
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", (HERE / "constraints.txt").read_text(), re.M))
    assert {name: version for name, (version, _) in LISTED.items()} == {
        name: pinned[name] for name in LISTED
    }


def test_each_row_says_which_extra_needs_it():
    every_day = needed_by(PROJECT["dependencies"])
    for name, (_, what) in LISTED.items():
        if name in every_day:
            assert what.startswith("every day"), name
        else:
            assert set(re.findall(r"`\[(\w+)\]`", what)) <= set(EXTRAS), name
            assert "`[" in what, name
