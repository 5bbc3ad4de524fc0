"""The front pages are correct: their commands run as written, and their answers come from the program."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from tests.support.processes import run_in
from tests.support.waiting import PATIENCE

HERE = Path(__file__).parents[2]
README = (HERE / "README.md").read_text(encoding="utf-8")
CHINESE = (HERE / "README.zh.md").read_text(encoding="utf-8")
BOTH = pytest.mark.parametrize(
    ("text", "language"), [(README, "en"), (CHINESE, "zh")], ids=["README.md", "README.zh.md"]
)
EVERYDAY = re.compile(r"<!-- everyday[^>]*-->\n```console\n(.*?)```\n<!-- /everyday -->", re.DOTALL)
VERDICT = "2026-04-10 · 机关支部 · 2026-03 · 不合规 2，逾期 2，提示 4，已完成 21，此前遗留 2"


def blocks(text: str) -> list[list[str]]:
    found = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [[line for line in block.splitlines() if line] for block in found]


@BOTH
def test_a_front_page_is_short(text: str, language: str):
    assert len(text.encode()) <= 8192, "move long explanations to docs/handbook.md"


def test_both_front_pages_have_the_same_shape():
    def shape(text: str) -> list[tuple[int, int, int, int]]:
        parts = re.split(r"^## .*$", text, flags=re.MULTILINE)
        return [
            (
                part.count("<picture>"),
                part.count("```"),
                len(re.findall(r"^\|", part, re.MULTILINE)),
                len(re.findall(r"^- ", part, re.MULTILINE)),
            )
            for part in parts
        ]

    assert shape(README) == shape(CHINESE)
    assert blocks(README) == blocks(CHINESE)


@BOTH
def test_the_first_two_commands_are_makes(text: str, language: str):
    assert blocks(text)[0] == ["make demo", "make check"]
    assert all(f"`{each}`" in text for each in ("pipx install .", "uv tool install ."))


@BOTH
def test_each_picture_is_there_in_the_light_and_the_dark_with_words_for_who_cannot_see(
    text: str, language: str
):
    pictures = re.findall(r"<picture>(.*?)</picture>", text, re.DOTALL)
    shown = [re.findall(r'(?:srcset|src)="([^"]+)"', each) for each in pictures]
    assert shown == [
        [f"docs/pictures/{what}-{language}-{scheme}.{kind}" for scheme in ("dark", "light")]
        for what, kind in (("check", "svg"), ("year", "png"))
    ]
    assert all(re.search(r'alt="[^"]{10,}"', each) for each in pictures)


def test_the_first_month_runs_as_written(tmp_path: Path):
    _, second = blocks(README)[1]
    assert second.startswith(".venv/bin/partyctl --ledger demo/ledger.db ")
    args = [sys.executable, "-m", "partyctl", *shlex.split(second)[1:]]
    args[args.index("demo/ledger.db")] = str(tmp_path / "demo" / "ledger.db")
    done = subprocess.run(
        args, cwd=HERE, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 3, done.stderr
    [verdict] = [line for line in done.stdout.splitlines() if " · 2026-03 · " in line]
    assert verdict == VERDICT
    assert "补" not in done.stderr


@pytest.mark.hard
def test_the_hub_of_twelve_branches_is_made_and_shown_as_written(tmp_path: Path):
    made, shown = next(block for block in blocks(README) if "sample_hub" in block[0])
    env = os.environ | {"PYTHONPATH": str(HERE), "XDG_STATE_HOME": str(tmp_path / "state")}
    for line in (made, shown):
        program, *rest = shlex.split(line)
        args = (
            [str(HERE / rest[0]), *rest[1:]]
            if program.endswith("python")
            else ["-m", "partyctl", *rest]
        )
        done = run_in(tmp_path, [sys.executable, *args], env)
        assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "demo" / "hub.html").read_text(encoding="utf-8")
    assert "办公室支部" in page
    assert "机关党委办支部" in page


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files after `make demo` has run twice with the program under test."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copy(HERE / "Makefile", folder)
    shutil.copytree(HERE / "docs" / "examples", folder / "docs" / "examples")
    for name in ("pyproject.toml", "constraints.txt"):
        (folder / name).touch()
    program = folder / ".venv" / "bin" / "partyctl"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m partyctl "$@"\n')
    program.chmod(0o755)
    env = os.environ | {"PYTHONPATH": str(HERE), "HOME": str(folder / "home"), "PARTYCTL_LANG": ""}
    for _ in range(2):
        done = run_in(folder, ["make", "demo"], env)
        assert done.returncode == 0, done.stdout + done.stderr
    (folder / "said.txt").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.mark.long
def test_make_demo_begins_anew_and_ends_with_the_scoreboard_and_how_to_remove_it(demo: Path):
    said = (demo / "said.txt").read_text(encoding="utf-8")
    board = said.index("2026-04-10 · 机关支部 · 不合规 2，逾期 2，待办 9，提示 6")
    assert board < said.index("rm -r demo")
    assert VERDICT in (demo / "demo" / "first-month.log").read_text(encoding="utf-8")
    assert not (demo / "home").exists(), "everything that make wrote is in demo/"
    assert {each.name for each in (demo / "demo").iterdir()} >= {"ledger.db", "partyctl", "state"}
    assert (demo / "demo").stat().st_mode & 0o777 == 0o700
    assert "demo/" in (HERE / ".gitignore").read_text().splitlines()


@pytest.mark.dated
def test_demos_partyctl_is_on_its_ledger_from_anywhere(demo: Path, tmp_path: Path):
    done = subprocess.run(
        [str(demo / "demo" / "partyctl"), "doctor"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(HERE)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(demo / "demo" / "ledger.db") in done.stdout


def everyday(text: str) -> list[tuple[str, str]]:
    """The everyday commands, and their answers on the page."""
    found = EVERYDAY.search(text)
    assert found
    parts = re.split(r"^\$ partyctl (.*)\n", found[1], flags=re.MULTILINE)
    assert parts[0] == ""
    return list(zip(parts[1::2], parts[2::2], strict=True))


@BOTH
def test_the_everyday_commands_answer_as_printed(
    text: str,
    language: str,
    ledger: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    assert run_command(["batch", str(HERE / "docs" / "examples" / "first-month.txt")]) == 3
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARTYCTL_LANG", "en" if language == "en" else "")
    shown, answered = "", ""
    for line, answer in everyday(text):
        capsys.readouterr()
        assert run_command(shlex.split(line)) == (3 if line.startswith("check ") else 0)
        shown += f"$ partyctl {line}\n{answer}"
        answered += f"$ partyctl {line}\n{capsys.readouterr().out}"
    assert shown == answered, f"put this into README ({language}):\n{answered}"


def test_the_commands_for_the_tests_are_what_ci_runs():
    run = (HERE / ".ci" / "run").read_text().splitlines()
    assert run[-2:] == ["make check", "make check-hard"]
    assert ["make check"] in blocks(README)
    assert "`make check-hard`" in README
