"""Texts in a foreign ledger that a screen or another program would not treat as plain text.

If a clerk types such a text as a name, partyctl refuses or cleans it in most cases. But another
program may have written the text into the ledger.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.tampering import without_guards

NAMES = (
    "\x1b[31m红",
    "\x1b]0;题\x07",
    "\x1b]52;c;eA==\x07",
    "\x1b[2J\x1b[H",
    "\x1bc",
    "\x9b31m",
    "\x9d0;题\x9c",
    "\x07铃",
    "退\x08\x08格",
    "回\r车",
    "换\n行",
    "制\t表",
    "竖\x0b线",
    "页\x0c尾",
    "空\x00字",
    "删\x7f除",
    "\u202e三张",
    "\u2066李\u2069四",
    "\u200f王",
    "零\u200b宽",
    "连\u200d字",
    "字\ufeff节",
    "行\u2028间",
    "段\u2029间",
    "[bold]粗[/bold]",
    "张[/red]三",
    "[link=file:///etc/passwd]链[/link]",
    ":smile:",
    "e\u0301\u0301\u0301组合",
    "𠮷\U0010fffd",
)
"""Thirty texts: escapes, control characters (C0, C1), direction marks, invisible characters, markup."""

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＠SUM(1)",
    "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe",
)
"""Twelve texts that a spreadsheet or word processor might execute."""

COLUMNS = {
    "member": ("name", "left_reason"),
    "staff": ("name", "title"),
    "applicant": ("name",),
    "branch": ("name",),
    "organ": ("name",),
    "cell": ("name",),
    "contact": ("name",),
    "superior": ("name",),
    "meeting": ("theme", "place", "guests", "minutes_name"),
    "agenda_item": ("topic", "resolution"),
    "attendance": ("absent_because",),
    "meeting_speech": ("speaker", "said"),
    "dues_exemption": ("reason", "approved_by"),
    "dues_payment": ("receipt",),
    "plan_item": ("target",),
    "rectification": ("problem", "measure"),
    "talk": ("note", "follow_up"),
    "waiver": ("reason", "decided_by"),
    "disclosure": ("title", "responsible"),
    "opinion": ("text",),
    "warning": ("facts", "source", "post"),
    "warning_step": ("promise", "demand", "volume"),
    "holiday": ("name",),
    "rule_change": ("reason",),
    "applicant_paper": ("kept_at",),
}
"""Columns of a ledger that contain free text, by table."""

KEPT = "王五"
"""A name in the tests' commands, which `plant` does not replace."""


def plant(path: Path, texts: tuple[str, ...]) -> None:
    """Replace every text in COLUMNS, except KEPT, by the next of these texts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as ledger:
        turn = iter(texts * 1000)
        ledger.create_function("next_text", 0, lambda: next(turn))
        ledger.execute("BEGIN")
        with without_guards(ledger):
            for table, columns in COLUMNS.items():
                for column in columns:
                    ledger.execute(
                        f"UPDATE {table} SET {column} = next_text() "
                        f"WHERE {column} IS NOT NULL AND {column} <> ?",
                        (KEPT,),
                    )
        ledger.execute("COMMIT")
