"""The checks of `doctor`. A finding is ok, a warning or a failure; a problem has a remedy."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from partyctl.bilingual import many
from partyctl.cli.input.dates import today
from partyctl.cli.maintenance import fonts
from partyctl.cli.maintenance.health import Health
from partyctl.cli.output.histories import clock
from partyctl.cli.session import notices
from partyctl.contract.maintenance import Doctor
from partyctl.errors import CannotRead, NotPermitted, PartyctlError, Tampered
from partyctl.language import comma_list, say
from partyctl.ledger.file import leftovers, unsafe_folders
from partyctl.ledger.file.connecting import WRITING, has_marker
from partyctl.ledger.file.failures import explain_sqlite, sqlite_errors
from partyctl.ledger.file.files import default_folder, is_open_to_others
from partyctl.ledger.file.locking import is_held
from partyctl.ledger.file.opening import SCHEMA, open_for_verifying, require_current
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.read_chain import Report
from partyctl.ledger.journal.verification import verify
from partyctl.ledger.maintenance import backup
from partyctl.ledger.reading.facts import rest_days
from partyctl.ledger.reading.reminding import reminder_state
from partyctl.light import NamedTuple
from partyctl.show.tables import Line, print_json, print_table

TONES = {Health.OK: "met", Health.WARNING: "advised", Health.FAILED: "overdue"}


class Finding(NamedTuple):
    """The result of one check: its name, status, details, remedy and exit code."""

    name: str
    state: Health
    detail: str
    remedy: str | None = None
    exit_code: int = 0


def examine(path: Path) -> list[Finding]:
    """Run all checks; if `require_current` refuses the ledger, return only that problem."""
    try:
        require_current(path)
    except PartyctlError as error:
        name = say("台账文件", "ledger")
        return [Finding(name, Health.FAILED, error.sentence, error.remedy, error.exit_code)]
    return [*_of_file(path), *_of_content(path), *_around(path)]


def _of_file(path: Path) -> Iterator[Finding]:
    size = path.stat().st_size
    yield Finding(say("台账文件", "ledger"), Health.OK, f"{path} ({size / 1024:.0f} KiB)")
    if path.stat().st_nlink > 1 and not leftovers.second_names(path):
        wrong = leftovers.two_names(path)
        name = say("名字", "name")
        yield Finding(name, Health.FAILED, wrong.sentence, wrong.remedy, wrong.exit_code)
    for each, mode in ((path, 0o600), (path.parent, 0o700)):
        name = say("权限", "mode")
        status = each.stat()
        found = status.st_mode & 0o777
        if is_open_to_others(status):
            detail = say(f"{each} 别人也能读：{found:o}", f"{each} is open to others: {found:o}")
            remedy = f"chmod {mode:o} {each}"
            yield Finding(name, Health.FAILED, detail, remedy, NotPermitted.exit_code)
        else:
            yield Finding(name, Health.OK, f"{each} {found:o}")
    yield Finding(say("结构版本", "schema"), Health.OK, str(SCHEMA))
    library = f"SQLite {sqlite3.sqlite_version}, {', '.join(WRITING[1:3])}"
    yield Finding("SQLite", Health.OK, library)
    plain, encrypted = say("未加密", "not encrypted"), say("已加密", "encrypted")
    name = say("加密", "encryption")
    yield Finding(name, Health.OK, encrypted if has_marker(path) else plain)
    if has_marker(path):
        yield from _of_key(path)


def _of_key(path: Path) -> Iterator[Finding]:
    """Check that others cannot open the key file, or `LEDGER.key.json`, which describes the key."""
    from partyctl.ledger.file import keys, markers

    mark = markers.present(path)
    files = [markers.marker_of(path)]
    if mark.kept is keys.Kept.FILE:
        files.append(Path(mark.place))
    for each in files:
        try:
            status = each.stat()
        except OSError:
            # The key file is gone. The ledger could be opened, so the clerk typed the key.
            continue
        found = status.st_mode & 0o777
        if is_open_to_others(status):
            detail = say(f"{each} 别人也能读：{found:o}", f"{each} is open to others: {found:o}")
            code = NotPermitted.exit_code
            yield Finding(say("密钥", "key"), Health.FAILED, detail, f"chmod 600 {each}", code)
        else:
            yield Finding(say("密钥", "key"), Health.OK, f"{each} {found:o}")


def _of_content(path: Path) -> Iterator[Finding]:
    """Check the file's integrity, the journal, the clock and the holidays."""
    try:
        anchors = list(heads.read(heads.heads_file()))
    except PartyctlError:
        anchors = []
    try:
        with open_for_verifying(path) as ledger:
            report = verify(ledger, anchors, place=path)
            newest = ledger.execute("SELECT max(at) FROM journal_entry").fetchone()[0]
            years = rest_days(ledger).years
    except sqlite_errors() as error:
        told = explain_sqlite(error) or CannotRead(str(error))
        name = say("完整性", "integrity")
        yield Finding(name, Health.FAILED, told.sentence, "partyctl backup list", told.exit_code)
        return
    yield _of_integrity(report)
    yield _of_journal(report)
    yield _of_clock(newest)
    yield _of_holidays(years)


