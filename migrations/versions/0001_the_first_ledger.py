"""The first ledger: the organisation, the people, meetings, plans and dues."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE branch (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        name TEXT NOT NULL,
        founded_on DATE,
        has_committee BOOLEAN NOT NULL,
        elected_on DATE,
        CONSTRAINT pk_branch PRIMARY KEY (id),
        CONSTRAINT ck_branch_name_is_filled CHECK (trim(name) <> ''),
        CONSTRAINT ck_branch_founded_on_is_date CHECK (founded_on IS date(founded_on, '+0 days')),
        CONSTRAINT ck_branch_elected_on_is_date CHECK (elected_on IS date(elected_on, '+0 days'))
    )
    """,
    """
    CREATE UNIQUE INDEX ix_branch_name ON branch (name) WHERE voided_at IS NULL
    """,
    """
    CREATE TABLE minutes_file (
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL,
        CONSTRAINT pk_minutes_file PRIMARY KEY (sha256),
        CONSTRAINT ck_minutes_file_sha256_is_whole CHECK (length(sha256) = 64)
    )
    """,
    """
    CREATE TABLE organ (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        since DATE NOT NULL,
        CONSTRAINT pk_organ PRIMARY KEY (id),
        CONSTRAINT ck_organ_only_one CHECK (id = 1),
        CONSTRAINT ck_organ_name_is_filled CHECK (trim(name) <> ''),
        CONSTRAINT ck_organ_since_is_date CHECK (since IS date(since, '+0 days'))
    )
    """,
    """
    CREATE TABLE staff (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        name TEXT NOT NULL,
        title TEXT,
        CONSTRAINT pk_staff PRIMARY KEY (id),
        CONSTRAINT ck_staff_name_is_filled CHECK (trim(name) <> '')
    )
    """,
    """
    CREATE INDEX ix_staff_name ON staff (name)
    """,
    """
    CREATE TABLE superior (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        CONSTRAINT pk_superior PRIMARY KEY (kind),
        CONSTRAINT ck_superior_kind_is_known
            CHECK (kind IN ('general-branch', 'organ-committee', 'work-committee')),
        CONSTRAINT ck_superior_name_is_filled CHECK (trim(name) <> '')
    )
    """,
    """
    CREATE TABLE cell (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        branch_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        founded_on DATE,
        CONSTRAINT pk_cell PRIMARY KEY (id),
        CONSTRAINT ck_cell_name_is_filled CHECK (trim(name) <> ''),
        CONSTRAINT ck_cell_founded_on_is_date CHECK (founded_on IS date(founded_on, '+0 days')),
        CONSTRAINT fk_cell_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
    )
    """,
    """
    CREATE INDEX ix_cell_branch_id ON cell (branch_id)
    """,
    """
    CREATE TABLE "plan" (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        branch_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        year INTEGER NOT NULL,
        adopted_on DATE NOT NULL,
        CONSTRAINT pk_plan PRIMARY KEY (id),
        CONSTRAINT ck_plan_kind_is_known CHECK (kind IN ('work', 'study', 'budget')),
        CONSTRAINT ck_plan_year_is_whole
            CHECK (typeof(year) NOT IN ('text', 'real', 'blob') AND year >= 1900),
        CONSTRAINT ck_plan_adopted_on_is_date CHECK (adopted_on IS date(adopted_on, '+0 days')),
        CONSTRAINT fk_plan_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
    )
    """,
    """
    CREATE UNIQUE INDEX ix_plan_one_a_year ON "plan" (branch_id, kind, year) WHERE voided_at IS NULL
    """,
    """
    CREATE TABLE member (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        branch_id INTEGER NOT NULL,
        cell_id INTEGER,
        name TEXT NOT NULL,
        joined_on DATE NOT NULL,
        full_on DATE,
        probationary BOOLEAN NOT NULL,
        on_roll_from DATE NOT NULL,
        dues_paid_to TEXT,
        gender TEXT,
        birth_on DATE,
        id_number TEXT,
        phone TEXT,
        category TEXT NOT NULL,
        left_on DATE,
        left_reason TEXT,
        left_to TEXT,
        left_dues_to TEXT,
        CONSTRAINT pk_member PRIMARY KEY (id),
        CONSTRAINT ck_member_name_is_filled CHECK (trim(name) <> ''),
        CONSTRAINT ck_member_joined_on_is_date CHECK (joined_on IS date(joined_on, '+0 days')),
        CONSTRAINT ck_member_full_on_is_date CHECK (full_on IS date(full_on, '+0 days')),
        CONSTRAINT ck_member_on_roll_from_is_date
            CHECK (on_roll_from IS date(on_roll_from, '+0 days')),
        CONSTRAINT ck_member_birth_on_is_date CHECK (birth_on IS date(birth_on, '+0 days')),
        CONSTRAINT ck_member_left_on_is_date CHECK (left_on IS date(left_on, '+0 days')),
        CONSTRAINT ck_member_dues_paid_to_is_month
            CHECK (dues_paid_to IS strftime('%Y-%m', dues_paid_to || '-01')),
        CONSTRAINT ck_member_left_dues_to_is_month
            CHECK (left_dues_to IS strftime('%Y-%m', left_dues_to || '-01')),
        CONSTRAINT ck_member_gender_is_known CHECK (gender IN ('male', 'female')),
        CONSTRAINT ck_member_category_is_known
            CHECK (category IN ('employed', 'retired', 'student', 'farmer', 'unemployed')),
        CONSTRAINT ck_member_left_reason_is_known
            CHECK (left_reason IN ('transfer', 'deceased', 'removed')),
        CONSTRAINT ck_member_joined_on_before_on_roll_from
            CHECK (joined_on IS NULL OR on_roll_from IS NULL OR joined_on <= on_roll_from),
        CONSTRAINT ck_member_joined_on_before_full_on
            CHECK (joined_on IS NULL OR full_on IS NULL OR joined_on <= full_on),
        CONSTRAINT ck_member_on_roll_from_before_left_on
            CHECK (on_roll_from IS NULL OR left_on IS NULL OR on_roll_from <= left_on),
        CONSTRAINT fk_member_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
        CONSTRAINT fk_member_cell_id FOREIGN KEY(cell_id) REFERENCES cell (id)
    )
    """,
    """
    CREATE INDEX ix_member_branch_id ON member (branch_id)
    """,
    """
    CREATE INDEX ix_member_name ON member (name)
    """,
    """
    CREATE TABLE appointment (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        member_id INTEGER NOT NULL,
        post TEXT NOT NULL,
        from_on DATE NOT NULL,
        to_on DATE,
        CONSTRAINT pk_appointment PRIMARY KEY (id),
        CONSTRAINT ck_appointment_post_is_known
            CHECK (post IN (
                'branch-secretary', 'deputy-secretary', 'organization', 'publicity', 'discipline',
                'committee', 'cell-leader', 'leading-secretary', 'leading-member')),
        CONSTRAINT ck_appointment_from_on_is_date CHECK (from_on IS date(from_on, '+0 days')),
        CONSTRAINT ck_appointment_to_on_is_date CHECK (to_on IS date(to_on, '+0 days')),
        CONSTRAINT ck_appointment_from_on_before_to_on
            CHECK (from_on IS NULL OR to_on IS NULL OR from_on <= to_on),
        CONSTRAINT fk_appointment_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    )
    """,
    """
    CREATE INDEX ix_appointment_member_id ON appointment (member_id)
    """,
    """
    CREATE TABLE dues_entry (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        member_id INTEGER NOT NULL,
        act TEXT NOT NULL,
        CONSTRAINT pk_dues_entry PRIMARY KEY (id),
        CONSTRAINT ck_dues_entry_act_is_known
            CHECK (act IN ('assessment', 'payment', 'exemption', 'lapse')),
        CONSTRAINT fk_dues_entry_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    )
    """,
    """
    CREATE INDEX ix_dues_entry_member_id_act ON dues_entry (member_id, act)
    """,
    """
    CREATE INDEX ix_dues_entry_unusual ON dues_entry (member_id)
        WHERE voided_at IS NOT NULL OR act IN ('exemption', 'lapse')
    """,
    """
    CREATE TABLE leadership (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        member_id INTEGER NOT NULL,
        from_on DATE NOT NULL,
        to_on DATE,
        CONSTRAINT pk_leadership PRIMARY KEY (id),
        CONSTRAINT ck_leadership_from_on_is_date CHECK (from_on IS date(from_on, '+0 days')),
        CONSTRAINT ck_leadership_to_on_is_date CHECK (to_on IS date(to_on, '+0 days')),
        CONSTRAINT ck_leadership_from_on_before_to_on
            CHECK (from_on IS NULL OR to_on IS NULL OR from_on <= to_on),
        CONSTRAINT fk_leadership_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    )
    """,
    """
    CREATE INDEX ix_leadership_member_id ON leadership (member_id)
    """,
    """
    CREATE TABLE meeting (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        branch_id INTEGER NOT NULL,
        cell_id INTEGER,
        planned_on DATE,
        held_on DATE,
        chair_id INTEGER,
        lecturer_id INTEGER,
        lecturer_staff_id INTEGER,
        theme TEXT,
        notified_on DATE,
        present_count INTEGER,
        due_present INTEGER,
        opinions_inside INTEGER,
        opinions_outside INTEGER,
        opinions_on DATE,
        criticism BOOLEAN NOT NULL,
        integrity BOOLEAN NOT NULL,
        half_hours INTEGER,
        makes_up TEXT,
        minutes TEXT,
        minutes_name TEXT,
        minutes_sha256 TEXT,
        CONSTRAINT pk_meeting PRIMARY KEY (id),
        CONSTRAINT ck_meeting_planned_on_is_date CHECK (planned_on IS date(planned_on, '+0 days')),
        CONSTRAINT ck_meeting_held_on_is_date CHECK (held_on IS date(held_on, '+0 days')),
        CONSTRAINT ck_meeting_notified_on_is_date CHECK (notified_on IS date(notified_on, '+0 days')),
        CONSTRAINT ck_meeting_opinions_on_is_date CHECK (opinions_on IS date(opinions_on, '+0 days')),
        CONSTRAINT ck_meeting_present_count_is_whole
            CHECK (typeof(present_count) NOT IN ('text', 'real', 'blob') AND present_count >= 0),
        CONSTRAINT ck_meeting_due_present_is_whole
            CHECK (typeof(due_present) NOT IN ('text', 'real', 'blob') AND due_present >= 0),
        CONSTRAINT ck_meeting_opinions_inside_is_whole
            CHECK (typeof(opinions_inside) NOT IN (
                'text', 'real', 'blob') AND opinions_inside >= 0),
        CONSTRAINT ck_meeting_opinions_outside_is_whole
            CHECK (typeof(opinions_outside) NOT IN (
                'text', 'real', 'blob') AND opinions_outside >= 0),
        CONSTRAINT ck_meeting_half_hours_is_whole
            CHECK (typeof(half_hours) NOT IN ('text', 'real', 'blob') AND half_hours >= 0),
        CONSTRAINT ck_meeting_has_a_day CHECK (coalesce(planned_on, held_on) IS NOT NULL),
        CONSTRAINT ck_meeting_present_within_due
            CHECK (present_count IS NULL OR due_present IS NULL OR present_count <= due_present),
        CONSTRAINT fk_meeting_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
        CONSTRAINT fk_meeting_cell_id FOREIGN KEY(cell_id) REFERENCES cell (id),
        CONSTRAINT fk_meeting_chair_id FOREIGN KEY(chair_id) REFERENCES member (id),
        CONSTRAINT fk_meeting_lecturer_id FOREIGN KEY(lecturer_id) REFERENCES member (id),
        CONSTRAINT fk_meeting_lecturer_staff_id FOREIGN KEY(lecturer_staff_id) REFERENCES staff (id)
    )
    """,
    """
    CREATE INDEX ix_meeting_branch_id_held_on ON meeting (branch_id, held_on)
    """,
    """
    CREATE TABLE agenda_item (
        meeting_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        topic TEXT NOT NULL,
        to_decide BOOLEAN NOT NULL,
        resolution TEXT,
        eligible INTEGER,
        present INTEGER,
        approve INTEGER,
        oppose INTEGER,
        abstain INTEGER,
        CONSTRAINT pk_agenda_item PRIMARY KEY (meeting_id, place),
        CONSTRAINT ck_agenda_item_topic_is_filled CHECK (trim(topic) <> ''),
        CONSTRAINT ck_agenda_item_eligible_is_whole
            CHECK (typeof(eligible) NOT IN ('text', 'real', 'blob') AND eligible >= 0),
        CONSTRAINT ck_agenda_item_present_is_whole
            CHECK (typeof(present) NOT IN ('text', 'real', 'blob') AND present >= 0),
        CONSTRAINT ck_agenda_item_approve_is_whole
            CHECK (typeof(approve) NOT IN ('text', 'real', 'blob') AND approve >= 0),
        CONSTRAINT ck_agenda_item_oppose_is_whole
            CHECK (typeof(oppose) NOT IN ('text', 'real', 'blob') AND oppose >= 0),
        CONSTRAINT ck_agenda_item_abstain_is_whole
            CHECK (typeof(abstain) NOT IN ('text', 'real', 'blob') AND abstain >= 0),
        CONSTRAINT ck_agenda_item_present_within_eligible CHECK (present <= eligible),
        CONSTRAINT ck_agenda_item_votes_add_up CHECK (approve + oppose + abstain = present),
        CONSTRAINT fk_agenda_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE attendance (
        meeting_id INTEGER NOT NULL,
        member_id INTEGER NOT NULL,
        absent_because TEXT,
        CONSTRAINT pk_attendance PRIMARY KEY (meeting_id, member_id),
        CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
        CONSTRAINT fk_attendance_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE dues_assessment (
        member_id INTEGER NOT NULL,
        from_month TEXT NOT NULL,
        entry_id INTEGER NOT NULL,
        category TEXT NOT NULL,
        base INTEGER,
        amount INTEGER NOT NULL,
        working TEXT NOT NULL,
        reason TEXT,
        CONSTRAINT pk_dues_assessment PRIMARY KEY (member_id, from_month, entry_id),
        CONSTRAINT ck_dues_assessment_from_month_is_month
            CHECK (from_month IS strftime('%Y-%m', from_month || '-01')),
        CONSTRAINT ck_dues_assessment_category_is_known
            CHECK (category IN ('employed', 'retired', 'student', 'farmer', 'unemployed')),
        CONSTRAINT ck_dues_assessment_base_is_whole
            CHECK (typeof(base) NOT IN ('text', 'real', 'blob') AND base >= 0),
        CONSTRAINT ck_dues_assessment_amount_is_whole
            CHECK (typeof(amount) NOT IN ('text', 'real', 'blob') AND amount >= 0),
        CONSTRAINT fk_dues_assessment_member_id FOREIGN KEY(member_id) REFERENCES member (id),
        CONSTRAINT fk_dues_assessment_entry_id FOREIGN KEY(entry_id) REFERENCES dues_entry (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE dues_exemption (
        entry_id INTEGER NOT NULL,
        from_month TEXT NOT NULL,
        to_month TEXT NOT NULL,
        decided_on DATE NOT NULL,
        reason TEXT NOT NULL,
        approved_by TEXT NOT NULL,
        CONSTRAINT pk_dues_exemption PRIMARY KEY (entry_id),
        CONSTRAINT ck_dues_exemption_from_month_is_month
            CHECK (from_month IS strftime('%Y-%m', from_month || '-01')),
        CONSTRAINT ck_dues_exemption_to_month_is_month
            CHECK (to_month IS strftime('%Y-%m', to_month || '-01')),
        CONSTRAINT ck_dues_exemption_decided_on_is_date
            CHECK (decided_on IS date(decided_on, '+0 days')),
        CONSTRAINT ck_dues_exemption_months_in_order CHECK (from_month <= to_month),
        CONSTRAINT fk_dues_exemption_entry_id FOREIGN KEY(entry_id) REFERENCES dues_entry (id)
    )
    """,
    """
    CREATE TABLE dues_lapse (
        entry_id INTEGER NOT NULL,
        step TEXT NOT NULL,
        taken_on DATE NOT NULL,
        note TEXT,
        CONSTRAINT pk_dues_lapse PRIMARY KEY (entry_id),
        CONSTRAINT ck_dues_lapse_step_is_known CHECK (step IN ('education', 'meeting', 'superior')),
        CONSTRAINT ck_dues_lapse_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
        CONSTRAINT fk_dues_lapse_entry_id FOREIGN KEY(entry_id) REFERENCES dues_entry (id)
    )
    """,
    """
    CREATE TABLE dues_payment (
        entry_id INTEGER NOT NULL,
        paid_on DATE NOT NULL,
        amount INTEGER NOT NULL,
        first_month TEXT NOT NULL,
        last_month TEXT NOT NULL,
        payer TEXT NOT NULL,
        payer_id INTEGER,
        consent_on DATE,
        consent_meeting_id INTEGER,
        receipt TEXT,
        CONSTRAINT pk_dues_payment PRIMARY KEY (entry_id),
        CONSTRAINT ck_dues_payment_paid_on_is_date CHECK (paid_on IS date(paid_on, '+0 days')),
        CONSTRAINT ck_dues_payment_consent_on_is_date
            CHECK (consent_on IS date(consent_on, '+0 days')),
        CONSTRAINT ck_dues_payment_first_month_is_month
            CHECK (first_month IS strftime('%Y-%m', first_month || '-01')),
        CONSTRAINT ck_dues_payment_last_month_is_month
            CHECK (last_month IS strftime('%Y-%m', last_month || '-01')),
        CONSTRAINT ck_dues_payment_amount_is_whole
            CHECK (typeof(amount) NOT IN ('text', 'real', 'blob') AND amount >= 1),
        CONSTRAINT ck_dues_payment_payer_is_known CHECK (payer IN ('self', 'member', 'relative')),
        CONSTRAINT ck_dues_payment_months_in_order CHECK (first_month <= last_month),
        CONSTRAINT ck_dues_payment_consent_before CHECK (consent_on IS NULL OR consent_on <= paid_on),
        CONSTRAINT ck_dues_payment_payer_is_named CHECK ((payer = 'member') = (payer_id IS NOT NULL)),
        CONSTRAINT fk_dues_payment_entry_id FOREIGN KEY(entry_id) REFERENCES dues_entry (id),
        CONSTRAINT fk_dues_payment_payer_id FOREIGN KEY(payer_id) REFERENCES member (id),
        CONSTRAINT fk_dues_payment_consent_meeting_id FOREIGN KEY(consent_meeting_id) REFERENCES meeting (id)
    )
    """,
    """
    CREATE INDEX ix_dues_payment_paid_on ON dues_payment (paid_on)
    """,
    """
    CREATE INDEX ix_dues_payment_unusual ON dues_payment (entry_id)
        WHERE payer <> 'self' OR paid_on > first_month || '-31'
    """,
    """
    CREATE TABLE dues_payment_line (
        member_id INTEGER NOT NULL,
        month TEXT NOT NULL,
        entry_id INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        CONSTRAINT pk_dues_payment_line PRIMARY KEY (member_id, month, entry_id),
        CONSTRAINT ck_dues_payment_line_month_is_month
            CHECK (month IS strftime('%Y-%m', month || '-01')),
        CONSTRAINT ck_dues_payment_line_amount_is_whole
            CHECK (typeof(amount) NOT IN ('text', 'real', 'blob') AND amount >= 1),
        CONSTRAINT fk_dues_payment_line_member_id FOREIGN KEY(member_id) REFERENCES member (id),
        CONSTRAINT fk_dues_payment_line_entry_id FOREIGN KEY(entry_id) REFERENCES dues_entry (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE meeting_kind (
        meeting_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        CONSTRAINT pk_meeting_kind PRIMARY KEY (meeting_id, kind),
        CONSTRAINT ck_meeting_kind_kind_is_known
            CHECK (kind IN (
                'members', 'committee', 'cell', 'lecture', 'study', 'org-life', 'democratic-life',
                'theme', 'training', 'theme-day')),
        CONSTRAINT fk_meeting_kind_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
    ) WITHOUT ROWID
    """,
)

TABLES = (
    "branch",
    "minutes_file",
    "organ",
    "staff",
    "superior",
    "cell",
    "plan",
    "member",
    "appointment",
    "dues_entry",
    "leadership",
    "meeting",
    "agenda_item",
    "attendance",
    "dues_assessment",
    "dues_exemption",
    "dues_lapse",
    "dues_payment",
    "dues_payment_line",
    "meeting_kind",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
