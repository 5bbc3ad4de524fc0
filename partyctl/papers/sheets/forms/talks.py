"""The sheet of heart-to-heart talks: people, day, subject and follow-up."""

from partyctl.bilingual import Told
from partyctl.papers.sheets import kinds
from partyctl.papers.sheets.form import Column, Form
from partyctl.papers.sheets.forms.roster import NUMBER

COLUMNS = (
    NUMBER,
    Column(
        field="name",
        title=Told("谈话对象", "with"),
        names=(
            "谈话对象",
            "被谈话人",
            "谈话双方",
            "谈话人员",
            "参加人员",
            "谈心对象",
            "谈话对象姓名",
            "被谈心人",
            "with",
        ),
        read=kinds.people("name"),
        is_key=True,
        is_needed=True,
        width=16,
    ),
    Column(
        field="talker",
        title=Told("谈话人", "by"),
        names=("谈话人", "主谈人", "谈心人", "谈话人姓名", "by"),
        read=kinds.people("talker"),
    ),
    Column(
        field="held_on",
        title=Told("谈话日期", "on"),
        names=("谈话日期", "谈话时间", "谈心时间", "谈心日期", "日期", "时间", "on"),
        read=kinds.day("held_on"),
        is_past=True,
    ),
    Column(
        field="place",
        title=Told("谈话地点", "place"),
        names=("谈话地点", "地点", "谈心地点", "place"),
        read=kinds.prose("place"),
    ),
    Column(
        field="theme",
        title=Told("谈话主题", "theme"),
        names=("谈话主题", "主题", "theme"),
        read=kinds.prose("theme"),
    ),
    Column(
        field="note",
        title=Told("谈话内容", "note"),
        names=("谈话内容", "主要内容", "内容", "谈心内容", "谈话情况", "note"),
        read=kinds.prose("note"),
        width=30,
    ),
    Column(
        field="follow_up",
        title=Told("后续事项", "follow-up"),
        names=("后续事项", "整改措施", "需跟进事项", "后续措施", "跟进事项", "follow-up"),
        read=kinds.prose("follow_up"),
        width=20,
    ),
    Column(
        field="due",
        title=Told("完成时限", "due"),
        names=("完成时限", "时限", "期限", "后续期限", "完成期限", "due"),
        read=kinds.day("due"),
    ),
)

TALKS = Form(noun="talk", version=1, columns=COLUMNS)
"""One row per talk."""
