"""支部·六: the table of an admission's steps: what each step needs, and what it records.

The table is used to refuse records, to report a breach if a step's needs are not met, to show the
timeline, to suggest the next step, and to write the table in the guide. The regulation has eleven
headings for these steps; the customary list has twenty-five steps.
"""

from collections.abc import Iterable

from partyctl.law.admission import conversion_needs, needs
from partyctl.law.admission.journey import Journey
from partyctl.law.admission.needs import Lack, Requirement
from partyctl.law.admission.outcomes import Step as Record
from partyctl.law.sources.clauses import BRANCH
from partyctl.light import NamedTuple
from partyctl.terms import AdmissionStep, MeetingKind, Stage

S = AdmissionStep
DECIDED = Requirement("activist-decision", needs.after(S.ACTIVIST), S.ACTIVIST)
ANNOUNCED = Requirement("activist-publicity", needs.publicity_over)
ONE_YEAR = Requirement("target-one-year", needs.one_year_on)
TARGET_AGREED = Requirement("target-decision", needs.target_agreed, S.TARGET_APPROVAL)
INTRODUCED = Requirement("introducers", needs.introduced, S.INTRODUCERS)
REVIEWED = Requirement("political-review", needs.after(S.POLITICAL_REVIEW), S.POLITICAL_REVIEW)
TRAINED = Requirement("training", needs.after(S.TRAINING), S.TRAINING)
FORM_ALLOWED = Requirement("application-form", needs.form_allowed, S.APPLICATION_FORM)
EXAMINED = Requirement("committee-examination", needs.after(S.COMMITTEE_REVIEW), S.COMMITTEE_REVIEW)
VOTED = Requirement("admission-vote", needs.voted, S.VOTE)
APPROVED = Requirement("admission-approval", needs.approved, S.APPROVAL)
CONVERSION_ANNOUNCED = Requirement("conversion-publicity", conversion_needs.conversion_announced)
NOT_TOO_EARLY = Requirement("conversion-request", conversion_needs.not_too_early)
REQUESTED = Requirement("conversion-publicity", conversion_needs.requested)
EXTENSION_BOUNDS = Requirement("extension-bounds", conversion_needs.within_bounds)
NOT_VOTED_DOWN = Requirement(None, needs.not_voted_down)
IS_MEMBER = Requirement(None, needs.voted)
IS_ADMITTED = Requirement(None, needs.approved)
PROBATION_OVER = Requirement(None, conversion_needs.probation_over)
FIRST_IN_TERM = Requirement(None, conversion_needs.first_in_term)
OUTCOME_DECIDED = Requirement(None, conversion_needs.decided)
CONCLUDED = Requirement(None, conversion_needs.concluded)

NO_OVERRIDE = (REVIEWED, EXTENSION_BOUNDS)
"""The needs in `Step.firm` that have a rule.

A step that does not meet a need in `firm` cannot be recorded. Nobody can waive these two rules.
"""


class Step(NamedTuple):
    """A row of the table: a step with its stage, its clause, and what it needs.

    If a need in `firm` is not met, the step cannot be recorded. If a need in `hard` is not met, the
    step can be recorded only with a reason, and counts as a breach. `customary`: the step's numbers
    in the list of twenty-five steps. `parts`: how many full members must take part. `meeting`: the
    kind of meeting that decides. `takes`: this step's options, without those that every step has.
    `single`: whether the step can be passed only once.
    """

    step: AdmissionStep
    stage: Stage
    clause: str
    customary: str
    hard: tuple[Requirement, ...] = ()
    firm: tuple[Requirement, ...] = ()
    takes: tuple[str, ...] = ()
    meeting: MeetingKind | None = None
    parts: int = 0
    single: bool = False
    is_main: bool = True

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """All needs of the step. The needs in `firm` come first."""
        return (*self.firm, *self.hard)

    @property
    def is_judged(self) -> bool:
        """Whether a record of the step has a result (passed or not passed)."""
        return "result" in self.takes


COMMITTEE, MEMBERS = MeetingKind.COMMITTEE, MeetingKind.MEMBERS
RESULT, VOTES = ("result",), ("result", "votes", "excluded")

