"""Alembic's entry point: partyctl passes a connection and controls the transaction.

When `make migration m="…"` drafts a migration, Alembic compares the tables with a temporary ledger,
which `-x ledger=FILE` names.
"""

from pathlib import Path

from alembic import context

from partyctl.ledger.tables.all import METADATA
from partyctl.ledger.writing.session import engine_for


def run(connection):
    """Run the requested migrations, or compare the tables to draft one."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    scratch = Path(context.get_x_argument(as_dictionary=True)["ledger"])
    with engine_for(scratch, migrating=True).begin() as connection:
        run(connection)
