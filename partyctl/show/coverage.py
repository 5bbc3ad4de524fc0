"""Show on the screen and in docs/coverage.md which rules or commands cover each clause."""

from collections import Counter
from collections.abc import Sequence

from partyctl.bilingual import many
from partyctl.language import comma_list, say, title_of, worded
from partyctl.law.questions.coverage import Coverage, Covered
from partyctl.law.sources.clauses import CHAPTERS
from partyctl.show.tables import Line, print_table


def told(found: Sequence[Covered]) -> str:
    """Say how many clauses there are, and how many are covered in each way."""
    counts = Counter(each.kind for each in found)
    parts = say("，", ", ").join(f"{kind.label} {counts[kind]}" for kind in Coverage)
    return say(f"{len(found)} 条：{parts}", f"{many(len(found), 'clause')}: {parts}")


def print_coverage(found: Sequence[Covered]) -> None:
    """Print a line for each clause."""
    headings = (say("条款", "clause"), say("落在", "as"), say("规则或命令", "rule or command"), "")
    print_table(
        headings,
        [Line((each.clause, each.kind.label, _by(each), worded(each.words))) for each in found],
    )


def _by(each: Covered) -> str:
    return comma_list((*each.rules, *each.commands))


def page(found: Sequence[Covered]) -> str:
    """Return a Markdown page about all clauses, by chapter."""
    by_clause = {each.clause: each for each in found}
    lines = [
        f"# {say('逐条对照', 'Clause by clause')}",
        "",
        told(found) + say("。", "."),
        "",
    ]
    lines += ["<!-- partyctl rules coverage --markdown -->"]
    for chapter in CHAPTERS:
        lines += ["", f"## {title_of(chapter)}", ""]
        lines += [
            say("| 条款 | 落在 | 规则或命令 | 说明 |", "| clause | as | by | what |"),
            "|---|---|---|---|",
        ]
        for clause in chapter.clauses:
            each = by_clause[clause]
            names = comma_list(f"`{name}`" for name in (*each.rules, *each.commands))
            lines.append(f"| {clause} | {each.kind.label} | {names} | {worded(each.words)} |")
    return "\n".join(lines) + "\n"
