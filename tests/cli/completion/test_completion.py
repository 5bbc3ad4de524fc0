"""`partyctl completion`: the words that real shells offer after TAB, and the cost of finding them."""

import contextlib
import json
import os
import pty
import resource
import select
import shlex
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from partyctl.cli.completion import completing, tree
from partyctl.cli.completion.scripts import SCRIPTS, Shell
from tests.cli.conftest import Refused
from tests.conftest import Run
from tests.support.forking import PARTYCTL, ready_to_read
from tests.support.waiting import PATIENCE

MOST_SECONDS = 0.15
SEPARATOR = "--- the next line ---"
Offered = Callable[..., list[str]]


@pytest.fixture
def people(branch: Run) -> Run:
    branch("member add 'Anna Lee' --joined 2018-07-01")
    branch("member edit 张三 --id-number 11010519491231002X --phone 13800001111")
    branch("applicant add 周八 --applied 2026-02-01")
    branch("staff add 钱七")
    return branch


@pytest.fixture
def environment(people: Run, ledger: Path, tmp_path: Path) -> dict[str, str]:
    """An environment with `partyctl` on its PATH, a ledger, and a separate home folder."""
    command = tmp_path / "bin" / "partyctl"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m partyctl "$@"\n')
    command.chmod(0o755)
    return os.environ | {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "PARTYCTL_LEDGER": str(ledger),
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
    }


@pytest.fixture
def asked(environment: dict[str, str], tmp_path: Path) -> Offered:
    """The words that completion offers for a command line whose last word is not complete."""

    def asked(*words: str, shell: str = "zsh") -> list[str]:
        typed = {"PARTYCTL_COMPLETE": shell, "PARTYCTL_WORDS": "\n".join(words)}
        with contextlib.chdir(tmp_path):
            done = ready_to_read().run(PARTYCTL, [], environment | typed)
        assert (done.returncode, done.stderr) == (0, b"")
        return [line.split("\t")[0] for line in done.stdout.decode().splitlines()]

    return asked


LINES = {
    "dues p": ["pay"],
    "dues pay --exc": ["--except"],
    "dues pay 张": ["张三"],
    "dues pay 张三,李": ["张三,李四"],
    "meeting add org": ["org-life"],
    "meeting add 党员": ["党员大会"],
    "applicant step 周": ["周八"],
    "applicant step 周八 mento": ["mentors"],
    "talk add --with 钱": ["钱七"],
    "rules show dues-lap": ["dues-lapse"],
    "member edit 张三 --cell 第": ["第一小组"],
    "completion f": ["fish"],
    "nothing of that ": [],
    "member show 110": [],
}
"""For each line typed before TAB, the words that completion must offer."""

BASH = """
source {script}
complete_line() {{
    COMP_LINE=$1 COMP_POINT=${{#1}}
    read -ra COMP_WORDS <<< "$1"
    [[ $1 == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
    _partyctl
    printf '%s\\n' "${{COMPREPLY[@]}}"
}}
"""


def in_bash(lines: list[str], script: Path, environment: dict[str, str]) -> list[list[str]]:
    calls = "".join(f"complete_line {shlex.quote(each)}\necho '{SEPARATOR}'\n" for each in lines)
    return run_shell(["bash", "--norc", "-c", BASH.format(script=script) + calls], environment)


def in_fish(lines: list[str], script: Path, environment: dict[str, str]) -> list[list[str]]:
    calls = "".join(f"complete -C {shlex.quote(each)}\necho '{SEPARATOR}'\n" for each in lines)
    return run_shell(["fish", "--no-config", "-c", f"source {script}\n{calls}"], environment)


def run_shell(command: list[str], environment: dict[str, str]) -> list[list[str]]:
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    parts = done.stdout.split(SEPARATOR)[:-1]
    return [[line.split("\t")[0] for line in part.splitlines() if line] for part in parts]


@pytest.mark.long
@pytest.mark.parametrize(("shell", "run_in"), [("bash", in_bash), ("fish", in_fish)])
def test_a_real_shell_offers_what_may_come_next(
    shell: str, run_in: Callable[..., list[list[str]]], environment: dict[str, str], tmp_path: Path
):
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    script = tmp_path / "script"
    script.write_text(SCRIPTS[Shell(shell)])

    found = run_in([f"partyctl {line}" for line in LINES], script, environment)

    assert dict(zip(LINES, found, strict=True)) == LINES


ZSH = """
autoload -U compinit; compinit -u -D
source {script}
PS1='ready> '; unsetopt beep; bindkey '^I' complete-word
"""


