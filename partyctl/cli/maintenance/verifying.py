"""`journal verify`: check the ledger, compare it with stored journal heads, and report.

A head is the number and hash of the journal entry that was the newest when the head was stored.
"""

from pathlib import Path

from partyctl.bilingual import many
from partyctl.cli.output.answers import tell
from partyctl.contract.maintenance import JournalReport
from partyctl.errors import BadUsage, PartyctlError, Tampered
from partyctl.language import say
from partyctl.ledger.file.opening import open_for_verifying
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.heads import Anchor
from partyctl.ledger.journal.read_chain import Report
from partyctl.ledger.journal.verification import verify
from partyctl.show.tables import Line, print_json, print_table
from partyctl.text import is_digits

SHOWN = 20
HEAD_DIGITS = 16


def verify_ledger(path: Path, anchors: Path | None, against: str | None, *, as_json: bool) -> None:
    """Check a ledger and print a report. Raises Tampered if something does not match."""
    kept = _kept(anchors)
    with open_for_verifying(path) as ledger:
        report = verify(ledger, kept, against=_read_head(against) if against else None, place=path)
    if as_json:
        print_json(as_object(report))
    else:
        _print(report)
    if not report.ok:
        raise Tampered(
            say(
                f"核对没有通过：{len(report.findings)} 处不符。",
                f"The check failed: {many(len(report.findings), 'finding')}.",
            ),
            "partyctl backup list",
        )


def _kept(anchors: Path | None) -> list[Anchor]:
    """Return the journal heads to compare with the ledger, from the file `anchors`.

    If `anchors` is None, return the heads that partyctl stored for this user.
    """
    try:
        own = list(heads.read(heads.heads_file()))
    except PartyctlError:
        own = []
    if anchors is None:
        return own
    named = list(heads.read(anchors))
    # partyctl announces each restore in advance in this user's own file of heads. These
    # announcements are therefore always read from the user's own file, even if `anchors` is given.
    return [*named, *(each for each in own if each.is_promise)]


def _read_head(text: str) -> tuple[int, str]:
    """Parse a journal head as it is printed on papers: 123-ab12cd34ef567890. Raises BadUsage."""
    number, dash, digits = text.strip().removeprefix("#").lower().partition("-")
    is_hex = len(digits) >= HEAD_DIGITS and not set(digits) - set("0123456789abcdef")
    if not (dash and is_digits(number) and len(number) < 12 and is_hex):
        raise BadUsage(
            say(f"链头“{text}”读不出来。", f"Cannot read the journal head “{text}”."),
            "partyctl journal verify --against 123-ab12cd34ef567890",
        )
    return int(number), digits


def as_object(report: Report) -> JournalReport:
    """Return the report as plain data for JSON."""
    return {
        "ok": report.ok,
        "entries": report.entries,
        "rows": report.rows,
        "redacted": report.redacted,
        "anchors": report.anchors,
        "replaced": report.replaced,
        "ledger": report.ledger,
        "head": report.head,
        "findings": [
            {"kind": each.kind, "where": each.where, "sentence": each.sentence}
            for each in report.findings
        ],
    }


def _print(report: Report) -> None:
    if report.findings:
        headings = (say("类别", "kind"), say("问题", "finding"))
        shown = report.findings[:SHOWN]
        print_table(headings, [Line((each.kind, each.sentence), "breach") for each in shown])
        if len(report.findings) > SHOWN:
            more = len(report.findings) - SHOWN
            tell(say(f"…另有 {more} 处", f"… {more} more"))
    if report.head is None:
        tell(say("台账的日志是空的。", "The journal of this ledger is empty."))
        return
    tell(
        say(
            f"日志 {report.entries} 条，数据 {report.rows} 行，已脱敏 {report.redacted} 条；"
            f"链头 {report.head}",
            f"{many(report.entries, 'entry')}, {many(report.rows, 'row')}, "
            f"{report.redacted} erased; "
            f"head {report.head}",
        )
    )
    tell(_reach(report))


def _reach(report: Report) -> str:
    """Return a sentence about the kinds of tampering that the check cannot find."""
    if not report.anchors:
        return say(
            "无外部锚点，不能发现尾部截断和整体重写；请与纸上印的链头核对（--against）。",
            "There are no journal heads to compare with, so this check cannot notice that the "
            "end of the journal was cut off or that the journal was rewritten. Compare with "
            "a head printed on a paper (--against).",
        )
    replaced = say(
        f"，其中 {report.replaced} 个属于被恢复替换的历史",
        f", of which {report.replaced} belong to a history that a restore replaced",
    )
    return say(
        f"与账外 {report.anchors} 个链头核对{replaced if report.replaced else ''}。"
        "可发现篡改；同时改了台账和全部锚点的人除外。",
        f"Compared with {many(report.anchors, 'head')} kept elsewhere"
        f"{replaced if report.replaced else ''}. Tampering would be detected, "
        "unless somebody changed the ledger and also every head kept elsewhere.",
    )
