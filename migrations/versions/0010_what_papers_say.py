"""New columns and tables: values that papers print, and where an admission's papers are kept."""

from alembic import op

revision = "0010"
down_revision = "0009"

COLUMNS = {
    "meeting": (
        "place TEXT",
        "from_time TEXT CONSTRAINT ck_meeting_from_time_is_time CHECK (from_time IS strftime('%H:%M', from_time))",
        "to_time TEXT CONSTRAINT ck_meeting_to_time_is_time CHECK (to_time IS strftime('%H:%M', to_time))",
        "recorder_id INTEGER CONSTRAINT fk_meeting_recorder_id REFERENCES member (id)",
        "recorder_staff_id INTEGER CONSTRAINT fk_meeting_recorder_staff_id REFERENCES staff (id)",
        "guests TEXT",
        "ordinal INTEGER CONSTRAINT ck_meeting_ordinal_is_whole CHECK (typeof(ordinal) NOT IN ('text', 'real', 'blob') AND ordinal >= 1)",
    ),
    "talk": ("place TEXT", "theme TEXT"),
    "disclosure": ("responsible TEXT",),
}
TABLES = {
    "meeting_speech": """
    CREATE TABLE meeting_speech (
        meeting_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        speaker TEXT NOT NULL,
        said TEXT NOT NULL,
        CONSTRAINT pk_meeting_speech PRIMARY KEY (meeting_id, place),
        CONSTRAINT ck_meeting_speech_speaker_is_filled CHECK (trim(speaker) <> ''),
        CONSTRAINT ck_meeting_speech_said_is_filled CHECK (trim(said) <> ''),
        CONSTRAINT fk_meeting_speech_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
    ) WITHOUT ROWID
    """,
    "applicant_paper": """
    CREATE TABLE applicant_paper (
        applicant_id INTEGER NOT NULL,
        paper TEXT NOT NULL,
        kept_at TEXT NOT NULL,
        CONSTRAINT pk_applicant_paper PRIMARY KEY (applicant_id, paper),
        CONSTRAINT ck_applicant_paper_paper_is_filled CHECK (trim(paper) <> ''),
        CONSTRAINT ck_applicant_paper_kept_at_is_filled CHECK (trim(kept_at) <> ''),
        CONSTRAINT fk_applicant_paper_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id)
    ) WITHOUT ROWID
    """,
}


def upgrade():
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in TABLES.values():
        op.execute(statement)


def downgrade():
    for table in TABLES:
        op.drop_table(table)
    for table, columns in COLUMNS.items():
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
