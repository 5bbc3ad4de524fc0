"""The vocabularies: English words for the code and the ledger, each with its Chinese word.

The command line accepts both (`meeting add members`, `meeting add 党员大会`).
"""

from collections.abc import Iterable

from partyctl.bilingual import Told
from partyctl.errors import BadUsage
from partyctl.language import say, speaks_english
from partyctl.light import Self, StrEnum, TypeVar


class Term(StrEnum):
    """A word of a vocabulary.

    It equals, and is stored as, its English word; `chinese` is the Chinese word.
    """

    chinese: str
    english: str

    def __new__(cls, stored: str, chinese: str, english: str | None = None) -> Self:
        """Make a word that equals its stored text.

        `english`: the English word to show, if it differs from the stored text.
        """
        word = str.__new__(cls, stored)
        word._value_ = stored
        word.chinese, word.english = chinese, english or stored
        return word

    @property
    def label(self) -> str:
        """The word in this run's language."""
        return self.english if speaks_english() else self.chinese


BLANK = "〔待补〕"
"""A paper shows this text in place of a value that is not in the ledger.

The clerk fills in the value by hand.
"""


def blank() -> str:
    """The placeholder in this run's language."""
    return say(BLANK, "[to fill in]")


class MeetingKind(Term):
    """会议种类: the kinds of meetings. One meeting can be of several kinds."""

    MEMBERS = "members", "党员大会"
    COMMITTEE = "committee", "支委会"
    CELL = "cell", "党小组会"
    LECTURE = "lecture", "党课"
    STUDY = "study", "集中学习"
    ORG_LIFE = "org-life", "组织生活会"
    DEMOCRATIC_LIFE = "democratic-life", "民主生活会"
    THEME = "theme", "专题例会"
    TRAINING = "training", "集中培训"
    THEME_DAY = "theme-day", "主题党日"


class Post(Term):
    """职务: posts in a branch or in the leading group."""

    BRANCH_SECRETARY = "branch-secretary", "支部书记"
    DEPUTY_SECRETARY = "deputy-secretary", "副书记"
    ORGANIZATION = "organization", "组织委员"
    PUBLICITY = "publicity", "宣传委员"
    DISCIPLINE = "discipline", "纪检委员"
    COMMITTEE = "committee", "支部委员"
    CELL_LEADER = "cell-leader", "党小组组长"
    LEADING_SECRETARY = "leading-secretary", "党组书记"
    LEADING_MEMBER = "leading-member", "党组成员"


COMMITTEE_POSTS = (
    Post.BRANCH_SECRETARY,
    Post.DEPUTY_SECRETARY,
    Post.ORGANIZATION,
    Post.PUBLICITY,
    Post.DISCIPLINE,
    Post.COMMITTEE,
)
LEADING_POSTS = (Post.LEADING_SECRETARY, Post.LEADING_MEMBER)


class Category(Term):
    """党员类别: the categories of members, which decide how their dues are assessed."""

    EMPLOYED = "employed", "在职"
    RETIRED = "retired", "离退休"
    STUDENT = "student", "学生"
    FARMER = "farmer", "农民"
    UNEMPLOYED = "unemployed", "下岗失业"


