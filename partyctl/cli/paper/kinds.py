"""Every paper as data: its clause, what it is asked about, which files it can be."""

from typing import NamedTuple

from partyctl.language import say
from partyctl.law.sources import texts
from partyctl.law.sources.clauses import BRANCH
from partyctl.papers.forms.registers import COLUMNS
from partyctl.terms import PaperKind

K = PaperKind
WORD, EXCEL = ".docx", ".xlsx"


class About(NamedTuple):
    """What a paper is about, as it is typed: its name in help, and an example."""

    chinese: str
    english: str
    example: str

    @property
    def label(self) -> str:
        """In this run's language."""
        return say(self.chinese, self.english)


MEETING = About("会议编号", "a meeting's ID", "7")
TALK = About("谈话编号", "a talk's ID", "3")
VISIT = About("走访编号", "a visit's ID", "2")
MATTER = About("公开事项编号", "a disclosure's ID", "4")
YEAR = About("年度", "a year", "2026")
PERIOD = About("月、季度或年", "a month, quarter or year", "2026-Q1")
APPLICANT = About("申请人姓名", "an applicant's name", "…")


class Kind(NamedTuple):
    """A paper: the clause that asks for it, what it is about, its files (the usual one first)."""

    kind: PaperKind
    clause: str
    about: About | None
    endings: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def template(self) -> str | None:
        """The Word template that it is filled into, if it is a Word paper at all."""
        return f"{self.kind}.docx" if WORD in self.endings else None


DOCX, XLSX = (WORD,), (EXCEL,)
EXCEL_OR_WORD, WORD_OR_EXCEL = (EXCEL, WORD), (WORD, EXCEL)

KINDS = (
    Kind(K.MEETING_RECORD, f"{BRANCH['二']}、{BRANCH['三1']}", MEETING, DOCX),
    Kind(K.SIGN_IN, BRANCH["二"], MEETING, DOCX),
    Kind(K.STUDY_RECORD, BRANCH["一"], MEETING, DOCX),
    Kind(K.TALK_RECORD, BRANCH["八"], TALK, DOCX),
    Kind(K.VISIT_RECORD, BRANCH["九"], VISIT, DOCX),
    Kind(K.DUES_REGISTER, BRANCH["七"], YEAR, XLSX),
    Kind(K.DUES_NOTICE, f"{BRANCH['七']}、{texts.DUES}", PERIOD, EXCEL_OR_WORD),
    Kind(K.DUES_ASSESSMENT, BRANCH["七"], YEAR, XLSX),
    Kind(K.ACTIVIST_FORM, BRANCH["六1"], APPLICANT, DOCX),
    Kind(K.EXAM_FORM, BRANCH["六3"], APPLICANT, DOCX, ("--period",)),
    Kind(K.ADMISSION_RECORD, BRANCH["六"], APPLICANT, DOCX),
    Kind(K.DOSSIER_INDEX, BRANCH["六"], APPLICANT, WORD_OR_EXCEL),
    Kind(K.REVIEW_BALLOT, BRANCH["四"], YEAR, DOCX),
    Kind(K.REVIEW_TALLY, BRANCH["四"], YEAR, EXCEL_OR_WORD),
    Kind(K.DL_PACKAGE, BRANCH["五(5)"], MEETING, DOCX),
    Kind(K.DISCLOSURE_APPROVAL, "公开·2、公开·4", MATTER, DOCX),
    Kind(K.DISCLOSURE_DIRECTORY, "公开·3", None, EXCEL_OR_WORD),
    Kind(K.RECTIFICATION_REGISTER, BRANCH["五(6)"], None, EXCEL_OR_WORD),
    Kind(K.ROSTER, "支部工作条例", None, EXCEL_OR_WORD),
    Kind(K.HANDOVER_LIST, "支部工作条例", None, EXCEL_OR_WORD),
)
"""In the order of the regulation's work."""

KIND_OF = {each.kind: each for each in KINDS}
assert COLUMNS.keys() <= KIND_OF.keys()

PACKAGE = (
    "dl-cover.docx",
    "dl-report.docx",
    "meeting-record.docx",
    "dl-outlines.docx",
    "dl-opinions.docx",
    "dl-measures.docx",
)
"""The templates of the package of a democratic-life meeting."""

ELSEWHERE = (
    ("warning letter", "inquiry.docx · admonition.docx · correction.docx", "防范·四1"),
    ("warning letter --kind talk-notice", "talk-notice.docx", "防范·四3"),
    ("warning letter --kind register", "register.docx", "防范·四4"),
    ("disclosure briefing", "briefing.docx", "公开·7"),
    ("opinion register", "opinions.docx", "公开·10"),
)
"""The papers that have a command of their own: the command, its templates, the clause."""
