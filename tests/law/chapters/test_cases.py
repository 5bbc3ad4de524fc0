"""The case files next to the rules: each case has one history, and the obligations expected on some days."""

import importlib
import pkgutil
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from partyctl.errors import BadUsage
from partyctl.law import chapters
from partyctl.law.admission.duties import ByItsDay, ByItsDayNotEarlier, Holds, OnTheWay, UntilDone
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.changes.changes import Change, Numbers
from partyctl.law.changes.rulebook import Rulebook
from partyctl.law.dues.duties import FullAmount, Lapse
from partyctl.law.engine.deadlines import Before, By, InYear, OnTheDay, Until, Within
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, Spell, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.limits import Hours, Size, TermOfOffice
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.law.engine.values import (
    PLAIN,
    AdmissionAct,
    Application,
    Assessment,
    Election,
    Exemption,
    LapseAct,
    Letter,
    LifeAct,
    LifeMeeting,
    Measure,
    Meeting,
    Opinion,
    OpinionAct,
    Outcome,
    Payment,
    PreventiveTalk,
    Probationer,
    Publication,
    Rating,
    StudyHours,
    Talk,
    Task,
    Vote,
    WarningAct,
)
from partyctl.law.questions.whose import whose
from partyctl.ledger.views.columns import ORGAN_KINDS
from partyctl.money import read_yuan
from partyctl.terms import (
    AdmissionStep,
    Case,
    DisclosureKind,
    DuesAct,
    Grade,
    IntegrityAct,
    LapseStep,
    LifeStep,
    MeetingKind,
    OpinionClass,
    OpinionStep,
    OutcomeAct,
    PackagePart,
    Payer,
    PlanKind,
    Post,
    Result,
    ReviewStep,
    RuleAct,
    Status,
    Strength,
    StudyAct,
    Superior,
    TalkKind,
    Term,
    VisitKind,
    VoteKind,
    WarningLevel,
    WarningStep,
)
from tests.support.facts import fact

LAW = Path(chapters.__file__).parent

BRANCH = ("branch", 1)
ORGAN = ("organ", 1)
ROLES = {
    "党员": "member",
    "党员领导干部": "leader",
    "党小组": "cell",
    "预备党员": "probationary",
    "联系点": "contact",
    "积极分子": "activist",
    "支委会": "branch-with-committee",
} | {post.chinese: str(post) for post in Post}
APART = {
    "事项": Case,
    "步骤": LifeStep,
    "评议": ReviewStep,
    "谈话": TalkKind,
    "联系点": VisitKind,
    "廉政": IntegrityAct,
    "公开": DisclosureKind,
    "表决": VoteKind,
    "学习": StudyAct,
    "发展": AdmissionStep,
    "意见": OpinionStep,
    "防范": WarningStep,
}
"""Vocabularies that share words with other vocabularies.

Before each of their words, a case file writes the vocabulary's name, such as 步骤 in 步骤·发言提纲.
"""
KINDS = {term.chinese: term for terms in (MeetingKind, PlanKind, DuesAct) for term in terms} | {
    f"{name}·{term.chinese}": term for name, terms in APART.items() for term in terms
}
NOUNS = {
    Case.DEMOCRATIC_LIFE: "meeting",
    Case.REVIEW: "review",
    Case.PLAN_ITEM: "plan-item",
    Case.RECTIFICATION: "rectify",
    Case.FOLLOW_UP: "talk",
    Case.TERM: "branch",
    Case.PUBLICATION: "disclosure",
    Case.OPINION: "opinion",
    Case.WARNING: "warning",
    Case.PREVENTIVE_TALK: "warning",
}
RECORDS = {
    LifeStep: "meeting",
    ReviewStep: "review",
    TalkKind: "talk",
    VisitKind: "contact",
    IntegrityAct: "meeting",
    DisclosureKind: "disclosure",
    VoteKind: "meeting",
    StudyAct: "meeting",
    OpinionStep: "opinion",
    WarningStep: "warning",
}
WORDS = {
    "part": PackagePart,
    "grade": Grade,
    "act": OutcomeAct,
    "class": OpinionClass,
    "level": WarningLevel,
}

