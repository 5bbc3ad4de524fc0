"""A table of every paper: its clause, subject and file types."""

from partyctl.bilingual import Told
from partyctl.language import worded
from partyctl.law.sources import texts
from partyctl.law.sources.clauses import BRANCH
from partyctl.light import NamedTuple
from partyctl.papers.forms.registers import COLUMNS
from partyctl.terms import PaperKind

K = PaperKind
WORD, EXCEL = ".docx", ".xlsx"


class About(NamedTuple):
    """The subject of a paper: the word for it in help texts, and an example."""

    name: Told
    example: str
    is_optional: bool = False

    @property
    def label(self) -> str:
        """The name of the subject in the user's language."""
        return worded(self.name)


MEETING = About(Told("会议编号", "a meeting's ID"), "7")
TALK = About(Told("谈话编号", "a talk's ID"), "3")
VISIT = About(Told("走访编号", "a visit's ID"), "2")
MATTER = About(Told("公开事项编号", "a disclosure's ID"), "4")
YEAR = About(Told("年度", "a year"), "2026")
PERIOD = About(Told("月、季度或年", "a month, quarter or year"), "2026-Q1")
CASE = About(Told("案件编号", "a case's ID"), "1")
QUARTER = About(Told("季度", "a quarter"), "2026-Q1")
ANY_QUARTER = QUARTER._replace(is_optional=True)
APPLICANT = About(Told("申请人姓名", "an applicant's name"), "…")


class Kind(NamedTuple):
    """A kind of paper: its clause, its subject, and its file types; the first file type is the default."""

    kind: PaperKind
    clause: str
    about: About | None
    endings: tuple[str, ...]
    needs: tuple[str, ...] = ()
    also: str | None = None
    """An older command that writes the same paper."""

    @property
    def templates(self) -> tuple[str, ...]:
        """The Word templates of this paper: one, or several (package), or none (workbook)."""
        if WORD not in self.endings:
            return ()
        if self.kind is K.DL_PACKAGE:
            return PACKAGE
        return (TEMPLATES.get(self.kind, f"{self.kind}.docx"),)

    @property
    def template(self) -> str | None:
        """The only Word template of this paper, or None if it has none or several."""
        return self.templates[0] if len(self.templates) == 1 else None


TEMPLATES = {K.WARNING_REGISTER: "register.docx", K.OPINION_REGISTER: "opinions.docx"}
"""Templates that are not named after their paper. We keep these names, because bureaus may already
have edited copies of the templates."""


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
    Kind(K.INQUIRY, "防范·四1", CASE, DOCX, also="warning letter 1"),
    Kind(K.ADMONITION, "防范·四1", CASE, DOCX, also="warning letter 1"),
    Kind(K.CORRECTION, "防范·四1", CASE, DOCX, also="warning letter 1"),
    Kind(K.TALK_NOTICE, "防范·四3", CASE, DOCX, also="warning letter 1 --kind talk-notice"),
    Kind(K.WARNING_REGISTER, "防范·四4", CASE, DOCX, also="warning letter 1 --kind register"),
    Kind(K.BRIEFING, "公开·7", QUARTER, DOCX, also="disclosure briefing 2026-Q1 -o 通报.docx"),
    Kind(K.OPINION_REGISTER, "公开·10", ANY_QUARTER, DOCX, also="opinion register"),
)
"""All papers, in the order of `paper list`."""

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
"""The templates of the cover list and the five papers of a democratic-life meeting."""
