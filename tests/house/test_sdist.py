"""The source archive contains the whole tree, and the README's two commands work in it."""

import os
import re
import shlex
import subprocess
import sys
import tarfile
from email.parser import Parser
from pathlib import Path

import pytest
from trove_classifiers import classifiers

from tests.support.waiting import PATIENCE

HERE = Path(__file__).parents[2]
WHOLE = (
    "README.md",
    "README.zh.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "Makefile",
    "pyproject.toml",
    "constraints.txt",
    ".gitignore",
    ".ci/run",
    "docs/PRIVACY.md",
    "docs/examples/first-month.txt",
    "benchmarks/startup.py",
    "migrations/env.py",
    "scripts/draw_templates.py",
    "tests/ledgers/v0007.db",
    "partyctl/law/chapters/meetings.toml",
    "partyctl/papers/forms/templates/inquiry.docx",
)
"""One file of each kind; a copy of the tree without git must have these files, too."""

SUPPORTED = ("3.11", "3.12", "3.13")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder)]
    subprocess.run(build, cwd=HERE, check=True, capture_output=True, timeout=PATIENCE)
    (archive,) = folder.glob("partyctl-*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    (content,) = (each for each in folder.iterdir() if each.is_dir())
    return content


def known_to_git() -> set[str]:
    """The files that git tracks or would track; empty without git."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (HERE / ".git").exists():
        return set()
    done = subprocess.run(
        listing, cwd=HERE, check=True, capture_output=True, text=True, timeout=PATIENCE
    )
    return {name for name in done.stdout.split("\0") if name and (HERE / name).is_file()}


@pytest.mark.long
def test_the_archive_holds_everything_that_is_under_version_control(unpacked: Path):
    packed = {str(each.relative_to(unpacked)) for each in unpacked.rglob("*") if each.is_file()}
    assert set(WHOLE) <= packed
    if known := known_to_git():
        assert packed == known | {"PKG-INFO"}, (
            "check .gitignore: files that it names are left out of the archive"
        )


@pytest.mark.long
def test_the_archive_says_what_it_is(unpacked: Path):
    said = Parser().parsestr((unpacked / "PKG-INFO").read_text(encoding="utf-8"))
    named = said.get_all("Classifier", [])
    assert set(named) <= classifiers
    pythons = [each.rpartition(" ")[2] for each in named if re.search(r":: 3\.\d+$", each)]
    assert tuple(pythons) == SUPPORTED
    assert said["License-Expression"] == "MIT"
    assert "partyctl contributors" in (unpacked / "LICENSE").read_text(encoding="utf-8")
    assert not any(key.lower() in ("home-page", "project-url", "download-url") for key in said)


@pytest.mark.slow  # slow, because it installs partyctl and its dependencies
def test_the_readmes_two_commands_run_in_what_was_unpacked(unpacked: Path):
    readme = (unpacked / "README.md").read_text(encoding="utf-8")
    install, first_month = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)[1].splitlines()
    assert shlex.split(install)[0] == "python3"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env["XDG_STATE_HOME"] = str(unpacked / "state")
    python = install.replace("python3", shlex.quote(sys.executable), 1)
    subprocess.run(python, shell=True, cwd=unpacked, env=env, check=True, timeout=PATIENCE)
    done = subprocess.run(
        shlex.split(first_month),
        cwd=unpacked,
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "逾期" in done.stdout
    assert (unpacked / "demo" / "ledger.db").is_file()
