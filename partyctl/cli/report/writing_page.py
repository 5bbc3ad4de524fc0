"""Write the page of a month or a year to one private file."""

import hashlib
from datetime import date
from pathlib import Path

from partyctl.calendar import Period, period_of
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import require_ending, require_free, write_file
from partyctl.cli.session import current
from partyctl.contract.papers import ReportPage
from partyctl.language import say
from partyctl.show.tables import print_json

HTML = ".html"


def write_page(
    period: Period,
    output: Path | None,
    on: date,
    *,
    with_names: bool,
    replace: bool,
    as_json: bool,
) -> None:
    """Write the page of a period and print its file name. Raises BadUsage, Refused."""
    path = output or Path(say(f"党建工作一览-{period}{HTML}", f"party-work-{period}{HTML}"))
    require_ending(path, HTML)
    require_free(path, replace=replace)
    from partyctl.cli.report.gathering import page_of
    from partyctl.papers.pages.drawing import draw  # slow (0.1 s), so imported only here

    start = period_of("month", period_of("year", period.first).first)
    with current.reading(on, start) as reading:
        page = page_of(reading, period, with_names=with_names)
    content = draw(page)
    write_file(path, content, replace=replace)
    if as_json:
        digest = hashlib.sha256(content).hexdigest()
        summary = {status.value: count for status, count in page.counts.items()}
        answer: ReportPage = {"file": str(path), "sha256": digest, "summary": summary}
        print_json(answer)
        return
    tell(say(f"已写出 {path}（{page.verdict}）", f"{path} written: {page.verdict}"))
