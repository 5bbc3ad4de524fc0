"""Compute the amounts that several members have to pay for some months."""

from collections.abc import Sequence

from sqlmodel import Session

from partyctl.bilingual import many
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.chapters.dues import DUES_MONTHLY
from partyctl.law.dues.book import DuesBook, first_whole_month
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.reading import facts as reader
from partyctl.ledger.tables.people import Member
from partyctl.ledger.writing.session import driver_of
from partyctl.light import NamedTuple
from partyctl.money import print_yuan
from partyctl.records.common import finding
from partyctl.records.common.several import LeftAlone, address, for_each, members_named
from partyctl.records.dues.book import require_payable
from partyctl.records.dues.pages import Pages, pages_of
from partyctl.terms import Noun

CLAUSE = BRANCH["七"]


class Share(NamedTuple):
    """The months for which one member pays, and the amount in 分."""

    member: Member
    months: tuple[str, ...]
    amount: int


def shares_of(
    session: Session, names: Sequence[str], months: tuple[str, ...], amount: int | None
) -> list[Share]:
    """The payment of each named member: the given amount, or the open dues if no amount is given.

    Without a given amount, raises Refused if a member owes no dues for these months, is exempt, has
    already paid them in full, or was not assessed for one of the open months.
    """
    members = members_named(session, names)
    if amount is not None:
        return [Share(member, months, amount) for member in members]
    pages = pages_of(session, {member.branch_id for member in members})
    return for_each(
        members,
        lambda member: _share(session, member, pages, months),
        named=lambda member: address(session, member),
    )


def shares_of_all(
    session: Session,
    branch_name: str | None,
    excepted: Sequence[str],
    months: tuple[str, ...],
    amount: int | None,
    *,
    only_unpaid: bool = False,
) -> tuple[list[Share], list[LeftAlone]]:
    """The payments of all members with open dues, and the members who are skipped.

    Neither list has the members in `excepted`, or those who owe no dues for these months.
    `only_unpaid`: whether months that were paid in part are left out.
    """
    branch = finding.branch(session, branch_name)
    out = {member.number for member in members_named(session, excepted)}
    pages = pages_of(session, {branch.number})
    waived = _waived(session)
    paying: list[Member] = []
    left_alone: list[LeftAlone] = []
    asked: dict[int, tuple[str, ...]] = {}
    for number, page in pages.items():
        if number in out or not any(page.owes(month) for month in months):
            continue
        member = session.get_one(Member, number)
        wanted = tuple(month for month in months if (number, month) not in waived)
        asked[number] = _without_payment(page, wanted) if only_unpaid else wanted
        if reason := _nothing_owed(page, months) or _nothing_asked(page, wanted, asked[number]):
            left_alone.append(LeftAlone(address(session, member), reason))
        else:
            paying.append(member)
    if amount is not None:
        given = [
            Share(member, _open(pages[member.number], asked[member.number]), amount)
            for member in paying
        ]
        return given, left_alone
    owing = for_each(
        paying,
        lambda member: _share(session, member, pages, asked[member.number]),
        named=lambda member: address(session, member),
        everybody=True,
    )
    return owing, left_alone


def _nothing_owed(page: DuesBook, months: tuple[str, ...]) -> str | None:
    """Why no dues are open for these months; None if dues are open or a month is not assessed."""
    owed = [month for month in months if page.owes(month)]
    if all(month in page.excused for month in owed):
        return say("免交", "exempt")
    left = [month for month in owed if month not in page.excused]
    if all(_is_paid(page, month) for month in left):
        return say("已交足", "paid in full")
    return None


def _nothing_asked(page: DuesBook, wanted: tuple[str, ...], asked: tuple[str, ...]) -> str | None:
    """Why a command for the whole branch skips a member; None if the member is not skipped."""
    if not any(page.owes(month) for month in wanted):
        return say("已免除", "waived")
    return _nothing_owed(page, wanted) or (None if asked else say("已交过一部分", "paid in part"))


