"""`partyctl calendar`: the days that count."""

from partyctl.cli import holidays
from partyctl.cli.group import noun

app = noun("日历：节假日和调休上班日", "Public holidays and make-up working days")
app.add_typer(holidays.app, name="holidays")
