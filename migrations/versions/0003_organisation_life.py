"""Organisation life: targets, democratic-life meetings, reviews, talks, contacts, disclosures, waivers.

A plan may belong to the leading group and to no branch; those of work and budget do from now on.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
    CREATE TABLE plan_new (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        branch_id INTEGER,
        kind TEXT NOT NULL,
        year INTEGER NOT NULL,
        adopted_on DATE NOT NULL,
        CONSTRAINT pk_plan PRIMARY KEY (id),
        CONSTRAINT ck_plan_kind_is_known CHECK (kind IN ('work', 'study', 'budget', 'roles')),
        CONSTRAINT ck_plan_year_is_whole CHECK (typeof(year) NOT IN ('text', 'real', 'blob') AND year >= 1900),
        CONSTRAINT ck_plan_adopted_on_is_date CHECK (adopted_on IS date(adopted_on, '+0 days')),
        CONSTRAINT fk_plan_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
    )
    """,
    """
    INSERT INTO plan_new
    SELECT id, recorded_at, voided_at, void_reason,
        CASE WHEN kind = 'study' OR EXISTS (SELECT 1 FROM plan AS first WHERE first.id < plan.id
            AND (first.kind, first.year) = (plan.kind, plan.year)) THEN branch_id END,
        kind, year, adopted_on FROM plan
    """,
    """
    DROP TABLE plan
    """,
    """
    ALTER TABLE plan_new RENAME TO plan
    """,
    """
    CREATE UNIQUE INDEX ix_plan_one_a_year ON "plan" (branch_id, kind, year) WHERE voided_at IS NULL
    """,
    """
    CREATE UNIQUE INDEX ix_plan_one_a_year_of_the_group ON "plan" (kind, year) WHERE branch_id IS NULL AND voided_at IS NULL
    """,
    """
    CREATE TABLE plan_item (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        plan_id INTEGER NOT NULL,
        target TEXT NOT NULL,
        owner_id INTEGER NOT NULL,
        set_on DATE NOT NULL,
        due_on DATE NOT NULL,
        done_on DATE,
        CONSTRAINT pk_plan_item PRIMARY KEY (id),
        CONSTRAINT ck_plan_item_target_is_filled CHECK (trim(target) <> ''),
        CONSTRAINT ck_plan_item_set_on_is_date CHECK (set_on IS date(set_on, '+0 days')),
        CONSTRAINT ck_plan_item_due_on_is_date CHECK (due_on IS date(due_on, '+0 days')),
        CONSTRAINT ck_plan_item_done_on_is_date CHECK (done_on IS date(done_on, '+0 days')),
        CONSTRAINT ck_plan_item_set_on_before_due_on CHECK (set_on IS NULL OR due_on IS NULL OR set_on <= due_on),
        CONSTRAINT ck_plan_item_set_on_before_done_on CHECK (set_on IS NULL OR done_on IS NULL OR set_on <= done_on),
        CONSTRAINT fk_plan_item_plan_id FOREIGN KEY(plan_id) REFERENCES "plan" (id),
        CONSTRAINT fk_plan_item_owner_id FOREIGN KEY(owner_id) REFERENCES member (id)
    )
    """,
    """
    CREATE INDEX ix_plan_item_plan_id ON plan_item (plan_id)
    """,
    """
    CREATE TABLE plan_role (
        plan_id INTEGER NOT NULL,
        role TEXT NOT NULL,
        member_id INTEGER NOT NULL,
        CONSTRAINT pk_plan_role PRIMARY KEY (plan_id, role),
        CONSTRAINT ck_plan_role_role_is_known CHECK (role IN ('secretary', 'person-in-charge', 'leader-in-charge')),
        CONSTRAINT fk_plan_role_plan_id FOREIGN KEY(plan_id) REFERENCES "plan" (id),
        CONSTRAINT fk_plan_role_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE meeting_plan (
        meeting_id INTEGER NOT NULL,
        made_on DATE NOT NULL,
        CONSTRAINT pk_meeting_plan PRIMARY KEY (meeting_id),
        CONSTRAINT ck_meeting_plan_made_on_is_date CHECK (made_on IS date(made_on, '+0 days')),
        CONSTRAINT fk_meeting_plan_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
    )
    """,
    """
    CREATE TABLE meeting_step (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        meeting_id INTEGER NOT NULL,
        step TEXT NOT NULL,
        taken_on DATE NOT NULL,
        member_id INTEGER,
        half_days INTEGER,
        part TEXT,
        note TEXT,
        CONSTRAINT pk_meeting_step PRIMARY KEY (id),
        CONSTRAINT ck_meeting_step_step_is_known CHECK (step IN ('prior-report', 'notice', 'study', 'opinions', 'feedback', 'outline', 'criticism', 'previous-rectification', 'package', 'briefing')),
        CONSTRAINT ck_meeting_step_part_is_known CHECK (part IN ('report', 'minutes', 'outlines', 'opinions', 'measures')),
        CONSTRAINT ck_meeting_step_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
        CONSTRAINT ck_meeting_step_half_days_is_whole CHECK (typeof(half_days) NOT IN ('text', 'real', 'blob') AND half_days >= 1),
        CONSTRAINT ck_meeting_step_part_of_package CHECK ((step = 'package') = (part IS NOT NULL)),
        CONSTRAINT fk_meeting_step_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
        CONSTRAINT fk_meeting_step_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    )
    """,
    """
    CREATE INDEX ix_meeting_step_meeting_id_step ON meeting_step (meeting_id, step)
    """,
    """
    CREATE TABLE rectification (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        problem TEXT NOT NULL,
        measure TEXT,
        source TEXT,
        owner_id INTEGER NOT NULL,
        meeting_id INTEGER,
        set_on DATE NOT NULL,
        due_on DATE NOT NULL,
        closed_on DATE,
        CONSTRAINT pk_rectification PRIMARY KEY (id),
        CONSTRAINT ck_rectification_problem_is_filled CHECK (trim(problem) <> ''),
        CONSTRAINT ck_rectification_set_on_is_date CHECK (set_on IS date(set_on, '+0 days')),
        CONSTRAINT ck_rectification_due_on_is_date CHECK (due_on IS date(due_on, '+0 days')),
        CONSTRAINT ck_rectification_closed_on_is_date CHECK (closed_on IS date(closed_on, '+0 days')),
        CONSTRAINT ck_rectification_set_on_before_due_on CHECK (set_on IS NULL OR due_on IS NULL OR set_on <= due_on),
        CONSTRAINT ck_rectification_set_on_before_closed_on CHECK (set_on IS NULL OR closed_on IS NULL OR set_on <= closed_on),
        CONSTRAINT fk_rectification_owner_id FOREIGN KEY(owner_id) REFERENCES member (id),
        CONSTRAINT fk_rectification_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
    )
    """,
    """
    CREATE TABLE review (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        branch_id INTEGER NOT NULL,
        year INTEGER NOT NULL,
        CONSTRAINT pk_review PRIMARY KEY (id),
        CONSTRAINT ck_review_year_is_whole CHECK (typeof(year) NOT IN ('text', 'real', 'blob') AND year >= 1900),
        CONSTRAINT fk_review_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
    )
    """,
    """
    CREATE UNIQUE INDEX ix_review_one_a_year ON review (branch_id, year) WHERE voided_at IS NULL
    """,
    """
    CREATE TABLE review_step (
        review_id INTEGER NOT NULL,
        step TEXT NOT NULL,
        taken_on DATE NOT NULL,
        CONSTRAINT pk_review_step PRIMARY KEY (review_id, step),
        CONSTRAINT ck_review_step_step_is_known CHECK (step IN ('open', 'study', 'self', 'meeting', 'rating', 'outcome', 'close')),
        CONSTRAINT ck_review_step_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
        CONSTRAINT fk_review_step_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE review_self (
        review_id INTEGER NOT NULL,
        member_id INTEGER NOT NULL,
        handed_on DATE NOT NULL,
        CONSTRAINT pk_review_self PRIMARY KEY (review_id, member_id),
        CONSTRAINT ck_review_self_handed_on_is_date CHECK (handed_on IS date(handed_on, '+0 days')),
        CONSTRAINT fk_review_self_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_review_self_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE review_rating (
        review_id INTEGER NOT NULL,
        member_id INTEGER NOT NULL,
        grade TEXT NOT NULL,
        CONSTRAINT pk_review_rating PRIMARY KEY (review_id, member_id),
        CONSTRAINT ck_review_rating_grade_is_known CHECK (grade IN ('excellent', 'qualified', 'basic', 'unqualified')),
        CONSTRAINT fk_review_rating_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_review_rating_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE review_outcome (
        review_id INTEGER NOT NULL,
        member_id INTEGER NOT NULL,
        act TEXT NOT NULL,
        said TEXT NOT NULL,
        meeting_id INTEGER,
        taken_on DATE NOT NULL,
        CONSTRAINT pk_review_outcome PRIMARY KEY (review_id, member_id),
        CONSTRAINT ck_review_outcome_act_is_known CHECK (act IN ('commend', 'handle')),
        CONSTRAINT ck_review_outcome_said_is_filled CHECK (trim(said) <> ''),
        CONSTRAINT ck_review_outcome_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
        CONSTRAINT fk_review_outcome_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_review_outcome_member_id FOREIGN KEY(member_id) REFERENCES member (id),
        CONSTRAINT fk_review_outcome_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE talk (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        held_on DATE NOT NULL,
        note TEXT,
        follow_up TEXT,
        follow_up_due DATE,
        follow_up_done DATE,
        makes_up TEXT,
        CONSTRAINT pk_talk PRIMARY KEY (id),
        CONSTRAINT ck_talk_held_on_is_date CHECK (held_on IS date(held_on, '+0 days')),
        CONSTRAINT ck_talk_follow_up_due_is_date CHECK (follow_up_due IS date(follow_up_due, '+0 days')),
        CONSTRAINT ck_talk_follow_up_done_is_date CHECK (follow_up_done IS date(follow_up_done, '+0 days')),
        CONSTRAINT ck_talk_follow_up_has_a_day CHECK ((follow_up IS NULL) = (follow_up_due IS NULL)),
        CONSTRAINT ck_talk_done_is_of_a_follow_up CHECK (follow_up_done IS NULL OR follow_up IS NOT NULL)
    )
    """,
    """
    CREATE INDEX ix_talk_held_on ON talk (held_on)
    """,
    """
    CREATE TABLE talk_party (
        talk_id INTEGER NOT NULL,
        member_id INTEGER NOT NULL,
        CONSTRAINT pk_talk_party PRIMARY KEY (talk_id, member_id),
        CONSTRAINT fk_talk_party_talk_id FOREIGN KEY(talk_id) REFERENCES talk (id),
        CONSTRAINT fk_talk_party_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_talk_party_member_id ON talk_party (member_id)
    """,
    """
    CREATE TABLE contact (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        name TEXT NOT NULL,
        leader_id INTEGER NOT NULL,
        since DATE,
        CONSTRAINT pk_contact PRIMARY KEY (id),
        CONSTRAINT ck_contact_name_is_filled CHECK (trim(name) <> ''),
        CONSTRAINT ck_contact_since_is_date CHECK (since IS date(since, '+0 days')),
        CONSTRAINT fk_contact_leader_id FOREIGN KEY(leader_id) REFERENCES member (id)
    )
    """,
    """
    CREATE TABLE contact_visit (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        contact_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        visited_on DATE NOT NULL,
        note TEXT,
        makes_up TEXT,
        CONSTRAINT pk_contact_visit PRIMARY KEY (id),
        CONSTRAINT ck_contact_visit_kind_is_known CHECK (kind IN ('visit', 'survey', 'supervision', 'model')),
        CONSTRAINT ck_contact_visit_visited_on_is_date CHECK (visited_on IS date(visited_on, '+0 days')),
        CONSTRAINT fk_contact_visit_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
    )
    """,
    """
    CREATE INDEX ix_contact_visit_contact_id ON contact_visit (contact_id)
    """,
    """
    CREATE TABLE personal_report (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        member_id INTEGER NOT NULL,
        year INTEGER NOT NULL,
        reported_on DATE NOT NULL,
        CONSTRAINT pk_personal_report PRIMARY KEY (id),
        CONSTRAINT ck_personal_report_year_is_whole CHECK (typeof(year) NOT IN ('text', 'real', 'blob') AND year >= 1900),
        CONSTRAINT ck_personal_report_reported_on_is_date CHECK (reported_on IS date(reported_on, '+0 days')),
        CONSTRAINT fk_personal_report_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    )
    """,
    """
    CREATE UNIQUE INDEX ix_personal_report_one_a_year ON personal_report (member_id, year) WHERE voided_at IS NULL
    """,
    """
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
    """,
    """
    CREATE TABLE publication (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        disclosure_id INTEGER NOT NULL,
        published_on DATE NOT NULL,
        form TEXT NOT NULL,
        makes_up TEXT,
        CONSTRAINT pk_publication PRIMARY KEY (id),
        CONSTRAINT ck_publication_form_is_known CHECK (form IN ('board', 'document', 'meeting')),
        CONSTRAINT ck_publication_published_on_is_date CHECK (published_on IS date(published_on, '+0 days')),
        CONSTRAINT fk_publication_disclosure_id FOREIGN KEY(disclosure_id) REFERENCES disclosure (id)
    )
    """,
    """
    CREATE INDEX ix_publication_disclosure_id ON publication (disclosure_id)
    """,
    """
    CREATE TABLE waiver (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        rule TEXT NOT NULL,
        subject_kind TEXT NOT NULL,
        subject_id INTEGER NOT NULL,
        period TEXT,
        reason TEXT NOT NULL,
        decided_on DATE NOT NULL,
        decided_by TEXT,
        CONSTRAINT pk_waiver PRIMARY KEY (id),
        CONSTRAINT ck_waiver_reason_is_filled CHECK (trim(reason) <> ''),
        CONSTRAINT ck_waiver_decided_on_is_date CHECK (decided_on IS date(decided_on, '+0 days'))
    )
    """,
)

TABLES = (
    "plan_item",
    "plan_role",
    "meeting_plan",
    "meeting_step",
    "rectification",
    "review",
    "review_step",
    "review_self",
    "review_rating",
    "review_outcome",
    "talk",
    "talk_party",
    "contact",
    "contact_visit",
    "personal_report",
    "disclosure",
    "publication",
    "waiver",
)


def upgrade():
    for statement in STATEMENTS:
        op.execute(statement)


PLAN_BEFORE = (
    """
    CREATE TABLE plan_old (
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
    INSERT INTO plan_old SELECT id, recorded_at, voided_at, void_reason,
        coalesce(branch_id, (SELECT min(id) FROM branch)), kind, year, adopted_on
    FROM plan WHERE kind <> 'roles'
    """,
    """
    DROP TABLE plan
    """,
    """
    ALTER TABLE plan_old RENAME TO plan
    """,
    """
    CREATE UNIQUE INDEX ix_plan_one_a_year ON "plan" (branch_id, kind, year) WHERE voided_at IS NULL
    """,
)


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)
    for statement in PLAN_BEFORE:
        op.execute(statement)
