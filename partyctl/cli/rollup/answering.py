"""Answer questions about a hub: missing reports, gaps between extracts, totals."""

from partyctl.bilingual import many
from partyctl.calendar import Period
from partyctl.cli.output.answers import tell
from partyctl.contract.rollup import RollupMissing, RollupMonth, RollupSums, RollupVerified
from partyctl.errors import FOUND, BadUsage, Tampered
from partyctl.language import comma_list, say, title_of
from partyctl.law.catalogue import CATALOGUE
from partyctl.rollup import asking
from partyctl.rollup.chapters import CODES
from partyctl.rollup.hub import OWN, Hub
from partyctl.rollup.missing import Missing, missing_branches
from partyctl.rollup.verifying import verify
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import Status

SHOWN = tuple(Status)
TITLES = {rule.id: rule for rule in CATALOGUE}


def read_by(text: str) -> str:
    """Parse --by: how the totals are grouped. Raises BadUsage."""
    if text not in asking.BY:
        known = comma_list(asking.BY)
        raise BadUsage(
            say(
                f"不能按“{text}”汇总；有：{known}。",
                f"Cannot group by “{text}”; the choices are: {known}.",
            ),
            "partyctl rollup show --by chapter",
        )
    return text


def print_missing(hub: Hub, month: Period, *, as_json: bool) -> int:
    """Print the branches that sent no report for a month; return 3 if a report is missing."""
    gone = missing_branches(hub, month.name)
    if as_json:
        answer: RollupMissing = {
            "month": month.name,
            "reported": hub.number_reported(month.name),
            "missing": [{"code": each.code, "name": each.name} for each in gone],
        }
        print_json(answer)
    else:
        tell(_reported(hub, month.name, gone))
        headings = (say("代码", "code"), say("支部", "branch"))
        if gone:
            print_table(headings, [Line((each.code, each.name), "overdue") for each in gone])
    return FOUND if gone else 0


def _reported(hub: Hub, month: str, gone: list[Missing]) -> str:
    """Say how many enrolled branches reported, and how many branches of lower hubs did not."""
    here, below = hub.number_reported(month), sum(each.inside for each in gone)
    more = say(f"，下级未报 {below}", f", {below} missing in lower hubs") if below else ""
    return say(
        f"{hub.organ} · {month} · 已报 {here} / {len(hub.units)}{more}",
        f"{hub.organ} · {month} · {here} of {len(hub.units)} reported{more}",
    )


def print_verified(hub: Hub, *, as_json: bool) -> int:
    """Print the extracts that are missing, damaged or changed, or that have a wrong journal head.

    The head of an extract is wrong if it does not follow the head of the branch's previous extract.
    Return 76 if any extract is printed, and 0 if none is.
    """
    receipts, broken = verify(hub)
    if as_json:
        answer: RollupVerified = {
            "ok": not broken,
            "extracts": receipts,
            "findings": [
                {
                    "code": each.code,
                    "month": each.month,
                    "finding": each.sentence,
                    "remedy": each.remedy,
                }
                for each in broken
            ],
        }
        print_json(answer)
    elif broken:
        headings = (
            say("代码", "code"),
            say("支部", "branch"),
            say("月份", "month"),
            say("问题", "finding"),
            say("在支部执行", "at the branch"),
        )
        lines = [
            Line(
                (
                    each.code,
                    named(hub, "branch", each.code),
                    each.month,
                    each.sentence,
                    each.remedy,
                ),
                "breach",
            )
            for each in broken
        ]
        print_table(headings, lines)
    else:
        tell(
            say(
                f"{receipts} 份提取，链头都接得上",
                f"{many(receipts, 'extract')}; each continues the branch's previous extract",
            )
        )
    return Tampered.exit_code if broken else 0


def print_sums(hub: Hub, by: str, month: Period | None, *, rank: bool, as_json: bool) -> None:
    """Print how many branches reported, then the totals of one month or of all months."""
    months = [month.name] if month else hub.months()
    rows = asking.table(hub, by, months, rank=rank)
    judged_apart = asking.judged_apart(hub, months)
    if as_json:
        print_json(_object(hub, by, months, rows, judged_apart))
        return
    for each in months:
        tell(_reported(hub, each, missing_branches(hub, each)))
    if not rows:
        tell(say("还没有收到提取文件。", "No extract has been collected yet."))
        return
    headings = (
        say("汇总", "of"),
        say("支部", "branches"),
        *(status.label for status in SHOWN),
        say("完成率", "met"),
        "n",
    )
    print_table(headings, [_line(hub, by, each) for each in rows])
    for codes in judged_apart:
        tell(
            say(
                f"按另一套规则判断，不宜并排比较：{'、'.join(codes)}",
                "These branches were judged by other rules, so do not compare them with "
                f"the rest: {', '.join(codes)}",
            )
        )


def _line(hub: Hub, by: str, counts: asking.Counts) -> Line:
    share = "—" if counts.percent is None else f"{counts.percent}%"
    numbers = (str(counts.of[status.value]) for status in SHOWN)
    tone = "overdue" if counts.of["overdue"] or counts.of["breach"] else None
    return Line(
        (named(hub, by, counts.key), str(counts.branches), *numbers, share, str(counts.n)), tone
    )


def named(hub: Hub, by: str, key: str) -> str:
    """Return the label of a line of the totals.

    The label of a branch is its code and name; the label of a chapter or rule is its title.
    """
    if by == "branch":
        unit = hub.unit(key)
        return f"{unit.code} {unit.name}" if unit else key
    if by == "chapter" and key in CODES:
        return title_of(CODES[key])
    if by == "rule" and key in TITLES:
        return title_of(TITLES[key])
    if by == "organ":
        return hub.organ if key == OWN else named(hub, "branch", key)
    return key or say("（只报到章）", "(only by chapter)")


def _reported_of(hub: Hub, month: str) -> RollupMonth:
    gone = len(missing_branches(hub, month))
    return {"month": month, "reported": hub.number_reported(month), "missing": gone}


def _object(
    hub: Hub, by: str, months: list[str], rows: list[asking.Counts], judged_apart: list[list[str]]
) -> RollupSums:
    return {
        "organ": hub.organ,
        "by": by,
        "months": [_reported_of(hub, each) for each in months],
        "rows": [
            {
                "key": each.key,
                "name": named(hub, by, each.key),
                "branches": each.branches,
                "breach": each.of[Status.BREACH],
                "overdue": each.of[Status.OVERDUE],
                "advised": each.of[Status.ADVISED],
                "due": each.of[Status.DUE],
                "late": each.of[Status.LATE],
                "met": each.of[Status.MET],
                "waived": each.of[Status.WAIVED],
                "n": each.n,
                "met_share": None if each.met_share is None else round(each.met_share, 4),
            }
            for each in rows
        ],
        "judged_apart": judged_apart,
    }
