"""The schema of the first release."""

import re
from pathlib import Path

from alembic import op

revision = "0007"
down_revision = None

STATEMENTS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n")


def upgrade():
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade():
    for table in reversed(re.findall(r'CREATE TABLE "?(\w+)', "".join(STATEMENTS))):
        op.drop_table(table)
