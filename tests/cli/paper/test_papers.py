"""Each paper contains its values, which the tests read from the written file."""

import hashlib
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from docx import Document
from python_calamine import load_workbook

from partyctl.cli.paper.kinds import KINDS
from partyctl.papers.forms.templates_at_hand import SHIPPED, SHIPPED_PAPERS
from partyctl.terms import PaperKind
from tests.cli.paper.conftest import MINUTES
from tests.conftest import Run
from tests.support.waiting import PATIENCE

BLANK = "〔待补〕"
ODD = "甲<+甲<&>>"
ABOUT_TODAY = "--as-of 2026-01-15"

WORD = {
    "meeting-record 1": (
        "会议记录-2025-03-10-党员大会.docx",
        "党员大会",
        "第3次",
        "2025年3月10日 09:30–11:00",
        "三楼会议室",
        "张三",
        "李四",
        "4人",
        "3人",
        f"{ODD}（出差）",
        "客人甲、客人乙",
        "传达；换届",
        "要抓落实",
        "同意",
        MINUTES,
    ),
    "study-record 2": (
        "学习记录-2025-03-11-集中学习.docx",
        "1.5小时",
        "学习纪要精神",
        "2025年3月11日（起止时间〔待补〕）",
        "学习记录",
        BLANK,
    ),
    "sign-in 1": ("签到表-2025-03-10-党员大会.docx", "张三", "李四", "王五", ODD, "4人"),
    "sign-in 4": ("签到表-2099-01-05-支委会.docx", "张三", "李四", "2人"),
    "talk-record 1": (
        "谈心谈话记录-2025-03-02-张三、李四.docx",
        "办公室",
        "思想",
        "谈了工作",
        "张三（支部书记、党组书记）",
        "班子成员之间",
        "李四（组织委员、党组成员）",
        "帮带（2025年5月1日前）",
        BLANK,
    ),
    "visit-record 1": (
        "联系点走访记录-2025-03-02-东河村.docx",
        "东河村",
        "张三",
        "2025年3月2日",
        "看望老党员",
        BLANK,
    ),
    "activist-form 郑十": (
        "入党积极分子登记表-郑十.docx",
        "郑十",
        "1999年1月1日",
        "2025年2月1日",
        "2025年3月2日",
        "李四、王五",
        "2025年6月20日",
        "2025年3月2日 通过 应到3 实到3 赞成3 反对0 弃权0",
        "表现良好",
        "民族",
        "籍贯",
        "学历",
        BLANK,
    ),
    "exam-form 郑十 --period 2025-H1": (
        "入党积极分子考察表-郑十-2025-H1.docx",
        "2025年1月1日至2025年6月30日",
        "2025年4月3日",
        "2025年6月20日",
        "表现良好",
        "通过",
        BLANK,
    ),
    "admission-record 郑十": (
        "发展党员全程记录-郑十.docx",
        "郑十",
        "积极分子",
        "确定积极分子",
        "支部·六1",
        "应到3 实到3 赞成3 反对0 弃权0",
        "指定培养联系人",
        "李四、王五",
        "思想汇报",
        "积极分子考察",
        "表现良好",
    ),
    "dossier-index 郑十": (
        "发展党员材料目录-郑十.docx",
        "入党申请书",
        "在卷",
        "档案柜2-1",
        "本人档案",
        "发展党员细则·36",
        "思想汇报",
        "缺",
        "未到步骤",
        "党支部、上级党组织",
    ),
    "review-ballot 2025": (
        "民主评议测评表-2025-机关支部.docx",
        "2025年度",
        "张三",
        "李四",
        "王五",
        ODD,
        "优秀",
        "基本合格",
        "不合格",
    ),
    "disclosure-approval 1": (
        "党务公开审批表-1-一季度通报.docx",
        "一季度通报",
        "季度通报",
        "对内",
        "公开栏",
        "李四",
        "2025年3月20日",
        "2025年3月21日",
        BLANK,
    ),
    "review-tally 2025 -o tally.docx": ("tally.docx", "张三", "优秀", "合格", "4", BLANK),
    "dues-notice 2025-Q1 -o notice.docx": ("notice.docx", "张三", "229.50", "2025-01、2025-02"),
    "disclosure-directory -o directory.docx": ("directory.docx", "一季度通报", "2025-03-30"),
    "rectification-register -o rect.docx": ("rect.docx", "学习不深入", "加强学习", "2025-12-01"),
    f"roster {ABOUT_TODAY} -o roster.docx": ("roster.docx", "张三", "138****1234", ODD, BLANK),
    f"handover-list {ABOUT_TODAY} -o handover.docx": ("handover.docx", "档案柜2-1", "未了事项"),
    "inquiry 1": (
        "询问函-1.docx",
        "市某局党组",
        "王五同志：",
        "科员",
        "2025年6月1日",
        f"报表两次迟报 {MINUTES}",
        "10日",
        BLANK,
    ),
    "admonition 2": (
        "警示诫勉通知书-2.docx",
        "李四同志：",
        "投诉未查",
        "张三",
        "2025年6月30日",
        "2025年7月1日",
    ),
    "correction 3": ("责令纠错通知书-3.docx", f"{ODD}同志：", "越权", "2025年7月2日"),
    "talk-notice 1": (
        "谈话通知-1.docx",
        "王五同志：",
        "谈话时间：2025年6月4日",
        "谈话地点：谈话室",
        "张三",
        "李四",
        "2025年6月3日",
    ),
    "warning-register 1": (
        "防范工作登记表-1.docx",
        "王五",
        "信访",
        "核实迟报",
        "今后按时",
        "2025年6月20日",
        "中共党员",
        MINUTES,
    ),
    "briefing 2025-Q1": (
        "党务公开情况通报-2025-Q1.docx",
        "2025年第一季度党务公开情况通报",
        "收到意见建议1件",
        "《一季度通报》",
    ),
    "opinion-register 2025-Q1": (
        "意见办理登记册-2025-Q1.docx",
        "2025年第一季度",
        "2025年3月5日",
        "意见箱",
        f"公开栏更新慢 {MINUTES}",
        "局党组",
    ),
}
EXCEL = {
    "dues-notice 2025-Q1": (
        "党费收缴公示-2025-Q1-机关支部.xlsx",
        "张三",
        "2025-01、2025-02、2025-03",
        229.5,
        "李四",
        20.0,
        "王五",
        15.5,
        ODD,
        265.0,
    ),
    "dues-assessment 2025": (
        "党费核定表-2025-机关支部.xlsx",
        "张三",
        5100.0,
        "1.5%",
        76.5,
        "王五",
        4500.0,
        "1.0%",
        45.0,
        "2025-07",
        ODD,
        BLANK,
    ),
    "review-tally 2025": (
        "民主评议测评汇总-2025-机关支部.xlsx",
        "张三",
        "3",
        "优秀",
        "李四",
        "合格",
        BLANK,
    ),
    "dossier-index 郑十 -o dossier.xlsx": ("dossier.xlsx", "入党申请书", "在卷", "档案柜2-1", "缺"),
    f"disclosure-directory {ABOUT_TODAY}": (
        "党务公开目录-2026-01-15.xlsx",
        "一季度通报",
        "李四",
        "2025-03-20",
        "2025-03-21",
        "2025-03-30",
    ),
    f"rectification-register {ABOUT_TODAY}": (
        "整改台账-2026-01-15.xlsx",
        "学习不深入",
        "加强学习",
        "李四",
        "2025-12-01",
    ),
    f"roster {ABOUT_TODAY}": (
        "党员名册-2026-01-15.xlsx",
        "张三",
        "男",
        "1980-05-06",
        "2010-07-01",
        "第一小组",
        "138****1234",
        ODD,
        BLANK,
    ),
    f"handover-list {ABOUT_TODAY}": (
        "工作交接清单-2026-01-15.xlsx",
        "未了事项",
        "入党材料",
        "档案柜2-1",
        "台账文件",
    ),
}


