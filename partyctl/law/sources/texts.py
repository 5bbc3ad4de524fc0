"""The national texts that apply in addition to the bureau's regulation, and when each came into force.

An act is judged by the text that is in force on the day of the act. An article is cited only if we
could read a public copy of its text.
"""

from datetime import date

from partyctl.light import NamedTuple


class Text(NamedTuple):
    """A national text, with its short name.

    A citation refers to the whole text, or to one of its articles.
    """

    name: str
    title: str
    since: date
    until: date = date.max

    def __str__(self) -> str:
        return self.name

    def article(self, number: int) -> str:
        """The citation of one article."""
        return f"{self.name}·{number}"


BRANCH_WORK = Text("支部工作条例", "中国共产党支部工作条例（试行）", date(2018, 10, 28))
EDUCATION = Text("党员教育管理条例", "中国共产党党员教育管理工作条例", date(2019, 5, 6))
ELECTIONS = Text("基层选举条例", "中国共产党基层组织选举工作条例", date(2020, 7, 13))
DUES = Text("党费规定", "关于中国共产党党费收缴、使用和管理的规定", date(2008, 4, 1))
ADMISSION_2014 = Text(
    "发展党员细则2014", "中国共产党发展党员工作细则（2014）", date(2014, 5, 28), date(2026, 5, 11)
)
ADMISSION_2026 = Text("发展党员细则", "中国共产党发展党员工作细则（2026）", date(2026, 5, 11))

TEXTS = (BRANCH_WORK, EDUCATION, ELECTIONS, DUES, ADMISSION_2014, ADMISSION_2026)


def text_of(article: str) -> Text | None:
    """The national text that a citation refers to; None for a clause of the bureau's regulation."""
    name = article.split("、")[0].partition("·")[0]
    return next((text for text in TEXTS if text.name == name), None)