CASE = {
    "rule",
    "name",
    "since",
    "founded",
    "committee",
    "scope",
    "facts",
    "waivers",
    "changes",
    "at",
}
CHANGE = {"from", "act", "rule", "every", "count", "days", "months", "by", "working", "strength"}
SCOPE = {"role", "who", "from", "to", "paid_to", "leaves_to", "admitted"}
MEETING = {
    "on",
    "what",
    "who",
    "chair",
    "lecturer",
    "notified",
    "minutes",
    "undecided",
    "makes_up",
    "opinions_on",
    "marks",
}
LIFE = {
    "on",
    "what",
    "who",
    "with",
    "year",
    "makes_up",
    "due",
    "done",
    "case",
    "name",
    "id",
    "half_days",
    "part",
    "grade",
    "act",
    "meeting",
    "votes",
    "half_hours",
    "class",
    "level",
    "approved",
    "by",
    "notified",
    "talkers",
    "marks",
    "excluded",
}
APPLICATION = {"on", "what", "who", "birth", "closed", "joined"}
ADMISSION = {
    "on",
    "what",
    "who",
    "result",
    "until",
    "signed",
    "people",
    "to",
    "votes",
    "hours",
    "makes_up",
    "excluded",
}
WAIVER = {"on", "subject", "id", "period"}
PLAN = {"on", "what", "year"}
DUES = {"on", "what", "who", "month", "until", "yuan", "payer", "consent", "step"}

SETTLED_OR_DUE = {Status.MET, Status.LATE, Status.DUE}


def case_files() -> list[Path]:
    return sorted(LAW.rglob("*.toml"))


def cases_in(path: Path) -> list[dict]:
    return tomllib.loads(path.read_text(encoding="utf-8"))["case"]


EVERY_CASE = [(path, case) for path in case_files() for case in cases_in(path)]


def only(words: dict, allowed: set[str]) -> None:
    """Fail if a case has a word that is not allowed, such as a misspelt one."""
    assert set(words) <= allowed, f"{sorted(set(words) - allowed)} in {words}"


def marked(words: dict, mark: str) -> bool:
    return mark in words.get("marks", "").split()


def task(history: "History", words: dict, number: int) -> Task:
    return Task(name=words.get("name", ""), due_on=words.get("due"), done_on=words.get("done"))


def measure(history: "History", words: dict, number: int) -> Measure:
    return Measure(**vars(task(history, words, number)), meeting_id=words.get("case"))


def letter(history: "History", words: dict, number: int) -> Letter:
    approver = history.number(words.get("by"))
    return Letter(
        level=word(words, "level"), approver_id=approver, approved_on=words.get("approved")
    )


def preventive_talk(history: "History", words: dict, number: int) -> PreventiveTalk:
    return PreventiveTalk(
        level=word(words, "level"),
        lead_id=history.number(words.get("by")),
        notified_on=words.get("notified"),
        talkers=words.get("talkers", 0),
        has_outline=marked(words, "outline"),
        is_unclear=marked(words, "unclear"),
        has_lead_reason=marked(words, "reason"),
    )


def vote(history: "History", words: dict, number: int) -> Vote:
    excluded = history.people(words, "excluded")
    return Vote(topic=words.get("name", ""), excluded=excluded, **votes(words))


def pair(history: "History", words: dict, number: int) -> Talk:
    return Talk(one_id=history.number(words["who"]), two_id=history.number(words["with"]))


def life_meeting(history: "History", words: dict, number: int) -> LifeMeeting:
    return LifeMeeting(planned_on=words.get("due"), held_on=words.get("done"))