def _of_integrity(report: Report) -> Finding:
    name = say("完整性", "integrity")
    damage = [each for each in report.findings if each.kind in ("integrity", "foreign-key")]
    if damage:
        code = CannotRead.exit_code
        return Finding(name, Health.FAILED, damage[0].sentence, "partyctl backup list", code)
    return Finding(name, Health.OK, say("文件完整，外键齐全", "intact, no orphans"))


def _of_journal(report: Report) -> Finding:
    name = say("日志", "journal")
    changed = [each for each in report.findings if each.kind not in ("integrity", "foreign-key")]
    if changed:
        more = len(changed)
        detail = say(f"{more} 处不符：{changed[0].sentence}", f"{more}: {changed[0].sentence}")
        return Finding(name, Health.FAILED, detail, "partyctl journal verify", Tampered.exit_code)
    told = say(
        f"{report.entries} 条，链头 {report.head}，账外链头 {report.anchors} 个",
        f"{many(report.entries, 'entry')}, head {report.head}, {many(report.anchors, 'head')} kept elsewhere",
    )
    if not report.anchors:
        return Finding(name, Health.WARNING, told, f"ls -l {heads.heads_file()}")
    return Finding(name, Health.OK, told)


def _of_clock(newest: str | None) -> Finding:
    name = say("时钟", "clock")
    now = datetime.now(UTC)
    if newest and datetime.fromisoformat(newest) > now + timedelta(minutes=5):
        detail = say(
            f"电脑时间早于最近一次记录 {clock(newest)}",
            f"The clock is earlier than the latest journal entry, {clock(newest)}",
        )
        return Finding(name, Health.WARNING, detail, "timedatectl")
    return Finding(name, Health.OK, clock(now.isoformat()))


ANNOUNCED_IN = 12
"""From this month of each year on, `doctor` warns if next year's holidays are missing. The month is
December, because the State Council announces next year's holidays in November."""


def _of_holidays(years: frozenset[int]) -> Finding:
    """Check that this year's and next year's holidays are known; deadlines depend on them."""
    name, day = say("节假日表", "holidays"), today()
    wanted = (day.year, day.year + 1)
    missing = comma_list(str(year) for year in wanted if year not in years)
    if not missing:
        return Finding(
            name, Health.OK, say(f"已收录到 {max(years)} 年", f"known up to {max(years)}")
        )
    detail = say(f"{missing} 年未收录，工作日暂算", f"unknown for {missing}: provisional dates")
    is_late = day.year not in years or day.month >= ANNOUNCED_IN
    return Finding(
        name, Health.WARNING if is_late else Health.OK, detail, HOLIDAYS if is_late else None
    )


HOLIDAYS = "partyctl calendar holidays import FILE.csv"


def _around(path: Path) -> Iterator[Finding]:
    yield _of_backups(path)
    yield from _of_leftovers(path)
    name = say("所在位置", "place")
    found = unsafe_folders.warnings_of(path)
    for warning in found:
        yield Finding(name, Health.WARNING, warning, "partyctl backup …")
    if not found:
        yield Finding(name, Health.OK, say("本机文件夹", "a local folder"))
    yield _of_reminders(path)
    yield of_fonts()


