"""For each command, one line that works on the filled ledger, and the lines that must run before it.

{folder} in a line is the folder that `own_folder` returns. The lines are written by hand, because
random arguments almost never form a line that works.
"""

import shlex
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.support.command_tree import Command
from tests.support.in_process import outcome


class Working(NamedTuple):
    """A working line of a command and the lines before it, split into words."""

    before: list[list[str]]
    line: list[str]

    def prepare(self) -> list[str]:
        """Run all lines before the last line; return the last line."""
        for each in self.before:
            assert (done := outcome(each)).code == 0, (each, done)
        return self.line


def working(command: Command, folder: Path) -> Working:
    """The working line of a command, with paths in the folder of a test."""
    assert str(command) in WORKING, (
        f"`partyctl {command}` has no line that works: add one to WORKING in "
        "tests/support/working_lines.py, with the lines that must go before it"
    )
    text = WORKING[str(command)].replace("{hub}", HUB)
    text = text.format(folder=folder, number=_number_in(folder / "ledger.db"))
    *before, line = map(shlex.split, text.strip().splitlines() or [""])
    return Working(before, line)


def _number_in(ledger: Path) -> str:
    """A ledger's number at a hub; empty if the file is not a ledger or is encrypted."""
    try:
        with closing(sqlite3.connect(ledger)) as opened:
            ((number,),) = opened.execute(
                "SELECT substr(hash, 1, 16) FROM journal_entry WHERE seq = 1"
            )
    except (sqlite3.Error, ValueError):
        return ""
    return str(number)


HUB = """rollup extract --month 2026-03 --rows -o {folder}/to-hub.partyctl.gz
        rollup init {folder}/hub --organ 机关工委
        rollup enrol 001 甲支部 --ledger {number} --hub {folder}/hub
        rollup collect {folder}/to-hub.partyctl.gz --hub {folder}/hub"""
"""The commands that set up a hub with the ledger's extract of a month."""

