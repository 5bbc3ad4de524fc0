-- Schema 7: the organisation, the people, meetings, plans, dues, the journal, organisation life, rules,
-- admission, openness, warnings and reminders. Earlier schemas were never released.

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
);

CREATE UNIQUE INDEX ix_branch_name ON branch (name) WHERE voided_at IS NULL;

CREATE TABLE minutes_file (
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_minutes_file PRIMARY KEY (sha256),
    CONSTRAINT ck_minutes_file_sha256_is_whole CHECK (length(sha256) = 64)
);

CREATE TABLE organ (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    since DATE NOT NULL,
    CONSTRAINT pk_organ PRIMARY KEY (id),
    CONSTRAINT ck_organ_only_one CHECK (id = 1),
    CONSTRAINT ck_organ_name_is_filled CHECK (trim(name) <> ''),
    CONSTRAINT ck_organ_since_is_date CHECK (since IS date(since, '+0 days'))
);

CREATE TABLE staff (
    id INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    voided_at TEXT,
    void_reason TEXT,
    name TEXT NOT NULL,
    title TEXT,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT ck_staff_name_is_filled CHECK (trim(name) <> '')
);

CREATE INDEX ix_staff_name ON staff (name);

CREATE TABLE superior (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_superior PRIMARY KEY (kind),
    CONSTRAINT ck_superior_kind_is_known
        CHECK (kind IN ('general-branch', 'organ-committee', 'work-committee')),
    CONSTRAINT ck_superior_name_is_filled CHECK (trim(name) <> '')
);

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
);

CREATE INDEX ix_cell_branch_id ON cell (branch_id);

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
);

CREATE INDEX ix_member_branch_id ON member (branch_id);

CREATE INDEX ix_member_name ON member (name);

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
);

CREATE INDEX ix_appointment_member_id ON appointment (member_id);

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
);

CREATE INDEX ix_dues_entry_member_id_act ON dues_entry (member_id, act);

CREATE INDEX ix_dues_entry_unusual ON dues_entry (member_id)
    WHERE voided_at IS NOT NULL OR act IN ('exemption', 'lapse');

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
);

CREATE INDEX ix_leadership_member_id ON leadership (member_id);

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
);

CREATE INDEX ix_meeting_branch_id_held_on ON meeting (branch_id, held_on);

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
) WITHOUT ROWID;

CREATE TABLE attendance (
    meeting_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    absent_because TEXT,
    CONSTRAINT pk_attendance PRIMARY KEY (meeting_id, member_id),
    CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_attendance_member_id FOREIGN KEY(member_id) REFERENCES member (id)
) WITHOUT ROWID;

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
) WITHOUT ROWID;

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
);

CREATE TABLE dues_lapse (
    entry_id INTEGER NOT NULL,
    step TEXT NOT NULL,
    taken_on DATE NOT NULL,
    note TEXT,
    CONSTRAINT pk_dues_lapse PRIMARY KEY (entry_id),
    CONSTRAINT ck_dues_lapse_step_is_known CHECK (step IN ('education', 'meeting', 'superior')),
    CONSTRAINT ck_dues_lapse_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
    CONSTRAINT fk_dues_lapse_entry_id FOREIGN KEY(entry_id) REFERENCES dues_entry (id)
);

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
);

CREATE INDEX ix_dues_payment_paid_on ON dues_payment (paid_on);

CREATE INDEX ix_dues_payment_unusual ON dues_payment (entry_id)
    WHERE payer <> 'self' OR paid_on > first_month || '-31';

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
) WITHOUT ROWID;

CREATE TABLE meeting_kind (
    meeting_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT pk_meeting_kind PRIMARY KEY (meeting_id, kind),
    CONSTRAINT ck_meeting_kind_kind_is_known
        CHECK (kind IN (
            'members', 'committee', 'cell', 'lecture', 'study', 'org-life', 'democratic-life',
            'theme', 'training', 'theme-day')),
    CONSTRAINT fk_meeting_kind_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
) WITHOUT ROWID;

CREATE TABLE journal_entry (
    seq INTEGER NOT NULL,
    version INTEGER NOT NULL,
    run INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    host TEXT NOT NULL,
    command TEXT NOT NULL,
    act TEXT NOT NULL,
    record TEXT NOT NULL,
    row_table TEXT NOT NULL,
    row_key TEXT NOT NULL,
    row_digest TEXT,
    detail_digest TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_journal_entry PRIMARY KEY (seq),
    CONSTRAINT ck_journal_entry_hash_is_whole CHECK (length(hash) = 64)
);

