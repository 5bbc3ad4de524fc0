"""支部委员会工作制度·六1 to 六10: from the application to the admission on probation.

六 itself is not a rule: it states the principles of admission. The table of steps (`admission.steps`) says
what each step needs; this module has the rules, each with its clause. A person becomes a member by the
recorded vote, unless the superior refuses the admission.
"""

from collections.abc import Iterator

from partyctl.bilingual import ENUMERATION, joined
from partyctl.law.admission import steps
from partyctl.law.admission.duties import ByItsDay, Holds, Owed, UntilDone, needed
from partyctl.law.admission.journey import journeys
from partyctl.law.admission.needs import MENTORS, named_by
from partyctl.law.admission.outcomes import Step
from partyctl.law.engine.every import Every
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Proof, proof_of
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Person
from partyctl.law.sources.clauses import BRANCH
from partyctl.terms import AdmissionStep, Case, Noun, Stage, Superior, told_of

ACTIVIST = Person("activist", Noun.APPLICANT)
FILED_WITH = (Superior.GENERAL_BRANCH, Superior.ORGAN_COMMITTEE)


def filing(known: Known) -> Iterator[Owed]:
    """A decision on an activist must be reported to the superiors in FILED_WITH on the same day."""
    for way in journeys(known):
        decision = way.passed(AdmissionStep.ACTIVIST)
        if decision is None:
            continue
        reported: set[Superior] = set()
        proof = None
        for record in way.all(AdmissionStep.FILING):
            reported.update(_filed_with(record))
            if reported.issuperset(FILED_WITH):
                proof = proof_of(record)
                break
        lacking = [told_of(each) for each in FILED_WITH if each not in reported]
        note = None if proof else joined(lacking, ENUMERATION)
        yield Owed(way.subject, decision.on, decision.on, proof, way.case.record_id, note)


def _filed_with(record: Step) -> Iterator[Superior]:
    if record.of.to_general_branch:
        yield Superior.GENERAL_BRANCH
    if record.of.to_organ_committee:
        yield Superior.ORGAN_COMMITTEE


def mentors(known: Known) -> Iterator[Owed]:
    """After the decision on an activist, two full members must be recorded as the mentors."""
    for way in journeys(known):
        decision = way.passed(AdmissionStep.ACTIVIST)
        if decision is None:
            continue
        named = named_by(way, AdmissionStep.MENTORS, known.on, MENTORS)
        gave_up = way.reached.stage in (Stage.WITHDRAWN, Stage.NOT_ADMITTED, Stage.CANCELLED)
        if named or not gave_up:
            proof = proof_of(named) if named else None
            yield Owed(way.subject, decision.on, None, proof, way.case.record_id)


def resolution(known: Known) -> Iterator[Owed]:
    """The meeting's resolution must be entered in the form and signed."""
    for way in journeys(known):
        vote = way.passed(AdmissionStep.VOTE)
        if vote is None:
            continue
        signed_on = vote.of.signed_on
        proof = None
        if signed_on is not None and signed_on <= known.on:
            proof = Proof(vote.record_kind, vote.record_id, signed_on)
        yield Owed(way.subject, vote.on, None, proof, way.case.record_id)


ACTIVIST_DECISION = Rule(
    id="activist-decision",
    title="支委会确定入党积极分子",
    english="The committee decides on an activist",
    article=BRANCH["六1"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.DECIDED)),
    remedy="applicant step {name} activist --on …",
)

ACTIVIST_FILING = Rule(
    id="activist-filing",
    title="积极分子同时报党总支和机关党委",
    english="An activist is reported to both superiors on the same day",
    article=BRANCH["六1"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=ByItsDay(filing),
    remedy="applicant step {name} filing --on …",
)

ACTIVIST_PUBLICITY = Rule(
    id="activist-publicity",
    title="积极分子公示七天后填登记表",
    english="An activist's form is filled in after seven days of publicity",
    article=BRANCH["六1"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.ANNOUNCED)),
    remedy="applicant step {name} publicity --on …",
)