WORKING = {
    "partyctl": "",
    "init": "--ledger {folder}/new.db init --organ 甲 --branch 乙 --since 2026-01-01",
    "check": "check --month 2026-03",
    "meeting add": "meeting add study --on 2026-03-02 --chair 张三 --minutes 学习记录",
    "meeting plan": "meeting plan members --on 2026-12-01",
    "meeting hold": "meeting hold 5 --on 2026-09-01 --chair 张三 --present all",
    "meeting step": "meeting step 5 notice --on 2026-10-01",
    "meeting edit": "meeting edit 1 --topic 传达",
    "meeting void": "meeting void 1 --reason 误登",
    "meeting show": "meeting show 1",
    "meeting import": "meeting import {folder}/meetings.xlsx",
    "meeting sheet": "meeting sheet 1 -o {folder}/entry-meeting.xlsx",
    "meeting list": "meeting list",
    "meeting attendance": "meeting attendance --period 2026",
    "member add": "member add 钱八 --joined 2019-07-01",
    "member post": "member post 王五 publicity --from 2026-03-01",
    "member away": "member away 王五 --from 2026-03-01 --to 2026-08-31 --reason 借调",
    "member sanction": "member sanction 王五 --from 2026-03-01 --to 2026-08-31 --note 警告",
    "member report": "member report 张三 2026 --on 2026-03-01",
    "member leave": "member leave 王五 --on 2026-06-30",
    "member edit": "member edit 王五 --gender 男",
    "member void": "member void 王五 --reason 误登",
    "member show": "member show 王五",
    "member list": "member list",
    "member import": "member import {folder}/roster.xlsx",
    "member sheet": "member sheet -o {folder}/entry-member.xlsx",
    "dues assess": "dues assess 李四 --base 3000 --from 2026-01",
    "dues pay": "dues pay 李四 --month 2026-02 --amount 10 --on 2026-02-20",
    "dues exempt": "dues exempt 李四 --from 2026-05 --to 2026-06 --reason 病 --approved-by 支委会"
    " --on 2026-05-01",
    "dues lapse": "dues lapse 李四 --step meeting --on 2026-10-01",
    "dues remit": """
        dues pay 李四 --month 2026-02 --amount 10 --on 2026-02-20
        dues remit 2026-02 --amount 10 --on 2026-03-05 --to 机关党委
    """,
    "dues remit-void": """
        dues pay 李四 --month 2026-02 --amount 10 --on 2026-02-20
        dues remit 2026-02 --amount 10 --on 2026-03-05
        dues remit-void 1 --reason 误登
    """,
    "dues book": "dues book --period 2026",
    "dues edit": "dues edit 1 --receipt 12",
    "dues void": "dues void 1 --reason 误登",
    "dues show": "dues show 1",
    "dues import": "dues import {folder}/dues.xlsx --month 2026-02 --on 2026-02-20",
    "dues sheet": "dues sheet 2026-03 -o {folder}/entry-dues.xlsx",
    "dues list": "dues list",
    "dues status": "dues status",
    "applicant add": "applicant add 钱九 --applied 2026-03-01",
    "applicant step": "applicant step 郑十 mentors --on 2026-03-03 --with 李四,王五",
    "applicant edit": "applicant edit 郑十 --birth 1998-05-01",
    "applicant close": "applicant close 郑十 --on 2026-04-01 --reason 调离",
    "applicant void": "applicant void 郑十 --reason 误登",
    "applicant show": "applicant show 郑十",
    "applicant import": "applicant import {folder}/applicants.xlsx",
    "applicant sheet": "applicant sheet -o {folder}/entry-applicant.xlsx",
    "applicant list": "applicant list",
    "applicant next": "applicant next",
    "plan adopt": "plan adopt study 2027 --on 2026-11-01",
    "plan item": "plan item 2026 走访 --owner 张三 --due 2026-11-30",
    "plan done": "plan done 1 --on 2026-06-01",
    "plan edit": "plan edit 1 --on 2026-01-06",
    "plan item-edit": "plan item-edit 1 --due 2026-07-31",
    "plan item-void": "plan item-void 1 --reason 误登",
    "plan void": "plan void 1 --reason 误登",
    "plan show": "plan show 1",
    "plan list": "plan list",
    "review open": "review open 2025 --on 2026-01-10",
    "review study": "review study 2026 --on 2026-09-10",
    "review meeting": """
        review open 2025 --on 2026-01-10
        review meeting 2025 --on 2026-01-20
    """,
    "review close": """
        review study 2026 --on 2026-09-10
        review self 2026 张三 --on 2026-09-12
        review self 2026 李四 --on 2026-09-12
        review self 2026 王五 --on 2026-09-12
        review rate 2026 张三 qualified
        review rate 2026 李四 qualified
        review rate 2026 王五 qualified
        review close 2026 --on 2026-10-01
    """,
    "review self": "review self 2026 王五 --on 2026-09-12",
    "review rate": "review rate 2026 王五 qualified",
    "review outcome": """
        review rate 2026 王五 excellent
        review outcome 2026 王五 --commend 表彰 --on 2026-09-25
    """,
    "review edit": "review edit 2026 --on 2026-09-02",
    "review void": "review void 2026 --reason 误登",
    "review status": "review status 2026",
    "review show": "review show 2026",
    "review import": "review import {folder}/ratings.xlsx --year 2026",
    "review sheet": "review sheet 2026 -o {folder}/entry-review.xlsx",
    "review list": "review list",
    "talk add": "talk add --on 2026-03-02 --with 张三,王五",
    "talk done": "talk done 1 --on 2026-03-01",
    "talk edit": "talk edit 1 --note 谈工作",
    "talk void": "talk void 1 --reason 误登",
    "talk show": "talk show 1",
    "talk import": "talk import {folder}/talks.xlsx",
    "talk sheet": "talk sheet -o {folder}/entry-talk.xlsx",
    "talk list": "talk list",
    "talk matrix": "talk matrix --quarter 2026-Q1",
    "contact add": "contact add 西河村 --leader 李四",
    "contact visit": "contact visit 东河村 --on 2026-03-02 --kind visit",
    "contact visit-void": """
        contact visit 东河村 --on 2026-03-02 --kind visit
        contact visit-void 1 --reason 误登
    """,
    "contact edit": "contact edit 东河村 --leader 李四",
    "contact void": "contact void 东河村 --reason 误登",
    "contact show": "contact show 东河村",
    "contact list": "contact list",
    "rectify add": "rectify add 不足 --owner 李四 --due 2026-12-01 --on 2026-03-02",
    "rectify close": "rectify close 1 --on 2026-05-01",
    "rectify edit": "rectify edit 1 --due 2026-11-30",
    "rectify void": "rectify void 1 --reason 误登",
    "rectify show": "rectify show 1",
    "rectify list": "rectify list",
    "disclosure add": "disclosure add briefing --title 一季度通报 --scope internal",
    "disclosure publish": "disclosure publish 1 --on 2026-03-02 --by board",
    "disclosure withdraw": "disclosure withdraw 1 --on 2026-04-02",
    "disclosure edit": "disclosure edit 1 --title 新进展",
    "disclosure void": "disclosure void 1 --reason 误登",
    "disclosure show": "disclosure show 1",
    "disclosure list": "disclosure list",
    "disclosure import": "disclosure import {folder}/disclosures.xlsx",
    "disclosure sheet": "disclosure sheet -o {folder}/entry-disclosure.xlsx",
    "disclosure directory": "disclosure directory",
    "disclosure briefing": "disclosure briefing 2026-Q1 -o {folder}/briefing.docx",
    "opinion register": "opinion register -o {folder}/opinions.docx",
    "warning letter": "warning letter 1 -o {folder}/letter.docx",
    "warning templates": "warning templates",
    "opinion add": "opinion add 食堂排队 --received 2026-03-02 --class general --by box",
    "opinion refer": "opinion refer 1 --to branch --on 2026-03-03",
    "opinion settle": "opinion settle 1 --on 2026-03-04 --told --result 已公开",
    "opinion tell": """
        opinion settle 1 --on 2026-03-04
        opinion tell 1 --on 2026-03-05
    """,
    "opinion publish": """
        opinion settle 1 --on 2026-03-04
        opinion publish 1 --on 2026-03-05
    """,
    "opinion delay": "opinion delay 1 --reason 待核实 --until 2026-03-31 --on 2026-03-03",
    "opinion edit": "opinion edit 1 --class complex",
    "opinion void": "opinion void 1 --reason 误登",
    "opinion show": "opinion show 1",
    "opinion list": "opinion list",
    "warning issue": "warning issue 李四 --level inquiry --category 2 --facts 失误 --on 2026-03-03",
    "warning deliver": "warning deliver 1 --on 2026-03-03",
    "warning reply": """
        warning deliver 1 --on 2026-03-03
        warning reply 1 --on 2026-03-10
    """,
    "warning talk": "warning talk 1 --on 2026-03-05 --by 张三,李四",
    "warning talk-edit": """
        warning talk 1 --on 2026-03-05 --by 张三
        warning talk-edit 1 --on 2026-03-05 --by 张三,李四
    """,
    "warning talk-void": """
        warning talk 1 --on 2026-03-05 --by 张三
        warning talk-void 1 --on 2026-03-05 --reason 误登
    """,
    "warning register": "warning register 1 --on 2026-03-05 --promise 改正",
    "warning close": """
        warning deliver 1 --on 2026-03-03
        warning reply 1 --on 2026-03-10
        warning close 1 --on 2026-03-20
    """,
    "warning archive": """
        warning deliver 1 --on 2026-03-03
        warning reply 1 --on 2026-03-10
        warning close 1 --on 2026-03-20
        warning archive 1 --on 2026-03-21 --volume 2026-1
    """,
    "warning edit": "warning edit 1 --category 5",
    "warning void": "warning void 1 --reason 误登",
    "warning show": "warning show 1",
    "warning list": "warning list",
    "waive RULE": "waive cell-meeting --subject 第一小组 --period 2026-02 --reason 防汛"
    " --decided-on 2026-03-02",
    "waive void": "waive void 1 --reason 误登",
    "waive show": "waive show 1",
    "waive list": "waive list",
    "paper KIND": "paper meeting-record 4 -o {folder}/paper.docx",
    "paper list": "paper list",
    "paper templates": "paper templates talk-record",
    "report book": "report book 2026 -o {folder}/book.pdf",
    "report handover": "report handover -o {folder}/handover",
    "report inspection": "report inspection 2026 -o {folder}/inspection",
    "report month": "report month 2026-03 -o {folder}/month.html",
    "report year": "report year 2026 -o {folder}/year.html",
    "rollup extract": "rollup extract --month 2026-03 --rows -o {folder}/sent.partyctl.gz",
    "rollup init": "rollup init {folder}/hub --organ 机关工委",
    "rollup enrol": """rollup init {folder}/hub --organ 机关工委
        rollup enrol 001 甲支部 --ledger 0123456789abcdef --hub {folder}/hub""",
    "rollup collect": """{hub}
        rollup collect --rebuild --hub {folder}/hub""",
    "rollup missing": """{hub}
        rollup missing --month 2026-03 --hub {folder}/hub""",
    "rollup verify": """{hub}
        rollup verify --hub {folder}/hub""",
    "rollup show": """{hub}
        rollup show --by chapter --hub {folder}/hub""",
    "rollup report": """{hub}
        rollup report --month 2026-03 --hub {folder}/hub -o {folder}/hub.html""",
    "rollup pass-up": """{hub}
        rollup pass-up --month 2026-03 --hub {folder}/hub -o {folder}/up.partyctl-packet.gz""",
    "rollup compute": "rollup compute {folder}/ledger.db --month 2026-03 -o {folder}/computed --workers 1",
    "branch add": "branch add 第二支部",
    "branch edit": "branch edit 机关支部 --founded 2020-01-01",
    "branch list": "branch list",
    "cell add": "cell add 第三小组",
    "cell void": """
        member edit 王五 --cell 第一小组
        cell void 第二小组 --reason 误登
    """,
    "cell list": "cell list",
    "staff add": "staff add 吴六",
    "staff void": "staff void 1 --reason 误登",
    "staff list": "staff list",
    "calendar coming": "calendar --weeks 6",
    "calendar export": "calendar export --ics --for 张三",
    "calendar holidays import": "calendar holidays import {folder}/holidays.csv",
    "calendar holidays add": "calendar holidays add 2027-05-03 --name 劳动节",
    "calendar holidays void": """
        calendar holidays add 2027-05-03
        calendar holidays void 1 --reason 误登
    """,
    "calendar holidays list": "calendar holidays list --year 2026",
    "rules list": "rules list",
    "rules show": "rules show members-meeting",
    "rules set": "rules set members-meeting --every quarter --from 2099-01-01 --reason 上级规定",
    "rules enable": "rules enable roll-forward --from 2099-01-01 --reason 顺延",
    "rules disable": "rules disable study-plan --from 2099-01-01 --reason 并入安排",
    "rules void": """
        rules disable study-plan --from 2099-01-01 --reason 并入安排
        rules void 1 --reason 误录
    """,
    "rules coverage": "rules coverage",
    "rules compare": "rules compare",
    "rules export": "rules export",
    "rules import": "rules import {folder}/rules.toml --from 2099-01-01 --reason 试行",
    "rules history": "rules history members-meeting",
    "status": "status",
    "remind send": "remind --as-of 2026-03-02",
    "remind test": "remind test notes --config {folder}/reminders.toml",
    "remind log": "remind log",
    "remind status": "remind status",
    "remind secret": "remind secret mail --from {folder}/secret --config {folder}/reminders.toml",
    "schedule print": "schedule print --cron",
    "schedule install": "schedule install --at 08:30",
    "schedule remove": "schedule remove",
    "schedule show": "schedule show",
    "batch": "batch {folder}/batch.txt",
    "completion": "completion bash",
    "undo": "undo",
    "journal list": "journal list",
    "journal show": "journal show 1",
    "journal verify": "journal verify",
    "journal redact": "journal redact 王五 --reason 本人要求",
    "backup make": "backup make {folder}/more",
    "backup list": "backup list {folder}/kept",
    "backup verify": "backup verify {folder}/kept",
    "restore": "restore {folder}/copy.db",
    "doctor": "doctor",
    "encrypt": "encrypt --key-file {folder}/the.key",
    "decrypt": """
        encrypt --key-file {folder}/first.key
        decrypt --reason 换机
    """,
    "rekey": """
        encrypt --key-file {folder}/first.key
        rekey --key-file {folder}/the.key
    """,
    "migrate": "migrate",
}
