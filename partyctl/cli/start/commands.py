"""The list of all commands, in the order of the help page, and the global options.

The page of `partyctl --help` needs only the words in this module. A command's own module is
imported only when the user types the command.
"""

from partyctl.language import say
from partyctl.light import NamedTuple


class Entry(NamedTuple):
    """A command: its name, the module that has its `app`, and its help in Chinese and English."""

    name: str
    module: str
    chinese: str
    english: str

    @property
    def help(self) -> str:
        """The help line in the user's language."""
        return say(self.chinese, self.english)


class Global(NamedTuple):
    """A global option: its name, the placeholder of its value, and its help in Chinese and English."""

    name: str
    metavar: str | None
    chinese: str
    english: str

    @property
    def help(self) -> str:
        """The help line in the user's language."""
        return say(self.chinese, self.english)


LEDGER = Global(
    "--ledger",
    "PATH",
    "台账文件（默认 PARTYCTL_LEDGER，再默认用户数据文件夹）",
    "The ledger (default: PARTYCTL_LEDGER, or the file in the user's data folder)",
)
BRANCH = Global(
    "--branch", "BRANCH", "党支部（有两个以上支部时）", "The branch, if the ledger has several"
)
VERSION = Global("--version", None, "显示版本", "Print the version")
GLOBALS = (LEDGER, BRANCH, VERSION)


def purpose() -> str:
    """Say what the program is for."""
    return say(
        "党支部台账：一行记一件事，随时算出按制度该办什么、逾期什么。",
        "A branch's ledger: record what happened, see what the regulation still requires.",
    )


COMMANDS = (
    Entry("init", "maintenance.init", "建立台账", "Start a ledger"),
    Entry(
        "check",
        "check.commands",
        "查应办、逾期和不合规事项",
        "Show open and overdue duties and breaches",
    ),
    Entry(
        "meeting",
        "meeting.commands",
        "会议：三会一课、学习、组织生活",
        "Meetings, lectures, study, organisation life",
    ),
    Entry(
        "member",
        "member.commands",
        "党员名册、职务、转入转出",
        "Members: the roll, posts, transfers",
    ),
    Entry(
        "dues",
        "dues.commands",
        "党费：核定、交纳、免交、欠费",
        "Dues: assessments, payments, exemptions, arrears",
    ),
    Entry(
        "applicant",
        "applicant.commands",
        "发展党员：申请到转正，每一步",
        "Admission: from application to full membership",
    ),
    Entry("plan", "plan.commands", "年度计划", "The plans of a year, and their targets"),
    Entry("review", "review.commands", "民主评议党员", "The yearly review of the members"),
    Entry("talk", "talk.commands", "谈心谈话", "Heart-to-heart talks"),
    Entry("contact", "talk.contact", "党建工作联系点", "Contact points"),
    Entry(
        "rectify",
        "plan.rectify",
        "整改事项",
        "Rectification of problems: measures, persons responsible, deadlines",
    ),
    Entry(
        "disclosure",
        "openness.disclosure",
        "党务公开",
        "Openness: what is approved, published and withdrawn",
    ),
    Entry(
        "opinion",
        "openness.opinion",
        "意见建议：受理、办结、告知",
        "Opinions: received, forwarded, settled, answered, published",
    ),
    Entry("warning", "warning.commands", "廉政风险防范案件", "Integrity-risk cases"),
    Entry("waive", "rules.waive", "免除决定", "Decisions that waive a duty"),
    Entry("branch", "organisation.branch", "党支部", "Branches"),
    Entry("cell", "organisation.cell", "党小组", "Party cells"),
    Entry(
        "staff",
        "organisation.staff",
        "不是党员的干部职工",
        "Staff of the bureau who are not Party members",
    ),
    Entry(
        "paper",
        "paper.commands",
        "文书：会议记录、党费登记表、审批表……（Word、Excel）",
        "Papers: records, registers and forms in Word or Excel",
    ),
    Entry(
        "report",
        "report.commands",
        "报告：月报、年报、年册、迎检材料、工作交接",
        "Reports: a month or a year as a page, a book or a folder",
    ),
    Entry(
        "rollup",
        "rollup.commands",
        "汇总：报送本台账的提取文件；上级收取、汇总许多台账",
        "Reports to the superior, and totals of many ledgers",
    ),
    Entry(
        "calendar",
        "calendar.commands",
        "日历：今后几周，导出，节假日",
        "The coming weeks, a calendar file, public holidays",
    ),
    Entry("rules", "rules.commands", "规则及其条款", "The rules and their clauses"),
    Entry(
        "status",
        "start.status",
        "台账一览（不带命令时也显示）",
        "Show a summary of the ledger (as partyctl alone does)",
    ),
    Entry(
        "remind",
        "remind.commands",
        "提醒：即将到期、到期、逾期",
        "Send reminders of coming, due and overdue duties",
    ),
    Entry("schedule", "remind.schedule", "计划任务：按时自动提醒", "Schedule the reminders"),
    Entry("batch", "start.batch", "从文件逐行执行命令", "Run the commands in a file, one per line"),
    Entry(
        "completion",
        "completion.commands",
        "按 TAB 补全：bash、zsh、fish",
        "Completion for bash, zsh and fish",
    ),
    Entry("undo", "maintenance.undo", "撤销自己上一条命令", "Undo your last command"),
    Entry(
        "journal",
        "maintenance.journal",
        "日志：谁改了什么，核对，脱敏",
        "The journal: who changed what; tampering; redaction",
    ),
    Entry(
        "backup",
        "maintenance.backup",
        "备份台账；列出、校验备份",
        "Back up; list and verify backups",
    ),
    Entry("restore", "maintenance.restore", "用备份恢复台账", "Restore the ledger from a backup"),
    Entry("doctor", "maintenance.doctor", "台账体检", "Examine the ledger"),
    Entry("encrypt", "maintenance.encrypt", "加密台账", "Encrypt the ledger"),
    Entry(
        "decrypt",
        "maintenance.decrypt",
        "解密台账，须有原因",
        "Decrypt the ledger; a reason is required",
    ),
    Entry("rekey", "maintenance.rekey", "换密钥", "Change the key of an encrypted ledger"),
    Entry(
        "migrate", "maintenance.migrate", "把台账升级到本版本", "Upgrade the ledger to this version"
    ),
)
