"""`partyctl dues assess`: by a base that is typed, or everybody anew by the base on record."""

from typing import TYPE_CHECKING, NamedTuple

from partyctl.cli.input.people import Chosen
from partyctl.cli.output.answers import acknowledge, acknowledge_each, tell
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.money import print_yuan
from partyctl.terms import Category, Noun

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.records.common.several import LeftAlone
    from partyctl.records.dues.reassessing import Anew


class Said(NamedTuple):
    """What was typed of the assessment, the same for everybody who is assessed."""

    from_month: str
    base: int | None
    category: Category | None
    amount: int | None
    reason: str | None


def record(whom: Chosen, said: Said, *, as_json: bool) -> None:
    """Record the assessments: all of them, or none."""
    if whom.names is None and (said.base or said.category or said.amount):
        raise BadUsage(
            say(
                "--all 按各人已登记的基数重新核定，不能再写 --base、--category、--amount。",
                "--all goes by each base on record: no --base, --category or --amount.",
            ),
            f"partyctl dues assess --all --from {said.from_month}",
        )
    with current.writing() as session:
        from partyctl.records.common.several import told
        from partyctl.records.dues.assessments import MissingReason

        try:
            written, left_alone = _assess(session, whom, said)
        except MissingReason:
            asked = say("年内调整党费的原因", "why the amount changes within the year")
            raise MissingFact(Question("--reason", asked)) from None
        others = told(left_alone)
    lines = [(each.entry.number, _line(each, said)) for each in written]
    if whom.is_one:
        acknowledge(Noun.DUES, *lines[0], as_json=as_json)
    else:
        acknowledge_each(Noun.DUES, lines, as_json=as_json)
    if others:
        tell(others, err=True)


def _assess(session: "Session", whom: Chosen, said: Said) -> "tuple[list[Anew], list[LeftAlone]]":
    from partyctl.records.common.finding import stored
    from partyctl.records.common.several import address, for_each, members_named
    from partyctl.records.dues import reassessing
    from partyctl.records.dues.assessments import record_assessment

    if whom.names is None:
        return reassessing.assess_all(
            session,
            current.branch(),
            whom.excepted,
            from_month=said.from_month,
            reason=said.reason,
        )
    written = for_each(
        members_named(session, whom.names),
        lambda member: reassessing.Anew(
            member,
            *record_assessment(
                session,
                stored(member.number),
                from_month=said.from_month,
                base=said.base,
                category=said.category,
                chosen=said.amount,
                reason=said.reason,
            ),
        ),
        named=lambda member: address(session, member),
    )
    return written, []


def _line(anew: "Anew", said: Said) -> str:
    name, amount = anew.member.name, print_yuan(anew.assessed.amount)
    line = say(
        f"已核定 #{anew.entry.id} {name} {said.from_month} 起每月 {amount} 元：{anew.assessed.working}",
        f"#{anew.entry.id} {name}: {amount} a month from {said.from_month}: {anew.assessed.working}",
    )
    if said.category is None:
        return line
    kept, english = said.category.chinese, said.category.value
    return line + say(f"；{said.from_month} 起类别是{kept}", f"; {english} from {said.from_month}")