def publication(history: "History", words: dict, number: int) -> Publication:
    return Publication(title=words.get("name", ""), approved_on=words.get("approved"))


def outcome(history: "History", words: dict, number: int) -> Outcome:
    return Outcome(act=word(words, "act"), meeting_id=words.get("meeting"))


def life_act(history: "History", words: dict, number: int) -> LifeAct:
    return LifeAct(half_days=words.get("half_days"), part=word(words, "part"))


def opinion_act(history: "History", words: dict, number: int) -> OpinionAct:
    return OpinionAct(kind=word(words, "class"), line_id=number, until_on=words.get("due"))


def warning_act(history: "History", words: dict, number: int) -> WarningAct:
    return WarningAct(has_promise=marked(words, "promise"), has_demand=marked(words, "demand"))


SAYS = {
    what(Case.PLAN_ITEM): task,
    what(Case.FOLLOW_UP): task,
    what(Case.RECTIFICATION): measure,
    what(Case.DEMOCRATIC_LIFE): life_meeting,
    what(Case.TERM): lambda _, words, __: Election(branch=words.get("name", "")),
    what(Case.PUBLICATION): publication,
    what(Case.OPINION): lambda _, words, __: Opinion(kind=word(words, "class")),
    what(Case.WARNING): letter,
    what(Case.PREVENTIVE_TALK): preventive_talk,
    what(ReviewStep.RATING): lambda _, words, __: Rating(grade=word(words, "grade")),
    what(ReviewStep.OUTCOME): outcome,
    what(TalkKind.PAIR): pair,
    StudyAct: lambda _, words, __: StudyHours(half_hours=words["half_hours"]),
    LifeStep: life_act,
    VoteKind: vote,
    OpinionStep: opinion_act,
    WarningStep: warning_act,
}
"""The additional fields of facts, by kind or vocabulary."""


