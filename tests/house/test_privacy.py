"""R-35, R-29: personal values stay in the ledger, and only the owner may read partyctl's files.

The ledger has an identity number, a telephone number and an income that occur nowhere else; the
tests search for these values in all output and in all other files. Only `dues assess`
and commands with `--reveal` may show personal values: `dues assess` shows how it calculates the
dues from the income that was typed.
"""

import ast
import os
import random
import shlex
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import util
from pathlib import Path

import openpyxl
import pytest

import partyctl
from partyctl.cli.check import judging
from tests.house.test_whose_case import read
from tests.support.argument_vectors import Vectors
from tests.support.command_tree import Command, commands
from tests.support.in_process import Outcome, fill, outcome, own_folder, start_anew
from tests.support.working_lines import working

IDENTITY, PHONE, BASE = "110101199003077344", "13987654321", "98765.43"
SUBMITTER, FACTS, SOURCE = "贺举报", "挪用慰问品", "匿名电话四二"
"""The submitter of an opinion, and the facts and the informant of a case.

test_whose_case tests that no output reveals the person of a case.
"""

NUMBERS = (IDENTITY, IDENTITY[6:16], PHONE, PHONE[3:], BASE, BASE.replace(".", ""), "98,765.43")
CANARIES = (*NUMBERS, SUBMITTER, FACTS, SOURCE)
WRONG = IDENTITY[:-1] + "5"
SQLITE = b"SQLite format 3\0"

TOLD = f"""
    member add 孙七 --joined 2019-07-01 --id-number {IDENTITY} --phone {PHONE} --birth 1990-03-07
    dues assess 孙七 --base {BASE} --from 2026-01
    dues pay 孙七 --month 2026-01 --amount 10 --on 2026-01-20
    review self 2026 孙七 --on 2026-09-12
    review rate 2026 孙七 qualified
    opinion add 慰问品不公开 --received 2026-03-02 --class individual --from {SUBMITTER}
    warning issue 孙七 --level inquiry --category 4 --facts {FACTS} --source {SOURCE} --on 2026-03-02
"""


@pytest.fixture(scope="module")
def told_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("told") / "ledger.db", TOLD)


