"""Write a list as one web page for A4 paper. The page has no script and loads nothing from the network."""

from collections.abc import Iterator
from html import escape

from partyctl.language import say
from partyctl.papers.listings.listing import Block, Listing

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<style>
{style}
</style>
</head>
<body>
<h1>{name}</h1>
{body}
<footer>{foot}</footer>
</body>
</html>
"""

STYLE = """\
:root { color-scheme: light dark; }
body { font: 14px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  margin: 2em auto; max-width: 72em; padding: 0 1em; }
h1 { font-size: 1.4em; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.5em; }
caption { text-align: left; font-weight: bold; padding: .5em 0; }
th, td { border: 1px solid #999; padding: .25em .5em; text-align: left; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: anywhere; }
th { background: #eee; color: #000; white-space: nowrap; }
.breach { color: #b00020; font-weight: bold; } .overdue { color: #c62828; }
.advised { color: #8a6d00; } .late { color: #8e24aa; }
.due { color: #00695c; } .met { color: #2e7d32; } .waived { color: #777; }
footer { font-size: .8em; color: #777; border-top: 1px solid #999; padding-top: .5em; }
@page { size: A4 landscape; margin: 12mm; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; }
  thead { display: table-header-group; } tr { break-inside: avoid; } }"""


def as_html(listing: Listing, language: str) -> bytes:
    """Return the page with the tables and the text between them, in order."""
    body = "\n".join(line for part in listing.parts for line in _part(part))
    page = PAGE.format(
        language=language,
        name=escape(listing.name),
        style=STYLE,
        body=body,
        foot=escape(listing.foot),
    )
    return page.encode()


def _part(part: Block | str) -> Iterator[str]:
    if isinstance(part, str):
        yield f"<p>{escape(part)}</p>"
        return
    yield "<table>"
    if part.title:
        yield f"<caption>{escape(part.title)}</caption>"
    if any(part.headings):
        cells = "".join(f"<th>{escape(cell)}</th>" for cell in part.headings)
        yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"
    for row in part.rows:
        tone = f' class="{escape(row.tone)}"' if row.tone else ""
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
        yield f"<tr{tone}>{cells}</tr>"
    if not part.rows:
        none = escape(say("无", "none"))
        yield f'<tr><td colspan="{len(part.headings)}">{none}</td></tr>'
    yield "</tbody></table>"