CREATE INDEX ix_journal_entry_record ON journal_entry (record);

CREATE INDEX ix_journal_entry_run ON journal_entry (run);

CREATE TABLE journal_detail (
    seq INTEGER NOT NULL,
    salt TEXT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT pk_journal_detail PRIMARY KEY (seq),
    CONSTRAINT fk_journal_detail_seq FOREIGN KEY(seq) REFERENCES journal_entry (seq)
);

CREATE TABLE "plan" (
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
);

CREATE UNIQUE INDEX ix_plan_one_a_year ON "plan" (branch_id, kind, year) WHERE voided_at IS NULL;

CREATE UNIQUE INDEX ix_plan_one_a_year_of_the_group ON "plan" (kind, year) WHERE branch_id IS NULL AND voided_at IS NULL;

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
);

CREATE INDEX ix_plan_item_plan_id ON plan_item (plan_id);

CREATE TABLE plan_role (
    plan_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    member_id INTEGER NOT NULL,
    CONSTRAINT pk_plan_role PRIMARY KEY (plan_id, role),
    CONSTRAINT ck_plan_role_role_is_known CHECK (role IN ('secretary', 'person-in-charge', 'leader-in-charge')),
    CONSTRAINT fk_plan_role_plan_id FOREIGN KEY(plan_id) REFERENCES "plan" (id),
    CONSTRAINT fk_plan_role_member_id FOREIGN KEY(member_id) REFERENCES member (id)
) WITHOUT ROWID;

CREATE TABLE meeting_plan (
    meeting_id INTEGER NOT NULL,
    made_on DATE NOT NULL,
    CONSTRAINT pk_meeting_plan PRIMARY KEY (meeting_id),
    CONSTRAINT ck_meeting_plan_made_on_is_date CHECK (made_on IS date(made_on, '+0 days')),
    CONSTRAINT fk_meeting_plan_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);

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
);

CREATE INDEX ix_meeting_step_meeting_id_step ON meeting_step (meeting_id, step);

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
);

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
);

CREATE UNIQUE INDEX ix_review_one_a_year ON review (branch_id, year) WHERE voided_at IS NULL;

CREATE TABLE review_step (
    review_id INTEGER NOT NULL,
    step TEXT NOT NULL,
    taken_on DATE NOT NULL,
    CONSTRAINT pk_review_step PRIMARY KEY (review_id, step),
    CONSTRAINT ck_review_step_step_is_known CHECK (step IN ('open', 'study', 'self', 'meeting', 'rating', 'outcome', 'close')),
    CONSTRAINT ck_review_step_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
    CONSTRAINT fk_review_step_review_id FOREIGN KEY(review_id) REFERENCES review (id)
) WITHOUT ROWID;

CREATE TABLE review_self (
    review_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    handed_on DATE NOT NULL,
    CONSTRAINT pk_review_self PRIMARY KEY (review_id, member_id),
    CONSTRAINT ck_review_self_handed_on_is_date CHECK (handed_on IS date(handed_on, '+0 days')),
    CONSTRAINT fk_review_self_review_id FOREIGN KEY(review_id) REFERENCES review (id),
    CONSTRAINT fk_review_self_member_id FOREIGN KEY(member_id) REFERENCES member (id)
) WITHOUT ROWID;

CREATE TABLE review_rating (
    review_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    grade TEXT NOT NULL,
    CONSTRAINT pk_review_rating PRIMARY KEY (review_id, member_id),
    CONSTRAINT ck_review_rating_grade_is_known CHECK (grade IN ('excellent', 'qualified', 'basic', 'unqualified')),
    CONSTRAINT fk_review_rating_review_id FOREIGN KEY(review_id) REFERENCES review (id),
    CONSTRAINT fk_review_rating_member_id FOREIGN KEY(member_id) REFERENCES member (id)
) WITHOUT ROWID;

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
) WITHOUT ROWID;

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
);

CREATE INDEX ix_talk_held_on ON talk (held_on);

CREATE TABLE talk_party (
    talk_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    CONSTRAINT pk_talk_party PRIMARY KEY (talk_id, member_id),
    CONSTRAINT fk_talk_party_talk_id FOREIGN KEY(talk_id) REFERENCES talk (id),
    CONSTRAINT fk_talk_party_member_id FOREIGN KEY(member_id) REFERENCES member (id)
) WITHOUT ROWID;

CREATE INDEX ix_talk_party_member_id ON talk_party (member_id);

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
);

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
);

CREATE INDEX ix_contact_visit_contact_id ON contact_visit (contact_id);

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
);

