"""`partyctl dues assess`: assess named members from typed values, or everybody from the records."""

from typing import TYPE_CHECKING

from partyctl.cli.input.people import Chosen
from partyctl.cli.output.answers import acknowledge, acknowledge_each, tell
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.errors import BadUsage
from partyctl.language import say, worded
from partyctl.light import NamedTuple
from partyctl.money import print_yuan
from partyctl.terms import Category, Noun

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.records.common.several import LeftAlone
    from partyctl.records.dues.reassessing import Anew


class AssessmentEntry(NamedTuple):
    """The values typed for an assessment; they apply to every chosen person."""

    from_month: str
    base: int | None
    category: Category | None
    amount: int | None
    reason: str | None


def record(whom: Chosen, entry: AssessmentEntry, *, as_json: bool) -> None:
    """Record the assessments of the chosen people; if one is refused, record none."""
    if whom.names is None and (entry.base or entry.category or entry.amount):
        raise BadUsage(
            say(
                "--all 按各人已登记的基数重新核定，不能再写 --base、--category、--amount。",
                "--all uses the recorded bases: leave out --base, --category and --amount.",
            ),
            f"partyctl dues assess --all --from {entry.from_month}",
        )
    with current.writing() as session:
        from partyctl.records.common.several import told
        from partyctl.records.dues.assessments import MissingReason

        try:
            written, left_alone = _assess(session, whom, entry)
        except MissingReason:
            asked = say("年内调整党费的原因", "why the amount changes within the year")
            raise MissingFact(Question("--reason", asked)) from None
        others = told(left_alone)
    lines = [(each.entry.number, _line(each, entry)) for each in written]
    if whom.is_one:
        acknowledge(Noun.DUES, *lines[0], as_json=as_json)
    else:
        acknowledge_each(Noun.DUES, lines, as_json=as_json)
    if others:
        tell(others, err=True)


def _assess(
    session: "Session", whom: Chosen, entry: AssessmentEntry
) -> "tuple[list[Anew], list[LeftAlone]]":
    from partyctl.records.common.finding import stored
    from partyctl.records.common.several import address, for_each, members_named
    from partyctl.records.dues import reassessing
    from partyctl.records.dues.assessments import record_assessment

    if whom.names is None:
        return reassessing.assess_all(
            session,
            current.branch(),
            whom.excepted,
            from_month=entry.from_month,
            reason=entry.reason,
        )
    written = for_each(
        members_named(session, whom.names),
        lambda member: reassessing.Anew(
            member,
            *record_assessment(
                session,
                stored(member.number),
                from_month=entry.from_month,
                base=entry.base,
                category=entry.category,
                chosen=entry.amount,
                reason=entry.reason,
            ),
        ),
        named=lambda member: address(session, member),
    )
    return written, []


def _line(anew: "Anew", entry: AssessmentEntry) -> str:
    name, amount = anew.member.name, print_yuan(anew.assessed.amount)
    working = worded(anew.assessed.working)
    line = say(
        f"已核定 #{anew.entry.id} {name} {entry.from_month} 起每月 {amount} 元：{working}",
        f"#{anew.entry.id} {name}: {amount} a month from {entry.from_month}: {working}",
    )
    if entry.category is None:
        return line
    kept, english = entry.category.chinese, entry.category.value
    return line + say(
        f"；{entry.from_month} 起类别是{kept}", f"; {english} from {entry.from_month}"
    )
