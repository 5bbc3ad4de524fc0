"""The forms of `partyctl paper` as data: each form's fields, in their order.

A field whose label differs from its name is written as `label=field`.
"""

from form_drawing import Fields, Layout, Loop
from package_layouts import PACKAGE

from partyctl.papers.forms.registers import COLUMNS
from partyctl.terms import PaperKind

SPEECHES = Loop("发言要点", "各发言", (("姓名", "姓名", 26), ("发言要点", "要点", 130)))
VOTES = Loop(
    "表决和决议",
    "各表决",
    (
        ("议题", "议题", 44),
        ("应到", "应到", 12),
        ("实到", "实到", 12),
        ("赞成", "赞成", 12),
        ("反对", "反对", 12),
        ("弃权", "弃权", 12),
        ("决议", "决议", 52),
    ),
)
TASKS = Loop(
    "责任人和期限",
    "各任务",
    (("事项", "事项", 90), ("责任人", "责任人", 26), ("完成期限", "期限", 40)),
)
FOUR = (
    ("优秀", "优秀", 22),
    ("合格", "合格", 22),
    ("基本合格", "基本合格", 22),
    ("不合格", "不合格", 22),
)

FORMS = (
    Layout(
        "meeting-record",
        ("会 议 记 录", "Record of a meeting"),
        (
            Fields(
                (
                    ("会议名称", "会议次数=第几次"),
                    ("时间",),
                    ("地点",),
                    ("主持人", "记录人"),
                    ("应到", "实到"),
                    ("缺席及原因=缺席",),
                    ("列席",),
                    ("议题",),
                ),
                {"议题": 12},
            ),
            SPEECHES,
            VOTES,
            TASKS,
            Fields((("记录",),), {"记录": 16}),
        ),
        ("主持人", "记录人"),
    ),
    Layout(
        "study-record",
        ("学 习 记 录", "Record of a study session"),
        (
            Fields(
                (
                    ("会议名称", "学时"),
                    ("时间",),
                    ("地点",),
                    ("主持人", "讲课人"),
                    ("应到", "实到"),
                    ("缺席及原因=缺席",),
                    ("学习主题=主题",),
                    ("学习内容=议题",),
                    ("记录人",),
                ),
                {"学习内容=议题": 20},
            ),
            SPEECHES,
            Fields((("记录",),), {"记录": 60}),
        ),
        ("主持人", "记录人"),
    ),
    Layout(
        "sign-in",
        ("签 到 表", "Sign-in sheet"),
        (
            Fields((("会议名称", "应到"), ("时间",), ("地点", "主持人"))),
            Loop(
                "",
                "各人",
                (
                    ("序号", "序号", 14),
                    ("姓名", "姓名", 32),
                    ("签名", "签名", 60),
                    ("备注", "备注", 50),
                ),
                high=11,
            ),
        ),
    ),
    Layout(
        "talk-record",
        ("谈心谈话记录", "Record of a talk"),
        (
            Fields(
                (
                    ("时间",),
                    ("地点", "类型"),
                    ("谈话人",),
                    ("谈话对象",),
                    ("主题",),
                    ("内容",),
                    ("意见建议=意见",),
                    ("后续措施=后续",),
                ),
                {"内容": 70, "意见建议=意见": 30, "后续措施=后续": 20},
            ),
        ),
        ("谈话人", "谈话对象"),
    ),
    Layout(
        "visit-record",
        ("联系点走访记录", "Record of a visit"),
        (
            Fields(
                (
                    ("联系点", "联系领导"),
                    ("时间", "形式"),
                    ("参加人",),
                    ("内容",),
                    ("意见建议=意见",),
                    ("后续措施=后续",),
                ),
                {"内容": 70, "意见建议=意见": 30, "后续措施=后续": 20},
            ),
        ),
        ("联系领导",),
    ),
    Layout(
        "activist-form",
        ("入党积极分子登记表", "Registration form of an activist"),
        (
            Fields(
                (
                    ("姓名", "性别"),
                    ("民族", "出生年月"),
                    ("籍贯", "学历"),
                    ("参加工作时间", "单位及职务=单位职务"),
                    ("申请入党时间=申请时间", "确定时间"),
                    ("培养联系人",),
                    ("本人简历=简历",),
                    ("家庭主要成员和主要社会关系=家庭",),
                    ("奖惩情况=奖惩",),
                    ("推荐、推优意见=推荐意见",),
                    ("支委会意见",),
                    ("公示",),
                    ("上级备案意见=备案意见",),
                    ("政审结论",),
                    ("发展对象意见",),
                ),
                {
                    **{"本人简历=简历": 40, "家庭主要成员和主要社会关系=家庭": 40},
                    **{"支委会意见": 20, "推荐、推优意见=推荐意见": 16},
                },
            ),
            Loop(
                "每半年考察意见",
                "各考察",
                (
                    ("日期", "日期", 34),
                    ("结果", "结果", 20),
                    ("考察人", "考察人", 36),
                    ("考察意见", "意见", 66),
                ),
            ),
        ),
        ("培养联系人", "支部书记"),
    ),
    Layout(
        "exam-form",
        ("入党积极分子考察表", "Examination form of an activist"),
        (
            Fields(
                (
                    ("姓名", "申请时间"),
                    ("考察期间",),
                    ("确定时间", "考察日期"),
                    ("培养联系人",),
                    ("本期思想汇报=思想汇报",),
                    ("政治思想表现=思想表现",),
                    ("工作表现",),
                    ("学习表现",),
                    ("联系人意见",),
                    ("考察人", "考察结果"),
                    ("支部考察意见=考察意见",),
                ),
                {
                    **{"政治思想表现=思想表现": 24, "工作表现": 22, "学习表现": 20},
                    **{"联系人意见": 22, "支部考察意见=考察意见": 22},
                },
            ),
        ),
        ("培养联系人", "支部书记"),
    ),
    Layout(
        "admission-record",
        ("发展党员全程记录", "Record of an admission"),
        (
            Fields((("姓名", "出生年月"), ("申请时间", "阶段"), ("终止",))),
            Loop(
                "",
                "各步骤",
                (
                    ("日期", "日期", 44),
                    ("阶段", "阶段", 24),
                    ("步骤", "步骤", 40),
                    ("依据", "依据", 24),
                    ("人员", "人员", 30),
                    ("表决", "表决", 50),
                    ("结果、说明", "结果", 40),
                    ("决议签名", "签名", 30),
                ),
            ),
        ),
        ("支部书记",),
        sideways=True,
    ),
    Layout(
        "review-ballot",
        ("民主评议党员测评表", "Ballot of the yearly review"),
        (
            Loop(
                "在相应等次下打“√”，每人只选一项。",
                "各人",
                (("序号", "序号", 14), ("姓名", "姓名", 32), *FOUR),
                high=10,
            ),
        ),
        about=("{{ 党支部 }}　{{ 年度 }}年度", "{{ 党支部 }}   {{ 年度 }}"),
    ),
    Layout(
        "disclosure-approval",
        ("党务公开审批表", "Approval of a disclosure"),
        (
            Fields(
                (
                    ("公开事项=标题",),
                    ("种类", "公开范围=范围"),
                    ("公开方式=方式", "公开时限=时限"),
                    ("公开内容=内容",),
                    ("责任人", "保密审查"),
                    ("审定日期",),
                ),
                {"公开内容=内容": 70},
            ),
        ),
        ("责任人", "分管领导", "主要负责人"),
    ),
)
"""The papers that are forms with fields to fill in."""


def _register(kind: PaperKind) -> Layout:
    """A register in Word, which has the same columns as the register in Excel."""
    columns = tuple((column.name, column.name, column.width) for column in COLUMNS[kind])
    wide = sum(column.width for column in COLUMNS[kind]) > 75
    return Layout(
        kind.value,
        ("{{ 标题 }}", "{{ 标题 }}"),
        (Loop("", "各行", columns),),
        about=("{{ 说明 }}", "{{ 说明 }}"),
        sideways=wide,
        form=kind.chinese,
    )


LAYOUTS = (*FORMS, *PACKAGE, *map(_register, COLUMNS))