class Gender(Term):
    """性别."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class LeaveReason(Term):
    """离开原因: why a member left the roll."""

    TRANSFER = "transfer", "转出"
    DECEASED = "deceased", "去世"
    REMOVED = "removed", "除名"


class PlanKind(Term):
    """计划种类: the kinds of yearly plans."""

    WORK = "work", "党建工作安排"
    STUDY = "study", "学习计划"
    BUDGET = "budget", "活动经费"
    ROLES = "roles", "四个责任主体"


class DuesAct(Term):
    """党费事项: the kinds of entries in the dues book."""

    ASSESSMENT = "assessment", "党费核定"
    PAYMENT = "payment", "党费交纳"
    EXEMPTION = "exemption", "党费免交"
    LAPSE = "lapse", "自行脱党处置"


class LapseStep(Term):
    """自行脱党处置步骤: the steps of the procedure after six months without dues."""

    EDUCATION = "education", "教育"
    MEETING = "meeting", "党员大会决定"
    SUPERIOR = "superior", "上级批准"


class Payer(Term):
    """交纳人: who paid the dues."""

    SELF = "self", "本人"
    MEMBER = "member", "其他党员"
    RELATIVE = "relative", "亲属"


class Role(Term):
    """责任主体: who is responsible for Party work, in addition to the leading group as a whole."""

    SECRETARY = "secretary", "第一责任人"
    PERSON_IN_CHARGE = "person-in-charge", "具体责任人"
    LEADER_IN_CHARGE = "leader-in-charge", "直接责任人"


class LifeStep(Term):
    """民主生活会步骤: the steps before, at and after a democratic-life meeting."""

    PRIOR_REPORT = "prior-report", "会前报告"
    NOTICE = "notice", "通报时间主题"
    STUDY = "study", "集中学习"
    OPINIONS = "opinions", "征求意见"
    FEEDBACK = "feedback", "反馈意见"
    OUTLINE = "outline", "发言提纲"
    CRITICISM = "criticism", "批评与自我批评"
    PREVIOUS_RECTIFICATION = "previous-rectification", "检查上次整改"
    PACKAGE = "package", "会后报告"
    BRIEFING = "briefing", "通报情况"


class PackagePart(Term):
    """会后报告材料: the five parts of the report after a democratic-life meeting."""

    REPORT = "report", "情况报告"
    MINUTES = "minutes", "会议记录复印件"
    OUTLINES = "outlines", "个人发言提纲"
    OPINIONS = "opinions", "群众意见"
    MEASURES = "measures", "整改措施"


class ReviewStep(Term):
    """民主评议步骤: the steps of a yearly review."""

    OPEN = "open", "开始"
    STUDY = "study", "学习教育"
    SELF = "self", "自我总结"
    MEETING = "meeting", "民主评议会"
    RATING = "rating", "评定等次"
    OUTCOME = "outcome", "表彰和处理"
    CLOSE = "close", "结束"


class Grade(Term):
    """评议等次: the grades that a member can get in a review."""

    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    BASIC = "basic", "基本合格"
    UNQUALIFIED = "unqualified", "不合格"


class OutcomeAct(Term):
    """评议结果: what the branch does after a rating."""

    COMMEND = "commend", "表彰"
    HANDLE = "handle", "处理"


class TalkKind(Term):
    """谈心谈话种类: the kinds of talks. The participants' posts on that day decide the kind."""

    COMMITTEE = "committee", "班子成员之间"
    COMMITTEE_MEMBER = "committee-member", "班子成员与党员"
    MEMBERS = "members", "党员之间"
    PART = "part", "参加谈话"
    PAIR = "pair", "党组成员之间"


class VisitKind(Term):
    """联系点工作: what a leader does at a contact point."""

    VISIT = "visit", "走访指导"
    SURVEY = "survey", "调研"
    SUPERVISION = "supervision", "督促检查"
    MODEL = "model", "总结推广"


class IntegrityAct(Term):
    """党风廉政事项."""

    EDUCATION = "education", "廉政教育"
    REPORT = "report", "个人有关事项报告"


class DisclosureKind(Term):
    """公开事项."""

    BRIEFING = "briefing", "季度通报"
    REGULATIONS = "regulations", "规范性"
    PROGRESS = "progress", "阶段性"
    HOT_TOPIC = "hot-topic", "热点"
    POSTED_RULES = "posted-rules", "制度上墙"
    RECTIFICATION = "rectification", "整改通报"
    DUES = "dues", "党费收缴"


class DisclosureScope(Term):
    """公开范围."""

    INTERNAL = "internal", "对内"
    EXTERNAL = "external", "对外"


class DisclosureForm(Term):
    """公开形式."""

    BOARD = "board", "公开栏"
    DOCUMENT = "document", "文件"
    MEETING = "meeting", "会议"