ACTIVIST_MENTORS = Rule(
    id="activist-mentors",
    title="两名正式党员作培养联系人",
    english="Two full members mentor an activist",
    article=BRANCH["六2"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=UntilDone(mentors),
    remedy="applicant step {name} mentors --on … --with …,…",
)

THOUGHT_REPORT = Rule(
    id="thought-report",
    title="积极分子每季度书面汇报",
    english="An activist reports in writing every quarter",
    article=BRANCH["六3"],
    area=Noun.APPLICANT,
    owed_by=ACTIVIST,
    duty=Every("quarter"),
    met_by=AdmissionStep.REPORT,
    remedy="applicant step {name} report --on …",
    several=True,
)

ACTIVIST_EXAM = Rule(
    id="activist-exam",
    title="积极分子每半年考察一次",
    english="An activist is examined every half-year",
    article=BRANCH["六3"],
    area=Noun.APPLICANT,
    owed_by=ACTIVIST,
    duty=Every("half-year"),
    met_by=AdmissionStep.EXAM,
    remedy="applicant step {name} exam --on …",
    several=True,
)

TARGET_ONE_YEAR = Rule(
    id="target-one-year",
    title="培养教育一年以上才确定发展对象",
    english="An activist can become a development target only after a year",
    article=BRANCH["六4"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.ONE_YEAR)),
    remedy="applicant step {name} target --void …",
)

TARGET_DECISION = Rule(
    id="target-decision",
    title="支委会讨论、机关工委审核发展对象",
    english="The committee decides on a development target; the work committee agrees",
    article=BRANCH["六4"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.TARGET_AGREED)),
    remedy="applicant step {name} target-approval --on …",
)

INTRODUCERS = Rule(
    id="introducers",
    title="两名本支部正式党员作入党介绍人",
    english="Two full members of the branch introduce the development target",
    article=BRANCH["六5"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.INTRODUCED)),
    remedy="applicant step {name} introducers --on … --with …,…",
)

POLITICAL_REVIEW = Rule(
    id="political-review",
    title="政治审查合格",
    english="The political review is passed",
    article=BRANCH["六6"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.REVIEWED)),
    remedy="applicant step {name} political-review --on …",
)

TRAINING = Rule(
    id="training",
    title="短期集中培训",
    english="Short concentrated training",
    article=BRANCH["六6"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.TRAINED)),
    remedy="applicant step {name} training --on …",
)

APPLICATION_FORM = Rule(
    id="application-form",
    title="机关党委同意后填写入党志愿书",
    english="The application form is filled in after the organ committee's consent",
    article=BRANCH["六7"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.FORM_ALLOWED)),
    remedy="applicant step {name} form-approval --on …",
)

COMMITTEE_EXAMINATION = Rule(
    id="committee-examination",
    title="支委会审查志愿书合格",
    english="The committee approves the application form",
    article=BRANCH["六8"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.EXAMINED)),
    remedy="applicant step {name} committee-review --on …",
)

ADMISSION_VOTE = Rule(
    id="admission-vote",
    title="党员大会表决接收预备党员",
    english="The members' meeting votes on the admission",
    article=BRANCH["六9"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.VOTED)),
    remedy="applicant step {name} vote --on … --votes …",
)

ADMISSION_RESOLUTION = Rule(
    id="admission-resolution",
    title="大会决议填入志愿书并由书记签名",
    english="The resolution is written into the application form and signed",
    article=BRANCH["六9"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=UntilDone(resolution),
    remedy="applicant edit {name} --signed-on …",
)

ADMISSION_APPROVAL = Rule(
    id="admission-approval",
    title="机关工委批准接收预备党员",
    english="The work committee approves the admission",
    article=BRANCH["六10"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed(steps.APPROVED)),
    remedy="applicant step {name} approval --on …",
)

RULES = (
    ACTIVIST_DECISION,
    ACTIVIST_FILING,
    ACTIVIST_PUBLICITY,
    ACTIVIST_MENTORS,
    THOUGHT_REPORT,
    ACTIVIST_EXAM,
    TARGET_ONE_YEAR,
    TARGET_DECISION,
    INTRODUCERS,
    POLITICAL_REVIEW,
    TRAINING,
    APPLICATION_FORM,
    COMMITTEE_EXAMINATION,
    ADMISSION_VOTE,
    ADMISSION_RESOLUTION,
    ADMISSION_APPROVAL,
)
