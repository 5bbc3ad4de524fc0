"""党组党建工作责任制度: the yearly plan and its targets, responsibilities, budget, training.

责任·1 to 6 also require that Party work is linked with the bureau's daily work, that guidance
differs by category, and that the secretary takes part in person. No rule checks these three
requirements, because they are matters of judgement.
"""

from partyctl.law.engine.deadlines import By
from partyctl.law.engine.every import Every
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Each
from partyctl.law.sources.clauses import RESPONSIBILITY
from partyctl.terms import Case, DisclosureKind, MeetingKind, Noun, PlanKind, Strength

START_OF_YEAR = (1, 31)
""""Early in the year" (年初): the regulation gives no day, so we use the end of January."""

END_OF_FIRST_QUARTER = (3, 31)

WORK_PLAN = Rule(
    id="work-plan",
    title="年初制定党建工作安排",
    english="A work plan at the start of the year",
    article=RESPONSIBILITY["1"],
    area=Noun.PLAN,
    owed_by=Each.ORGAN,
    duty=Every("year", by=START_OF_YEAR, named=True),
    met_by=PlanKind.WORK,
    remedy="plan adopt work {period} --on …",
)

PLAN_ITEM = Rule(
    id="plan-item",
    title="目标任务按期完成",
    english="Each target of the plan is reached by its due date",
    article=RESPONSIBILITY["2"],
    area=Noun.PLAN,
    owed_by=Case.PLAN_ITEM,
    duty=By(),
    remedy="plan done {id} --on …",
)

THEME_MEETING = Rule(
    id="theme-meeting",
    title="定期召开专题例会（每半年）",
    english="A theme meeting every half-year",
    article=RESPONSIBILITY["3"],
    area=Noun.MEETING,
    owed_by=Each.ORGAN,
    duty=Every("half-year"),
    met_by=MeetingKind.THEME,
    strength=Strength.SHOULD,
    remedy="meeting add theme --on … --chair …",
)

RESPONSIBILITY_ROLES = Rule(
    id="responsibility-roles",
    title="明确四个责任主体",
    english="The people with the four responsibilities are named",
    article=RESPONSIBILITY["4", "5"],
    area=Noun.PLAN,
    owed_by=Each.ORGAN,
    duty=Every("year", by=START_OF_YEAR, named=True),
    met_by=PlanKind.ROLES,
    strength=Strength.SHOULD,
    remedy="plan adopt roles {period} --assign secretary=… --assign person-in-charge=… "
    "--assign leader-in-charge=… --on …",
)

ACTIVITY_BUDGET = Rule(
    id="activity-budget",
    title="落实活动经费",
    english="A budget for the year's activities",
    article=RESPONSIBILITY["6"],
    area=Noun.PLAN,
    owed_by=Each.ORGAN,
    duty=Every("year", by=END_OF_FIRST_QUARTER, named=True),
    met_by=PlanKind.BUDGET,
    strength=Strength.SHOULD,
    remedy="plan adopt budget {period} --on …",
)

CADRE_TRAINING = Rule(
    id="cadre-training",
    title="组织干部集中培训",
    english="Training of the cadres every year",
    article=RESPONSIBILITY["6"],
    area=Noun.MEETING,
    owed_by=Each.ORGAN,
    duty=Every("year"),
    met_by=MeetingKind.TRAINING,
    strength=Strength.SHOULD,
    remedy="meeting add training --on … --chair …",
)

POSTED_RULES = Rule(
    id="posted-rules",
    title="党建制度上墙",
    english="The rules are posted on the wall, and this is confirmed every year",
    article=RESPONSIBILITY["6"],
    area=Noun.DISCLOSURE,
    owed_by=Each.ORGAN,
    duty=Every("year"),
    met_by=DisclosureKind.POSTED_RULES,
    strength=Strength.SHOULD,
    remedy="disclosure add posted-rules --title … --scope … --approved-on … --on … --by board",
)

RULES = (
    WORK_PLAN,
    PLAN_ITEM,
    THEME_MEETING,
    RESPONSIBILITY_ROLES,
    ACTIVITY_BUDGET,
    CADRE_TRAINING,
    POSTED_RULES,
)