def words_of(path: Path) -> list[str]:
    """Every paragraph and cell of a Word document, including its footer."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    foot = [each.text for each in document.sections[0].footer.paragraphs]
    return [*(each.text for each in document.paragraphs), *cells, *foot]


def test_a_vote_carried_in_writing_shows_the_written_votes(bureau: Run):
    bureau("applicant step 郑十 activist --void 记错")
    bureau("applicant step 郑十 activist --on 2025-03-02 --votes 3/2/1/1/0 --written 1/0/0")
    votes = "应到3 实到2 赞成1 反对1 弃权0 书面意见：赞成1 反对0 弃权0"
    for kind in ("activist-form", "admission-record"):
        bureau(f"paper {kind} 郑十 -o {kind}.docx")
        assert [cell for cell in words_of(Path(f"{kind}.docx")) if votes in cell]


def cells_of(path: Path) -> list[object]:
    book = load_workbook(str(path))
    return [
        cell
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]


def test_every_paper_is_tried():
    tried = {line.split()[0] for line in (*WORD, *EXCEL)}
    others = {PaperKind.DUES_REGISTER, PaperKind.DL_PACKAGE}
    assert tried | others == {each.kind.value for each in KINDS} == set(PaperKind)


@pytest.mark.sweep(6)
@pytest.mark.parametrize("line", WORD)
def test_a_word_paper_says_what_is_on_record(bureau: Run, line: str):
    name, *values = WORD[line]
    bureau(f"paper {line}")
    said = words_of(Path(name))
    everything = "\n".join(said)
    for value in values:
        assert value in everything, value
    assert ODD not in values or any(ODD in each for each in said)
    assert "台账 " in everything
    assert "链头 " in everything
    assert "{{" not in everything.replace(MINUTES, "")
    assert stat.S_IMODE(Path(name).stat().st_mode) == 0o600


@pytest.mark.parametrize("line", EXCEL)
def test_an_excel_paper_says_what_is_on_record(bureau: Run, line: str):
    name, *values = EXCEL[line]
    bureau(f"paper {line}")
    found = cells_of(Path(name))
    for value in values:
        assert value in found, value
    assert stat.S_IMODE(Path(name).stat().st_mode) == 0o600


def test_the_package_is_a_folder_of_five_papers_and_a_cover(bureau: Run):
    told = bureau("paper dl-package 3 --json").json
    folder = Path("民主生活会材料-2025-11-10")
    names = ("0-目录", "1-情况报告", "2-会议记录", "3-发言提纲", "4-群众意见", "5-整改措施")
    assert sorted(each.name for each in folder.iterdir()) == [f"{name}.docx" for name in names]
    assert [Path(each["file"]).stem for each in told["files"]] == list(names)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    said = {name: "\n".join(words_of(folder / f"{name}.docx")) for name in names}
    assert "5-整改措施" in said["0-目录"]
    for value in ("担当作为", "5条", "7条", "党组会议室", "学习不深入"):
        assert value in said["1-情况报告"]
    assert "2025年11月5日" in said["3-发言提纲"]
    assert "加强学习" in said["5-整改措施"]
    assert "民主生活会材料-" in bureau("paper dl-package 3", code=5).err
    bureau("paper dl-package 3 --replace")
    assert "不是民主生活会" in bureau("paper dl-package 1", code=2).err


def test_a_package_takes_fields_and_templates(bureau: Run, ledger: Path, refused):
    bureau("paper templates dl-package")
    own = ledger.parent / "templates" / "own.docx"
    shutil.copy(own.with_name("dl-report.docx"), own)
    document = Document(str(own))
    document.add_paragraph("本局自用 {{ 主题 }}")
    document.save(str(own))
    told = bureau(
        "paper dl-package 3 --fill 批评=互相批评12条 --fill 列席=工委 "
        "--template dl-report=own.docx -o p --json"
    ).json
    assert [each["template"] for each in told["files"]][1] == "own.docx"
    report = words_of(Path("p/1-情况报告.docx"))
    assert {"本局自用 担当作为", "互相批评12条", "工委"} <= set(report)
    assert "工委" in words_of(Path("p/2-会议记录.docx"))
    for wrong, said in {
        "--fill 没有的栏目=1": "没有“没有的栏目”这个栏目",
        "--fill 页脚=1": "“页脚”由台账填写，不能改",
        "--template own.docx": "“own.docx”应写成 材料=模板文件名",
        "--template dl-x=own.docx": "“dl-x=own.docx”应写成 材料=模板文件名",
    }.items():
        assert said in refused(f"paper dl-package 3 -o q {wrong}", 2)
    line = "paper dl-package 3 -o q --template dl-report"
    assert "里没有模板“none.docx”" in refused(f"{line}=none.docx", 4)
    own.write_bytes(b"no template")
    assert "own.docx 不是能用的 Word 模板" in refused(f"{line}=own.docx", 65)
    Path("q").write_text("a file")
    assert "q 已存在，没有覆盖" in refused("paper dl-package 3 -o q --replace", 5)
    assert {each.name for each in Path().iterdir()} - {"ledger", "state"} == {"p", "q"}


def test_what_is_not_on_record_is_listed(bureau: Run):
    found = bureau("paper activist-form 郑十 --fill 民族=汉族 --json").json
    assert {"籍贯", "学历", "简历", "家庭"} <= set(found["blank"])
    assert "民族" not in found["blank"]
    assert "汉族" in words_of(Path(found["file"]))
    digest = hashlib.sha256(Path(found["file"]).read_bytes()).hexdigest()
    assert found["sha256"] == digest
    told = bureau("paper activist-form 郑十 --replace")
    assert "籍贯" in told.err


def test_a_paper_is_replaced_only_if_that_was_said(bureau: Run):
    bureau("paper talk-record 1 -o t.docx")
    assert "--replace" in bureau("paper talk-record 1 -o t.docx", code=5).err
    bureau("paper talk-record 1 -o t.docx --replace")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("paper nonsense 1", 2, "没有“nonsense”这种文书"),
        ("paper meeting-record", 2, "缺少：会议编号"),
        ("paper meeting-record x", 2, "编号“x”读不出来"),
        ("paper meeting-record 99", 4, "没有会议"),
        ("paper talk-record 99", 4, "没有谈话"),
        ("paper visit-record 99", 4, "没有走访"),
        ("paper roster 1", 2, "党员名册后面不写“1”"),
        ("paper exam-form 郑十", 2, "缺少：--period"),
        ("paper exam-form 郑十 --period 2025", 2, "“2025”不是半年"),
        ("paper talk-record 1 --period 2025-H1", 2, "--period 只用于考察表"),
        ("paper activist-form 无此人", 4, "没有“无此人”的入党申请"),
        ("paper dues-register 2025-03", 2, "这份文书不能写“2025-03”这样的期间"),
        ("paper dues-assessment 2025-Q1", 2, "→ partyctl paper dues-assessment 2026"),
        ("paper review-ballot 2025-Q1", 2, "→ partyctl paper review-ballot 2026"),
        ("paper dues-register 2025 -o x.docx", 2, "党费收缴登记表写成 .xlsx 文件"),
        ("paper dues-register 2025 --fill 甲=乙", 2, "Excel 文件没有模板和待填栏目"),
        ("paper talk-record 1 -o x.xlsx", 2, "谈心谈话记录写成 .docx 文件"),
        ("paper inquiry 2", 2, "不发询问函"),
        ("paper inquiry 99", 4, "没有案件 #99"),
        ("paper inquiry x", 2, "编号“x”读不出来"),
        ("paper briefing", 2, "缺少：季度"),
        ("paper briefing 2025", 2, "这份文书不能写“2025”这样的期间"),
        ("paper opinion-register 2025", 2, "→ partyctl paper opinion-register 2026-Q1"),
        ("paper talk-record 1 --fill 没有的栏目=乙", 2, "模板里没有“没有的栏目”这个栏目"),
        ("paper talk-record 1 --template ../x.docx", 2, "模板只写文件名"),
        ("paper talk-record 1 --template none.docx", 4, "里没有模板“none.docx”"),
        ("paper review-tally 2024", 4, "年的民主评议还没有开始"),
        ("paper templates dues-register", 5, "党费收缴登记表是 Excel 文件"),
    ],
)
def test_what_cannot_be_written_is_refused(bureau: Run, refused, line: str, code: int, told: str):
    assert told in refused(line, code)
    assert not list(Path().glob("*.docx")) + list(Path().glob("*.xlsx"))


def test_a_bureau_may_replace_a_template(bureau: Run, ledger: Path):
    bureau("paper templates talk-record")
    own = ledger.parent / "templates" / "talk-record.docx"
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert [each.name for each in own.parent.iterdir()] == ["talk-record.docx"]
    document = Document(str(own))
    document.add_paragraph("本局自用 {{ 主题 }}")
    document.save(str(own))
    bureau("paper talk-record 1 -o t.docx")
    assert "本局自用 思想" in words_of(Path("t.docx"))
    bureau("paper templates")
    shipped = {each.name for place in (SHIPPED, SHIPPED_PAPERS) for each in place.glob("*.docx")}
    assert {each.name for each in own.parent.glob("*.docx")} == shipped
    assert "本局自用 {{ 主题 }}" in words_of(own)
    assert "Excel 版没有模板" in bureau("paper templates roster").err
    assert "Excel" not in bureau("paper templates talk-record").err


SPELLED = {
    "2025年": ("review-ballot 2025", "review-tally 2025", "dues-register 2025"),
    "２０２５": ("review-ballot 2025", "review-tally 2025", "dues-assessment 2025"),
    "2025年一季度": ("dues-notice 2025-Q1", "briefing 2025-Q1", "opinion-register 2025-Q1"),
}
"""Other spellings of a period, and papers about it."""


@pytest.mark.sweep(3)
@pytest.mark.parametrize(
    ("spelled", "line"), [(spelled, line) for spelled, lines in SPELLED.items() for line in lines]
)
def test_a_paper_is_the_same_however_its_period_is_spelled(bureau: Run, spelled: str, line: str):
    written = []
    for period in (line.split()[1], spelled):
        bureau(f"paper {line.split()[0]} {period}")
        (path,) = (each for each in Path().iterdir() if each.suffix in (".docx", ".xlsx"))
        words = words_of(path) if path.suffix == ".docx" else cells_of(path)
        written.append((path.name, [each for each in words if "链头" not in str(each)]))
        path.unlink()
    assert written[0] == written[1]


def test_the_list_names_every_paper(bureau: Run):
    rows = bureau("paper list --json").json
    assert [row["paper"] for row in rows] == list(PaperKind)
    talk = next(row for row in rows if row["paper"] == "talk-record")
    assert talk["template"] == "talk-record.docx"
    assert {"谈话人", "谈话对象", "内容", "主题"} <= set(talk["fields"])
    shown = bureau("paper list").out
    for text in ("党费收缴登记表", "支部·七", "询问函", "防范·四1", "paper opinion-register"):
        assert text in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_names_only_templates_that_are_shipped(
    run: Run, language: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PARTYCTL_LANG", language)
    folders = [each / ("" if language == "zh" else "en") for each in (SHIPPED, SHIPPED_PAPERS)]
    shipped = {each.name for folder in folders for each in folder.glob("*.docx")}
    named = {row["paper"]: row["template"] for row in run("paper list --json").json}
    assert {name for name in named.values() if name is not None} <= shipped
    workbooks = {"dues-register", "dues-assessment"}
    assert {paper for paper in named if named[paper] is None} == {"dl-package", *workbooks}
    assert {name for kind in KINDS for name in kind.templates} == shipped


OLDER = {
    "inquiry 1": "warning letter 1",
    "talk-notice 1": "warning letter 1 --kind talk-notice",
    "warning-register 1": "warning letter 1 --kind register",
    "briefing 2025-Q1": "disclosure briefing 2025-Q1",
    "opinion-register 2025-Q1": "opinion register --quarter 2025-Q1",
}


@pytest.mark.sweep(2)
@pytest.mark.parametrize("line", OLDER)
def test_an_older_command_writes_the_same_paper(bureau: Run, line: str):
    bureau(f"paper {line} -o new.docx")
    bureau(f"{OLDER[line]} -o old.docx")
    new, old = (words_of(Path(f"{each}.docx")) for each in ("new", "old"))
    heads = [each for each in (*new, *old) if "链头" in each]
    assert len(heads) == 2
    assert [each for each in new if each not in heads] == [
        each for each in old if each not in heads
    ]


def test_a_paper_about_a_case_is_noted_in_the_journal(bureau: Run):
    bureau("paper inquiry 1")
    assert "询问函" in bureau("warning show 1 --history").out


VOIDED = {
    "meeting void 1": ("meeting-record 1", "sign-in 1"),
    "meeting void 2": ("study-record 2",),
    "meeting void 3": ("dl-package 3",),
    "talk void 1": ("talk-record 1",),
    "disclosure void 1": ("disclosure-approval 1",),
    "warning void 1": ("inquiry 1", "talk-notice 1", "warning-register 1"),
    "contact visit-void 1": ("visit-record 1",),
    "applicant void 郑十": ("activist-form 郑十", "admission-record 郑十", "dossier-index 郑十"),
    "review void 1": ("review-ballot 2025", "review-tally 2025"),
}
GONE = {
    "visit-record 1": "没有走访 #1",
    "activist-form 郑十": "没有“郑十”的入党申请",
    "admission-record 郑十": "没有“郑十”的入党申请",
    "dossier-index 郑十": "没有“郑十”的入党申请",
    "review-ballot 2025": "2025 年的民主评议还没有开始",
    "review-tally 2025": "2025 年的民主评议还没有开始",
}
"""For some papers in VOIDED: the error, which is the same as if the record had never existed.