class AdmissionStep(Term):
    """发展党员步骤: the steps of an admission, in order."""

    TALK = "talk", "派人谈话"
    ACTIVIST = "activist", "确定积极分子"
    FILING = "filing", "报备"
    PUBLICITY = "publicity", "积极分子公示"
    REGISTRATION_FORM = "registration-form", "填写积极分子登记表"
    MENTORS = "mentors", "指定培养联系人"
    REPORT = "report", "思想汇报"
    EXAM = "exam", "积极分子考察"
    TARGET_PUBLICITY = "target-publicity", "发展对象公示"
    TARGET = "target", "确定发展对象"
    TARGET_APPROVAL = "target-approval", "发展对象审核"
    INTRODUCERS = "introducers", "确定入党介绍人"
    POLITICAL_REVIEW = "political-review", "政治审查"
    TRAINING = "training", "短期集中培训"
    FORM_APPROVAL = "form-approval", "预审"
    APPLICATION_FORM = "application-form", "填写入党志愿书"
    COMMITTEE_REVIEW = "committee-review", "支委会审查"
    VOTE = "vote", "接收预备党员大会"
    APPROVAL = "approval", "上级批准"
    OATH = "oath", "入党宣誓"
    CONVERSION_REQUEST = "conversion-request", "转正申请"
    CONVERSION_PUBLICITY = "conversion-publicity", "转正公示"
    CONVERSION_VOTE = "conversion-vote", "转正大会"
    CONVERSION_APPROVAL = "conversion-approval", "转正审批"
    EXTENSION = "extension", "延长预备期"
    CANCELLATION = "cancellation", "取消预备党员资格"
    ARCHIVE = "archive", "材料归档"


class DossierPaper(Term):
    """入党材料: the papers of an admission."""

    APPLICATION = "application", "入党申请书"
    TALK_RECORD = "talk-record", "派人谈话记录"
    ACTIVIST_MINUTES = "activist-minutes", "确定积极分子的支委会记录"
    ACTIVIST_FILING = "activist-filing", "积极分子备案报告"
    ACTIVIST_NOTICE = "activist-notice", "积极分子公示材料"
    ACTIVIST_FORM = "activist-form", "入党积极分子登记表"
    REPORTS = "reports", "思想汇报"
    EXAM_FORMS = "exam-forms", "培养教育考察材料"
    TARGET_NOTICE = "target-notice", "发展对象公示材料"
    TARGET_MINUTES = "target-minutes", "确定发展对象的支委会记录"
    TARGET_ANSWER = "target-answer", "上级对发展对象的审核意见"
    POLITICAL_REVIEW = "political-review", "政治审查材料"
    TRAINING = "training", "短期集中培训证明"
    PRE_REVIEW = "pre-review", "上级预审意见"
    APPLICATION_FORM = "application-form", "入党志愿书"
    EXAMINATION_MINUTES = "examination-minutes", "支委会审查记录"
    VOTE_MINUTES = "vote-minutes", "接收预备党员的党员大会记录和表决票"
    APPROVAL = "approval", "上级批复"
    CONVERSION_REQUEST = "conversion-request", "转正申请书"
    CONVERSION_NOTICE = "conversion-notice", "转正公示材料"
    CONVERSION_MINUTES = "conversion-minutes", "转正的党员大会记录和表决票"
    CONVERSION_APPROVAL = "conversion-approval", "转正批复"


class Destination(Term):
    """材料去向: where a paper of an admission is kept in the end."""

    PERSONAL = "personal", "本人档案"
    BRANCH = "branch", "党支部"
    SUPERIOR = "superior", "上级党组织"


class Stage(Term):
    """发展党员阶段: the stages of an admission. The stage is computed from the steps, never stored."""

    APPLICANT = "applicant", "申请人"
    ACTIVIST = "activist", "积极分子"
    TARGET = "target", "发展对象"
    PROBATIONARY = "probationary", "预备党员"
    FULL = "full", "正式党员"
    NOT_ADMITTED = "not-admitted", "未接收"
    CANCELLED = "cancelled", "已取消资格"
    WITHDRAWN = "withdrawn", "已终止"


class Result(Term):
    """结果: the result of a step of an admission."""

    PASS = "pass", "通过"
    FAIL = "fail", "未通过"


class PeriodClass(Term):
    """公开时限: how long or how often something is disclosed."""

    STANDING = "standing", "长期"
    PERIODIC = "periodic", "定期"
    ANY_TIME = "any-time", "随时"


class OpinionClass(Term):
    """意见类别: the classes of opinions, which decide how an opinion is handled."""

    INDIVIDUAL = "individual", "个别性"
    GENERAL = "general", "一般性"
    WIDESPREAD = "widespread", "普遍性"
    COMPLEX = "complex", "复杂性"