def _waived(session: Session) -> set[tuple[int, str | None]]:
    """The waived dues, each as a member's number and a month.

    A command for the whole branch skips waived dues. To record a payment of waived dues, the clerk
    must name the member.
    """
    return {
        (each.subject_id, each.period)
        for each in reader.waivers(driver_of(session))
        if each.what == DUES_MONTHLY.id and each.subject_kind == Noun.MEMBER
    }


def _without_payment(page: DuesBook, months: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(month for month in _open(page, months) if not page.paid(month))


def _open(page: DuesBook, months: tuple[str, ...]) -> tuple[str, ...]:
    """The given months whose dues are owed but not fully paid, including months not assessed."""
    return tuple(
        month
        for month in months
        if page.owes(month) and month not in page.excused and not _is_paid(page, month)
    )


def _is_paid(page: DuesBook, month: str) -> bool:
    assessed = page.assessed(month)
    return assessed is not None and page.paid(month) >= assessed


def _share(session: Session, member: Member, pages: Pages, months: tuple[str, ...]) -> Share:
    """A member's open dues for these months.

    Raises Refused if no dues are open, or if the open dues of a month are not assessed.
    """
    page = pages.get(member.number)
    owed = [month for month in months if page and page.owes(month)]
    if page is None or not owed:
        raise _not_owed(session, member, months)
    if reason := _nothing_owed(page, months):
        span = " ".join(dict.fromkeys((owed[0], owed[-1])))
        raise Refused(
            say(
                f"{member.name} {span} 的党费{reason}[{CLAUSE}]。",
                f"{member.name}'s dues for {span}: {reason} [{CLAUSE}].",
            ),
            f"partyctl dues status --member '#{member.number}' --month {owed[-1]}",
        )
    open_months = _open(page, months)
    amounts = [page.assessed(month) for month in open_months]
    if None in amounts:
        raise _not_assessed(member, open_months[amounts.index(None)])
    left = sum(a - page.paid(m) for m, a in zip(open_months, amounts, strict=True) if a is not None)
    return Share(member, open_months, left)


def _not_owed(session: Session, member: Member, months: tuple[str, ...]) -> Refused:
    for month in months:
        # This check raises an error with the exact reason if the month is before the person joined
        # the Party or came to the branch, if its dues were paid to the previous branch, or if the
        # person had left.
        require_payable(session, member, month)
    since = finding.organ(session).since
    if months[-1] < first_whole_month(since):
        return Refused(
            say(
                f"{member.name} {months[0]} 不在台账起算（{since}）以后，台账里没有应交数；"
                f"补收的写明金额[{CLAUSE}]。",
                f"{member.name} owes no dues on record for {months[0]}, because the ledger "
                f"begins on {since}: for arrears, give the amount [{CLAUSE}].",
            ),
            f"partyctl dues pay '#{member.number}' --month {months[0]} --amount …",
        )
    return Refused(
        say(
            f"{member.name} {months[0]} 不在本支部交党费[{CLAUSE}]。",
            f"{member.name} owes no dues here for {months[0]} [{CLAUSE}].",
        ),
        f"partyctl member show '#{member.number}'",
    )


def _not_assessed(member: Member, month: str) -> Refused:
    return Refused(
        say(
            f"{member.name} {month} 还没有核定党费[{CLAUSE}]。",
            f"{member.name}'s dues for {month} are not assessed [{CLAUSE}].",
        ),
        f"partyctl dues assess '#{member.number}' --base … --from {month}",
    )


def sum_told(shares: Sequence[Share]) -> str:
    """The number of people who pay, and the total that they pay, as a text."""
    total = print_yuan(sum(share.amount for share in shares))
    return say(f"共 {len(shares)} 人，{total} 元", f"{many(len(shares), 'person')}, {total} yuan")