@pytest.mark.long
def test_a_real_zsh_completes_the_line(environment: dict[str, str], tmp_path: Path):
    """Complete a line on a terminal, because zsh completes only there; then print the completed line."""
    if shutil.which("zsh") is None:
        pytest.skip("no zsh here")
    script = tmp_path / "script"
    script.write_text(SCRIPTS[Shell.ZSH])
    (tmp_path / ".zshrc").write_text(ZSH.format(script=script))
    wanted = {line: found[0] for line, found in LINES.items() if found}
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        os.execvpe("zsh", ["zsh", "-i"], environment | {"ZDOTDIR": str(tmp_path)})
    try:
        read_until(terminal, "ready> ")
        for line, offered in wanted.items():
            before, _, _ = line.rpartition(" ")
            # ^A moves the cursor to the start of the line, where we insert a print command to see
            # the completed line.
            os.write(terminal, f"partyctl {line}\t".encode())
            time.sleep(0.5)
            read_until(terminal, offered)
            os.write(terminal, b"\x01print -r -- DONE \x05\n")
            shown = read_until(terminal, f"DONE partyctl {before} {offered}".strip())
            assert f"DONE partyctl {before} {offered}" in shown
    finally:
        os.write(terminal, b"\x03exit\n")
        os.close(terminal)
        os.waitpid(child, 0)


def read_until(terminal: int, wanted: str) -> str:
    shown = b""
    for _ in range(5 * PATIENCE):
        if select.select([terminal], [], [], 0.2)[0]:
            shown += os.read(terminal, 65536)
        if wanted in shown.decode(errors="replace"):
            return shown.decode(errors="replace")
    raise AssertionError(f"{wanted!r} did not come: {shown.decode(errors='replace')!r}")


def test_bash_gets_words_that_it_reads_as_one(asked: Offered):
    assert asked("member", "show", "An", shell="bash") == ["Anna\\ Lee"]
    assert asked("meeting", "list", "--kind", "=", "the", shell="bash") == ["theme", "theme-day"]
    assert asked("meeting", "list", "--kind=the") == ["--kind=theme", "--kind=theme-day"]


def test_nothing_of_a_person_but_the_name_is_offered(asked: Offered):
    offered = [
        word
        for words in (("member", "show", ""), ("dues", "pay", ""), ("warning", "issue", ""))
        for word in asked(*words)
    ]
    assert {"张三", "李四", "王五", "Anna Lee"} <= set(offered)
    assert not [word for word in offered if any(character.isdigit() for character in word)]


def test_who_left_or_was_voided_is_not_offered(people: Run, asked: Offered):
    people("member leave 李四 --on 2026-03-01")
    people("member void 王五 --reason 误登")
    assert asked("dues", "pay", "") == ["张三", "Anna Lee"]


def test_files_are_left_to_the_shell(asked: Offered):
    assert asked("member", "import", "") == [completing.FILES]
    assert asked("check", "-o", "") == [completing.FILES]


def test_a_ledger_typed_on_the_line_is_the_one_that_is_read(asked: Offered, ledger: Path):
    shutil.copy(ledger, ledger.with_name("other.db"))
    assert asked("--ledger", str(ledger.with_name("other.db")), "member", "show", "张") == ["张三"]
    assert asked("member", "show", "张", "--ledger", "/nowhere.db", "") == []


@pytest.mark.parametrize("content", [b"", b"no ledger", b"SQLite format 3\0" + b"x" * 200])
def test_a_ledger_that_cannot_be_read_offers_no_names_and_says_nothing(
    asked: Offered, ledger: Path, content: bytes
):
    ledger.write_bytes(content)
    assert asked("member", "show", "") == []
    assert asked("member", "sho") == ["show"]


@pytest.mark.parametrize("name", [b"\xe5\xbc\xa0", "\x1b[31m张三", 7])
def test_names_that_another_program_wrote_do_no_harm(name: object, asked: Offered, ledger: Path):
    """Completion reads names without checking each row against the constraints of its table."""
    with contextlib.closing(sqlite3.connect(ledger)) as opened, opened:
        opened.execute("PRAGMA ignore_check_constraints = ON")
        opened.execute("UPDATE member SET name = ? WHERE id = 1", (name,))
    offered = asked("member", "show", "")
    assert offered
    assert all(isinstance(each, str) and each.isprintable() for each in offered)


@pytest.mark.parametrize("bad", ["CAST(x'ff' AS TEXT)"])
def test_a_name_that_is_no_text_offers_nothing_and_says_nothing(
    bad: str, asked: Offered, ledger: Path
):
    with contextlib.closing(sqlite3.connect(ledger)) as opened, opened:
        opened.execute("PRAGMA ignore_check_constraints = ON")
        opened.execute(f"UPDATE member SET name = {bad} WHERE id = 1")
    assert asked("member", "show", "") == []