class History:
    """The people, the facts and the ledger of a case, in the types of the law."""

    def __init__(self, case: dict) -> None:
        only(case, CASE)
        self.case = case
        self.numbers: dict[str, int] = {}
        self.spells = [*self.branch(), *(self.spell(words) for words in case.get("scope", []))]
        self.facts = list(self.standing(case.get("facts", [])))

    def standing(self, told: list[dict]) -> Iterator[Fact]:
        """The facts of all records, except those that the case marks with `voided = true`.

        A voided record keeps its number, and its steps are voided too. A step can also be voided
        alone.
        """
        made, gone = [], set()
        for number, words in enumerate(told, start=1):
            words = dict(words)
            is_voided = words.pop("voided", False)
            facts = self.facts_of(words, number)
            if not is_voided:
                made += facts
            elif not self.is_step(words, facts[0]):
                gone |= {(fact.record_kind, fact.record_id) for fact in facts}
        return (fact for fact in made if (fact.record_kind, fact.record_id) not in gone)

    def is_step(self, words: dict, fact: Fact) -> bool:
        return "case" in words or fact.what.startswith("admission:")

    def branch(self) -> list[Spell]:
        founded = self.case.get("founded")
        roles = ["branch", "branch-with-committee"][: 1 + self.case.get("committee", True)]
        group = Spell("organ", *ORGAN, "局党组", None, None, None)
        return [group, *(Spell(role, *BRANCH, "机关党支部", 1, founded, None) for role in roles)]

    def number(self, name: str | None) -> int | None:
        return name and self.numbers.setdefault(name, len(self.numbers) + 1)

    def spell(self, words: dict) -> Spell:
        only(words, SCOPE)
        role = ROLES[words["role"]]
        kind = role if role in ("cell", "contact") else "member"
        kind = "applicant" if role == "activist" else kind
        who = words["who"]
        if role == "branch-with-committee":
            return Spell(role, *BRANCH, who, 1, words.get("from"), words.get("to"))
        term = words.get("from"), words.get("to")
        letters = words.get("paid_to"), words.get("leaves_to")
        admitted = int(words.get("admitted", False))
        return Spell(role, kind, self.number(who), who, 1, *term, *letters, admitted)

    def facts_of(self, words: dict, number: int) -> list[Fact]:
        named = words["what"] if isinstance(words["what"], list) else [words["what"]]
        kinds = [KINDS[name] for name in named]
        if isinstance(kinds[0], MeetingKind):
            return [self.meeting(kind, words, number) for kind in kinds]
        if isinstance(kinds[0], AdmissionStep):
            return [self.step(kind, words, number) for kind in kinds]
        if kinds[0] in (Case.APPLICANT, Case.PROBATION):
            return [self.application(kinds[0], words)]
        if isinstance(kinds[0], PlanKind):
            return [self.plan(kind, words, number) for kind in kinds]
        if not isinstance(kinds[0], DuesAct):
            return [self.life(kind, words, number) for kind in kinds]
        return [fact for kind in kinds for fact in self.entry(kind, words, number)]

    def fact(
        self,
        kind: Term,
        words: dict,
        subject: tuple[str, int],
        record: tuple[str, int],
        of: object,
        period: str | None = None,
    ) -> Fact:
        makes_up = words.get("makes_up")
        return fact(kind, words["on"], subject, record, of, period=period, makes_up=makes_up)

    def meeting(self, kind: Term, words: dict, number: int) -> Fact:
        only(words, MEETING)
        subject = ORGAN if kind in ORGAN_KINDS else BRANCH
        if kind is MeetingKind.CELL:
            subject = ("cell", self.number(words["who"]))
        marks = words.get("marks", "").split()
        of = Meeting(
            chair_id=self.number(words.get("chair")),
            lecturer_id=self.number(words.get("lecturer")),
            notified_on=words.get("notified"),
            has_minutes=words.get("minutes", False),
            is_undecided=words.get("undecided", False),
            opinions_on=words.get("opinions_on"),
            opinions_inside="inside" in marks,
            opinions_outside="outside" in marks,
            has_criticism="criticism" in marks,
            committee_accounted="committee" in marks,
        )
        return self.fact(kind, words, subject, ("meeting", number), of)

    def application(self, kind: Term, words: dict) -> Fact:
        """A person's application, or the probation of a person who came as a probationary member."""
        only(words, APPLICATION)
        own = self.number(words["who"])
        if kind is Case.PROBATION:
            return self.fact(
                kind, words, ("member", own), ("member", own), Probationer(name=words["who"])
            )
        of = Application(
            name=words["who"],
            birth_on=words.get("birth"),
            closed_on=words.get("closed"),
            member_id=own,
            came_on=words.get("joined"),
        )
        return self.fact(kind, words, ("applicant", own), ("applicant", own), of)

    def step(self, kind: Term, words: dict, number: int) -> Fact:
        """A step of a person's admission."""
        only(words, ADMISSION)
        own = self.number(words["who"])
        filed_with = [by_chinese(Superior, name) for name in words.get("to", [])]
        of = AdmissionAct(
            line_id=number,
            result=by_chinese(Result, words.get("result", "通过")),
            until_on=words.get("until"),
            signed_on=words.get("signed"),
            half_hours=2 * words["hours"] if "hours" in words else None,
            to_general_branch=Superior.GENERAL_BRANCH in filed_with,
            to_organ_committee=Superior.ORGAN_COMMITTEE in filed_with,
            people=self.people(words, "people"),
            excluded=self.people(words, "excluded"),
            **votes(words),
        )
        return self.fact(kind, words, ("applicant", own), ("applicant", own), of)

    def people(self, words: dict, name: str) -> tuple[int, ...]:
        return tuple(sorted(self.number(each) for each in words.get(name, [])))

    def life(self, kind: Term, words: dict, number: int) -> Fact:
        """The fact for a kind that the other methods do not handle, such as a talk."""
        only(words, LIFE)
        of_branch = isinstance(kind, TalkKind | IntegrityAct | ReviewStep | VoteKind)
        record = NOUNS[kind] if isinstance(kind, Case) else RECORDS[type(kind)]
        is_step = isinstance(kind, LifeStep | ReviewStep | OpinionStep | WarningStep)
        is_of_another = is_step or kind is Case.PREVENTIVE_TALK
        own = words.get("case") if is_of_another else words.get("id")
        own = number if own is None else own
        subject = BRANCH if of_branch or kind in (Case.REVIEW, Case.TERM) else ORGAN
        if isinstance(kind, Case) and kind not in (Case.REVIEW, Case.TERM):
            subject = (record, own)
        elif "who" in words:
            of = "contact" if isinstance(kind, VisitKind) else "member"
            subject = (of, self.number(words["who"]))
        says = SAYS.get(what(kind)) or SAYS.get(type(kind))
        of = says(self, words, number) if says else PLAIN
        return self.fact(kind, words, subject, (record, own), of, period=words.get("year"))

    def plan(self, kind: Term, words: dict, number: int) -> Fact:
        only(words, PLAN)
        subject = BRANCH if kind is PlanKind.STUDY else ORGAN
        return self.fact(kind, words, subject, ("plan", number), PLAIN, period=words["year"])

    def entry(self, kind: Term, words: dict, number: int) -> list[Fact]:
        """The facts of an entry in the dues book: a payment has one fact for each of its months."""
        only(words, DUES)
        first, last = words.get("month"), words.get("until")
        months = [first]
        match kind:
            case DuesAct.PAYMENT:
                payer = by_chinese(Payer, words.get("payer", "本人"))
                amount = read_yuan(words["yuan"])
                of = Payment(amount=amount, payer=payer, consent_on=words.get("consent"))
                months = each_month(first, last or first)
            case DuesAct.ASSESSMENT:
                words = {"on": date.min} | words
                of = Assessment(amount=read_yuan(words["yuan"]), next_month=last)
            case DuesAct.EXEMPTION:
                of = Exemption(to_month=last)
            case DuesAct.LAPSE:
                of = LapseAct(step=by_chinese(LapseStep, words["step"]))
        subject, record = ("member", self.number(words["who"])), ("dues", number)
        return [self.fact(kind, words, subject, record, of, period=month) for month in months]

    def known(self, on: date) -> Known:
        rule = self.case["rule"]
        return Known(
            self.facts,
            self.spells,
            since=self.case["since"],
            on=on,
            waivers=[self.waiver(rule, words) for words in self.case.get("waivers", [])],
        )

    @property
    def rulebook(self) -> Rulebook:
        changes = self.case.get("changes", [])
        return Rulebook(self.change(self.case["rule"], words) for words in changes)

    def change(self, rule: str, words: dict) -> Change:
        only(words, CHANGE)
        said = {name: words[name] for name in words.keys() - {"from", "act", "rule"}}
        if "by" in said:
            month, day = said["by"].split("-")
            said["by"] = (int(month), int(day))
        if "strength" in said:
            said["strength"] = Strength(said["strength"])
        act = RuleAct(words.get("act", "set"))
        return Change(words.get("rule", rule), act, words["from"], Numbers(**said))

    def waiver(self, rule: str, words: dict) -> Fact:
        only(words, WAIVER)
        who = words.get("id") or self.number(words["subject"])
        kind = whose(rule_named(rule)).value if "id" not in words else words["subject"]
        return Fact(
            what=rule,
            on=words["on"],
            subject_kind=kind,
            subject_id=who,
            branch_id=None,
            record_kind="waive",
            record_id=1,
            period=words.get("period"),
        )