class OpinionChannel(Term):
    """意见渠道: how an opinion was received."""

    BOX = "box", "意见箱"
    TELEPHONE = "telephone", "监督电话"
    MEETING = "meeting", "会议"


class OpinionStep(Term):
    """意见办理: the steps in handling an opinion."""

    REFER = "refer", "提交研究"
    DELAY = "delay", "延期办理"
    SETTLE = "settle", "办结"
    TELL = "tell", "告知本人"
    PUBLISH = "publish", "公布结果"


class ReferredTo(Term):
    """提交对象: the body that decides on an opinion."""

    LEADING = "leading", "局党组"
    BRANCH = "branch", "党支部"


class Correction(Term):
    """更正: why a correction voided a row. The stored reason does not depend on the user's language."""

    STEP = "corrected: no such step", "更正：没有这一步"
    PUBLICATION = "corrected: not published", "更正：没有公布"
    CATEGORY = "corrected: another category", "更正：另有类别"
    LEADER = "corrected: no leading cadre", "更正：不是领导干部"
    COMMITTEE = "corrected: another record of that day", "更正：当天另有登记"
    ANEW = "corrected: recorded anew", "更正：已重新登记"


UNDO = "undo: "
"""When `undo` voids a record, the stored reason is this prefix, followed by the undone command."""


def reason_of_void(stored: str) -> str:
    """Return, in this run's language, why a record is void.

    The reason is a correction, an undone command, or a text that the clerk typed.
    """
    if stored.startswith(UNDO):
        command = stored.removeprefix(UNDO)
        return say(f"撤销 {command}", f"undone: {command}")
    return next((term.label for term in Correction if term.value == stored), stored)


class WarningLevel(Term):
    """防范方式: the kinds of warning letters, the mildest first."""

    INQUIRY = "inquiry", "询问函"
    ADMONITION = "admonition", "警示诫勉"
    CORRECTION = "correction", "责令纠错"


class Paper(Term):
    """防范文书: the documents of an integrity-risk case."""

    INQUIRY = "inquiry", "询问函"
    ADMONITION = "admonition", "警示诫勉通知书"
    CORRECTION = "correction", "责令纠错通知书"
    TALK_NOTICE = "talk-notice", "谈话通知"
    REGISTER = "register", "防范工作登记表"


class PaperKind(Term):
    """文书: the papers that the command `paper` writes from the records."""

    MEETING_RECORD = "meeting-record", "会议记录"
    SIGN_IN = "sign-in", "签到表"
    STUDY_RECORD = "study-record", "学习记录"
    TALK_RECORD = "talk-record", "谈心谈话记录"
    VISIT_RECORD = "visit-record", "联系点走访记录"
    DUES_REGISTER = "dues-register", "党费收缴登记表"
    DUES_NOTICE = "dues-notice", "党费收缴公示"
    DUES_ASSESSMENT = "dues-assessment", "党费核定表"
    ACTIVIST_FORM = "activist-form", "入党积极分子登记表"
    EXAM_FORM = "exam-form", "入党积极分子考察表"
    ADMISSION_RECORD = "admission-record", "发展党员全程记录"
    DOSSIER_INDEX = "dossier-index", "发展党员材料目录"
    REVIEW_BALLOT = "review-ballot", "民主评议测评表"
    REVIEW_TALLY = "review-tally", "民主评议测评汇总"
    DL_PACKAGE = "dl-package", "民主生活会材料"
    DISCLOSURE_APPROVAL = "disclosure-approval", "党务公开审批表"
    DISCLOSURE_DIRECTORY = "disclosure-directory", "党务公开目录"
    RECTIFICATION_REGISTER = "rectification-register", "整改台账"
    ROSTER = "roster", "党员名册"
    HANDOVER_LIST = "handover-list", "工作交接清单"
    INQUIRY = "inquiry", Paper.INQUIRY.chinese
    ADMONITION = "admonition", Paper.ADMONITION.chinese
    CORRECTION = "correction", Paper.CORRECTION.chinese
    TALK_NOTICE = "talk-notice", Paper.TALK_NOTICE.chinese
    WARNING_REGISTER = "warning-register", Paper.REGISTER.chinese
    BRIEFING = "briefing", "党务公开情况通报"
    OPINION_REGISTER = "opinion-register", "意见办理登记册"

    @property
    def heading(self) -> str:
        """The title on the paper, in this run's language: 党员名册, Dues register."""
        named = self.value.replace("dl-package", "papers of a democratic-life meeting")
        return say(self.chinese, named.replace("-", " ").capitalize())


