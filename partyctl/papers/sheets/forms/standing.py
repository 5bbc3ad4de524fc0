"""Parse a member's standing (正式 or 预备), category (在职 or 离退休) and posts."""

import re

from partyctl.bilingual import Told
from partyctl.papers.sheets.form import Values
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.unread import Unread
from partyctl.papers.sheets.words import read_yes, text_of, unknown_word
from partyctl.terms import Category, Post

STANDING = {
    **dict.fromkeys(("正式党员", "正式", "中共党员", "中共正式党员", "党员", "full"), False),
    **dict.fromkeys(("预备党员", "预备", "中共预备党员", "probationary"), True),
}
CATEGORIES = {
    **{category.chinese: category for category in Category},
    **{category.value: category for category in Category},
    **dict.fromkeys(("在职", "在岗", "在编", "在职在岗", "在职干部"), Category.EMPLOYED),
    **dict.fromkeys(
        ("离退休", "退休", "离休", "离退", "已退休", "已离休", "不在岗"), Category.RETIRED
    ),
    **dict.fromkeys(("学生", "在校学生"), Category.STUDENT),
    **dict.fromkeys(("农民", "农牧民", "农民党员"), Category.FARMER),
    **dict.fromkeys(("下岗失业", "下岗", "失业", "待业", "下岗失业人员"), Category.UNEMPLOYED),
}
OF_CATEGORY = Told("党员类别", "category")
PLACES = (
    (re.compile("不在岗|离退休|退休|离休"), Category.RETIRED),
    (re.compile("在岗|在职"), Category.EMPLOYED),
    (re.compile("学生党员"), Category.STUDENT),
    (re.compile("农民党员|农牧民"), Category.FARMER),
    (re.compile("下岗|失业|待业"), Category.UNEMPLOYED),
)
ENDINGS = re.compile("(?:党员|人员|干部|职工|同志)$")

POSTS = {
    **{post.chinese: post for post in Post},
    **{post.value: post for post in Post},
    **dict.fromkeys(("书记", "支书", "党支部书记", "支部委员会书记"), Post.BRANCH_SECRETARY),
    **dict.fromkeys(("支部副书记", "党支部副书记"), Post.DEPUTY_SECRETARY),
    **dict.fromkeys(("支部组织委员", "党支部组织委员"), Post.ORGANIZATION),
    **dict.fromkeys(("支部宣传委员", "党支部宣传委员"), Post.PUBLICITY),
    **dict.fromkeys(
        ("纪律检查委员", "纪律委员", "支部纪检委员", "党支部纪检委员", "支部纪律检查委员"),
        Post.DISCIPLINE,
    ),
    **dict.fromkeys(("支委", "委员", "支委委员", "支委会委员", "党支部委员"), Post.COMMITTEE),
    **dict.fromkeys(("党小组长", "小组长", "组长", "小组组长"), Post.CELL_LEADER),
    "局党组书记": Post.LEADING_SECRETARY,
    "局党组成员": Post.LEADING_MEMBER,
}
NO_POST = frozenset(("普通党员", "党员", "无职务", "群众", "正式党员", "预备党员", "一般党员"))
BETWEEN = re.compile(r"[、，,；;/／\n+＋]|兼任|兼|(?<=[员记长])和|\s+")


def read_standing(cell: Cell) -> Values:
    """Parse 正式, 预备 or a category.

    A column named 类别 can contain any of these words.
    """
    text = text_of(cell)
    if text is None:
        return {}
    word = re.sub(r"\s+", "", text).lower()
    if word in STANDING:
        return {"probationary": STANDING[word]}
    category = CATEGORIES.get(word) or CATEGORIES.get(ENDINGS.sub("", word))
    if category is not None:
        return {"category": category}
    raise Unread(
        "standing",
        f"“{text}”说的是哪一种？请写正式党员或预备党员",
        f"what is “{text}”? Write full or probationary",
        choices=("正式党员", "预备党员"),
    )


def read_probationary(cell: Cell) -> Values:
    """Parse a cell of a column named 预备党员, which contains yes, no, 正式 or 预备."""
    try:
        said = read_yes(cell)
    except Unread:
        return read_standing(cell)
    return {} if said is None else {"probationary": said}


def read_category(cell: Cell) -> Values:
    """Parse a member's category.

    正式 and 预备 are also accepted, because some rosters have these words in this column.
    """
    try:
        return read_standing(cell)
    except Unread:
        raise unknown_word(Category, text_of(cell) or "", CATEGORIES, OF_CATEGORY) from None


def category_of(text: str) -> Values:
    """Return the category in the name of a sheet or section, if the name has only one category."""
    words = text
    found = []
    for pattern, category in PLACES:
        if pattern.search(words):
            found.append(category)
            words = pattern.sub("", words)
    return {"category": found[0]} if len(found) == 1 else {}


def read_posts(cell: Cell) -> Values:
    """Parse the posts in a cell. Words in NO_POST are ignored.

    Raises Unread for any other word that is not a Party post.
    """
    text = text_of(cell)
    if text is None:
        return {}
    parts = [part for part in BETWEEN.split(text) if part and part.strip()]
    posts = [POSTS[part.lower()] for part in parts if part.lower() in POSTS]
    others = [part for part in parts if part.lower() not in POSTS and part not in NO_POST]
    said: Values = {"posts": list(dict.fromkeys(posts))} if posts else {}
    if others:
        unclear = unknown_word(Post, "、".join(others), POSTS, Told("党内职务", "post"))
        raise Unread(
            "post",
            f"“{'、'.join(others)}”不是党内职务"
            if not posts
            else f"其中“{'、'.join(others)}”不是党内职务",
            f"“{', '.join(others)}” is not a post in the Party",
            choices=unclear.choices,
            said=said,
        )
    return said