def by_chinese(terms: type[Term], word: str) -> Term:
    return next(term for term in terms if term.chinese == word)


def word(words: dict, name: str) -> Term | None:
    """The term for the Chinese word in a field of a case; None if the case lacks this field."""
    return by_chinese(WORDS[name], words[name]) if name in words else None


def votes(words: dict) -> dict[str, int]:
    """The votes in a case's words: 应到/实到/赞成/反对/弃权, then “+” and the written votes, if any."""
    names = ("eligible", "present", "approve", "oppose", "abstain")
    in_writing = ("written_approve", "written_oppose", "written_abstain")
    at_the_meeting, _, written = words.get("votes", "").partition("+")
    said = dict(zip(names, at_the_meeting.split("/"), strict=False))
    said |= dict(zip(in_writing, written.split("/"), strict=False))
    return {name: int(number) for name, number in said.items() if number}


def each_month(first: str, last: str) -> list[str]:
    """The months from one to another, worked out here and not by the code under test."""
    start, end = (int(name[:4]) * 12 + int(name[5:]) - 1 for name in (first, last))
    return [f"{place // 12:04d}-{place % 12 + 1:02d}" for place in range(start, end + 1)]


def line(obligation: Obligation) -> str:
    """The text of an obligation as in the case files, with the day of its proof, if any.

    The proof is the record that satisfied or waived the obligation.
    """
    subject = obligation.subject
    if subject.kind == "dues":  # a payment is named by member, month and day
        return f"{subject.proper_name} {obligation.status}"
    named = subject.kind in ("member", "cell", "contact", "applicant")
    name = f"{subject.proper_name} " if named else ""
    note = (
        None
        if isinstance(obligation.rule.duty, OnTheWay)
        else obligation.note and obligation.note.chinese
    )
    about = obligation.period or note or obligation.opens
    proof = f" on {obligation.proof.on}" if obligation.proof else ""
    return f"{name}{about} {obligation.status}{proof}"