For all other papers in VOIDED, the error says that the record is void.
"""


@pytest.mark.parametrize("void", VOIDED)
def test_no_paper_is_written_about_what_is_void(bureau: Run, refused, void: str):
    bureau(f"{void} --reason 录错")
    for line in VOIDED[void]:
        said = refused(f"paper {line}", 4 if line in GONE else 5)
        assert GONE.get(line, "已作废（录错），不出文书") in said
    assert not [each for each in Path().iterdir() if "docx" in each.name]


def test_papers_with_incomes_are_noted_in_the_journal(bureau: Run):
    bureau("paper dues-assessment 2025")
    told = bureau("dues show 1 --history").out
    assert "查看隐藏项" in told
    assert "党费核定表 2025" in told
    assert "5100" not in told


IN_PACKAGE = {
    "0-目录": ("担当作为", "5-整改措施"),
    "1-情况报告": ("担当作为", "5条", "7条", "党组会议室", "学习不深入", BLANK),
    "2-会议记录": ("民主生活会", "党组会议室", "张三", BLANK),
    "3-发言提纲": ("张三", "2025年11月5日"),
    "4-群众意见": ("5条", "7条", BLANK),
    "5-整改措施": ("学习不深入", "加强学习", "李四", "2025年12月1日"),
}


def values_in_print() -> dict[str, tuple[str, ...]]:
    """For each Word paper, the values that its PDF must contain."""
    return {name: tuple(values) for name, *values in WORD.values()}


@pytest.mark.hard
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice"
)
def test_libreoffice_prints_every_value(bureau: Run, tmp_path: Path):
    for line in (*WORD, *EXCEL, "dues-register 2025", "dl-package 3"):
        bureau(f"paper {line} --replace")
    files = [str(each) for each in (*Path().glob("**/*.docx"), *Path().glob("*.xlsx"))]
    convert = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    convert += ["--convert-to", "pdf", "--outdir", "pdf", *files]
    subprocess.run(convert, check=True, capture_output=True, timeout=PATIENCE)
    for name, values in values_in_print().items():
        printed = printed_text(Path("pdf") / f"{Path(name).stem}.pdf")
        for value in values:
            assert "".join(value.split()) in printed, (name, value)
    for name, values in IN_PACKAGE.items():
        printed = printed_text(Path("pdf") / f"{name}.pdf")
        for value in values:
            assert value in printed, (name, value)
    register = printed_text(Path("pdf/党费收缴登记表-2025-机关支部.pdf"))
    for value in ("5100.00", "918.00", "1.5%", "收款人签章", "未核定"):
        assert value in register


def printed_text(path: Path) -> str:
    """The text of a PDF without white space, in the order in which the PDF stores it."""
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True)
    return "".join(done.stdout.decode().split())