WARNING_CATEGORIES = {
    1: Told("执行政策法律有重大风险", "a risk of great loss in carrying out policy or law"),
    2: Told("工作失误", "a mistake at work"),
    3: Told("不及时查处投诉举报", "complaints not looked into in time"),
    4: Told("违反程序或越权", "against procedure, or beyond one's powers"),
    5: Told("工作失职", "neglect of duty"),
    6: Told("滥用职权、不作为、慢作为、乱作为", "abuse of powers, or not using them"),
    7: Told("违反保密规定", "secrets not kept"),
    8: Told("违反廉洁自律和纪律处分规定", "against the rules of integrity and discipline"),
    9: Told("违反效能建设规定", "against the rules on efficiency"),
}
"""防范内容 (防范·三): the nine categories of integrity risks, by number."""


class WarningStep(Term):
    """防范步骤: the steps of a case after its letter was issued."""

    DELIVER = "deliver", "送达"
    REPLY = "reply", "书面回复"
    REGISTER = "register", "填写登记表"
    CLOSE = "close", "结案"
    ARCHIVE = "archive", "归档"


class Case(Term):
    """事项: the kinds of cases: records whose deadlines depend on the record itself, not on a period."""

    DEMOCRATIC_LIFE = "democratic-life", "民主生活会"
    REVIEW = "review", "民主评议"
    PLAN_ITEM = "plan-item", "计划任务"
    RECTIFICATION = "rectification", "整改事项"
    FOLLOW_UP = "follow-up", "谈话后续"
    TERM = "term", "届期"
    APPLICANT = "applicant", "发展党员"
    PROBATION = "probation", "预备期"
    PUBLICATION = "publication", "公布"
    OPINION = "opinion", "意见"
    WARNING = "warning", "防范案件"
    PREVENTIVE_TALK = "preventive-talk", "防范谈话"


class VoteKind(Term):
    """表决种类: the kinds of questions that a members' meeting votes on."""

    ORDINARY = "ordinary", "表决"
    ELECTION = "election", "选举"


class StudyAct(Term):
    """学时."""

    HOURS = "hours", "学时"


class Superior(Term):
    """上级党组织: the three superior Party organisations that the regulation distinguishes."""

    GENERAL_BRANCH = "general-branch", "党总支"
    ORGAN_COMMITTEE = "organ-committee", "机关党委"
    WORK_COMMITTEE = "work-committee", "机关工委"


class Noun(Term):
    """The kinds of records; most are also commands. A record is named by its noun and number."""

    ORGAN = "organ", "党组"
    BRANCH = "branch", "党支部"
    CELL = "cell", "党小组"
    MEMBER = "member", "党员"
    STAFF = "staff", "干部职工"
    MEETING = "meeting", "会议"
    PLAN = "plan", "计划"
    PLAN_ITEM = "plan-item", "计划任务"
    RECTIFY = "rectify", "整改事项"
    REVIEW = "review", "民主评议"
    TALK = "talk", "谈心谈话"
    CONTACT = "contact", "联系点"
    DISCLOSURE = "disclosure", "党务公开"
    OPINION = "opinion", "意见"
    WARNING = "warning", "案件"
    DUES = "dues", "党费"
    REMITTANCE = "remittance", "上缴党费"
    APPLICANT = "applicant", "发展党员"
    WAIVER = "waive", "免除决定"
    HOLIDAY = "holiday", "节假日"
    RULE_CHANGE = "rule-change", "规则变更"


class Status(Term):
    """The status of an obligation on a day, worst first."""

    BREACH = "breach", "不合规"
    OVERDUE = "overdue", "逾期"
    ADVISED = "advised", "提示"
    DUE = "due", "待办"
    LATE = "late", "逾期完成"
    MET = "met", "已完成"
    WAIVED = "waived", "免除"


class Arrangement(Term):
    """排列: how the command `check` arranges its answer."""

    STATUS = "status", "状态"
    CHAPTER = "chapter", "章节"