def answers(rule: Rule, history: History, on: date, expected: list[str]) -> list[str]:
    """The obligations on a day, as text; the day of a proof is left out if `expected` omits it."""
    owed = obligations([rule], history.known(on), history.rulebook)
    lines = [line(obligation) for obligation in owed]
    short = {each: each.partition(" on ")[0] for each in lines}
    return [short[each] if short[each] in expected else each for each in lines]


def check(case: dict) -> None:
    rule, history = rule_named(case["rule"]), History(case)
    assert case["at"], "the case expects nothing on any day"
    for day, expected in case["at"].items():
        on = date.fromisoformat(day)
        assert sorted(answers(rule, history, on, expected)) == sorted(expected), f"on {on}"


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{path.stem}: {case['name']}") for path, case in EVERY_CASE],
)
def test_case(case):
    check(case)


def test_a_case_of_an_unknown_rule_fails():
    case = {"rule": "members-meetings", "name": "…", "since": date(2026, 3, 1), "at": {}}
    with pytest.raises(BadUsage):
        check(case)


def test_a_case_with_a_wrong_answer_fails():
    case = dict(EVERY_CASE[0][1], at={"2026-01-20": ["2026 overdue"]})
    with pytest.raises(AssertionError, match="on 2026-01-20"):
        check(case)


def test_a_misspelt_word_in_a_case_fails():
    with pytest.raises(AssertionError, match="comittee"):
        check({"rule": "study-plan", "since": date(2026, 3, 1), "comittee": False, "at": {}})


def test_a_voided_record_is_no_fact_nor_are_its_steps_and_a_voided_step_goes_by_itself():
    opinion = {"on": date(2026, 3, 2), "what": "事项·意见", "id": 1, "class": "一般性"}
    settled = {"on": date(2026, 3, 3), "what": "意见·办结", "case": 1, "class": "一般性"}

    def facts(*told: dict) -> list[str]:
        case = {"rule": "opinion-reply", "since": date(2026, 1, 1), "facts": told}
        return [fact.what for fact in History(case).facts]

    assert facts(opinion, settled) == ["case:opinion", "opinion:settle"]
    assert facts(opinion, settled | {"voided": True}) == ["case:opinion"]
    assert facts(opinion | {"voided": True}, settled) == []


