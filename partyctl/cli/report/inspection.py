"""`partyctl report inspection`: a folder with a year's papers, and a table of the unmet duties."""

from datetime import date
from pathlib import Path

from partyctl.bilingual import many
from partyctl.calendar import Period
from partyctl.cli.output.answers import tell
from partyctl.cli.paper.sources import the_branch
from partyctl.cli.report.folders import MANIFEST, Folder, prepared_folder, require_free_folder
from partyctl.cli.report.gaps import gap_register, gaps_of
from partyctl.cli.report.planning import Object, Planned, folder_of, planned
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.cli.sheets.progress import Progress
from partyctl.contract.papers import ReportInspection
from partyctl.errors import FOUND
from partyctl.language import say, title_of
from partyctl.law.questions.scoreboard import Item, Scoreboard
from partyctl.law.sources.clauses import CHAPTERS
from partyctl.ledger.reading.bodies import Branch, head
from partyctl.papers.labels import label
from partyctl.papers.pages.index import File, Index, Part, as_html
from partyctl.show.papers import mark, printed_foot
from partyctl.show.scoreboard import verdict
from partyctl.show.tables import print_json
from partyctl.terms import Status

KIND = "inspection"
FEW = 20
"""A progress bar is shown only if there are at least this many papers."""


def write_inspection(
    year: Period, output: Path | None, on: date, *, replace: bool, as_json: bool
) -> int:
    """Write the folder. Return 3 if something is overdue or in breach, otherwise 0. Raises Refused."""
    place = output or Path(say(f"迎检材料-{year}", f"inspection-{year}"))
    require_free_folder(place, KIND, replace=replace)
    with current.reading(on) as reading:
        branch = the_branch(reading)
        with prepared_folder(place, KIND, replace=replace) as folder:
            board, gaps = gaps_of(reading, year)
            files = _papers(reading, folder, list(planned(reading, branch, year)))
            _rest(reading, folder, year, branch, files, (board, gaps))
    must = sum(each.obligation.status is not Status.ADVISED for each in gaps)
    if as_json:
        answer: ReportInspection = {
            "folder": str(place),
            "files": len(folder.digests),
            "gaps": must,
            "advised": len(gaps) - must,
            "sha256": folder.digests[MANIFEST],
        }
        print_json(answer)
    else:
        _tell(place, len(folder.digests), must, len(gaps) - must)
    return FOUND if must else 0


def _tell(place: Path, files: int, gaps: int, advised: int) -> None:
    tell(
        say(
            f"已写出 {place}（{files} 个文件，缺口 {gaps} 项，提示 {advised} 项）",
            f"{place} written: {many(files, 'file')}, {many(gaps, 'gap')}, {advised} advised",
        )
    )


def _papers(
    reading: Reading, folder: Folder, wanted: list[Planned]
) -> list[tuple[Planned, Object]]:
    """Write every paper; return the papers, each with its entry for the manifest."""
    progress = Progress(FEW)
    found = []
    try:
        for done, paper in enumerate(wanted, start=1):
            paper = _free(folder, paper)
            content, _, blanks = paper.make()
            digest = folder.add(paper.path, content)
            found.append(
                (
                    paper,
                    {
                        "path": paper.path,
                        "sha256": digest,
                        "size": len(content),
                        "title": paper.title,
                        "article": paper.clause,
                        "blank": blanks,
                    },
                )
            )
            progress.advance(done, len(wanted))
    finally:
        progress.clear()
    return found


def _free(folder: Folder, paper: Planned) -> Planned:
    """Return the paper; if its file name is taken in the folder, add a number to the name.

    Two papers get the same file name if, for example, two people have the same name.
    """
    named, number = paper, 2
    while not folder.is_free(named.path):
        stem, dot, ending = paper.name.rpartition(".")
        name = f"{stem}-{number}{dot}{ending}" if stem else f"{paper.name}-{number}"
        named, number = paper._replace(name=name), number + 1
    return named


def _rest(
    reading: Reading,
    folder: Folder,
    year: Period,
    branch: Branch,
    files: list[tuple[Planned, Object]],
    found: tuple[Scoreboard, list[Item]],
) -> None:
    """Write the gaps, the index, the manifest and the checksums."""
    from partyctl.papers.sheets.registers import as_workbook

    board, gaps = found
    foot = printed_foot(reading.ledger)
    index_file = say("00-目录.html", "00-contents.html")
    gap_file = say("缺口.xlsx", "gaps.xlsx")
    folder.add(gap_file, as_workbook(gap_register(reading, year, gaps), foot, reading.on))
    must = sum(each.obligation.status is not Status.ADVISED for each in gaps)
    index = Index(
        title=say(f"{year} 年迎检材料", f"Papers of {year} for inspection"),
        whose=branch.name,
        year=year.name,
        as_of=reading.on.isoformat(),
        verdict=verdict(board),
        gap_file=gap_file,
        gaps=must,
        advised=len(gaps) - must,
        parts=tuple(_parts(files)),
        foot=foot,
    )
    folder.add(index_file, as_html(index))
    folder.close(
        {
            "kind": KIND,
            "year": year.name,
            "branch": branch.name,
            "as_of": reading.on.isoformat(),
            "ledger": mark(reading.ledger),
            "head": head(reading.ledger),
            "summary": {status.value: count for status, count in board.counts.items()},
            "gaps": must,
            "advised": len(gaps) - must,
            "files": [told for _, told in files],
            "others": {name: folder.digests[name] for name in (index_file, gap_file)},
        }
    )


def _parts(files: list[tuple[Planned, Object]]) -> list[Part]:
    return [
        Part(
            f"{folder_of(chapter)[:2]} {title_of(chapter)}",
            tuple(
                File(
                    paper.path,
                    paper.title,
                    paper.clause,
                    tuple(dict.fromkeys(map(label, told["blank"]))),
                )
                for paper, told in files
                if paper.chapter == chapter
            ),
        )
        for chapter in CHAPTERS
    ]
