"""The roll of a branch: 党员花名册, 党员信息表, 党员名册."""

import re

from partyctl.bilingual import Told
from partyctl.papers.sheets import kinds
from partyctl.papers.sheets.form import Column, Form, Values
from partyctl.papers.sheets.forms import standing
from partyctl.papers.sheets.words import read_identity, read_telephone
from partyctl.terms import Category, Gender, Noun, Post, told_of

CELL = re.compile(r"^第[一二三四五六七八九十\d]+(?:党小组|小组|组)$|^.{1,8}(?:党小组|小组)$")
YES_NO = ("是", "否")

NUMBER = Column(
    field="number",
    title=Told("台账编号", "ledger number"),
    names=("台账编号", "台账号", "ledger-no"),
    read=kinds.number("number"),
    width=9,
)
NAME = Column(
    field="name",
    title=Told("姓名", "name"),
    names=("姓名", "党员姓名", "名字", "党员", "name"),
    read=kinds.person("name"),
    is_key=True,
    is_needed=True,
)
BRANCH = Column(
    field="branch",
    title=told_of(Noun.BRANCH),
    names=(
        "党支部",
        "所在党支部",
        "所在支部",
        "所属支部",
        "所属党支部",
        "支部",
        "支部名称",
        "党组织名称",
        "所在党组织",
        "所属党组织",
        "党支部名称",
        "branch",
    ),
    read=kinds.text("branch"),
    width=18,
)
COLUMNS = (
    NUMBER,
    NAME,
    Column(
        field="joined_on",
        title=Told("入党日期", "joined"),
        names=(
            "入党日期",
            "入党时间",
            "入党年月",
            "入党年月日",
            "何时入党",
            "入党",
            "加入党组织日期",
            "加入党组织时间",
            "加入中共党组织日期",
            "加入中国共产党日期",
            "加入中国共产党时间",
            "成为预备党员日期",
            "接收为预备党员日期",
            "joined",
        ),
        read=kinds.day("joined_on"),
        is_past=True,
    ),
    Column(
        field="full_on",
        title=Told("转正日期", "full since"),
        names=(
            "转正日期",
            "转正时间",
            "转正年月",
            "转正",
            "转为正式党员日期",
            "转为正式党员时间",
            "转为正式党员",
            "成为正式党员日期",
            "full",
        ),
        read=kinds.day("full_on"),
        is_past=True,
    ),
    Column(
        field="probationary",
        title=Told("正式/预备", "standing"),
        names=(
            "正式/预备党员",
            "正式/预备",
            "正式或预备",
            "党籍状态",
            "人员类别",
            "党员类型",
            "党员身份",
            "政治面貌",
            "党员状态",
            "正式预备",
            "standing",
        ),
        read=standing.read_standing,
        choices=("正式党员", "预备党员"),
        yes_no=(Told("预备", "probationary"), Told("正式", "full")),
    ),
    Column(
        field="is_probationary",
        title=Told("是否预备党员", "probationary"),
        names=("预备党员", "是否预备", "是否为预备党员", "probationary"),
        read=standing.read_probationary,
        choices=YES_NO,
    ),
    Column(
        field="is_full",
        title=Told("是否正式党员", "full member"),
        names=("是否正式", "是否为正式党员", "正式党员"),
        read=kinds.yes("probationary", means=False),
        choices=YES_NO,
    ),
    Column(
        field="on_roll_from",
        title=Told("到支部日期", "on the roll from"),
        names=(
            "到支部日期",
            "转入日期",
            "转入时间",
            "组织关系转入时间",
            "组织关系转入日期",
            "进入本支部日期",
            "进入党支部日期",
            "进入支部日期",
            "转入本支部时间",
            "since",
            "进入当前党支部日期",
            "进入当前党支部时间",
            "转入本支部日期",
        ),
        read=kinds.day("on_roll_from"),
        is_past=True,
    ),
    Column(
        field="dues_paid_to",
        title=Told("转入时党费交至", "dues paid to"),
        names=(
            "党费交至",
            "转入时党费交至",
            "党费缴纳至年月",
            "党费缴至",
            "党费交纳至",
            "党费缴纳至",
            "党费交至年月",
            "党费缴至年月",
            "党费交纳至年月",
            "党费交到",
            "dues-to",
        ),
        read=kinds.month("dues_paid_to"),
    ),
    BRANCH,
    Column(
        field="cell",
        title=told_of(Noun.CELL),
        names=("党小组", "所在党小组", "所属党小组", "所属小组", "小组", "党小组名称", "cell"),
        read=kinds.text("cell"),
    ),
    Column(
        field="posts",
        title=Told("党内职务", "posts"),
        names=("党内职务", "党务职务", "支部职务", "党内任职", "post"),
        read=standing.read_posts,
        choices=tuple(post.chinese for post in Post),
        width=18,
    ),
    Column(
        field="any_posts",
        title=Told("职务", "duties"),
        names=("职务", "现任职务", "担任职务", "行政职务", "单位及职务", "工作单位及职务"),
        read=standing.read_posts,
        asides=frozenset(("post",)),
    ),
    Column(
        field="leader",
        title=Told("领导干部", "leading cadre"),
        names=("领导干部", "党员领导干部", "是否领导干部", "是否为领导干部", "leader"),
        read=kinds.yes("leader"),
        choices=YES_NO,
        width=9,
    ),
    Column(
        field="gender",
        title=Told("性别", "gender"),
        names=("性别", "gender"),
        read=kinds.term(
            "gender", Gender, {"男性": Gender.MALE, "女性": Gender.FEMALE}, Told("性别", "gender")
        ),
        choices=tuple(gender.chinese for gender in Gender),
        width=6,
    ),
    Column(
        field="birth_on",
        title=Told("出生日期", "birth"),
        names=("出生日期", "出生年月", "出生年月日", "出生时间", "生日", "出生", "birth"),
        read=kinds.day("birth_on"),
        is_past=True,
        asides=frozenset(("month-only", "october")),
    ),
    Column(
        field="id_number",
        title=Told("身份证号", "identity number"),
        names=(
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "公民身份证号",
            "公民身份证号码",
            "身份证",
            "身份号码",
            "证件号码",
            "居民身份证号",
            "居民身份证号码",
            "id-number",
        ),
        read=kinds.only("id_number", read_identity),
        private=(3, 2),
        width=20,
    ),
    Column(
        field="phone",
        title=Told("电话", "telephone"),
        names=(
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "联系电话",
            "联系方式",
            "电话号码",
            "移动电话",
            "联系手机",
            "本人电话",
            "手机电话",
            "phone",
        ),
        read=kinds.only("phone", read_telephone),
        private=(3, 2),
        width=14,
    ),
    Column(
        field="category",
        title=Told("类别", "category"),
        names=(
            "类别",
            "党员类别",
            "在职状态",
            "在岗情况",
            "人员状态",
            "在职情况",
            "是否在岗",
            "在岗状态",
            "在职/退休",
            "在职离退休",
            "category",
        ),
        read=standing.read_category,
        choices=tuple(category.chinese for category in Category),
    ),
)


def said_by(text: str) -> Values:
    """Return the category and the Party cell in the name of a sheet or the title of a section."""
    said = standing.category_of(text)
    bare = re.sub(
        r"^[一二三四五六七八九十]、|^[（(][一二三四五六七八九十]+[）)]|[:：].*$", "", text.strip()
    )
    if CELL.match(bare):
        said["cell"] = bare
    return said


ROSTER = Form(noun="member", version=1, columns=COLUMNS, said_by=said_by)
"""The roster: one row per member."""
