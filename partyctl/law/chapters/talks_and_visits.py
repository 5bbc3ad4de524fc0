"""支部委员会工作制度·八, 九 and 十: talks, contact points, integrity.

partyctl has no rules for 十2 to 十4 and 十6 to 十8, because no record of a branch can show whether
these clauses are obeyed. They demand, for example, prevention, thrift and fair appointments.
"""

from partyctl.law.engine.deadlines import By
from partyctl.law.engine.every import Every
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Each
from partyctl.law.sources.clauses import BRANCH
from partyctl.terms import Case, IntegrityAct, Noun, Strength, TalkKind, VisitKind

TALK_COMMITTEE = Rule(
    id="talk-committee",
    title="班子成员之间谈心谈话每季度一次",
    english="A talk between two committee members every quarter",
    article=BRANCH["八"],
    area=Noun.TALK,
    owed_by=Each.BRANCH_WITH_COMMITTEE,
    duty=Every("quarter"),
    met_by=TalkKind.COMMITTEE,
    remedy="talk add --on … --with …",
)

TALK_COMMITTEE_MEMBER = Rule(
    id="talk-committee-member",
    title="班子成员与党员谈心谈话每季度一次",
    english="A talk between a committee member and another member every quarter",
    article=BRANCH["八"],
    area=Noun.TALK,
    owed_by=Each.BRANCH_WITH_COMMITTEE,
    duty=Every("quarter"),
    met_by=TalkKind.COMMITTEE_MEMBER,
    remedy="talk add --on … --with …",
)

TALK_MEMBERS = Rule(
    id="talk-members",
    title="党员之间谈心谈话每季度一次",
    english="A talk between two ordinary members every quarter",
    article=BRANCH["八"],
    area=Noun.TALK,
    owed_by=Each.BRANCH,
    duty=Every("quarter"),
    met_by=TalkKind.MEMBERS,
    remedy="talk add --on … --with …",
)

TALK_FOLLOW_UP = Rule(
    id="talk-follow-up",
    title="谈心谈话后续事项按期办理",
    english="The follow-up of a talk is done by its due date",
    article=BRANCH["八"],
    area=Noun.TALK,
    owed_by=Case.FOLLOW_UP,
    duty=By(),
    remedy="talk done {id} --on …",
)

TALK_COVERAGE = Rule(
    id="talk-coverage",
    title="每名党员每季度参加谈心谈话",
    english="Every member takes part in a talk every quarter",
    article=BRANCH["八"],
    area=Noun.TALK,
    owed_by=Each.MEMBER,
    duty=Every("quarter"),
    met_by=TalkKind.PART,
    strength=Strength.SHOULD,
    remedy="talk add --on … --with {name},…",
)

CONTACT_VISIT = Rule(
    id="contact-visit",
    title="联系点每季度走访指导",
    english="A visit to the contact point every quarter",
    article=BRANCH["九1"],
    area=Noun.CONTACT,
    owed_by=Each.CONTACT,
    duty=Every("quarter"),
    met_by=VisitKind.VISIT,
    strength=Strength.SHOULD,
    remedy="contact visit {name} --on … --kind visit",
)

CONTACT_SURVEY = Rule(
    id="contact-survey",
    title="联系点每半年调研并提出建议",
    english="A survey of the contact point every half-year, with suggestions",
    article=BRANCH["九2"],
    area=Noun.CONTACT,
    owed_by=Each.CONTACT,
    duty=Every("half-year"),
    met_by=VisitKind.SURVEY,
    strength=Strength.SHOULD,
    remedy="contact visit {name} --on … --kind survey --note …",
)

CONTACT_SUPERVISION = Rule(
    id="contact-supervision",
    title="联系点每半年督促检查",
    english="An inspection of the contact point every half-year",
    article=BRANCH["九3"],
    area=Noun.CONTACT,
    owed_by=Each.CONTACT,
    duty=Every("half-year"),
    met_by=VisitKind.SUPERVISION,
    strength=Strength.SHOULD,
    remedy="contact visit {name} --on … --kind supervision --note …",
)

CONTACT_MODEL = Rule(
    id="contact-model",
    title="联系点每年总结推广经验",
    english="A good practice of the contact point is summed up every year",
    article=BRANCH["九4"],
    area=Noun.CONTACT,
    owed_by=Each.CONTACT,
    duty=Every("year"),
    met_by=VisitKind.MODEL,
    strength=Strength.SHOULD,
    remedy="contact visit {name} --on … --kind model --note …",
)

INTEGRITY_EDUCATION = Rule(
    id="integrity-education",
    title="经常进行廉政教育（每季度）",
    english="Integrity education every quarter",
    article=BRANCH["十1"],
    area=Noun.MEETING,
    owed_by=Each.BRANCH,
    duty=Every("quarter"),
    met_by=IntegrityAct.EDUCATION,
    strength=Strength.SHOULD,
    remedy="meeting add study --integrity --on … --chair …",
)

INTEGRITY_REPORT = Rule(
    id="integrity-report",
    title="领导干部每年报告个人有关事项",
    english="Leading cadres report on personal matters every year",
    article=BRANCH["十5"],
    area=Noun.MEMBER,
    owed_by=Each.LEADER,
    duty=Every("year", named=True),
    met_by=IntegrityAct.REPORT,
    strength=Strength.SHOULD,
    remedy="member report {name} {period} --on …",
)

RULES = (
    TALK_COMMITTEE,
    TALK_COMMITTEE_MEMBER,
    TALK_MEMBERS,
    TALK_FOLLOW_UP,
    TALK_COVERAGE,
    CONTACT_VISIT,
    CONTACT_SURVEY,
    CONTACT_SUPERVISION,
    CONTACT_MODEL,
    INTEGRITY_EDUCATION,
    INTEGRITY_REPORT,
)