@pytest.fixture
def folder(tmp_path: Path, told_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with own_folder(tmp_path, told_ledger, monkeypatch) as folder:
        start_anew(folder, told_ledger)
        yield folder


def told_by(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def written_in(folder: Path) -> list[Path]:
    """The files in a folder that are not SQLite files."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return [each for each in files if not each.read_bytes().startswith(SQLITE)]


def require_silence(folder: Path, found: Outcome, args: list[str]) -> None:
    assert not told_by(found.out + found.err), (args, found)
    for file in written_in(folder):
        text = read(file) if file.suffix in (".gz", ".parquet") else ""
        raw = file.read_bytes().decode(errors="replace")
        assert not told_by(text + raw + file.name), (args, file)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def require_its_owner_only(made: set[Path]) -> None:
    for each in sorted(made):
        mode = stat.S_IMODE(each.stat().st_mode)
        assert mode == (0o700 if each.is_dir() else 0o600), (each, oct(mode))


@pytest.mark.sweep(16)
@pytest.mark.parametrize("command", commands(), ids=str)
def test_no_command_tells_a_personal_value(command: Command, folder: Path, told_ledger: Path):
    rng = random.Random(str(command))
    vectors = Vectors(command, folder)
    for language in ("zh", "en") * 2:
        args = [{"王五": "孙七", "#1": "#5"}.get(word, word) for word in vectors.harmless(rng)]
        if any(word.startswith("--reveal") for word in args):
            continue
        start_anew(folder, told_ledger, command)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PARTYCTL_LANG", language)
            found = outcome(args)
        require_silence(folder, found, args)


@pytest.mark.sweep(16)
@pytest.mark.parametrize("command", commands(), ids=str)
def test_no_command_that_works_tells_a_personal_value_or_writes_for_others(
    command: Command, folder: Path, told_ledger: Path
):
    start_anew(folder, told_ledger)
    line = working(command, folder).prepare()
    before = set(folder.rglob("*"))
    with umask(0):
        found = outcome(line)
    assert found.code in (0, 3), found
    require_silence(folder, found, [str(command)])
    require_its_owner_only(set(folder.rglob("*")) - before)


@pytest.mark.sweep(8)
@pytest.mark.parametrize(
    ("line", "code"),
    [
        # Private values are masked in every form of output, also on a later day.
        ("member show 孙七", 0),
        ("member show 孙七 --json", 0),
        ("member list --json --all", 0),
        ("dues show 8", 0),
        ("dues show 8 --json", 0),
        ("dues show 8 --history", 0),
        ("member show 孙七 --history --json", 0),
        ("dues list --json", 0),
        ("dues status --member 孙七 --json", 0),
        ("check --all --json --as-of 2026-12-31", 3),
        ("status --json", 0),
        # The answer of a command that writes does not repeat the private value.
        (f"member add 周八 --joined 2019-07-01 --phone {PHONE} --json", 0),
        (f"member edit 王五 --phone {PHONE} --json", 0),
        ("member edit 王五 --id-number 110101198512245612 --json", 0),
        (f"dues assess 张三 --base {BASE} --from 2026-06 --reason 调资 --json", 0),
        ("member void 孙七 --reason 误登 --json", 0),
        # A refusal does not repeat the private value.
        (f"member add 周八 --joined 2019-07-01 --id-number {IDENTITY}", 5),
        (f"member add 周八 --joined 2019-07-01 --id-number {WRONG}", 2),
        (f"member edit 王五 --id-number {WRONG}", 2),
        (f"member edit 王五 --id-number {IDENTITY}", 5),
        (f"member add 周八 --id-number {IDENTITY} --phone {PHONE}", 2),
        (f"member add 周八 --joined 2019-13-01 --id-number {IDENTITY}", 2),
        (f"member add 周八 --joined 2019-07-01 --id-numbr={IDENTITY}", 2),
        (f"member add 周八 --joined 2019-07-01 --id-numbr {IDENTITY}", 2),
        (f"member add 周八 --joined 2019-07-01 --phone '{PHONE}\ud800'", 2),
        (f"dues assess 没有人 --base {BASE} --from 2026-01", 4),
        (f"dues assess 孙七 --base {BASE} --from 2026-06", 2),
        (f"dues assess 孙七 --base {BASE} --from 2010-01", 5),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_personal_value_that_was_typed_is_not_repeated(
    folder: Path, monkeypatch: pytest.MonkeyPatch, line: str, code: int, language: str
):
    monkeypatch.setenv("PARTYCTL_LANG", language)
    found = outcome(shlex.split(line))

    assert found.code == code, found
    require_silence(folder, found, [line])


def test_no_entry_of_the_journal_tells_a_personal_value(folder: Path):
    shown = 0
    for args in (["journal", "show", str(number)] for number in range(1, 100)):
        found = outcome(args)
        if found.code == 4:
            break
        assert found.code == 0
        require_silence(folder, found, args)
        require_silence(folder, outcome([*args, "--json"]), args)
        shown += 1
    assert shown > 20


def test_the_working_of_an_assessment_is_shown_once_to_whoever_typed_the_income(folder: Path):
    assert (
        BASE in outcome(f"dues assess 张三 --base {BASE} --from 2026-06 --reason 调资".split()).out
    )


def test_an_identity_number_need_not_stand_on_the_command_line(folder: Path):
    line = ["member", "edit", "王五", "--id-number", "-"]
    for typed, code in ((f"{WRONG}\n", 2), (f"{IDENTITY}\n", 5), ("", 2)):
        found = outcome(line, typed)
        assert found.code == code
        require_silence(folder, found, line)
    assert outcome(line, "110101198512245612\n").code == 0
    assert "110101********5612" in outcome(["member", "show", "王五"]).out


def test_the_errors_of_a_roster_mask_what_they_quote(folder: Path):
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["姓名", "入党日期", "身份证号", "电话"])
    book.active.append(["周八", "2019-07-01", WRONG, PHONE])
    book.active.append(["吴九", "2019-07-01", float(IDENTITY), f"{PHONE}\x7f"])
    book.active.append(["郑十", "2019-07-01", IDENTITY, PHONE])
    book.active.append(["冯甲", "昨天的昨天", IDENTITY, PHONE])
    path = folder / "folder" / "名册.xlsx"
    book.save(path)

    for more in ([], ["--json"], ["--dry-run"]):
        args = ["member", "import", str(path), *more]
        found = outcome(args)
        assert found.code == 65, found
        require_silence(folder, found, args)


def test_a_batch_that_stops_does_not_repeat_its_line(folder: Path):
    for line, code in (
        (f"member add 周八 --joined 2019-07-01 --id-number {WRONG}", 2),
        (f"member add 周八 --joined 2019-07-01 --id-number '{IDENTITY}", 65),
        (f"dues assess 孙七 --base {BASE} --from 2010-01", 5),
    ):
        found = outcome(["batch", "-"], f"member list\n{line}\n")
        assert found.code == code
        require_silence(folder, found, [line])


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_whatever_is_written_is_for_its_owner_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, mask: int
):
    before = set(folder.rglob("*"))
    lines = [
        f"--ledger {folder}/a/b/ledger.db init --organ 甲 --branch 乙 --since 2026-01-01".split(),
        f"meeting edit 1 --minutes @{folder / 'minutes.txt'}".split(),
        f"meeting show 1 --minutes-to {folder / 'saved.txt'}".split(),
    ]
    with umask(mask):
        assert [outcome(args).code for args in lines] == [0, 0, 0]
        monkeypatch.setattr("partyctl.cli.start.status.found", None)
        assert outcome(["status"]).code == 1  # a crash report
    made = set(folder.rglob("*")) - before
    assert {each.name for each in made} >= {"saved.txt", "b", "ledger.db", "crashes"}
    require_its_owner_only(made)


STARTERS = ("subprocess", "multiprocessing", "concurrent", "pty", "asyncio")
STARTS = ("system", "popen", "fork", "forkpty", "startfile")


def starts_processes(source: str) -> bool:
    """Whether a module could start another process."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                imported = [each.name for each in names]
            case ast.ImportFrom(module=str(module)):
                imported = [module]
            case ast.Attribute(value=ast.Name(id="os"), attr=attr):
                imported = ["subprocess"] if attr in STARTS or attr[:4] in ("exec", "spaw") else []
            case _:
                imported = []
        if any(name.partition(".")[0] in STARTERS for name in imported):
            return True
    return False


def test_few_modules_start_a_process_and_none_hands_it_a_value():
    package = Path(partyctl.__file__).parent
    starting = [
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if starts_processes(path.read_text(encoding="utf-8"))
    ]
    assert sorted(starting) == [
        "cli/check/judging.py",
        "cli/maintenance/fonts.py",
        "cli/rollup/computing.py",
        "papers/forms/bounded.py",
        "reminders/crontab.py",
        "reminders/task_scheduler.py",  # starts no process; it only quotes a command line
    ]
    assert starts_processes("import os\nos.execv('/bin/ls', [])")


def test_the_command_line_of_a_process_that_judges_holds_no_value(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    started: list[str] = []
    spawn: Callable[..., int] = util.spawnv_passfds

    def watched(path: bytes, args: list[bytes | str], fds: list[int]) -> int:
        started.extend(os.fsdecode(each) for each in args)
        return spawn(path, args, fds)

    monkeypatch.setattr(util, "spawnv_passfds", watched)
    monkeypatch.setattr(judging, "MANY", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert outcome(["branch", "add", f"支部{PHONE}"]).code == 0

    found = outcome(["check", "--json", "--as-of", "2026-03-31"])

    assert found.code == 3
    assert any("spawn_main" in each for each in started)
    for each in started:
        assert not told_by(each)
        assert str(folder) not in each
        assert each.isascii()
