"""The papers that follow a democratic-life meeting (支部·五(5)), except the meeting's record."""

from form_drawing import Fields, Layout, Loop

PACKAGE = (
    Layout(
        "dl-cover",
        ("民主生活会材料目录", "Papers of a democratic-life meeting"),
        (
            Fields((("时间",), ("主题",))),
            Loop(
                "",
                "各材料",
                (
                    ("序号", "序号", 14),
                    ("材料", "材料", 40),
                    ("文件", "文件", 60),
                    ("交齐日期", "交齐", 42),
                ),
            ),
        ),
    ),
    Layout(
        "dl-report",
        ("民主生活会情况报告", "Report on a democratic-life meeting"),
        (
            Fields(
                (
                    ("时间",),
                    ("地点", "主持人"),
                    ("主题",),
                    ("应到", "实到"),
                    ("缺席及原因=缺席",),
                    ("列席",),
                    ("学习天数", "谈心谈话"),
                    ("党内意见", "党外意见"),
                    ("征求意见日期",),
                    ("发言提纲=提纲",),
                    ("批评与自我批评=批评",),
                    ("查摆问题",),
                    ("上次整改落实=上次整改",),
                ),
                {"查摆问题": 40, "批评与自我批评=批评": 24},
            ),
        ),
        ("党组书记",),
    ),
    Layout(
        "dl-outlines",
        ("民主生活会发言提纲", "Outlines for a democratic-life meeting"),
        (
            Fields((("时间",), ("主题",))),
            Loop(
                "",
                "各提纲",
                (("姓名", "姓名", 26), ("提交日期", "日期", 40), ("发言提纲", "提纲", 90)),
                high=40,
            ),
        ),
    ),
    Layout(
        "dl-opinions",
        ("民主生活会征求群众意见", "Opinions before a democratic-life meeting"),
        (
            Fields((("征求意见日期",), ("党内意见", "党外意见"))),
            Loop("意见原文", "各意见", (("来源", "来源", 40), ("内容", "内容", 116)), high=20),
        ),
    ),
    Layout(
        "dl-measures",
        ("民主生活会整改措施", "Measures after a democratic-life meeting"),
        (
            Loop(
                "",
                "各措施",
                (
                    ("序号", "序号", 12),
                    ("问题", "问题", 44),
                    ("措施", "措施", 44),
                    ("责任人", "责任人", 20),
                    ("时限", "时限", 36),
                    ("销号", "销号", 30),
                ),
            ),
        ),
        ("党组书记",),
    ),
)