class Cadence(Term):
    """周期: the kind of period in which a duty recurs."""

    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    HALF_YEAR = "half-year", "半年"
    YEAR = "year", "年"


class RuleAct(Term):
    """规则变更: the kinds of changes to rules."""

    SET = "set", "改定"
    ENABLE = "enable", "启用"
    DISABLE = "disable", "停用"


class Strength(Term):
    """The strength of a rule.

    MUST: the clause requires the duty. SHOULD: the duty is only advice, or its clause gives no
    number and partyctl chose one.
    """

    MUST = "must", "应当"
    SHOULD = "should", "建议"


class Layer(Term):
    """The layer of a rule: the bureau's regulation, or the national texts."""

    BUREAU = "bureau", "本局制度"
    NATIONAL = "national", "全国规定"


AnyTerm = TypeVar("AnyTerm", bound=Term)


ALSO: dict[type[Term], dict[Term, tuple[str, ...]]] = {
    MeetingKind: {
        MeetingKind.MEMBERS: ("支部党员大会", "支部大会", "支部党员会"),
        MeetingKind.COMMITTEE: (
            "支部委员会",
            "支部委员会会议",
            "支部委员会议",
            "支委会议",
            "委员会",
        ),
        MeetingKind.CELL: ("党小组会议", "小组会", "党小组"),
        MeetingKind.LECTURE: ("上党课", "专题党课", "党课学习"),
        MeetingKind.STUDY: ("学习", "理论学习", "集体学习", "政治理论学习", "集中学习会"),
        MeetingKind.ORG_LIFE: ("专题组织生活会", "支部组织生活会", "组织生活"),
        MeetingKind.DEMOCRATIC_LIFE: ("专题民主生活会", "党组民主生活会", "民主生活"),
        MeetingKind.THEME: ("例会", "党建专题例会", "党建例会"),
        MeetingKind.TRAINING: ("培训", "集训", "集中轮训", "培训班"),
        MeetingKind.THEME_DAY: ("主题党日活动", "党日活动", "党员活动日", "党日"),
    },
    Post: {
        Post.BRANCH_SECRETARY: ("书记", "党支部书记", "支书"),
        Post.DEPUTY_SECRETARY: ("支部副书记", "党支部副书记"),
        Post.ORGANIZATION: ("组织", "支部组织委员"),
        Post.PUBLICITY: ("宣传", "支部宣传委员", "宣教委员"),
        Post.DISCIPLINE: ("纪检", "纪律检查委员", "支部纪检委员"),
        Post.COMMITTEE: ("支委", "支委委员", "委员", "支部委员会委员"),
        Post.CELL_LEADER: ("小组长", "党小组长", "组长"),
        Post.LEADING_SECRETARY: ("局党组书记",),
        Post.LEADING_MEMBER: ("党组委员", "党组班子成员"),
    },
    Category: {
        Category.EMPLOYED: ("在职党员", "在职人员", "在岗", "职工"),
        Category.RETIRED: ("退休", "离休", "退休党员", "离退休党员", "离退休人员", "退休人员"),
        Category.STUDENT: ("学生党员",),
        Category.FARMER: ("农民党员",),
        Category.UNEMPLOYED: ("下岗", "失业", "下岗失业人员", "无业"),
    },
    VisitKind: {
        VisitKind.VISIT: ("走访", "指导", "走访慰问"),
        VisitKind.SURVEY: ("调研走访", "调查研究"),
        VisitKind.SUPERVISION: ("督促", "检查", "督查", "监督检查"),
        VisitKind.MODEL: ("总结", "推广", "树立标杆"),
    },
    DisclosureKind: {
        DisclosureKind.BRIEFING: ("通报", "党务公开通报"),
        DisclosureKind.REGULATIONS: ("规范性工作",),
        DisclosureKind.PROGRESS: ("阶段性工作",),
        DisclosureKind.HOT_TOPIC: ("热点问题", "焦点", "热点焦点"),
        DisclosureKind.POSTED_RULES: ("上墙",),
        DisclosureKind.DUES: ("党费", "党费公示"),
    },
    OpinionClass: {
        OpinionClass.INDIVIDUAL: ("个别", "个别问题", "个别性问题"),
        OpinionClass.GENERAL: ("一般", "一般意见", "一般性意见"),
        OpinionClass.WIDESPREAD: ("普遍", "普遍问题", "普遍性问题"),
        OpinionClass.COMPLEX: ("复杂", "复杂问题", "复杂性问题", "重大事项"),
    },
    OpinionChannel: {
        OpinionChannel.TELEPHONE: ("电话",),
    },
    PlanKind: {
        PlanKind.WORK: ("工作安排", "工作计划", "年度工作安排", "党建工作计划"),
        PlanKind.STUDY: ("年度学习计划", "学习安排"),
        PlanKind.BUDGET: ("经费", "经费预算", "党建经费", "党建活动经费"),
        PlanKind.ROLES: ("责任主体", "责任分工"),
    },
    Role: {
        Role.SECRETARY: ("书记", "党组书记", "第一责任"),
        Role.PERSON_IN_CHARGE: ("负责人", "具体责任"),
        Role.LEADER_IN_CHARGE: ("分管领导", "分管负责人", "直接责任"),
    },
    ReferredTo: {
        ReferredTo.LEADING: ("党组",),
        ReferredTo.BRANCH: ("支部",),
    },
    WarningLevel: {
        WarningLevel.INQUIRY: ("询问", "预警询问函", "函询"),
        WarningLevel.ADMONITION: ("诫勉", "警示诫勉通知书"),
        WarningLevel.CORRECTION: ("纠错", "责令纠错通知书"),
    },
}
"""Everyday names that the command line also accepts for a term.

They are grouped by vocabulary, because two vocabularies can contain the same English word.
"""