CREATE UNIQUE INDEX ix_personal_report_one_a_year ON personal_report (member_id, year) WHERE voided_at IS NULL;

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
);

CREATE INDEX ix_publication_disclosure_id ON publication (disclosure_id);

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
);

CREATE TABLE holiday (
    id INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    voided_at TEXT,
    void_reason TEXT,
    day DATE NOT NULL,
    works BOOLEAN NOT NULL,
    name TEXT,
    CONSTRAINT pk_holiday PRIMARY KEY (id),
    CONSTRAINT ck_holiday_day_is_date CHECK (day IS date(day, '+0 days')),
    CONSTRAINT ck_holiday_name_is_filled CHECK (trim(name) <> '')
);

CREATE UNIQUE INDEX ix_holiday_day ON holiday (day) WHERE voided_at IS NULL;

CREATE TABLE announced_year (
    id INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    voided_at TEXT,
    void_reason TEXT,
    year INTEGER NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_announced_year PRIMARY KEY (id),
    CONSTRAINT ck_announced_year_year_is_whole CHECK (typeof(year) NOT IN ('text', 'real', 'blob') AND year >= 1900),
    CONSTRAINT ck_announced_year_source_is_filled CHECK (trim(source) <> '')
);

CREATE UNIQUE INDEX ix_announced_year_year ON announced_year (year) WHERE voided_at IS NULL;

CREATE TABLE rule_change (
    id INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    voided_at TEXT,
    void_reason TEXT,
    rule TEXT NOT NULL,
    act TEXT NOT NULL,
    from_on DATE NOT NULL,
    reason TEXT NOT NULL,
    every TEXT,
    count INTEGER,
    days INTEGER,
    months INTEGER,
    by_day TEXT,
    working BOOLEAN,
    strength TEXT,
    remind TEXT,
    CONSTRAINT pk_rule_change PRIMARY KEY (id),
    CONSTRAINT ck_rule_change_rule_is_filled CHECK (trim(rule) <> ''),
    CONSTRAINT ck_rule_change_act_is_known CHECK (act IN ('set', 'enable', 'disable')),
    CONSTRAINT ck_rule_change_from_on_is_date CHECK (from_on IS date(from_on, '+0 days')),
    CONSTRAINT ck_rule_change_reason_is_filled CHECK (trim(reason) <> ''),
    CONSTRAINT ck_rule_change_strength_is_known CHECK (strength IN ('must', 'should')),
    CONSTRAINT ck_rule_change_every_is_a_period CHECK (every IN ('month', 'quarter', 'half-year', 'year')),
    CONSTRAINT ck_rule_change_count_is_whole CHECK (typeof(count) NOT IN ('text', 'real', 'blob') AND count >= 1),
    CONSTRAINT ck_rule_change_days_is_whole CHECK (typeof(days) NOT IN ('text', 'real', 'blob') AND days >= 0),
    CONSTRAINT ck_rule_change_months_is_whole CHECK (typeof(months) NOT IN ('text', 'real', 'blob') AND months >= 0),
    CONSTRAINT ck_rule_change_by_day_is_a_day CHECK (by_day IS strftime('%m-%d', '2001-' || by_day, '+0 days'))
);

CREATE TABLE applicant (
    id INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    voided_at TEXT,
    void_reason TEXT,
    branch_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    applied_on DATE NOT NULL,
    birth_on DATE,
    closed_on DATE,
    close_reason TEXT,
    CONSTRAINT pk_applicant PRIMARY KEY (id),
    CONSTRAINT ck_applicant_name_is_filled CHECK (trim(name) <> ''),
    CONSTRAINT ck_applicant_applied_on_is_date CHECK (applied_on IS date(applied_on, '+0 days')),
    CONSTRAINT ck_applicant_birth_on_is_date CHECK (birth_on IS date(birth_on, '+0 days')),
    CONSTRAINT ck_applicant_closed_on_is_date CHECK (closed_on IS date(closed_on, '+0 days')),
    CONSTRAINT ck_applicant_birth_on_before_applied_on CHECK (birth_on IS NULL OR applied_on IS NULL OR birth_on <= applied_on),
    CONSTRAINT ck_applicant_applied_on_before_closed_on CHECK (applied_on IS NULL OR closed_on IS NULL OR applied_on <= closed_on),
    CONSTRAINT ck_applicant_closed_for_a_reason CHECK ((closed_on IS NULL) = (close_reason IS NULL)),
    CONSTRAINT fk_applicant_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
);

CREATE INDEX ix_applicant_branch_id ON applicant (branch_id);