STEPS = (
    Step(S.TALK, Stage.APPLICANT, BRANCH["六1"], "2", takes=("with",), is_main=False),
    Step(
        S.ACTIVIST, Stage.APPLICANT, BRANCH["六1"], "3", takes=VOTES, meeting=COMMITTEE, single=True
    ),
    Step(S.FILING, Stage.ACTIVIST, BRANCH["六1"], "4", hard=(DECIDED,), takes=("to",)),
    Step(
        S.PUBLICITY, Stage.ACTIVIST, BRANCH["六1"], "—", hard=(DECIDED,), takes=("result", "until")
    ),
    Step(
        S.REGISTRATION_FORM,
        Stage.ACTIVIST,
        BRANCH["六1"],
        "4",
        hard=(DECIDED, ANNOUNCED),
        single=True,
    ),
    Step(
        S.MENTORS,
        Stage.ACTIVIST,
        BRANCH["六2"],
        "5",
        hard=(DECIDED,),
        takes=("with",),
        parts=needs.MENTORS,
    ),
    Step(
        S.REPORT,
        Stage.ACTIVIST,
        BRANCH["六3"],
        "6",
        hard=(DECIDED,),
        takes=("makes-up",),
        is_main=False,
    ),
    Step(
        S.EXAM,
        Stage.ACTIVIST,
        BRANCH["六3"],
        "6",
        hard=(DECIDED,),
        takes=("result", "makes-up", "with"),
        is_main=False,
    ),
    Step(
        S.TARGET_PUBLICITY,
        Stage.ACTIVIST,
        BRANCH["六4"],
        "9",
        hard=(DECIDED,),
        takes=("result", "until"),
        is_main=False,
    ),
    Step(
        S.TARGET,
        Stage.ACTIVIST,
        BRANCH["六4"],
        "7",
        hard=(DECIDED, ONE_YEAR),
        takes=VOTES,
        meeting=COMMITTEE,
        single=True,
    ),
    Step(
        S.TARGET_APPROVAL,
        Stage.TARGET,
        BRANCH["六4"],
        "8",
        hard=(TARGET_AGREED,),
        takes=RESULT,
        single=True,
    ),
    Step(
        S.INTRODUCERS,
        Stage.TARGET,
        BRANCH["六5"],
        "10",
        hard=(TARGET_AGREED,),
        takes=("with",),
        parts=needs.INTRODUCERS,
    ),
    Step(
        S.POLITICAL_REVIEW, Stage.TARGET, BRANCH["六6"], "11", hard=(TARGET_AGREED,), takes=RESULT
    ),
    Step(
        S.TRAINING,
        Stage.TARGET,
        BRANCH["六6"],
        "12",
        hard=(TARGET_AGREED,),
        takes=("result", "until", "hours"),
    ),
    Step(
        S.FORM_APPROVAL,
        Stage.TARGET,
        BRANCH["六7"],
        "14",
        hard=(TARGET_AGREED,),
        takes=RESULT,
        single=True,
    ),
    Step(S.APPLICATION_FORM, Stage.TARGET, BRANCH["六7"], "15", hard=(FORM_ALLOWED,), single=True),
    Step(
        S.COMMITTEE_REVIEW,
        Stage.TARGET,
        BRANCH["六8"],
        "13",
        hard=(FORM_ALLOWED,),
        takes=VOTES,
        meeting=COMMITTEE,
        single=True,
    ),
    Step(
        S.VOTE,
        Stage.TARGET,
        BRANCH["六9"],
        "16–17",
        hard=(FORM_ALLOWED, INTRODUCED, TRAINED, EXAMINED),
        firm=(REVIEWED,),
        takes=(*VOTES, "signed-on"),
        meeting=MEMBERS,
        single=True,
    ),
    Step(
        S.APPROVAL,
        Stage.PROBATIONARY,
        BRANCH["六10"],
        "18–20",
        hard=(VOTED,),
        firm=(NOT_VOTED_DOWN, REVIEWED),
        takes=RESULT,
        single=True,
    ),
    Step(
        S.OATH,
        Stage.PROBATIONARY,
        BRANCH["六11"],
        "21–22",
        hard=(APPROVED,),
        firm=(IS_MEMBER,),
        single=True,
    ),
    Step(
        S.CONVERSION_REQUEST,
        Stage.PROBATIONARY,
        BRANCH["六11"],
        "24",
        hard=(APPROVED, NOT_TOO_EARLY),
        firm=(IS_MEMBER,),
    ),
    Step(
        S.CONVERSION_PUBLICITY,
        Stage.PROBATIONARY,
        BRANCH["六11"],
        "24",
        hard=(APPROVED, REQUESTED),
        firm=(IS_MEMBER,),
        takes=("result", "until"),
    ),
    Step(
        S.CONVERSION_VOTE,
        Stage.PROBATIONARY,
        BRANCH["六11"],
        "24",
        hard=(APPROVED, CONVERSION_ANNOUNCED),
        firm=(IS_MEMBER, PROBATION_OVER, FIRST_IN_TERM),
        takes=VOTES,
        meeting=MEMBERS,
    ),
    Step(
        S.CONVERSION_APPROVAL,
        Stage.PROBATIONARY,
        BRANCH["六11"],
        "24",
        firm=(IS_MEMBER, IS_ADMITTED, OUTCOME_DECIDED),
        takes=RESULT,
    ),
    Step(
        S.EXTENSION,
        Stage.PROBATIONARY,
        BRANCH["六11"],
        "24",
        hard=(APPROVED, CONVERSION_ANNOUNCED),
        firm=(IS_MEMBER, EXTENSION_BOUNDS, PROBATION_OVER, FIRST_IN_TERM),
        takes=(*VOTES, "until"),
        meeting=MEMBERS,
        is_main=False,
    ),
    Step(
        S.CANCELLATION,
        Stage.PROBATIONARY,
        BRANCH["六11"],
        "24",
        hard=(APPROVED, CONVERSION_ANNOUNCED),
        firm=(IS_MEMBER, FIRST_IN_TERM),
        takes=VOTES,
        meeting=MEMBERS,
        is_main=False,
    ),
    Step(S.ARCHIVE, Stage.FULL, BRANCH["六11"], "25", firm=(CONCLUDED,), single=True),
)
"""All steps, in the order of the admission."""

STEP_OF = {row.step: row for row in STEPS}


def judged_on(requirement: Requirement) -> tuple[AdmissionStep, ...]:
    """The steps for which a need must be met."""
    return tuple(row.step for row in STEPS if requirement in row.requirements)


def lacking(requirements: Iterable[Requirement], way: Journey, taken: Record) -> list[Lack]:
    """What a step still lacks: a Lack for each need that is not met."""
    found = (requirement.test(way, taken) for requirement in requirements)
    return [each for each in found if isinstance(each, Lack)]
