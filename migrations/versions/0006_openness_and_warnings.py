"""Openness and integrity risks: disclosures planned in more detail, opinions, warning cases."""

from alembic import op

revision = "0006"
down_revision = "0005"

ASIDE = "CREATE TABLE disclosure_before AS SELECT * FROM disclosure"
KEPT = "id, recorded_at, voided_at, void_reason, kind, title, scope, approved_on, withdrawn_on"
BACK = f"INSERT INTO disclosure ({KEPT}) SELECT {KEPT} FROM disclosure_before"

DISCLOSURE = """
    CREATE TABLE disclosure (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        scope TEXT NOT NULL,
        form TEXT,
        period_class TEXT,
        reviewed_on DATE,
        approved_on DATE,
        withdrawn_on DATE,
        CONSTRAINT pk_disclosure PRIMARY KEY (id),
        CONSTRAINT ck_disclosure_kind_is_known CHECK (kind IN ('briefing', 'regulations', 'progress', 'hot-topic', 'posted-rules', 'rectification', 'dues')),
        CONSTRAINT ck_disclosure_scope_is_known CHECK (scope IN ('internal', 'external')),
        CONSTRAINT ck_disclosure_form_is_known CHECK (form IN ('board', 'document', 'meeting')),
        CONSTRAINT ck_disclosure_period_class_is_known CHECK (period_class IN ('standing', 'periodic', 'any-time')),
        CONSTRAINT ck_disclosure_title_is_filled CHECK (trim(title) <> ''),
        CONSTRAINT ck_disclosure_reviewed_on_is_date CHECK (reviewed_on IS date(reviewed_on, '+0 days')),
        CONSTRAINT ck_disclosure_approved_on_is_date CHECK (approved_on IS date(approved_on, '+0 days')),
        CONSTRAINT ck_disclosure_withdrawn_on_is_date CHECK (withdrawn_on IS date(withdrawn_on, '+0 days'))
    )
    """

DISCLOSURE_BEFORE = """
    CREATE TABLE disclosure (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        scope TEXT NOT NULL,
        approved_on DATE,
        withdrawn_on DATE,
        CONSTRAINT pk_disclosure PRIMARY KEY (id),
        CONSTRAINT ck_disclosure_kind_is_known CHECK (kind IN ('briefing', 'regulations', 'progress', 'hot-topic', 'posted-rules', 'rectification', 'dues')),
        CONSTRAINT ck_disclosure_scope_is_known CHECK (scope IN ('internal', 'external')),
        CONSTRAINT ck_disclosure_title_is_filled CHECK (trim(title) <> ''),
        CONSTRAINT ck_disclosure_approved_on_is_date CHECK (approved_on IS date(approved_on, '+0 days')),
        CONSTRAINT ck_disclosure_withdrawn_on_is_date CHECK (withdrawn_on IS date(withdrawn_on, '+0 days'))
    )
    """