def test_an_encrypted_ledger_keeps_its_names(asked: Offered, people: Run, tmp_path: Path):
    pytest.importorskip("sqlcipher3")
    people(f"encrypt --key-file {tmp_path}/the.key")
    assert asked("member", "show", "") == []


def test_every_vocabulary_is_offered_in_both_languages(asked: Offered):
    kinds = asked("meeting", "add", "")
    assert {"members", "党员大会", "theme-day", "主题党日"} <= set(kinds)
    assert {"branch-secretary", "支部书记"} <= set(asked("member", "post", "张三", ""))
    assert {"qualified", "合格"} <= set(asked("review", "rate", "2026", "张三", ""))


def test_the_fixed_words_of_a_help_page_are_offered(asked: Offered):
    assert asked("completion", "") == ["bash", "zsh", "fish"]
    assert asked("warning", "show", "1", "--reveal", "") == ["name", "facts", "source"]
    assert asked("rollup", "show", "--by", "") == ["organ", "branch", "chapter", "rule", "month"]
    assert asked("talk", "add", "--each", "a") == ["all"]


def test_rules_are_offered_where_a_rule_is_meant(asked: Offered, environment: dict[str, str]):
    for language in ("zh", "en"):
        environment["PARTYCTL_LANG"] = language
        assert asked("rules", "disable", "dues-lap") == ["dues-lapse"]
        assert asked("rules", "void", "dues-lap") == []


def test_an_option_is_offered_again_if_it_may_be_typed_again(asked: Offered):
    again = ["plan", "adopt", "roles", "2026", "--assign", "first=张三", "--reason", "x"]
    assert asked(*again, "--ass") == ["--assign"]
    assert asked("warning", "letter", "1", "--fill", "文号=1", "--fi") == ["--fill"]
    assert asked("warning", "letter", "1", "--kind", "register", "--ki") == []


def test_a_tab_costs_less_than_150_ms_of_processor_time(
    environment: dict[str, str], asked: Offered
):
    asked("dues", "pay", "")  # the first call builds and caches the command tree
    words = {"PARTYCTL_COMPLETE": "zsh", "PARTYCTL_WORDS": "dues\npay\n"}
    costs = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "partyctl"],
            env=environment | words,
            check=True,
            capture_output=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(costs) <= MOST_SECONDS, costs


def test_what_is_kept_is_private_holds_no_name_and_is_made_anew(
    asked: Offered, environment: dict[str, str], tmp_path: Path
):
    asked("dues", "pay", "")
    [kept] = (tmp_path / "state" / "partyctl").glob("completion-*.json")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "张三" not in kept.read_text(encoding="utf-8")

    kept.write_text(json.dumps({"mark": "old", "tree": {}}))
    assert asked("dues", "pa") == ["pay"]
    kept.write_text("not JSON")
    assert asked("dues", "pa") == ["pay"]


def test_a_light_answer_loads_no_typer(environment: dict[str, str], asked: Offered):
    asked("dues", "pay", "")
    code = (
        "import sys; from partyctl.__main__ import main; main(); "
        "print(sorted({'typer', 'sqlmodel', 'pendulum', 'rich'} & set(sys.modules)))"
    )
    words = {"PARTYCTL_COMPLETE": "zsh", "PARTYCTL_WORDS": "dues\npay\n张"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | words,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == ["张三\t", "[]"]


def test_every_command_and_option_is_in_the_tree():
    from tests.support.command_tree import commands, option_names

    made = tree.build()
    for command in commands():
        node = made[" ".join(command.words)]
        wanted = {name for each in command.parameters for name in option_names(each)}
        assert wanted <= set(node["options"]), command


@pytest.mark.parametrize("shell", list(Shell))
def test_it_is_installed_where_the_shell_looks_and_never_over_anothers_file(
    shell: Shell, run: Run, refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert run(f"completion {shell}").out == SCRIPTS[shell]

    out = run(f"completion {shell} --install").out
    run(f"completion {shell} --install")

    place = Path(out.splitlines()[0].removeprefix("已安装 ").partition("，")[0])
    assert place.read_text(encoding="utf-8") == SCRIPTS[shell]
    place.write_text("somebody else's")
    assert "没有覆盖" in refused(f"completion {shell} --install", 5)
    assert place.read_text() == "somebody else's"


def test_an_unknown_shell_is_named(refused: Refused):
    assert "bash" in refused("completion ksh", 2)
