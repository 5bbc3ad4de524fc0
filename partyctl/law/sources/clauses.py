"""The identifiers of the 97 clauses of the bureau's regulation, by chapter."""

from partyctl.law.sources.texts import text_of
from partyctl.light import NamedTuple


class Chapter(NamedTuple):
    """A chapter of one of the regulation's four systems (制度), and the clauses in it."""

    system: str
    title: str
    english: str
    numbers: tuple[str, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The full identifiers of the chapter's clauses."""
        return tuple(f"{self.system}·{number}" for number in self.numbers)


CHAPTERS = (
    Chapter(
        "责任",
        "党组党建工作责任制度",
        "Responsibilities of the leading group",
        ("1", "2", "3", "4", "5", "6"),
    ),
    Chapter("支部", "一、学习制度", "I. Study", ("一",)),
    Chapter(
        "支部",
        "二、“三会一课”制度",
        "II. Three meetings and one lecture",
        (
            "二",
            "二(一)1",
            "二(一)2",
            "二(一)3",
            "二(一)4",
            "二(二)1",
            "二(二)2",
            "二(二)3",
            "二(二)4",
            "二(三)",
        ),
    ),
    Chapter(
        "支部", "三、组织生活会制度", "III. Organisation life", ("三1", "三2", "三3", "三4", "三5")
    ),
    Chapter("支部", "四、民主评议党员", "IV. Annual review", ("四", "四1", "四2", "四3", "四4")),
    Chapter(
        "支部",
        "五、民主生活会制度",
        "V. Democratic life",
        ("五", "五(1)", "五(2)", "五(3)", "五(4)", "五(5)", "五(6)", "五(7)"),
    ),
    Chapter(
        "支部",
        "六、发展党员制度",
        "VI. Admission",
        ("六", *(f"六{number}" for number in range(1, 12))),
    ),
    Chapter("支部", "七、党费缴纳制度", "VII. Dues", ("七", "七1", "七2", "七3")),
    Chapter("支部", "八、谈心谈话制度", "VIII. Talks", ("八",)),
    Chapter(
        "支部", "九、党建工作联系点制度", "IX. Contact points", ("九", "九1", "九2", "九3", "九4")
    ),
    Chapter(
        "支部",
        "十、党风廉政建设制度",
        "X. Integrity",
        ("十", *(f"十{number}" for number in range(1, 9))),
    ),
    Chapter("公开", "党务公开工作制度", "Openness", tuple(str(number) for number in range(1, 13))),
    Chapter(
        "防范",
        "廉政风险防范制度",
        "Prevention of integrity risks",
        (
            "一",
            "二",
            "三",
            *(f"三{number}" for number in range(1, 10)),
            "四1",
            "四2",
            "四3",
            "四4",
            "四5",
            "五",
            "六",
        ),
    ),
)
NATIONAL = Chapter("全国", "全国规定（提示）", "National rules (advice)", ())
"""The chapter of national rules, which comes after all other chapters."""

CHAPTER_OF = {clause: chapter for chapter in CHAPTERS for clause in chapter.clauses}


class System:
    """One of the regulation's four systems (制度).

    The clauses of a system are cited by number, as in BRANCH["二(一)1"].
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __getitem__(self, numbers: str | tuple[str, ...]) -> str:
        """The citation of one clause, or of several clauses joined by 「、」.

        Raises KeyError for an unknown clause.
        """
        cited = [f"{self.name}·{n}" for n in ([numbers] if isinstance(numbers, str) else numbers)]
        for clause in cited:
            CHAPTER_OF[clause]
        return "、".join(cited)


RESPONSIBILITY = System("责任")
BRANCH = System("支部")
OPENNESS = System("公开")
PREVENTION = System("防范")


def chapter_of(article: str) -> Chapter:
    """The chapter that a rule belongs to: the chapter of the first clause that the rule cites.

    Raises KeyError if `article` is neither a clause nor a national text.
    """
    if text_of(article) is not None:
        return NATIONAL
    return CHAPTER_OF[article.split("、")[0]]