def read_term(terms: type[AnyTerm], text: str, *, of: str) -> AnyTerm:
    """Parse a term typed in English or Chinese, or by an everyday name.

    `of`: the name of the vocabulary in this run's language. Raises BadUsage for an unknown word. The
    error lists all words, and suggests those that contain the text, or else the most similar one.
    """
    word = text.strip().lower()
    names = {each: term for term in terms for each in ALSO.get(terms, {}).get(term, ())}
    names |= {each: term for term in terms for each in (term.value, term.chinese)}
    if word in names:
        return names[word]
    holding = [term for term in terms if len(word) > 1 and _holds(term, word)]
    nearest = nearest_words(word, list(names))[:1]
    chinese = "、".join(f"“{each}”" for each in [term.chinese for term in holding] or nearest)
    english = " or ".join(f"“{each}”" for each in [term.value for term in holding] or nearest)
    hint = say(f"是不是{chinese}？", f"Did you mean {english}? ") if chinese else ""
    raise UnknownWord(
        say(f"没有“{text}”这种{of}。{hint}", f"There is no {of} “{text}”. {hint}").strip(), terms
    )


def _holds(term: Term, word: str) -> bool:
    return word in term.chinese or word in term.value


class UnknownWord(BadUsage):
    """The error for a word that a vocabulary does not have. The remedy lists the vocabulary."""

    def __init__(self, sentence: str, terms: Iterable[Term]) -> None:
        self.words = [(term.value, term.chinese) for term in terms]
        chinese = "、".join(f"{english} {chinese}" for english, chinese in self.words)
        english = ", ".join(english for english, _ in self.words)
        super().__init__(sentence, say(f"可用：{chinese}", f"one of: {english}"))


def stored_term(terms: type[AnyTerm], value: str) -> AnyTerm:
    """The term for a word from the ledger.

    Raises StopIteration for an unknown word. The tables' constraints keep unknown words out of the
    ledger.
    """
    return next(term for term in terms if term.value == value)


CLOSE = 0.6
"""`nearest_words` leaves out less similar words; 支部大会 and 支委会 have a similarity of 0.57."""


def nearest_words(word: str, known: list[str]) -> list[str]:
    """At most three known words that are similar to an unknown word, the most similar first."""
    from difflib import get_close_matches  # imported here: needed only when a word was mistyped

    return get_close_matches(word, known, n=3, cutoff=CLOSE)


def told_of(term: Term) -> Told:
    """A term as a text in both languages."""
    return Told(term.chinese, term.english)


def dated(term: Term, day: object) -> Told:
    """The kind and day of a record, in both languages."""
    return Told(f"{term.chinese} {day}", f"{term.english} {day}")
