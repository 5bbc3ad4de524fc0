"""What covers each of the 97 clauses of the regulation: a rule, a record, or neither.

A clause that a rule cites is covered by the rule. This module lists all other clauses, each with
the command that records the clause's subject, or with the reason why partyctl cannot check the
clause.
"""

from partyctl.bilingual import SEMICOLON, Told, joined
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.sources.clauses import CHAPTER_OF
from partyctl.light import NamedTuple
from partyctl.terms import Term


class Coverage(Term):
    """条款落在: what covers a clause of the regulation."""

    RULE = "rule", "规则"
    FIELD = "field", "记录", "record"
    NOT_COMPUTABLE = "not-computable", "不可计算", "not computable"


class Account(NamedTuple):
    """For a clause without a rule: the commands that record its subject, or why there are none."""

    commands: tuple[str, ...]
    words: Told


class Covered(NamedTuple):
    """A clause, and what covers it: rules or commands, and a description."""

    clause: str
    kind: Coverage
    rules: tuple[str, ...]
    commands: tuple[str, ...]
    words: Told


def _held(*commands: str, by: Told) -> Account:
    return Account(commands, by)


def _left_to_people(why: Told) -> Account:
    return Account((), why)


AGENDA = ("meeting add --topic", "meeting add --decision")
OTHER = {
    "支部·二(一)3": _held(
        *AGENDA,
        by=Told(
            "会上议了什么、决了什么，记在议题和决议里",
            "The business of a meeting is recorded as topics and resolutions",
        ),
    ),
    "支部·二(二)3": _held(
        *AGENDA,
        by=Told(
            "会上议了什么、决了什么，记在议题和决议里",
            "The business of a meeting is recorded as topics and resolutions",
        ),
    ),
    "支部·六": _left_to_people(
        Told(
            "方针和原则由党组织把握，没有可以计算的日期或数字",
            "The clause states principles for the Party organisation, without a date or number",
        ),
    ),
    "支部·九": _held(
        "contact add --leader",
        by=Told(
            "联系点及其联系领导逐个登记",
            "Each contact point is recorded with the leader responsible for it",
        ),
    ),
    "支部·十": _left_to_people(
        Told(
            "责任范围和内容由分工文件确定，落实与否要由人判断",
            "Other documents say who is responsible; people judge whether the work is done",
        ),
    ),
    "支部·十2": _left_to_people(
        Told(
            "预防体系和措施没有期限和次数，是否有效由人判断",
            "The clause sets no date or number for the measures; people judge whether they work",
        ),
    ),
    "支部·十3": _left_to_people(
        Told(
            "遵守另外两部法规，事实不在支部台账里",
            "The clause requires that two other regulations are obeyed; the ledger has no "
            "facts about that",
        )
    ),
    "支部·十4": _left_to_people(
        Told(
            "贯彻另外两部法规，事实不在支部台账里",
            "The clause requires that two other regulations are carried out; the ledger "
            "has no facts about that",
        ),
    ),
    "支部·十6": _left_to_people(
        Told(
            "厉行节约靠教育引导，没有可以计算的日期或数字",
            "The clause asks for education in thrift, without a date or number",
        )
    ),
    "支部·十7": _left_to_people(
        Told(
            "监督体系是组织安排，是否健全由人判断",
            "People judge whether supervision is well organised",
        )
    ),
    "支部·十8": _left_to_people(
        Told(
            "选人用人是否公正由人判断，台账只管发展党员的程序",
            "People judge whether appointments are fair; the ledger records only admissions",
        ),
    ),
    "公开·1": _left_to_people(
        Told(
            "由谁领导、由谁实施是机构设置，没有到期的事项",
            "The clause says who leads and who carries out the work; it sets no deadline",
        ),
    ),
    "公开·2": _held(
        "disclosure add --scope",
        by=Told(
            "对外公开和对内公开分开登记",
            "Internal and external disclosures are recorded separately",
        ),
    ),
    "公开·5": _held(
        "member post",
        "opinion add --received",
        by=Told(
            "纪检委员是谁记在职务里，收到的意见逐条登记",
            "A member's post shows who supervises openness, and each opinion received is recorded",
        ),
    ),
    "公开·6": _left_to_people(
        Told(
            "与政务公开是否重复交叉，要看两边的内容",
            "Only people who read both texts can see whether Party disclosures repeat the "
            "government's",
        ),
    ),
    "公开·8": _left_to_people(
        Told(
            "由领导小组提出建议，没有期限和次数",
            "The leading group for openness makes proposals; the clause sets no date or number",
        )
    ),
    "公开·9": _held(
        "opinion add --received", by=Told("收到的意见逐条登记", "Each opinion received is recorded")
    ),
    "公开·12": _left_to_people(
        Told(
            "是否推诿拖延、打击报复由人判断；期限按公开·11 计，提出人受保护",
            "People judge evasion and reprisals; the deadlines are those of 公开·11",
        ),
    ),
    "防范·一": _held(
        "warning issue",
        "staff add",
        by=Told(
            "防范对象可以是党员，也可以是其他干部职工",
            "A case can be about a Party member or about another employee",
        ),
    ),
    "防范·二": _held(
        "warning issue --scope",
        by=Told("事项所属范围", "The scope records the area that a case's matter belongs to"),
    ),
    "防范·三": _held(
        "warning issue --category", by=Told("内容类别", "The category of a case is one of nine")
    ),
    **{
        f"防范·三{number}": _held(
            "warning issue --category", by=Told(f"内容类别 {number}", f"Category {number}")
        )
        for number in range(1, 10)
    },
    "防范·四1": _held(
        "warning issue --level",
        by=Told(
            "询问函、警示诫勉、责令纠错三种",
            "A case has one of three letters: inquiry, admonition, order to correct",
        ),
    ),
}
"""The clauses that no rule cites, each with its Account."""


def coverage() -> list[Covered]:
    """All clauses in order. Raises KeyError if a clause has neither a rule nor an Account."""
    return [_covered(clause) for clause in CHAPTER_OF]


def _covered(clause: str) -> Covered:
    rules = tuple(rule for rule in CATALOGUE if clause in rule.article.split("、"))
    if rules:
        titles = joined((Told(rule.title, rule.english) for rule in rules), SEMICOLON)
        return Covered(clause, Coverage.RULE, tuple(rule.id for rule in rules), (), titles)
    account = OTHER[clause]
    kind = Coverage.FIELD if account.commands else Coverage.NOT_COMPUTABLE
    return Covered(clause, kind, (), account.commands, account.words)