CREATE INDEX ix_applicant_name ON applicant (name);

CREATE TABLE applicant_step (
    id INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    voided_at TEXT,
    void_reason TEXT,
    applicant_id INTEGER NOT NULL,
    step TEXT NOT NULL,
    taken_on DATE NOT NULL,
    result TEXT NOT NULL,
    meeting_id INTEGER,
    eligible INTEGER,
    present INTEGER,
    approve INTEGER,
    oppose INTEGER,
    abstain INTEGER,
    written_approve INTEGER,
    written_oppose INTEGER,
    written_abstain INTEGER,
    until_on DATE,
    to_general_branch BOOLEAN NOT NULL,
    to_organ_committee BOOLEAN NOT NULL,
    signed_on DATE,
    half_hours INTEGER,
    makes_up TEXT,
    note TEXT,
    override_reason TEXT,
    CONSTRAINT pk_applicant_step PRIMARY KEY (id),
    CONSTRAINT ck_applicant_step_step_is_known CHECK (step IN ('talk', 'activist', 'filing', 'publicity', 'registration-form', 'mentors', 'report', 'exam', 'target-publicity', 'target', 'target-approval', 'introducers', 'political-review', 'training', 'form-approval', 'application-form', 'committee-review', 'vote', 'approval', 'oath', 'conversion-request', 'conversion-publicity', 'conversion-vote', 'conversion-approval', 'extension', 'cancellation', 'archive')),
    CONSTRAINT ck_applicant_step_result_is_known CHECK (result IN ('pass', 'fail')),
    CONSTRAINT ck_applicant_step_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
    CONSTRAINT ck_applicant_step_until_on_is_date CHECK (until_on IS date(until_on, '+0 days')),
    CONSTRAINT ck_applicant_step_signed_on_is_date CHECK (signed_on IS date(signed_on, '+0 days')),
    CONSTRAINT ck_applicant_step_taken_on_before_until_on CHECK (taken_on IS NULL OR until_on IS NULL OR taken_on <= until_on),
    CONSTRAINT ck_applicant_step_taken_on_before_signed_on CHECK (taken_on IS NULL OR signed_on IS NULL OR taken_on <= signed_on),
    CONSTRAINT ck_applicant_step_eligible_is_whole CHECK (typeof(eligible) NOT IN ('text', 'real', 'blob') AND eligible >= 0),
    CONSTRAINT ck_applicant_step_present_is_whole CHECK (typeof(present) NOT IN ('text', 'real', 'blob') AND present >= 0),
    CONSTRAINT ck_applicant_step_approve_is_whole CHECK (typeof(approve) NOT IN ('text', 'real', 'blob') AND approve >= 0),
    CONSTRAINT ck_applicant_step_oppose_is_whole CHECK (typeof(oppose) NOT IN ('text', 'real', 'blob') AND oppose >= 0),
    CONSTRAINT ck_applicant_step_abstain_is_whole CHECK (typeof(abstain) NOT IN ('text', 'real', 'blob') AND abstain >= 0),
    CONSTRAINT ck_applicant_step_written_approve_is_whole CHECK (typeof(written_approve) NOT IN ('text', 'real', 'blob') AND written_approve >= 0),
    CONSTRAINT ck_applicant_step_written_oppose_is_whole CHECK (typeof(written_oppose) NOT IN ('text', 'real', 'blob') AND written_oppose >= 0),
    CONSTRAINT ck_applicant_step_written_abstain_is_whole CHECK (typeof(written_abstain) NOT IN ('text', 'real', 'blob') AND written_abstain >= 0),
    CONSTRAINT ck_applicant_step_half_hours_is_whole CHECK (typeof(half_hours) NOT IN ('text', 'real', 'blob') AND half_hours >= 1),
    CONSTRAINT ck_applicant_step_votes_add_up CHECK ((eligible IS NULL AND present IS NULL AND approve IS NULL AND oppose IS NULL AND abstain IS NULL) OR coalesce(present = approve + oppose + abstain AND present + coalesce(written_approve, 0) + coalesce(written_oppose, 0) + coalesce(written_abstain, 0) <= eligible, 0)),
    CONSTRAINT fk_applicant_step_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id),
    CONSTRAINT fk_applicant_step_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);

CREATE INDEX ix_applicant_step_applicant_id_step ON applicant_step (applicant_id, step);