STATEMENTS = (
    """
    CREATE TABLE opinion (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        text TEXT NOT NULL,
        kind TEXT NOT NULL,
        channel TEXT,
        submitter TEXT,
        received_on DATE NOT NULL,
        CONSTRAINT pk_opinion PRIMARY KEY (id),
        CONSTRAINT ck_opinion_kind_is_known CHECK (kind IN ('individual', 'general', 'widespread', 'complex')),
        CONSTRAINT ck_opinion_channel_is_known CHECK (channel IN ('box', 'telephone', 'meeting')),
        CONSTRAINT ck_opinion_text_is_filled CHECK (trim(text) <> ''),
        CONSTRAINT ck_opinion_submitter_is_filled CHECK (trim(submitter) <> ''),
        CONSTRAINT ck_opinion_received_on_is_date CHECK (received_on IS date(received_on, '+0 days'))
    )
    """,
    """
    CREATE TABLE opinion_step (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        opinion_id INTEGER NOT NULL,
        step TEXT NOT NULL,
        taken_on DATE NOT NULL,
        referred_to TEXT,
        until_on DATE,
        said TEXT,
        CONSTRAINT pk_opinion_step PRIMARY KEY (id),
        CONSTRAINT ck_opinion_step_step_is_known CHECK (step IN ('refer', 'delay', 'settle', 'tell', 'publish')),
        CONSTRAINT ck_opinion_step_referred_to_is_known CHECK (referred_to IN ('leading', 'branch')),
        CONSTRAINT ck_opinion_step_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
        CONSTRAINT ck_opinion_step_until_on_is_date CHECK (until_on IS date(until_on, '+0 days')),
        CONSTRAINT ck_opinion_step_referred_to_somebody CHECK ((step = 'refer') = (referred_to IS NOT NULL)),
        CONSTRAINT ck_opinion_step_delayed_until CHECK ((step = 'delay') = (until_on IS NOT NULL)),
        CONSTRAINT ck_opinion_step_delay_has_a_reason CHECK (step <> 'delay' OR trim(said) <> ''),
        CONSTRAINT ck_opinion_step_until_after_taken CHECK (until_on > taken_on),
        CONSTRAINT fk_opinion_step_opinion_id FOREIGN KEY(opinion_id) REFERENCES opinion (id)
    )
    """,
    """
    CREATE INDEX ix_opinion_step_opinion_id ON opinion_step (opinion_id)
    """,
    """
    CREATE TABLE warning (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        member_id INTEGER,
        staff_id INTEGER,
        post TEXT,
        level TEXT NOT NULL,
        category INTEGER NOT NULL,
        scope TEXT,
        source TEXT,
        facts TEXT NOT NULL,
        issued_on DATE NOT NULL,
        approver_id INTEGER,
        approved_on DATE,
        CONSTRAINT pk_warning PRIMARY KEY (id),
        CONSTRAINT ck_warning_level_is_known CHECK (level IN ('inquiry', 'admonition', 'correction')),
        CONSTRAINT ck_warning_category_is_whole CHECK (typeof(category) NOT IN ('text', 'real', 'blob') AND category >= 1),
        CONSTRAINT ck_warning_category_is_one_of_nine CHECK (category <= 9),
        CONSTRAINT ck_warning_facts_is_filled CHECK (trim(facts) <> ''),
        CONSTRAINT ck_warning_issued_on_is_date CHECK (issued_on IS date(issued_on, '+0 days')),
        CONSTRAINT ck_warning_approved_on_is_date CHECK (approved_on IS date(approved_on, '+0 days')),
        CONSTRAINT ck_warning_one_person CHECK ((member_id IS NULL) <> (staff_id IS NULL)),
        CONSTRAINT ck_warning_approved_by_somebody CHECK ((approver_id IS NULL) = (approved_on IS NULL)),
        CONSTRAINT fk_warning_member_id FOREIGN KEY(member_id) REFERENCES member (id),
        CONSTRAINT fk_warning_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id),
        CONSTRAINT fk_warning_approver_id FOREIGN KEY(approver_id) REFERENCES member (id)
    )
    """,
    """
    CREATE INDEX ix_warning_member_id ON warning (member_id)
    """,
    """
    CREATE INDEX ix_warning_staff_id ON warning (staff_id)
    """,
    """
    CREATE TABLE warning_step (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        warning_id INTEGER NOT NULL,
        step TEXT NOT NULL,
        taken_on DATE NOT NULL,
        note TEXT,
        promise TEXT,
        demand TEXT,
        volume TEXT,
        CONSTRAINT pk_warning_step PRIMARY KEY (id),
        CONSTRAINT ck_warning_step_step_is_known CHECK (step IN ('deliver', 'reply', 'register', 'close', 'archive')),
        CONSTRAINT ck_warning_step_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
        CONSTRAINT ck_warning_step_archived_in_a_volume CHECK ((step = 'archive') = (volume IS NOT NULL)),
        CONSTRAINT ck_warning_step_registered_something CHECK ((step = 'register') = (promise IS NOT NULL OR demand IS NOT NULL)),
        CONSTRAINT fk_warning_step_warning_id FOREIGN KEY(warning_id) REFERENCES warning (id)
    )
    """,
    """
    CREATE UNIQUE INDEX ix_warning_step_once ON warning_step (warning_id, step) WHERE voided_at IS NULL AND step <> 'register'
    """,
    """
    CREATE INDEX ix_warning_step_warning_id ON warning_step (warning_id)
    """,
    """
    CREATE TABLE warning_talk (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        warning_id INTEGER NOT NULL,
        held_on DATE NOT NULL,
        notified_on DATE,
        place TEXT,
        outline TEXT,
        unclear BOOLEAN NOT NULL,
        lead_reason TEXT,
        CONSTRAINT pk_warning_talk PRIMARY KEY (id),
        CONSTRAINT ck_warning_talk_held_on_is_date CHECK (held_on IS date(held_on, '+0 days')),
        CONSTRAINT ck_warning_talk_notified_on_is_date CHECK (notified_on IS date(notified_on, '+0 days')),
        CONSTRAINT fk_warning_talk_warning_id FOREIGN KEY(warning_id) REFERENCES warning (id)
    )
    """,
    """
    CREATE INDEX ix_warning_talk_warning_id ON warning_talk (warning_id)
    """,
    """
    CREATE TABLE warning_talker (
        talk_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        warning_id INTEGER NOT NULL,
        member_id INTEGER,
        staff_id INTEGER,
        CONSTRAINT pk_warning_talker PRIMARY KEY (talk_id, position),
        CONSTRAINT ck_warning_talker_position_is_whole CHECK (typeof(position) NOT IN ('text', 'real', 'blob') AND position >= 1),
        CONSTRAINT ck_warning_talker_one_person CHECK ((member_id IS NULL) <> (staff_id IS NULL)),
        CONSTRAINT fk_warning_talker_talk_id FOREIGN KEY(talk_id) REFERENCES warning_talk (id),
        CONSTRAINT fk_warning_talker_warning_id FOREIGN KEY(warning_id) REFERENCES warning (id),
        CONSTRAINT fk_warning_talker_member_id FOREIGN KEY(member_id) REFERENCES member (id),
        CONSTRAINT fk_warning_talker_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
    ) WITHOUT ROWID
    """,
)

TABLES = (
    "opinion",
    "opinion_step",
    "warning",
    "warning_step",
    "warning_talk",
    "warning_talker",
)


def rebuild(disclosure):
    """Make the table anew under its own name, which the file then writes as a new ledger's."""
    for statement in (
        ASIDE,
        "DROP TABLE disclosure",
        disclosure,
        BACK,
        "DROP TABLE disclosure_before",
    ):
        op.execute(statement)


def upgrade():
    rebuild(DISCLOSURE)
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)
    rebuild(DISCLOSURE_BEFORE)