def _of_reminders(path: Path) -> Finding:
    """Check when reminders last ran, and whether any reminders could not be sent."""
    name = say("提醒", "reminders")
    try:
        with open_for_verifying(path) as ledger:
            state = reminder_state.last(ledger)
    except sqlite_errors() as error:
        told = explain_sqlite(error) or CannotRead(str(error))
        return Finding(name, Health.FAILED, told.sentence, "partyctl backup list", told.exit_code)
    if wrong := notices.sentences(state):
        sentence, _, remedy = wrong[0].rpartition(say("：", ": "))
        return Finding(name, Health.WARNING, sentence.partition(say("：", ": "))[2], remedy)
    if state.at is None:
        return Finding(name, Health.OK, say("没有设置提醒任务", "none are set up"))
    when = clock(state.at.isoformat())
    how = say("由计划任务", "by the schedule") if state.scheduled_at else say("手动", "by hand")
    return Finding(name, Health.OK, say(f"上次 {when}（{how}）", f"last {when}, {how}"))


def _of_leftovers(path: Path) -> Iterator[Finding]:
    """Check for drafts that a killed command left; a draft can be an unencrypted copy of the ledger."""
    for each in [] if is_held(path) else leftovers.beside(path):
        detail = say(f"中断的命令留下 {each}", f"{each} was left by an interrupted command")
        yield Finding(say("残留文件", "leftovers"), Health.WARNING, detail, "partyctl backup")


def _of_backups(path: Path) -> Finding:
    name = say("最近备份", "last backup")
    folder = default_folder(path)
    made, age = backup.listing(folder), backup.newest_days(folder)
    if not made or age is None:
        return Finding(name, Health.WARNING, say("还没有备份", "none yet"), "partyctl backup")
    newest = made[0].path.name
    told = say(f"{newest}（{age} 天前）", f"{newest}, {many(age, 'day')} ago")
    state = Health.WARNING if age > backup.FRESH_DAYS else Health.OK
    return Finding(name, state, told, "partyctl backup" if state is Health.WARNING else None)


def of_fonts() -> Finding:
    """Check that this machine has the Chinese fonts that PDFs of official papers need."""
    name, programs, found = say("字体", "fonts"), fonts.prints_pdf(), fonts.families()
    if not programs:
        told = say(
            "没有装转 PDF 的程序，不用字体", "no PDF program is installed, so no fonts are needed"
        )
        return Finding(name, Health.OK, told)
    by = comma_list(programs)
    if found is None:
        told = say(
            f"{by} 要用中文字体；查不到装了哪些",
            f"PDFs by {by} need Chinese fonts; partyctl cannot find out which are installed",
        )
        return Finding(name, Health.WARNING, told, "sudo apt-get install fontconfig")
    if not found - {""}:
        told = say(f"{by} 转 PDF 时没有中文字体", f"no Chinese font for PDFs by {by}")
        return Finding(name, Health.WARNING, told, f"sudo apt-get install {fonts.PACKAGE}")
    if lacking := comma_list(fonts.missing(found)):
        told = say(
            f"公文字体缺 {lacking}（Debian 没有，可从 Windows 拷贝）；{by} 用已装的中文字体代替",
            f"missing {lacking} (not in Debian); PDFs by {by} use another Chinese font",
        )
        return Finding(name, Health.OK, told)
    return Finding(
        name,
        Health.OK,
        say(f"公文字体齐全（{by}）", f"this machine has all fonts of official papers ({by})"),
    )


def _as_object(findings: list[Finding]) -> Doctor:
    return {
        "ok": all(each.state is not Health.FAILED for each in findings),
        "findings": [
            {
                "name": each.name,
                "state": each.state,
                "detail": each.detail,
                "remedy": each.remedy,
                "exit_code": each.exit_code,
            }
            for each in findings
        ],
    }


def print_findings(findings: list[Finding], *, as_json: bool) -> int:
    """Print the results, and return the highest exit code; the exit code of a warning is 0."""
    if as_json:
        print_json(_as_object(findings))
    else:
        lines = [
            Line(
                (each.name, each.state.label, each.detail),
                TONES[each.state],
                f"→ {each.remedy}" if each.remedy else None,
            )
            for each in findings
        ]
        print_table((say("项目", "what"), say("结果", "state"), say("说明", "detail")), lines)
    return max((each.exit_code for each in findings), default=0)