CREATE TABLE applicant_step_person (
    step_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    applicant_id INTEGER NOT NULL,
    CONSTRAINT pk_applicant_step_person PRIMARY KEY (step_id, member_id),
    CONSTRAINT fk_applicant_step_person_step_id FOREIGN KEY(step_id) REFERENCES applicant_step (id),
    CONSTRAINT fk_applicant_step_person_member_id FOREIGN KEY(member_id) REFERENCES member (id),
    CONSTRAINT fk_applicant_step_person_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id)
) WITHOUT ROWID;

CREATE INDEX ix_applicant_step_person_member_id ON applicant_step_person (member_id);

CREATE TABLE admission (
    member_id INTEGER NOT NULL,
    applicant_id INTEGER NOT NULL,
    by_vote BOOLEAN NOT NULL,
    CONSTRAINT pk_admission PRIMARY KEY (member_id),
    CONSTRAINT fk_admission_member_id FOREIGN KEY(member_id) REFERENCES member (id),
    CONSTRAINT fk_admission_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id)
) WITHOUT ROWID;

CREATE INDEX ix_admission_applicant_id ON admission (applicant_id);

CREATE TABLE sanction (
    id INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    voided_at TEXT,
    void_reason TEXT,
    member_id INTEGER NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_sanction PRIMARY KEY (id),
    CONSTRAINT ck_sanction_from_on_is_date CHECK (from_on IS date(from_on, '+0 days')),
    CONSTRAINT ck_sanction_to_on_is_date CHECK (to_on IS date(to_on, '+0 days')),
    CONSTRAINT ck_sanction_from_on_before_to_on CHECK (from_on IS NULL OR to_on IS NULL OR from_on <= to_on),
    CONSTRAINT ck_sanction_note_is_filled CHECK (trim(note) <> ''),
    CONSTRAINT fk_sanction_member_id FOREIGN KEY(member_id) REFERENCES member (id)
);

CREATE INDEX ix_sanction_member_id ON sanction (member_id);

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
);

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
);

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
);

CREATE INDEX ix_opinion_step_opinion_id ON opinion_step (opinion_id);

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
);

CREATE INDEX ix_warning_member_id ON warning (member_id);

CREATE INDEX ix_warning_staff_id ON warning (staff_id);

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
);

CREATE UNIQUE INDEX ix_warning_step_once ON warning_step (warning_id, step) WHERE voided_at IS NULL AND step <> 'register';

CREATE INDEX ix_warning_step_warning_id ON warning_step (warning_id);

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
);

CREATE INDEX ix_warning_talk_warning_id ON warning_talk (warning_id);

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
) WITHOUT ROWID;

CREATE TABLE reminder_digest (
    id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    day DATE NOT NULL,
    planned_at TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    lease_until TEXT,
    next_try TEXT,
    message_id TEXT NOT NULL,
    sent_at TEXT,
    last_error TEXT,
    CONSTRAINT pk_reminder_digest PRIMARY KEY (id),
    CONSTRAINT ck_reminder_digest_state_is_known CHECK (state IN ('pending', 'sending', 'sent', 'dead', 'cancelled')),
    CONSTRAINT ck_reminder_digest_sent_has_a_moment CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CONSTRAINT ck_reminder_digest_lease_while_sending CHECK ((state = 'sending') = (lease_until IS NOT NULL)),
    CONSTRAINT ck_reminder_digest_day_is_date CHECK (day IS date(day, '+0 days')),
    CONSTRAINT uq_reminder_digest_message_id UNIQUE (message_id)
);

CREATE UNIQUE INDEX ix_reminder_digest_one_a_day ON reminder_digest (day, channel, recipient);

CREATE INDEX ix_reminder_digest_state ON reminder_digest (state);

CREATE TABLE reminder (
    obligation TEXT NOT NULL,
    due_on TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    rung INTEGER NOT NULL,
    digest_id INTEGER NOT NULL,
    dropped TEXT,
    CONSTRAINT pk_reminder PRIMARY KEY (obligation, due_on, channel, recipient, rung),
    CONSTRAINT ck_reminder_dropped_is_known CHECK (dropped IN ('settled', 'overtaken')),
    CONSTRAINT fk_reminder_digest_id FOREIGN KEY(digest_id) REFERENCES reminder_digest (id)
) WITHOUT ROWID;

CREATE INDEX ix_reminder_digest_id ON reminder (digest_id);

CREATE TABLE reminder_run (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    day DATE NOT NULL,
    scheduled_at TEXT,
    CONSTRAINT pk_reminder_run PRIMARY KEY (id),
    CONSTRAINT ck_reminder_run_there_is_one CHECK (id = 1),
    CONSTRAINT ck_reminder_run_day_is_date CHECK (day IS date(day, '+0 days'))
);