def test_no_two_cases_have_the_same_name():
    names = [(case["rule"], case["name"]) for _, case in EVERY_CASE]
    assert len(names) == len(set(names))


def rule_files() -> dict[str, list[str]]:
    """The modules of the law that define rules, each with its rules."""
    modules = {
        info.name.removeprefix(f"{chapters.__name__}."): importlib.import_module(info.name)
        for info in pkgutil.walk_packages([str(LAW)], f"{chapters.__name__}.")
    }
    return {
        name: [value.id for value in vars(module).values() if isinstance(value, Rule)]
        for name, module in modules.items()
        if any(isinstance(value, Rule) for value in vars(module).values())
    }


def module_beside(cases: Path) -> str:
    return ".".join(cases.relative_to(LAW).with_suffix("").parts)


def test_every_rule_file_has_its_cases_beside_it():
    files, modules = {module_beside(path) for path in case_files()}, set(rule_files())
    assert files == modules, (
        f"write the cases of {sorted(modules - files)} in partyctl/law/chapters/NAME.toml; "
        f"no rules belong to {sorted(files - modules)}"
    )


def test_a_case_stands_beside_the_rule_it_is_about():
    stated = rule_files()
    for path, case in EVERY_CASE:
        assert case["rule"] in stated[module_beside(path)], (
            f"{path.name}: {case['rule']} is stated in another file; its cases go beside it"
        )


OF_SINGLE_RULES = {
    TermOfOffice: {Status.DUE, Status.ADVISED},
    Size: {Status.MET, Status.ADVISED},
    Hours: {Status.MET, Status.DUE, Status.ADVISED},
    ByItsDayNotEarlier: SETTLED_OR_DUE | {Status.OVERDUE, Status.BREACH},
}
"""Types of duty, each used by a single rule, with the statuses that their obligations can have."""


def statuses(rule: Rule) -> set[Status]:
    """Every status that an obligation under a rule can have if no waiver was decided."""
    if type(rule.duty) in OF_SINGLE_RULES:
        return OF_SINGLE_RULES[type(rule.duty)]
    advised = rule.strength is Strength.SHOULD
    match rule.duty:
        case Every():
            excused = {Status.WAIVED} if rule.excused_by else set()
            missed = Status.ADVISED if advised else Status.OVERDUE
            return SETTLED_OR_DUE | excused | {missed}
        case Requires() | Holds():
            return {Status.MET, Status.ADVISED if advised else Status.BREACH}
        case FullAmount():
            return {Status.MET, Status.LATE, Status.BREACH}
        case Lapse() | Until() | UntilDone():
            return {Status.DUE, Status.MET}
        case Before() | Within() | By() | InYear() | ByItsDay():
            return SETTLED_OR_DUE | {Status.ADVISED if advised else Status.OVERDUE}
        case OnTheDay():
            return {Status.MET, Status.ADVISED if advised else Status.BREACH}
    raise AssertionError(f"say here which statuses {type(rule.duty).__name__} can take")


def status_in(answer: str) -> Status:
    return Status(answer.partition(" on ")[0].split()[-1])


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_every_rule_has_a_case_for_each_status_that_it_can_take(rule):
    shown = {
        status_in(answer)
        for _, case in EVERY_CASE
        if case["rule"] == rule.id
        for expected in case["at"].values()
        for answer in expected
    }
    able = statuses(rule)
    missing = [str(status) for status in Status if status in able - shown]
    extra = [str(status) for status in Status if status in shown - able - {Status.WAIVED}]
    assert not missing, (
        f"{rule.id} can be {missing}: add a [[case]] that shows it to the .toml of its chapter in "
        "partyctl/law/chapters/"
    )
    assert not extra, f"{rule.id} cannot be {extra} by its shape: see statuses() in this file"
