CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE FUNCTION public.agent_full() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
PERFORM 1 FROM session WHERE id = NEW.session_id FOR UPDATE;
IF (SELECT COUNT(*) > MIN(lanes) FROM offer WHERE session_id = NEW.session_id AND state IN ('ringing','accepted')) THEN
RAISE EXCEPTION 'rule "agent_full" is broken' USING ERRCODE = 'check_violation', CONSTRAINT = 'agent_full';
END IF;
RETURN NULL;
END $$;
CREATE FUNCTION public.audit_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
RAISE EXCEPTION 'rule "audit_kept" is broken' USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_kept';
END $$;
CREATE TABLE public.account (
    id character varying(64) NOT NULL,
    slug character varying(100) NOT NULL,
    name text NOT NULL,
    timezone character varying(64) NOT NULL,
    options text NOT NULL,
    option_secrets text,
    closures text NOT NULL,
    holidays text,
    brand text,
    translations text DEFAULT '{}'::text NOT NULL,
    absences text DEFAULT '[]'::text NOT NULL,
    receipt_footer text DEFAULT ''::text NOT NULL,
    languages text NOT NULL,
    room_url text,
    version integer DEFAULT 1 NOT NULL,
    source text,
    messages text,
    meeting_url text,
    sign_in text,
    email_verified character varying(320),
    email_verified_at bigint
);
CREATE TABLE public.agent (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    key character varying(200) NOT NULL,
    given_id character varying(64),
    rank integer DEFAULT 0 NOT NULL,
    domain_id character varying(64) NOT NULL,
    firstname text NOT NULL,
    lastname text NOT NULL,
    email character varying(320),
    role character varying(20) NOT NULL,
    supervises text DEFAULT '[]'::text NOT NULL,
    password_hash text,
    password_once boolean DEFAULT false NOT NULL,
    schedule text,
    closures text NOT NULL,
    calendars text DEFAULT '[]'::text NOT NULL,
    queues text NOT NULL,
    capacity integer,
    retired_at bigint
);
CREATE TABLE public.agent_calendar (
    agent_id character varying(64) NOT NULL,
    version bigint NOT NULL,
    longest bigint NOT NULL
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.api_key (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    kind character varying(20) NOT NULL,
    roles text NOT NULL,
    application_id character varying(100),
    agent_id character varying(64),
    secret_hash text,
    created_at bigint NOT NULL,
    expires_at bigint,
    revoked_at bigint,
    label character varying(100) DEFAULT ''::character varying NOT NULL,
    prefix character varying(8),
    addresses text DEFAULT '[]'::text NOT NULL,
    branches text DEFAULT '[]'::text NOT NULL,
    replaced_by character varying(64),
    last_used_at bigint
);
CREATE TABLE public.application (
    id character varying(100) NOT NULL,
    account_id character varying(64) NOT NULL,
    key character varying(200) NOT NULL,
    rank integer DEFAULT 0 NOT NULL,
    queue_id character varying(64),
    retired_at bigint
);
CREATE TABLE public.appointment (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    application_id character varying(100),
    service_id character varying(64),
    queue_id character varying(64),
    branch_id character varying(64),
    agent_id character varying(64),
    origin character varying(20) NOT NULL,
    state character varying(12) NOT NULL,
    title text NOT NULL,
    starts_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    wall_start character varying(32) NOT NULL,
    wall_zone character varying(64) NOT NULL,
    tz_version character varying(20) NOT NULL,
    anchor character varying(10) NOT NULL,
    timezone character varying(64) NOT NULL,
    locale character varying(20),
    hold_expires_at bigint,
    hold_hash character varying(64),
    no_show_at bigint,
    code character varying(20),
    token_generation integer DEFAULT 0 NOT NULL,
    ver integer DEFAULT 0 NOT NULL,
    owner_id character varying(64),
    made_by character varying(64),
    customer_id character varying(64),
    ticket_id character varying(64),
    submission_id character varying(64),
    end_reason text,
    ended_at bigint,
    data text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.archived_day (
    account_id character varying(64) NOT NULL,
    day character varying(10) NOT NULL,
    part integer NOT NULL,
    file character varying(200) NOT NULL,
    rows bigint NOT NULL,
    archived_at bigint NOT NULL,
    dropped_at bigint
);
CREATE TABLE public.assignment (
    agent_id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    queues text NOT NULL,
    day character varying(10) NOT NULL
);
CREATE TABLE public.attempt (
    id character varying(64) NOT NULL,
    delivery_id character varying(40) NOT NULL,
    number integer NOT NULL,
    at bigint NOT NULL,
    status integer,
    error character varying(200),
    duration_ms integer NOT NULL,
    excerpt text
);
CREATE TABLE public.audit (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    seq bigint NOT NULL,
    at bigint NOT NULL,
    actor character varying(200) NOT NULL,
    action character varying(60) NOT NULL,
    object character varying(200) NOT NULL,
    data text NOT NULL,
    before character varying(64) NOT NULL,
    hash character varying(64) NOT NULL
);
CREATE TABLE public.audit_head (
    account_id character varying(64) NOT NULL,
    seq bigint NOT NULL,
    hash character varying(64) NOT NULL
);
CREATE TABLE public.branch (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    key character varying(200) NOT NULL,
    given_id character varying(64),
    rank integer DEFAULT 0 NOT NULL,
    domain_id character varying(64) NOT NULL,
    name text NOT NULL,
    label text NOT NULL,
    address text NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    timezone character varying(64) NOT NULL,
    hours text,
    closures text NOT NULL,
    holidays text,
    brand text,
    call_seq bigint DEFAULT '0'::bigint NOT NULL,
    drained_on character varying(10),
    retired_at bigint
);
CREATE TABLE public.busy_time (
    feed_id character varying(64) NOT NULL,
    starts_at bigint NOT NULL,
    agent_id character varying(64) NOT NULL,
    ends_at bigint NOT NULL,
    CONSTRAINT ck_busy_time_range CHECK ((ends_at > starts_at))
);
CREATE TABLE public.call (
    branch_id character varying(64) NOT NULL,
    seq bigint NOT NULL,
    account_id character varying(64) NOT NULL,
    ticket_id character varying(64) NOT NULL,
    queue_id character varying(64) NOT NULL,
    poc_id character varying(64),
    number character varying(50) NOT NULL,
    called_at bigint NOT NULL,
    recall integer NOT NULL,
    language character varying(20)
);
CREATE TABLE public.callback (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    branch_id character varying(64) NOT NULL,
    queue_id character varying(64) NOT NULL,
    phone character varying(40),
    name character varying(200),
    language character varying(20),
    asked_at bigint NOT NULL,
    state character varying(10) NOT NULL,
    ticket_id character varying(64),
    ver integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.claim (
    appointment_id character varying(64) NOT NULL,
    agent_id character varying(64) NOT NULL,
    group_id character varying(64) NOT NULL,
    blocked_start bigint NOT NULL,
    blocked_end bigint NOT NULL,
    active boolean NOT NULL,
    overbooked boolean NOT NULL,
    expires_at bigint,
    CONSTRAINT ck_claim_range CHECK ((blocked_end > blocked_start))
);
CREATE TABLE public.customer (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    username character varying(200),
    firstname text,
    lastname text,
    email character varying(320),
    phone character varying(40),
    data text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.decision (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    domain_id character varying(64) NOT NULL,
    at bigint NOT NULL,
    record text NOT NULL
);
CREATE TABLE public.delivery (
    id character varying(40) NOT NULL,
    account_id character varying(64) NOT NULL,
    webhook_id character varying(64) NOT NULL,
    event character varying(60) NOT NULL,
    trace_id character varying(40) NOT NULL,
    entity character varying(64) NOT NULL,
    at bigint NOT NULL,
    data text NOT NULL,
    state character varying(10) NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at bigint NOT NULL,
    claimed_until bigint,
    claim character varying(40),
    delivered_at bigint,
    last_status integer,
    last_error character varying(200),
    traceparent character varying(55)
);
CREATE TABLE public.device (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    orders text NOT NULL,
    report text NOT NULL,
    seen_at bigint
);
CREATE TABLE public.erasure (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    person text,
    asked_at bigint NOT NULL,
    done_at bigint
);
CREATE TABLE public.failed_login (
    scope character varying(400) NOT NULL,
    count integer NOT NULL,
    since bigint NOT NULL
);
CREATE TABLE public.feed (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    agent_id character varying(64) NOT NULL,
    url text NOT NULL,
    etag text,
    modified text,
    copy bytea,
    unrolled character varying(100),
    unrolled_until bigint,
    fetched_at bigint,
    failures integer DEFAULT 0 NOT NULL,
    error character varying(60),
    next_at bigint NOT NULL
);
CREATE TABLE public.forecast (
    queue_id character varying(64) NOT NULL,
    branch_id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    learnt integer NOT NULL,
    model text NOT NULL,
    learnt_at bigint NOT NULL
);
CREATE TABLE public.form (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    key character varying(200) NOT NULL,
    given_id character varying(64),
    rank integer DEFAULT 0 NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    fields text NOT NULL,
    retired_at bigint
);
CREATE TABLE public.hall (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    seq bigint NOT NULL,
    heard text NOT NULL
);
CREATE TABLE public.hall_call (
    hall_id character varying(64) NOT NULL,
    seq bigint NOT NULL,
    branch_id character varying(64) NOT NULL,
    call_seq bigint NOT NULL,
    ticket_id character varying(64) NOT NULL
);
CREATE TABLE public.idempotency (
    scope character varying(200) NOT NULL,
    key character varying(255) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status integer,
    headers text,
    body text,
    created_at bigint NOT NULL
);
CREATE TABLE public.installation (
    name character varying(40) NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.journal (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    entity character varying(64) NOT NULL,
    seq bigint NOT NULL,
    name character varying(40) NOT NULL,
    at bigint NOT NULL,
    data text NOT NULL
);
CREATE TABLE public.kiosk (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    key character varying(200) NOT NULL,
    given_id character varying(64),
    rank integer DEFAULT 0 NOT NULL,
    branch_id character varying(64) NOT NULL,
    token character varying(200) NOT NULL,
    queue_ids text NOT NULL,
    languages text NOT NULL,
    settings text NOT NULL,
    seen_at bigint,
    retired_at bigint
);
CREATE TABLE public.login (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    agent_id character varying(64) NOT NULL,
    kind character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    ended_at bigint
);
CREATE TABLE public.medium (
    account_id character varying(64) NOT NULL,
    shelf character varying(40) NOT NULL,
    name character varying(200) NOT NULL,
    content_type character varying(40) NOT NULL,
    size integer NOT NULL,
    digest character varying(64) NOT NULL,
    at bigint NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE public.message (
    id character varying(64) NOT NULL,
    account_id character varying(64),
    kind character varying(20) NOT NULL,
    channel character varying(20) NOT NULL,
    recipient character varying(320) NOT NULL,
    locale character varying(20),
    data text NOT NULL,
    appointment_id character varying(64),
    version integer,
    occasion character varying(40) DEFAULT ''::character varying NOT NULL,
    state character varying(12) DEFAULT 'pending'::character varying NOT NULL,
    rank integer DEFAULT 1 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at bigint NOT NULL,
    until bigint,
    claim character varying(64),
    claimed_until bigint,
    last_error character varying(200),
    created_at bigint NOT NULL,
    sent_at bigint
);
CREATE TABLE public.network_revision (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    number integer NOT NULL,
    at bigint NOT NULL,
    by character varying(200) NOT NULL,
    changes text NOT NULL,
    file text NOT NULL
);
CREATE TABLE public.notice (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    branch_id character varying(64),
    text text NOT NULL,
    agent_id character varying(64) NOT NULL,
    created_at bigint NOT NULL,
    until bigint NOT NULL,
    ver integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.number_counter (
    branch_id character varying(64) NOT NULL,
    queue_id character varying(64) NOT NULL,
    service_day character varying(10) NOT NULL,
    last integer NOT NULL
);
CREATE TABLE public.offer (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    domain_id character varying(64) NOT NULL,
    branch_id character varying(64),
    queue_id character varying(64) NOT NULL,
    ticket_id character varying(64) NOT NULL,
    session_id character varying(64) NOT NULL,
    agent_id character varying(64) NOT NULL,
    poc_id character varying(64),
    lane integer NOT NULL,
    lanes integer DEFAULT 1 NOT NULL,
    state character varying(10) NOT NULL,
    made_at bigint NOT NULL,
    deadline bigint,
    answered_at bigint,
    ended_at bigint,
    reasons text NOT NULL,
    ver integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.one_time_code (
    id character varying(64) NOT NULL,
    account_id character varying(64),
    purpose character varying(20) NOT NULL,
    contact character varying(320) NOT NULL,
    code_hash character varying(64) NOT NULL,
    wrong_guesses integer DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint
);
CREATE TABLE public.pairing (
    code character varying(12) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    kind character varying(10),
    device_id character varying(64),
    expires_at bigint NOT NULL
);
CREATE TABLE public.participant (
    appointment_id character varying(64) NOT NULL,
    party_id character varying(64) NOT NULL,
    kind character varying(10) NOT NULL,
    joined_at bigint
);
CREATE TABLE public.past_day (
    account_id character varying(64) NOT NULL,
    day character varying(10) NOT NULL,
    closed_at bigint NOT NULL
);
CREATE TABLE public.past_figures (
    account_id character varying(64) NOT NULL,
    day character varying(10) NOT NULL,
    kind character varying(10) NOT NULL,
    branch_id character varying(64) NOT NULL,
    queue_id character varying(64) NOT NULL,
    agent_id character varying(64) NOT NULL,
    figures text NOT NULL
);
CREATE TABLE public.poc (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    branch_id character varying(64) NOT NULL,
    given_id character varying(64),
    key character varying(200) NOT NULL,
    rank integer DEFAULT 0 NOT NULL,
    label text NOT NULL,
    kind character varying(10) NOT NULL,
    token character varying(64) NOT NULL,
    retired_at bigint
);
CREATE TABLE public.queue (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    key character varying(200) NOT NULL,
    given_id character varying(64),
    rank integer DEFAULT 0 NOT NULL,
    domain_id character varying(64) NOT NULL,
    name text NOT NULL,
    prefix character varying(20) NOT NULL,
    mode character varying(10) NOT NULL,
    call character varying(10) NOT NULL,
    ring_seconds integer NOT NULL,
    wrap_up_seconds integer NOT NULL,
    decline_cooldown_seconds integer NOT NULL,
    unstaffed character varying(10) NOT NULL,
    target_minutes double precision NOT NULL,
    max_wait_minutes double precision NOT NULL,
    form_id character varying(64),
    contact_form_id character varying(64),
    credit_seconds text NOT NULL,
    branch_ids text NOT NULL,
    settings text NOT NULL,
    retired_at bigint
);
CREATE TABLE public.quote (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    domain_id character varying(64) NOT NULL,
    queue_id character varying(64) NOT NULL,
    branch_id character varying(64) NOT NULL,
    ticket_id character varying(64) NOT NULL,
    first boolean NOT NULL,
    at bigint NOT NULL,
    p50 integer NOT NULL,
    p90 integer NOT NULL,
    made text NOT NULL,
    learnt integer NOT NULL,
    settled_at bigint,
    waited_seconds double precision
);
CREATE TABLE public.recovery_code (
    agent_id character varying(64) NOT NULL,
    code_hash character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL
);
CREATE TABLE public.rehearsal (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    agent_id character varying(64) NOT NULL,
    kind character varying(10) NOT NULL,
    asked text NOT NULL,
    state character varying(10) NOT NULL,
    passed integer NOT NULL,
    days integer NOT NULL,
    made_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    found text,
    reason character varying(500)
);
CREATE TABLE public.reminder (
    appointment_id character varying(64) NOT NULL,
    generation integer NOT NULL,
    period character varying(32) NOT NULL,
    account_id character varying(64) NOT NULL,
    due_at bigint NOT NULL,
    fired_at bigint
);
CREATE TABLE public.routing_domain (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    epoch bigint DEFAULT '0'::bigint NOT NULL,
    stamp bigint DEFAULT '0'::bigint NOT NULL,
    worker_id character varying(64),
    fence bigint DEFAULT '0'::bigint NOT NULL
);
CREATE TABLE public.screen (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    key character varying(200) NOT NULL,
    given_id character varying(64),
    rank integer DEFAULT 0 NOT NULL,
    branch_id character varying(64) NOT NULL,
    token character varying(200) NOT NULL,
    languages text NOT NULL,
    settings text NOT NULL,
    painted_seq bigint,
    audio character varying(10),
    seen_at bigint,
    retired_at bigint
);
CREATE TABLE public.second_factor (
    agent_id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    secret text NOT NULL,
    confirmed_at bigint,
    last_step bigint DEFAULT '0'::bigint NOT NULL
);
CREATE TABLE public.service (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    key character varying(200) NOT NULL,
    given_id character varying(64),
    rank integer DEFAULT 0 NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    queue_id character varying(64) NOT NULL,
    branch_id character varying(64),
    form_id character varying(64),
    automatic boolean NOT NULL,
    agent_ids text NOT NULL,
    rules text NOT NULL,
    retired_at bigint
);
CREATE TABLE public.session (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    domain_id character varying(64) NOT NULL,
    agent_id character varying(64) NOT NULL,
    branch_id character varying(64),
    poc_id character varying(64),
    state character varying(10) NOT NULL,
    reason character varying(200),
    pending_away character varying(200),
    started_at bigint NOT NULL,
    idle_since bigint NOT NULL,
    state_since bigint NOT NULL,
    until bigint,
    had_socket boolean NOT NULL,
    disconnected_at bigint,
    ended_at bigint,
    undo text,
    spare integer DEFAULT 0 NOT NULL,
    paused_until bigint,
    ver integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.socket (
    id character varying(64) NOT NULL,
    session_id character varying(64) NOT NULL,
    process_id character varying(64) NOT NULL,
    seen_at bigint NOT NULL,
    bell character varying(40),
    sounds boolean,
    acted_at bigint,
    rang character varying(64)
);
CREATE TABLE public.submission (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    form_id character varying(64) NOT NULL,
    queue_id character varying(64),
    kind character varying(20) NOT NULL,
    "values" text NOT NULL,
    created_at bigint NOT NULL,
    ticket_id character varying(64),
    anonymised_at bigint
);
CREATE TABLE public.summons (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    ticket_id character varying(64) NOT NULL,
    channel character varying(10) NOT NULL,
    address text NOT NULL,
    keys text,
    places integer DEFAULT 0 NOT NULL,
    locale character varying(20),
    asked_at bigint NOT NULL,
    near_told_at bigint,
    stopped_at bigint
);
CREATE TABLE public.ticket (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    domain_id character varying(64) NOT NULL,
    branch_id character varying(64),
    queue_id character varying(64) NOT NULL,
    place character varying(10) NOT NULL,
    number character varying(50) NOT NULL,
    own_number integer,
    number_series character varying(150),
    service_day character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    band integer NOT NULL,
    key bigint NOT NULL,
    seq bigint NOT NULL,
    enqueued_at bigint NOT NULL,
    eligible_from bigint NOT NULL,
    link character varying(64) NOT NULL,
    source character varying(20) NOT NULL,
    ticket_class character varying(50),
    language character varying(20),
    integration_data text,
    submission_id character varying(64),
    customer text,
    customer_id character varying(64),
    customer_email text,
    customer_phone text,
    appointment_id character varying(64),
    poc_id character varying(64),
    agent_id character varying(64),
    session_id character varying(64),
    preferred_agent_id character varying(64),
    preferred_until bigint,
    cooldowns text NOT NULL,
    assigned_at bigint,
    called_at bigint,
    serving_since bigint,
    parked_at bigint,
    parked_by character varying(64),
    ended_at bigint,
    end_reason character varying(50),
    note text,
    outcome character varying(200),
    recall integer DEFAULT 0 NOT NULL,
    late_count integer DEFAULT 0 NOT NULL,
    ver integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.waiting_room (
    appointment_id character varying(64) NOT NULL,
    code character varying(40) NOT NULL,
    url text NOT NULL,
    opened_at bigint,
    expires_at bigint NOT NULL
);
CREATE TABLE public.waitlist_entry (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    service_id character varying(64) NOT NULL,
    agent_id character varying(64),
    day character varying(10) NOT NULL,
    timezone character varying(64) NOT NULL,
    begins_at bigint NOT NULL,
    over_at bigint NOT NULL,
    contact character varying(320) NOT NULL,
    person text NOT NULL,
    locale character varying(20),
    link character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    seq bigint NOT NULL,
    appointment_id character varying(64),
    hold_token text,
    offered_start bigint,
    offered_until bigint,
    passed_up text NOT NULL,
    created_at bigint NOT NULL,
    ended_at bigint,
    ver integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.webhook (
    id character varying(64) NOT NULL,
    account_id character varying(64) NOT NULL,
    key character varying(200) NOT NULL,
    given_id character varying(64),
    rank integer DEFAULT 0 NOT NULL,
    url text NOT NULL,
    events text NOT NULL,
    dialect character varying(20) NOT NULL,
    secret text NOT NULL,
    headers text NOT NULL,
    state character varying(20) DEFAULT 'active'::character varying NOT NULL,
    disabled_reason text,
    max_concurrency integer DEFAULT 4 NOT NULL,
    ordered boolean DEFAULT false NOT NULL,
    custom text,
    secrets text,
    previous_secret text,
    previous_until bigint,
    failing_since bigint,
    failures integer DEFAULT 0 NOT NULL,
    retired_at bigint
);
CREATE TABLE public.worker (
    id character varying(64) NOT NULL,
    seat character varying(300),
    seen_at bigint NOT NULL
);
INSERT INTO public.account VALUES ('9e7f504cbe53ba7c3ffab47f', 'grown', 'grown', 'America/Santiago', '{}', NULL, '[]', NULL, NULL, '{}', '[]', '', '["en"]', NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.agent VALUES ('21a438be4b3241df46ee6554', '9e7f504cbe53ba7c3ffab47f', 'ana', NULL, 0, '69a5a5f02643aa5f59762894', 'ana', '', 'ana@grown.example', 'manager', '[]', NULL, false, '[{"timezone":"America/Santiago","mon":["09:00-18:00"],"tue":["09:00-18:00"],"wed":["09:00-18:00"],"thu":["09:00-18:00"],"fri":["09:00-18:00"]}]', '[]', '[]', '{"50d9af4a6b6a7b0c20914c97":5}', NULL, NULL);
INSERT INTO public.agent VALUES ('9eada2ece533e96f2111c812', '9e7f504cbe53ba7c3ffab47f', 'vic', NULL, 1, '69a5a5f02643aa5f59762894', 'vic', '', NULL, 'attendant', '[]', NULL, false, NULL, '[]', '[]', '{"2cae56d92e60bfdae6973647":5}', NULL, NULL);
INSERT INTO public.agent_calendar VALUES ('21a438be4b3241df46ee6554', 4432126206, 1800000000);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.application VALUES ('307e74ac-59f3-8bc2-844c-6f17f4000000', '9e7f504cbe53ba7c3ffab47f', 'default', 0, NULL, NULL);
INSERT INTO public.appointment VALUES ('69a5a6a414c370fe6e2b4821', '9e7f504cbe53ba7c3ffab47f', NULL, '5b6537175a84c0048694c887', '50d9af4a6b6a7b0c20914c97', 'a241893165dc46fd77261ec1', '21a438be4b3241df46ee6554', 'page', 'cancelled', 'any', 1772546400000000, 1772548200000000, '2026-03-03T11:00:00', 'America/Santiago', '2026.6', 'wall', 'America/Santiago', NULL, NULL, NULL, NULL, 'RW3-XFT', 2, 2, '21a438be4b3241df46ee6554', NULL, '69a5a6a414c370fe2a0504e6', NULL, NULL, NULL, 1772463780000000, '{}', 1772463780000000, 1772463780000000);
INSERT INTO public.appointment VALUES ('69a5a6e040b9cf669cffac0c', '9e7f504cbe53ba7c3ffab47f', NULL, '5b6537175a84c0048694c887', '50d9af4a6b6a7b0c20914c97', 'a241893165dc46fd77261ec1', '21a438be4b3241df46ee6554', 'page', 'scheduled', 'any', 1772542800000000, 1772544600000000, '2026-03-03T10:00:00', 'America/Santiago', '2026.6', 'wall', 'America/Santiago', NULL, NULL, NULL, 1772543400000000, 'H88-3SK', 0, 0, '21a438be4b3241df46ee6554', NULL, '69a5a6e040b9cf6650139ad5', NULL, NULL, NULL, NULL, '{}', 1772463840000000, 1772463840000000);
INSERT INTO public.audit VALUES ('69a5a5f02643aa5fdf9f0606', '9e7f504cbe53ba7c3ffab47f', 1, 1772463600000000, 'apply', 'network.applied', 'grown', '["add account grown","add branch main","add poc main/c1","add poc main/c2","add poc main/b1","add queue cash","add queue video","add application default","add agent ana","add agent vic","add service any","add webhook all","add screen lobby","add kiosk door"]', '', 'a0ccdebf9e382f8028fb1dc43dc9de2df9b7d1a243b426b01129e617f0697d5c');
INSERT INTO public.audit_head VALUES ('9e7f504cbe53ba7c3ffab47f', 1, 'a0ccdebf9e382f8028fb1dc43dc9de2df9b7d1a243b426b01129e617f0697d5c');
INSERT INTO public.branch VALUES ('a241893165dc46fd77261ec1', '9e7f504cbe53ba7c3ffab47f', 'main', NULL, 0, '69a5a5f02643aa5f59762894', 'main', 'main', '', 0, 0, 'America/Santiago', NULL, '[]', NULL, NULL, 4, NULL, NULL);
INSERT INTO public.call VALUES ('a241893165dc46fd77261ec1', 1, '9e7f504cbe53ba7c3ffab47f', '69a5a62c36ef70187cd8e2db', '50d9af4a6b6a7b0c20914c97', '5a56343beb2101d177c37bc6', 'C001', 1772463660000000, 0, NULL);
INSERT INTO public.call VALUES ('a241893165dc46fd77261ec1', 2, '9e7f504cbe53ba7c3ffab47f', '69a5a62c36ef70187cd8e2db', '50d9af4a6b6a7b0c20914c97', '5a56343beb2101d177c37bc6', 'C001', 1772463660000000, 1, NULL);
INSERT INTO public.call VALUES ('a241893165dc46fd77261ec1', 3, '9e7f504cbe53ba7c3ffab47f', '69a5a66878e0ce713a77dc3b', '2cae56d92e60bfdae6973647', 'a5a636ea64ef003c090261a8', 'V001', 1772463720000000, 0, NULL);
INSERT INTO public.call VALUES ('a241893165dc46fd77261ec1', 4, '9e7f504cbe53ba7c3ffab47f', '69a5a71c7a7cbf6c6c5e0266', '50d9af4a6b6a7b0c20914c97', '5a56343beb2101d177c37bc6', 'C002', 1772464020000000, 0, NULL);
INSERT INTO public.claim VALUES ('69a5a6a414c370fe6e2b4821', '21a438be4b3241df46ee6554', '69a5a6a414c370fe6e2b4821', 1772546400000000, 1772548200000000, false, false, NULL);
INSERT INTO public.claim VALUES ('69a5a6e040b9cf669cffac0c', '21a438be4b3241df46ee6554', '69a5a6e040b9cf669cffac0c', 1772542800000000, 1772544600000000, true, false, NULL);
INSERT INTO public.customer VALUES ('69a5a6a414c370fe2a0504e6', '9e7f504cbe53ba7c3ffab47f', NULL, NULL, NULL, NULL, NULL, '{}', 1772463780000000);
INSERT INTO public.customer VALUES ('69a5a6e040b9cf6650139ad5', '9e7f504cbe53ba7c3ffab47f', NULL, NULL, NULL, NULL, NULL, '{}', 1772463840000000);
INSERT INTO public.decision VALUES ('69a5a62c850e2f74565144a6', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 1772463660000000, '{"rules":1,"now":1772463660000000,"waiting":[{"id":"69a5a62c36ef70187cd8e2db","queue":"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772463660000000,"seq":3145729,"from":1772463660000000,"came":1772463660000000}],"available":[{"id":"69a5a5f0ad4bde52c6fb1d25","agent":"21a438be4b3241df46ee6554","queues":{"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1":5,"50d9af4a6b6a7b0c20914c97@":5},"idle":1772463600000000}],"pocs":{"a241893165dc46fd77261ec1":["a5a636ea64ef003c090261a8"]},"decided":[["69a5a62c36ef70187cd8e2db","69a5a5f0ad4bde52c6fb1d25",null]]}');
INSERT INTO public.decision VALUES ('69a5a668aee976caa0ca023f', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 1772463720000000, '{"rules":1,"now":1772463720000000,"waiting":[{"id":"69a5a66878e0ce713a77dc3b","queue":"2cae56d92e60bfdae6973647@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772463720000000,"seq":8388609,"from":1772463720000000,"poc":true,"came":1772463720000000}],"available":[{"id":"69a5a5f0d0009e214cf6a58a","agent":"9eada2ece533e96f2111c812","queues":{"2cae56d92e60bfdae6973647@a241893165dc46fd77261ec1":5,"2cae56d92e60bfdae6973647@":5},"idle":1772463600000000}],"pocs":{"a241893165dc46fd77261ec1":["a5a636ea64ef003c090261a8"]},"decided":[["69a5a66878e0ce713a77dc3b","69a5a5f0d0009e214cf6a58a","a5a636ea64ef003c090261a8"]]}');
INSERT INTO public.decision VALUES ('69a5a7940548a721cf0c0b68', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 1772464020000000, '{"rules":1,"now":1772464020000000,"waiting":[{"id":"69a5a71c7a7cbf6c6c5e0266","queue":"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772463900000000,"seq":17825793,"from":1772463900000000,"came":1772463900000000},{"id":"69a5a758d625f1008f389750","queue":"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772463960000000,"seq":18874369,"from":1772463960000000,"came":1772463960000000}],"available":[{"id":"69a5a5f0ad4bde52c6fb1d25","agent":"21a438be4b3241df46ee6554","queues":{"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1":5,"50d9af4a6b6a7b0c20914c97@":5},"idle":1772463660000000}],"pocs":{"a241893165dc46fd77261ec1":["a5a636ea64ef003c090261a8"]},"decided":[["69a5a71c7a7cbf6c6c5e0266","69a5a5f0ad4bde52c6fb1d25",null]]}');
INSERT INTO public.decision VALUES ('69a5a7941236fc1748cecf4e', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 1772464020000000, '{"rules":1,"now":1772464020000000,"waiting":[{"id":"69a5a7943a244adbabcd206f","queue":"2cae56d92e60bfdae6973647@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772464020000000,"seq":22020097,"from":1772464020000000,"poc":true,"came":1772464020000000}],"available":[{"id":"69a5a5f0d0009e214cf6a58a","agent":"9eada2ece533e96f2111c812","queues":{"2cae56d92e60bfdae6973647@a241893165dc46fd77261ec1":5,"2cae56d92e60bfdae6973647@":5},"idle":1772463720000000}],"pocs":{"a241893165dc46fd77261ec1":["a5a636ea64ef003c090261a8"]},"decided":[["69a5a7943a244adbabcd206f","69a5a5f0d0009e214cf6a58a","a5a636ea64ef003c090261a8"]]}');
INSERT INTO public.journal VALUES ('69a5a5f0ad4bde53b0d82dce', '9e7f504cbe53ba7c3ffab47f', '21a438be4b3241df46ee6554', 1815002726400000000, 'agent.connected', 1772463600000000, '{"state":"idle","reason":null,"session":"69a5a5f0ad4bde52c6fb1d25"}');
INSERT INTO public.journal VALUES ('69a5a5f0d0009e21f0d41b24', '9e7f504cbe53ba7c3ffab47f', '9eada2ece533e96f2111c812', 1815002726400000000, 'agent.connected', 1772463600000000, '{"state":"idle","reason":null,"session":"69a5a5f0d0009e214cf6a58a"}');
INSERT INTO public.journal VALUES ('69a5a62c36ef701941213d64', '9e7f504cbe53ba7c3ffab47f', '69a5a62c36ef70187cd8e2db', 1815002787840000000, 'ticket.created', 1772463660000000, '{"state":"waiting","queue":"50d9af4a6b6a7b0c20914c97","agent":null}');
INSERT INTO public.journal VALUES ('69a5a62c850e2f74cfbdfd92', '9e7f504cbe53ba7c3ffab47f', '69a5a62c36ef70187cd8e2db', 1815002787840000000, 'ticket.called', 1772463660000000, '{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","offer_id":"69a5a62c850e2f749b820942","call":1}');
INSERT INTO public.journal VALUES ('69a5a62c850e2f7555b8318f', '9e7f504cbe53ba7c3ffab47f', '69a5a62c36ef70187cd8e2db', 1815002787840000001, 'ticket.assigned', 1772463660000000, '{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","overtaken_by":0}');
INSERT INTO public.journal VALUES ('69a5a62c32b00627dcf52df2', '9e7f504cbe53ba7c3ffab47f', '69a5a62c36ef70187cd8e2db', 1815002787840000000, 'ticket.recalled', 1772463660000000, '{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","call":2}');
INSERT INTO public.journal VALUES ('69a5a62c644d628f18331624', '9e7f504cbe53ba7c3ffab47f', '69a5a62c36ef70187cd8e2db', 1815002787840000000, 'ticket.serving', 1772463660000000, '{"state":"serving","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554"}');
INSERT INTO public.journal VALUES ('69a5a62c3aacd97c952d2579', '9e7f504cbe53ba7c3ffab47f', '69a5a62c36ef70187cd8e2db', 1815002787840000000, 'ticket.done', 1772463660000000, '{"state":"done","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554"}');
INSERT INTO public.journal VALUES ('69a5a62c3aacd97cd51eed9d', '9e7f504cbe53ba7c3ffab47f', '21a438be4b3241df46ee6554', 1815002787840000001, 'agent.idle', 1772463660000000, '{"state":"idle","reason":null,"session":"69a5a5f0ad4bde52c6fb1d25"}');
INSERT INTO public.journal VALUES ('69a5a66878e0ce7145ace5a8', '9e7f504cbe53ba7c3ffab47f', '69a5a66878e0ce713a77dc3b', 1815002849280000000, 'ticket.created', 1772463720000000, '{"state":"waiting","queue":"2cae56d92e60bfdae6973647","agent":null}');
INSERT INTO public.journal VALUES ('69a5a668aee976cb5acf3ee0', '9e7f504cbe53ba7c3ffab47f', '69a5a66878e0ce713a77dc3b', 1815002849280000000, 'ticket.offered', 1772463720000000, '{"state":"offered","queue":"2cae56d92e60bfdae6973647","agent":null,"to":"9eada2ece533e96f2111c812","offer_id":"69a5a668aee976caeed885fc"}');
INSERT INTO public.journal VALUES ('69a5a668623c2634981d9720', '9e7f504cbe53ba7c3ffab47f', '69a5a66878e0ce713a77dc3b', 1815002849280000000, 'ticket.serving', 1772463720000000, '{"state":"serving","queue":"2cae56d92e60bfdae6973647","agent":"9eada2ece533e96f2111c812","offer_id":"69a5a668aee976caeed885fc","call":3}');
INSERT INTO public.journal VALUES ('69a5a668623c2634a6fba832', '9e7f504cbe53ba7c3ffab47f', '69a5a66878e0ce713a77dc3b', 1815002849280000001, 'ticket.assigned', 1772463720000000, '{"state":"serving","queue":"2cae56d92e60bfdae6973647","agent":"9eada2ece533e96f2111c812","overtaken_by":0}');
INSERT INTO public.journal VALUES ('69a5a668e2c6c07964f7258f', '9e7f504cbe53ba7c3ffab47f', '69a5a66878e0ce713a77dc3b', 1815002849280000000, 'ticket.done', 1772463720000000, '{"state":"done","queue":"2cae56d92e60bfdae6973647","agent":"9eada2ece533e96f2111c812"}');
INSERT INTO public.journal VALUES ('69a5a6682b3bd06bfc9b536f', '9e7f504cbe53ba7c3ffab47f', '9eada2ece533e96f2111c812', 1815002849280000000, 'agent.idle', 1772463720000000, '{"state":"idle","reason":null,"session":"69a5a5f0d0009e214cf6a58a"}');
INSERT INTO public.journal VALUES ('69a5a6a414c371003a9bf03e', '9e7f504cbe53ba7c3ffab47f', '69a5a6a414c370fe2a0504e6', 1815002910720000000, 'customer.created', 1772463780000000, '{}');
INSERT INTO public.journal VALUES ('69a5a6a414c371003d3cd77f', '9e7f504cbe53ba7c3ffab47f', '69a5a6a414c370fe6e2b4821', 1815002910720000001, 'appointment.created', 1772463780000000, '{"state":"scheduled","starts_at":"2026-03-03T13:00:00+00:00","agent":"21a438be4b3241df46ee6554","origin":"page"}');
INSERT INTO public.journal VALUES ('69a5a6a4ae55268f5a3a456a', '9e7f504cbe53ba7c3ffab47f', '69a5a6a414c370fe6e2b4821', 1815002910720000000, 'appointment.moved', 1772463780000000, '{"state":"scheduled","starts_at":"2026-03-03T14:00:00+00:00","moved_from":"2026-03-03T13:00:00+00:00"}');
INSERT INTO public.journal VALUES ('69a5a6a48a32215aea78a3ec', '9e7f504cbe53ba7c3ffab47f', '69a5a6a414c370fe6e2b4821', 1815002910720000000, 'appointment.cancelled', 1772463780000000, '{"state":"cancelled","starts_at":"2026-03-03T14:00:00+00:00","reason":null}');
INSERT INTO public.journal VALUES ('69a5a6e040b9cf67bb3c7752', '9e7f504cbe53ba7c3ffab47f', '69a5a6e040b9cf6650139ad5', 1815002972160000000, 'customer.created', 1772463840000000, '{}');
INSERT INTO public.journal VALUES ('69a5a6e040b9cf689d40059b', '9e7f504cbe53ba7c3ffab47f', '69a5a6e040b9cf669cffac0c', 1815002972160000001, 'appointment.created', 1772463840000000, '{"state":"scheduled","starts_at":"2026-03-03T13:00:00+00:00","agent":"21a438be4b3241df46ee6554","origin":"page"}');
INSERT INTO public.journal VALUES ('69a5a71c7a7cbf6d235d086b', '9e7f504cbe53ba7c3ffab47f', '69a5a71c7a7cbf6c6c5e0266', 1815003033600000000, 'ticket.created', 1772463900000000, '{"state":"waiting","queue":"50d9af4a6b6a7b0c20914c97","agent":null}');
INSERT INTO public.journal VALUES ('69a5a758d625f10123357949', '9e7f504cbe53ba7c3ffab47f', '69a5a758d625f1008f389750', 1815003095040000000, 'ticket.created', 1772463960000000, '{"state":"waiting","queue":"50d9af4a6b6a7b0c20914c97","agent":null}');
INSERT INTO public.journal VALUES ('69a5a794ba3ace6bf0ea4747', '9e7f504cbe53ba7c3ffab47f', '69a5a794ba3ace6b7a8104c4', 1815003156480000000, 'ticket.created', 1772464020000000, '{"state":"waiting","queue":"50d9af4a6b6a7b0c20914c97","agent":null}');
INSERT INTO public.journal VALUES ('69a5a7940548a722a2792ae9', '9e7f504cbe53ba7c3ffab47f', '69a5a71c7a7cbf6c6c5e0266', 1815003156480000000, 'ticket.called', 1772464020000000, '{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","offer_id":"69a5a7940548a7222bb49f51","call":4}');
INSERT INTO public.journal VALUES ('69a5a7940548a7238ec0784d', '9e7f504cbe53ba7c3ffab47f', '69a5a71c7a7cbf6c6c5e0266', 1815003156480000001, 'ticket.assigned', 1772464020000000, '{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","overtaken_by":0}');
INSERT INTO public.journal VALUES ('69a5a7943a244adbf55a40b3', '9e7f504cbe53ba7c3ffab47f', '69a5a7943a244adbabcd206f', 1815003156480000000, 'ticket.created', 1772464020000000, '{"state":"waiting","queue":"2cae56d92e60bfdae6973647","agent":null}');
INSERT INTO public.journal VALUES ('69a5a7941236fc18114ef279', '9e7f504cbe53ba7c3ffab47f', '69a5a7943a244adbabcd206f', 1815003156480000000, 'ticket.offered', 1772464020000000, '{"state":"offered","queue":"2cae56d92e60bfdae6973647","agent":null,"to":"9eada2ece533e96f2111c812","offer_id":"69a5a7941236fc17af6f9d53"}');
INSERT INTO public.kiosk VALUES ('f43cdd408639957e6dd21084', '9e7f504cbe53ba7c3ffab47f', 'door', NULL, 0, 'a241893165dc46fd77261ec1', 'kiosk-secret', '["50d9af4a6b6a7b0c20914c97","2cae56d92e60bfdae6973647"]', '["en"]', '{"name":"door","classes":[],"phone":false}', NULL, NULL);
INSERT INTO public.message VALUES ('69a5a6a414c370ff60ab0ef7', '9e7f504cbe53ba7c3ffab47f', 'CREATE', 'EMAIL', 'ana@grown.example', 'en', '{"party":["AGENT","21a438be4b3241df46ee6554"],"source":"ours"}', '69a5a6a414c370fe6e2b4821', 0, '', 'pending', 1, 0, 1772463780000000, 1772544600000000, NULL, NULL, NULL, 1772463780000000, NULL);
INSERT INTO public.message VALUES ('69a5a6a4ae55268efdd36bf5', '9e7f504cbe53ba7c3ffab47f', 'RESCHEDULE', 'EMAIL', 'ana@grown.example', 'en', '{"party":["AGENT","21a438be4b3241df46ee6554"],"source":"ours"}', '69a5a6a414c370fe6e2b4821', 1, '', 'pending', 1, 0, 1772463780000000, 1772548200000000, NULL, NULL, NULL, 1772463780000000, NULL);
INSERT INTO public.message VALUES ('69a5a6a48a322159ed160e2c', '9e7f504cbe53ba7c3ffab47f', 'CANCELLED', 'EMAIL', 'ana@grown.example', 'en', '{"party":["AGENT","21a438be4b3241df46ee6554"],"source":"ours"}', '69a5a6a414c370fe6e2b4821', 2, '', 'pending', 1, 0, 1772463780000000, 1772636580000000, NULL, NULL, NULL, 1772463780000000, NULL);
INSERT INTO public.message VALUES ('69a5a6e040b9cf6794bc0cc0', '9e7f504cbe53ba7c3ffab47f', 'CREATE', 'EMAIL', 'ana@grown.example', 'en', '{"party":["AGENT","21a438be4b3241df46ee6554"],"source":"ours"}', '69a5a6e040b9cf669cffac0c', 0, '', 'pending', 1, 0, 1772463840000000, 1772544600000000, NULL, NULL, NULL, 1772463840000000, NULL);
INSERT INTO public.network_revision VALUES ('69a5a5f02643aa5f873148ec', '9e7f504cbe53ba7c3ffab47f', 1, 1772463600000000, 'apply', '["add account grown","add branch main","add poc main/c1","add poc main/c2","add poc main/b1","add queue cash","add queue video","add application default","add agent ana","add agent vic","add service any","add webhook all","add screen lobby","add kiosk door"]', '[account]
slug = "grown"
name = "grown"
timezone = "America/Santiago"
languages = ["en"]
[[branch]]
key = "main"
name = "main"
label = "main"
timezone = "America/Santiago"
pocs = [
  { key = "c1", label = "c1", kind = "counter" },
  { key = "c2", label = "c2", kind = "counter" },
  { key = "b1", label = "b1", kind = "booth" },
]
[[queue]]
key = "cash"
name = "cash"
prefix = "C"
branches = ["main"]
mode = "counter"
call = "pull"
ring_seconds = 20
wrap_up_seconds = 0
decline_cooldown_seconds = 30
unstaffed = "accept"
target_minutes = 10.0
max_wait_minutes = 45.0
weight = 0
short_service_seconds = 15
[[queue]]
key = "video"
name = "video"
prefix = "V"
branches = ["main"]
mode = "booth"
call = "push"
ring_seconds = 20
wrap_up_seconds = 10
decline_cooldown_seconds = 30
unstaffed = "accept"
target_minutes = 10.0
max_wait_minutes = 45.0
weight = 0
short_service_seconds = 15
[[agent]]
key = "ana"
firstname = "ana"
email = "ana@grown.example"
role = "manager"
queues = ["cash"]
schedule = { timezone = "America/Santiago", mon-fri = ["09:00-18:00"] }
[[agent]]
key = "vic"
firstname = "vic"
role = "attendant"
queues = ["video"]
[[service]]
key = "any"
title = "any"
queue = "cash"
branch = "main"
automatic = false
duration_minutes = 30
step_minutes = 30
before_minutes = 0
after_minutes = 0
horizon_days = 90
capacity = 1
early_minutes = 15
grace_minutes = 10
credit_minutes = 15
lead = "PT0S"
reminders = ["P1D"]
[[webhook]]
key = "all"
url = "http://127.0.0.1:9000/hook"
events = ["*"]
dialect = "native"
max_concurrency = 4
[[screen]]
key = "lobby"
name = "lobby"
branch = "main"
languages = ["en"]
show_waiting = true
show_waits = true
audio = true
[[kiosk]]
key = "door"
name = "door"
branch = "main"
languages = ["en"]
');
INSERT INTO public.number_counter VALUES ('a241893165dc46fd77261ec1', '50d9af4a6b6a7b0c20914c97', '2026-03-02', 4);
INSERT INTO public.number_counter VALUES ('a241893165dc46fd77261ec1', '2cae56d92e60bfdae6973647', '2026-03-02', 2);
INSERT INTO public.offer VALUES ('69a5a62c850e2f749b820942', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '50d9af4a6b6a7b0c20914c97', '69a5a62c36ef70187cd8e2db', '69a5a5f0ad4bde52c6fb1d25', '21a438be4b3241df46ee6554', '5a56343beb2101d177c37bc6', 0, 1, 'done', 1772463660000000, NULL, 1772463660000000, 1772463660000000, '{"band":2,"key":"2026-03-02T15:01:00+00:00","position":1,"ahead":0,"early":false,"waited_seconds":0,"ring":0,"minimum_level":0,"won_by":"only_candidate","rearranged":false,"candidates":[{"agent":"21a438be4b3241df46ee6554","session":"69a5a5f0ad4bde52c6fb1d25","preferred":false,"level":5,"flexibility":1,"idle_seconds":60,"held":0}],"candidate_count":1,"passed_over":[],"passed_over_count":0,"at":"2026-03-02T15:01:00+00:00"}', 1);
INSERT INTO public.offer VALUES ('69a5a668aee976caeed885fc', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '2cae56d92e60bfdae6973647', '69a5a66878e0ce713a77dc3b', '69a5a5f0d0009e214cf6a58a', '9eada2ece533e96f2111c812', 'a5a636ea64ef003c090261a8', 0, 1, 'done', 1772463720000000, 1772463740000000, 1772463720000000, 1772463720000000, '{"band":2,"key":"2026-03-02T15:02:00+00:00","position":1,"ahead":0,"early":false,"waited_seconds":0,"ring":0,"minimum_level":0,"won_by":"only_candidate","rearranged":false,"candidates":[{"agent":"9eada2ece533e96f2111c812","session":"69a5a5f0d0009e214cf6a58a","preferred":false,"level":5,"flexibility":1,"idle_seconds":120,"held":0}],"candidate_count":1,"passed_over":[],"passed_over_count":0,"at":"2026-03-02T15:02:00+00:00"}', 2);
INSERT INTO public.offer VALUES ('69a5a7940548a7222bb49f51', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '50d9af4a6b6a7b0c20914c97', '69a5a71c7a7cbf6c6c5e0266', '69a5a5f0ad4bde52c6fb1d25', '21a438be4b3241df46ee6554', '5a56343beb2101d177c37bc6', 0, 1, 'accepted', 1772464020000000, NULL, 1772464020000000, NULL, '{"band":2,"key":"2026-03-02T15:05:00+00:00","position":1,"ahead":0,"early":false,"waited_seconds":120,"ring":0,"minimum_level":0,"won_by":"only_candidate","rearranged":false,"candidates":[{"agent":"21a438be4b3241df46ee6554","session":"69a5a5f0ad4bde52c6fb1d25","preferred":false,"level":5,"flexibility":1,"idle_seconds":360,"held":0}],"candidate_count":1,"passed_over":[],"passed_over_count":0,"at":"2026-03-02T15:07:00+00:00"}', 0);
INSERT INTO public.offer VALUES ('69a5a7941236fc17af6f9d53', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '2cae56d92e60bfdae6973647', '69a5a7943a244adbabcd206f', '69a5a5f0d0009e214cf6a58a', '9eada2ece533e96f2111c812', 'a5a636ea64ef003c090261a8', 0, 1, 'ringing', 1772464020000000, 1772464040000000, NULL, NULL, '{"band":2,"key":"2026-03-02T15:07:00+00:00","position":1,"ahead":0,"early":false,"waited_seconds":0,"ring":0,"minimum_level":0,"won_by":"only_candidate","rearranged":false,"candidates":[{"agent":"9eada2ece533e96f2111c812","session":"69a5a5f0d0009e214cf6a58a","preferred":false,"level":5,"flexibility":1,"idle_seconds":300,"held":0}],"candidate_count":1,"passed_over":[],"passed_over_count":0,"at":"2026-03-02T15:07:00+00:00"}', 0);
INSERT INTO public.participant VALUES ('69a5a6a414c370fe6e2b4821', '21a438be4b3241df46ee6554', 'AGENT', NULL);
INSERT INTO public.participant VALUES ('69a5a6a414c370fe6e2b4821', '69a5a6a414c370fe2a0504e6', 'CUSTOMER', NULL);
INSERT INTO public.participant VALUES ('69a5a6e040b9cf669cffac0c', '21a438be4b3241df46ee6554', 'AGENT', NULL);
INSERT INTO public.participant VALUES ('69a5a6e040b9cf669cffac0c', '69a5a6e040b9cf6650139ad5', 'CUSTOMER', NULL);
INSERT INTO public.poc VALUES ('5a56343beb2101d177c37bc6', '9e7f504cbe53ba7c3ffab47f', 'a241893165dc46fd77261ec1', NULL, 'c1', 0, 'c1', 'counter', 'At0nMODJraHS0HCLVE3_JsqI_dT6J0Re', NULL);
INSERT INTO public.poc VALUES ('52ee8bfcf84730c0a1ba67f5', '9e7f504cbe53ba7c3ffab47f', 'a241893165dc46fd77261ec1', NULL, 'c2', 1, 'c2', 'counter', '9OqV0Xh9z8nSvaYABOVUIcPG6o2IF7jB', NULL);
INSERT INTO public.poc VALUES ('a5a636ea64ef003c090261a8', '9e7f504cbe53ba7c3ffab47f', 'a241893165dc46fd77261ec1', NULL, 'b1', 2, 'b1', 'booth', 'YZdMrlf5U0EUF97Tg1WK2Psn52DOJHDW', NULL);
INSERT INTO public.queue VALUES ('50d9af4a6b6a7b0c20914c97', '9e7f504cbe53ba7c3ffab47f', 'cash', NULL, 0, '69a5a5f02643aa5f59762894', 'cash', 'C', 'counter', 'pull', 20, 0, 30, 'accept', 10, 45, NULL, NULL, '{}', '["a241893165dc46fd77261ec1"]', '{"weight":0,"short_service_seconds":15,"survey":null}', NULL);
INSERT INTO public.queue VALUES ('2cae56d92e60bfdae6973647', '9e7f504cbe53ba7c3ffab47f', 'video', NULL, 1, '69a5a5f02643aa5f59762894', 'video', 'V', 'booth', 'push', 20, 10, 30, 'accept', 10, 45, NULL, NULL, '{}', '["a241893165dc46fd77261ec1"]', '{"weight":0,"short_service_seconds":15,"survey":null}', NULL);
INSERT INTO public.quote VALUES ('69a5a62c36ef701936d99983', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', '50d9af4a6b6a7b0c20914c97', 'a241893165dc46fd77261ec1', '69a5a62c36ef70187cd8e2db', true, 1772463660000000, 0, 0, '{}', 0, NULL, NULL);
INSERT INTO public.quote VALUES ('69a5a71c7a7cbf6d0a3b9ae4', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', '50d9af4a6b6a7b0c20914c97', 'a241893165dc46fd77261ec1', '69a5a71c7a7cbf6c6c5e0266', true, 1772463900000000, 0, 0, '{}', 0, NULL, NULL);
INSERT INTO public.quote VALUES ('69a5a758d625f100cbbbac5f', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', '50d9af4a6b6a7b0c20914c97', 'a241893165dc46fd77261ec1', '69a5a758d625f1008f389750', true, 1772463960000000, 60, 120, '{"likely":2877.16626859999,"safe":6668.091719772735,"middle":47.952771143333166,"spread":63.51542418621242,"x":[1.0,47.952771,111.134862,1.0,0.0,0.0,0.2,0.2,0.0,0.04,7.5,5.0,0.5,0.0,0.0,0.0,0.0,0.0,0.0,1.0,47.952771]}', 0, NULL, NULL);
INSERT INTO public.quote VALUES ('69a5a794ba3ace6b9cefc26f', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', '50d9af4a6b6a7b0c20914c97', 'a241893165dc46fd77261ec1', '69a5a794ba3ace6b7a8104c4', true, 1772464020000000, 90, 120, '{"likely":4584.103394954675,"safe":9123.977722001502,"middle":76.4017232492446,"spread":75.99790545078042,"x":[1.0,76.401723,152.066295,2.0,0.0,0.0,0.4,0.4,0.0,0.04,11.25,5.0,0.5,0.0,0.0,0.0,0.0,0.0,0.0,1.0,76.401723]}', 0, NULL, NULL);
INSERT INTO public.routing_domain VALUES ('69a5a5f02643aa5f59762894', '9e7f504cbe53ba7c3ffab47f', 22, 1795355680015668, NULL, 0);
INSERT INTO public.screen VALUES ('03ac07225a10561a24bec7c5', '9e7f504cbe53ba7c3ffab47f', 'lobby', NULL, 0, 'a241893165dc46fd77261ec1', 'lobby-screen-secret', '["en"]', '{"name":"lobby","queues":["50d9af4a6b6a7b0c20914c97","2cae56d92e60bfdae6973647"],"show_waiting":true,"show_waits":true,"audio":true}', NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('5b6537175a84c0048694c887', '9e7f504cbe53ba7c3ffab47f', 'any', NULL, 0, 'any', '', '50d9af4a6b6a7b0c20914c97', 'a241893165dc46fd77261ec1', NULL, false, '["21a438be4b3241df46ee6554"]', '{"duration_minutes":30,"step_minutes":30,"before_minutes":0,"after_minutes":0,"horizon_days":90,"capacity":1,"early_minutes":15,"grace_minutes":10,"credit_minutes":15,"lead":"PT0S","reminders":["P1D"],"survey":null}', NULL);
INSERT INTO public.session VALUES ('69a5a5f0ad4bde52c6fb1d25', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', '21a438be4b3241df46ee6554', 'a241893165dc46fd77261ec1', '5a56343beb2101d177c37bc6', 'busy', NULL, NULL, 1772463600000000, 1772463660000000, 1772464020000000, NULL, false, NULL, NULL, NULL, 0, NULL, 3);
INSERT INTO public.session VALUES ('69a5a5f0d0009e214cf6a58a', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', '9eada2ece533e96f2111c812', NULL, NULL, 'ringing', NULL, NULL, 1772463600000000, 1772463720000000, 1772464020000000, 1772464040000000, false, NULL, NULL, '{"what":"finish","ticket":"69a5a66878e0ce713a77dc3b","offer":"69a5a668aee976caeed885fc","number":"V001","until":"2026-03-02T15:02:05+00:00"}', 0, NULL, 5);
INSERT INTO public.ticket VALUES ('69a5a62c36ef70187cd8e2db', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '50d9af4a6b6a7b0c20914c97', 'onsite', 'C001', 1, 'a241893165dc46fd77261ec1/50d9af4a6b6a7b0c20914c97/2026-03-02', '2026-03-02', 'done', 2, 1772463660000000, 3145729, 1772463660000000, 1772463660000000, 'nK8RG-DcrjldCObG4bkDR1TR1oBA', 'kiosk', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '5a56343beb2101d177c37bc6', '21a438be4b3241df46ee6554', '69a5a5f0ad4bde52c6fb1d25', NULL, NULL, '{}', 1772463660000000, 1772463660000000, 1772463660000000, NULL, NULL, 1772463660000000, 'served', NULL, NULL, 1, 0, 4);
INSERT INTO public.ticket VALUES ('69a5a66878e0ce713a77dc3b', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '2cae56d92e60bfdae6973647', 'onsite', 'V001', 1, 'a241893165dc46fd77261ec1/2cae56d92e60bfdae6973647/2026-03-02', '2026-03-02', 'done', 2, 1772463720000000, 8388609, 1772463720000000, 1772463720000000, 'nK8SBkCU8jBK6s7--YYEPOcD-5Rd', 'kiosk', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'a5a636ea64ef003c090261a8', '9eada2ece533e96f2111c812', '69a5a5f0d0009e214cf6a58a', NULL, NULL, '{}', 1772463720000000, 1772463720000000, 1772463720000000, NULL, NULL, 1772463720000000, 'served', NULL, NULL, 0, 0, 3);
INSERT INTO public.ticket VALUES ('69a5a758d625f1008f389750', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '50d9af4a6b6a7b0c20914c97', 'onsite', 'C003', 3, 'a241893165dc46fd77261ec1/50d9af4a6b6a7b0c20914c97/2026-03-02', '2026-03-02', 'waiting', 2, 1772463960000000, 18874369, 1772463960000000, 1772463960000000, 'nK8Vr8CqGy4J_NDgdF6eSaVQmJQy', 'kiosk', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0);
INSERT INTO public.ticket VALUES ('69a5a794ba3ace6b7a8104c4', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '50d9af4a6b6a7b0c20914c97', 'onsite', 'C004', 4, 'a241893165dc46fd77261ec1/50d9af4a6b6a7b0c20914c97/2026-03-02', '2026-03-02', 'waiting', 2, 1772464020000000, 19922945, 1772464020000000, 1772464020000000, 'nK8WmiBmHORmtNenOZbw4rSk1Hf-', 'kiosk', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0);
INSERT INTO public.ticket VALUES ('69a5a71c7a7cbf6c6c5e0266', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '50d9af4a6b6a7b0c20914c97', 'onsite', 'C002', 2, 'a241893165dc46fd77261ec1/50d9af4a6b6a7b0c20914c97/2026-03-02', '2026-03-02', 'called', 2, 1772463900000000, 17825793, 1772463900000000, 1772463900000000, 'nK8UxWAWgR8GJojeX1UhRRBBRMWh', 'kiosk', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '5a56343beb2101d177c37bc6', '21a438be4b3241df46ee6554', '69a5a5f0ad4bde52c6fb1d25', NULL, NULL, '{}', 1772464020000000, 1772464020000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 1);
INSERT INTO public.ticket VALUES ('69a5a7943a244adbabcd206f', '9e7f504cbe53ba7c3ffab47f', '69a5a5f02643aa5f59762894', 'a241893165dc46fd77261ec1', '2cae56d92e60bfdae6973647', 'onsite', 'V002', 2, 'a241893165dc46fd77261ec1/2cae56d92e60bfdae6973647/2026-03-02', '2026-03-02', 'offered', 2, 1772464020000000, 22020097, 1772464020000000, 1772464020000000, 'nK8WmiADLIIeCYz5QWaHysB44wZC', 'kiosk', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 1);
INSERT INTO public.webhook VALUES ('2cfc5a04877f5858480cf929', '9e7f504cbe53ba7c3ffab47f', 'all', NULL, 0, 'http://127.0.0.1:9000/hook', '["*"]', 'native', 'sealed:1:d8e8a039:qq7qW6JBU_YCdnM7aMnks85anS_deMibt5Ejb-s96Zdbot-GRwhIijpQ65T-87JdV0OeeoS26P8NUIxgNKDa7snY_yqvum3axkuLzEIE4n4=', 'sealed:1:d8e8a039:rqdSt-mFUJHltSCXgLnoTK0GYCMnpcVYPjziZ6EU', 'active', NULL, 4, false, NULL, 'sealed:1:d8e8a039:zqQEY9IzEJeQVrBii9u_T6n5Fh9cyZJ5h67CY91U', NULL, NULL, NULL, 0, NULL);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT pk_account PRIMARY KEY (id);
ALTER TABLE ONLY public.agent
    ADD CONSTRAINT pk_agent PRIMARY KEY (id);
ALTER TABLE ONLY public.agent_calendar
    ADD CONSTRAINT pk_agent_calendar PRIMARY KEY (agent_id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT pk_api_key PRIMARY KEY (id);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT pk_application PRIMARY KEY (id);
ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT pk_appointment PRIMARY KEY (id);
ALTER TABLE ONLY public.archived_day
    ADD CONSTRAINT pk_archived_day PRIMARY KEY (account_id, day, part);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT pk_assignment PRIMARY KEY (agent_id);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT pk_attempt PRIMARY KEY (id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT pk_audit_head PRIMARY KEY (account_id);
ALTER TABLE ONLY public.branch
    ADD CONSTRAINT pk_branch PRIMARY KEY (id);
ALTER TABLE ONLY public.busy_time
    ADD CONSTRAINT pk_busy_time PRIMARY KEY (feed_id, starts_at);
ALTER TABLE ONLY public.call
    ADD CONSTRAINT pk_call PRIMARY KEY (branch_id, seq);
ALTER TABLE ONLY public.callback
    ADD CONSTRAINT pk_callback PRIMARY KEY (id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT pk_claim PRIMARY KEY (appointment_id, agent_id);
ALTER TABLE ONLY public.customer
    ADD CONSTRAINT pk_customer PRIMARY KEY (id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT pk_decision PRIMARY KEY (id);
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT pk_delivery PRIMARY KEY (id);
ALTER TABLE ONLY public.device
    ADD CONSTRAINT pk_device PRIMARY KEY (id);
ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT pk_erasure PRIMARY KEY (id);
ALTER TABLE ONLY public.failed_login
    ADD CONSTRAINT pk_failed_login PRIMARY KEY (scope);
ALTER TABLE ONLY public.feed
    ADD CONSTRAINT pk_feed PRIMARY KEY (id);
ALTER TABLE ONLY public.forecast
    ADD CONSTRAINT pk_forecast PRIMARY KEY (queue_id, branch_id);
ALTER TABLE ONLY public.form
    ADD CONSTRAINT pk_form PRIMARY KEY (id);
ALTER TABLE ONLY public.hall
    ADD CONSTRAINT pk_hall PRIMARY KEY (id);
ALTER TABLE ONLY public.hall_call
    ADD CONSTRAINT pk_hall_call PRIMARY KEY (hall_id, seq);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT pk_idempotency PRIMARY KEY (scope, key);
ALTER TABLE ONLY public.installation
    ADD CONSTRAINT pk_installation PRIMARY KEY (name);
ALTER TABLE ONLY public.journal
    ADD CONSTRAINT pk_journal PRIMARY KEY (id);
ALTER TABLE ONLY public.kiosk
    ADD CONSTRAINT pk_kiosk PRIMARY KEY (id);
ALTER TABLE ONLY public.login
    ADD CONSTRAINT pk_login PRIMARY KEY (id);
ALTER TABLE ONLY public.medium
    ADD CONSTRAINT pk_medium PRIMARY KEY (account_id, shelf, name);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT pk_message PRIMARY KEY (id);
ALTER TABLE ONLY public.network_revision
    ADD CONSTRAINT pk_network_revision PRIMARY KEY (id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT pk_notice PRIMARY KEY (id);
ALTER TABLE ONLY public.number_counter
    ADD CONSTRAINT pk_number_counter PRIMARY KEY (branch_id, queue_id, service_day);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT pk_offer PRIMARY KEY (id);
ALTER TABLE ONLY public.one_time_code
    ADD CONSTRAINT pk_one_time_code PRIMARY KEY (id);
ALTER TABLE ONLY public.pairing
    ADD CONSTRAINT pk_pairing PRIMARY KEY (code);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT pk_participant PRIMARY KEY (appointment_id, party_id);
ALTER TABLE ONLY public.past_day
    ADD CONSTRAINT pk_past_day PRIMARY KEY (account_id, day);
ALTER TABLE ONLY public.past_figures
    ADD CONSTRAINT pk_past_figures PRIMARY KEY (account_id, day, kind, branch_id, queue_id, agent_id);
ALTER TABLE ONLY public.poc
    ADD CONSTRAINT pk_poc PRIMARY KEY (id);
ALTER TABLE ONLY public.queue
    ADD CONSTRAINT pk_queue PRIMARY KEY (id);
ALTER TABLE ONLY public.quote
    ADD CONSTRAINT pk_quote PRIMARY KEY (id);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT pk_recovery_code PRIMARY KEY (agent_id, code_hash);
ALTER TABLE ONLY public.rehearsal
    ADD CONSTRAINT pk_rehearsal PRIMARY KEY (id);
ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT pk_reminder PRIMARY KEY (appointment_id, generation, period);
ALTER TABLE ONLY public.routing_domain
    ADD CONSTRAINT pk_routing_domain PRIMARY KEY (id);
ALTER TABLE ONLY public.screen
    ADD CONSTRAINT pk_screen PRIMARY KEY (id);
ALTER TABLE ONLY public.second_factor
    ADD CONSTRAINT pk_second_factor PRIMARY KEY (agent_id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT pk_service PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT pk_session PRIMARY KEY (id);
ALTER TABLE ONLY public.socket
    ADD CONSTRAINT pk_socket PRIMARY KEY (id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT pk_submission PRIMARY KEY (id);
ALTER TABLE ONLY public.summons
    ADD CONSTRAINT pk_summons PRIMARY KEY (id);
ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT pk_ticket PRIMARY KEY (id);
ALTER TABLE ONLY public.waiting_room
    ADD CONSTRAINT pk_waiting_room PRIMARY KEY (appointment_id);
ALTER TABLE ONLY public.waitlist_entry
    ADD CONSTRAINT pk_waitlist_entry PRIMARY KEY (id);
ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT pk_webhook PRIMARY KEY (id);
ALTER TABLE ONLY public.worker
    ADD CONSTRAINT pk_worker PRIMARY KEY (id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT slot_taken EXCLUDE USING gist (agent_id WITH =, group_id WITH <>, int8range(blocked_start, blocked_end) WITH &&) WHERE ((active AND (NOT overbooked)));
ALTER TABLE ONLY public.account
    ADD CONSTRAINT uq_account_slug UNIQUE (slug);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT uq_api_key_prefix UNIQUE (prefix);
ALTER TABLE ONLY public.kiosk
    ADD CONSTRAINT uq_kiosk_token UNIQUE (token);
ALTER TABLE ONLY public.login
    ADD CONSTRAINT uq_login_token_hash UNIQUE (token_hash);
ALTER TABLE ONLY public.pairing
    ADD CONSTRAINT uq_pairing_secret_hash UNIQUE (secret_hash);
ALTER TABLE ONLY public.poc
    ADD CONSTRAINT uq_poc_token UNIQUE (token);
ALTER TABLE ONLY public.screen
    ADD CONSTRAINT uq_screen_token UNIQUE (token);
ALTER TABLE ONLY public.waiting_room
    ADD CONSTRAINT uq_waiting_room_code UNIQUE (code);
ALTER TABLE ONLY public.waitlist_entry
    ADD CONSTRAINT uq_waitlist_entry_link UNIQUE (link);
CREATE INDEX ix_agent_domain_id ON public.agent USING btree (domain_id);
CREATE INDEX ix_agent_email ON public.agent USING btree (account_id, email);
CREATE INDEX ix_api_key_account_id ON public.api_key USING btree (account_id);
CREATE INDEX ix_appointment_account_start ON public.appointment USING btree (account_id, starts_at);
CREATE INDEX ix_appointment_account_updated ON public.appointment USING btree (account_id, updated_at);
CREATE INDEX ix_appointment_agent_start ON public.appointment USING btree (agent_id, starts_at, state);
CREATE INDEX ix_appointment_code ON public.appointment USING btree (account_id, code) WHERE (code IS NOT NULL);
CREATE INDEX ix_appointment_customer ON public.appointment USING btree (customer_id, ends_at) WHERE (customer_id IS NOT NULL);
CREATE INDEX ix_appointment_hold ON public.appointment USING btree (hold_expires_at) WHERE ((state)::text = 'held'::text);
CREATE INDEX ix_appointment_no_show ON public.appointment USING btree (no_show_at) WHERE ((no_show_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['scheduled'::character varying, 'confirmed'::character varying])::text[])));
CREATE INDEX ix_appointment_personal ON public.appointment USING btree (account_id, ends_at) WHERE ((title <> ''::text) OR (data <> '{}'::text));
CREATE INDEX ix_appointment_submission ON public.appointment USING btree (submission_id) WHERE (submission_id IS NOT NULL);
CREATE INDEX ix_archived_day_kept ON public.archived_day USING btree (account_id, day) WHERE (dropped_at IS NULL);
CREATE INDEX ix_assignment_account_id ON public.assignment USING btree (account_id);
CREATE INDEX ix_attempt_delivery_id ON public.attempt USING btree (delivery_id);
CREATE INDEX ix_branch_domain_id ON public.branch USING btree (domain_id);
CREATE INDEX ix_busy_time_agent ON public.busy_time USING btree (agent_id, ends_at, starts_at);
CREATE INDEX ix_call_ticket ON public.call USING btree (ticket_id);
CREATE INDEX ix_call_time ON public.call USING btree (branch_id, called_at);
CREATE INDEX ix_callback_account ON public.callback USING btree (account_id);
CREATE INDEX ix_callback_waiting ON public.callback USING btree (queue_id, asked_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX ix_claim_agent ON public.claim USING btree (agent_id, blocked_end, blocked_start) WHERE active;
CREATE INDEX ix_claim_expires ON public.claim USING btree (expires_at) WHERE (active AND (expires_at IS NOT NULL));
CREATE INDEX ix_customer_account ON public.customer USING btree (account_id);
CREATE INDEX ix_customer_personal ON public.customer USING btree (account_id, created_at) WHERE ((username IS NOT NULL) OR (firstname IS NOT NULL) OR (lastname IS NOT NULL) OR (email IS NOT NULL) OR (phone IS NOT NULL) OR (data <> '{}'::text));
CREATE INDEX ix_decision_domain ON public.decision USING btree (domain_id, at);
CREATE INDEX ix_delivery_due ON public.delivery USING btree (webhook_id, due_at) WHERE ((state)::text = 'pending'::text);
CREATE INDEX ix_delivery_entity ON public.delivery USING btree (webhook_id, entity, account_id, at) WHERE ((state)::text = 'pending'::text);
CREATE INDEX ix_delivery_webhook ON public.delivery USING btree (webhook_id, state, at);
CREATE INDEX ix_device_account_id ON public.device USING btree (account_id);
CREATE INDEX ix_erasure_account_id ON public.erasure USING btree (account_id);
CREATE INDEX ix_feed_next ON public.feed USING btree (next_at);
CREATE INDEX ix_hall_call_ticket_id ON public.hall_call USING btree (ticket_id);
CREATE INDEX ix_idempotency_created ON public.idempotency USING btree (created_at);
CREATE INDEX ix_journal_entity ON public.journal USING btree (entity, seq);
CREATE INDEX ix_journal_moved ON public.journal USING btree (entity) WHERE ((name)::text = ANY ((ARRAY['ticket.transferred'::character varying, 'ticket.recalled'::character varying])::text[]));
CREATE INDEX ix_login_agent_id ON public.login USING btree (agent_id);
CREATE INDEX ix_message_account ON public.message USING btree (account_id, created_at);
CREATE INDEX ix_message_due ON public.message USING btree (rank, due_at) WHERE ((state)::text = 'pending'::text);
CREATE INDEX ix_notice_until ON public.notice USING btree (account_id, until);
CREATE INDEX ix_offer_deadline ON public.offer USING btree (deadline) WHERE ((state)::text = 'ringing'::text);
CREATE INDEX ix_offer_live_domain ON public.offer USING btree (domain_id, state) WHERE ((state)::text = ANY ((ARRAY['ringing'::character varying, 'accepted'::character varying])::text[]));
CREATE INDEX ix_offer_ticket ON public.offer USING btree (ticket_id, made_at);
CREATE INDEX ix_one_time_code_account ON public.one_time_code USING btree (account_id, purpose, created_at);
CREATE INDEX ix_one_time_code_contact ON public.one_time_code USING btree (contact, created_at);
CREATE INDEX ix_pairing_expires_at ON public.pairing USING btree (expires_at);
CREATE INDEX ix_participant_party ON public.participant USING btree (party_id);
CREATE INDEX ix_queue_domain_id ON public.queue USING btree (domain_id);
CREATE INDEX ix_quote_account ON public.quote USING btree (account_id, settled_at);
CREATE INDEX ix_quote_open ON public.quote USING btree (domain_id, ticket_id) WHERE (settled_at IS NULL);
CREATE INDEX ix_quote_ticket ON public.quote USING btree (ticket_id, at);
CREATE INDEX ix_rehearsal_account ON public.rehearsal USING btree (account_id, kind, made_at);
CREATE INDEX ix_reminder_due ON public.reminder USING btree (due_at) WHERE (fired_at IS NULL);
CREATE INDEX ix_routing_domain_account_id ON public.routing_domain USING btree (account_id);
CREATE INDEX ix_session_agent ON public.session USING btree (agent_id, ended_at);
CREATE INDEX ix_session_domain ON public.session USING btree (domain_id) WHERE (ended_at IS NULL);
CREATE INDEX ix_session_started ON public.session USING btree (account_id, started_at);
CREATE INDEX ix_session_until ON public.session USING btree (until) WHERE ((until IS NOT NULL) AND (ended_at IS NULL));
CREATE INDEX ix_socket_process_id ON public.socket USING btree (process_id);
CREATE INDEX ix_socket_session_id ON public.socket USING btree (session_id);
CREATE INDEX ix_submission_created ON public.submission USING btree (account_id, created_at);
CREATE INDEX ix_submission_personal ON public.submission USING btree (account_id, created_at) WHERE (anonymised_at IS NULL);
CREATE INDEX ix_summons_account_id ON public.summons USING btree (account_id);
CREATE INDEX ix_summons_near ON public.summons USING btree (places) WHERE ((places > 0) AND (near_told_at IS NULL) AND (stopped_at IS NULL));
CREATE INDEX ix_summons_ticket_id ON public.summons USING btree (ticket_id);
CREATE INDEX ix_ticket_answered ON public.ticket USING btree (queue_id, assigned_at) WHERE (assigned_at IS NOT NULL);
CREATE INDEX ix_ticket_customer_email ON public.ticket USING btree (account_id, customer_email, enqueued_at) WHERE (customer_email IS NOT NULL);
CREATE INDEX ix_ticket_customer_id ON public.ticket USING btree (account_id, customer_id, enqueued_at) WHERE (customer_id IS NOT NULL);
CREATE INDEX ix_ticket_customer_phone ON public.ticket USING btree (account_id, customer_phone, enqueued_at) WHERE (customer_phone IS NOT NULL);
CREATE INDEX ix_ticket_day ON public.ticket USING btree (account_id, service_day);
CREATE INDEX ix_ticket_left ON public.ticket USING btree (queue_id, ended_at) WHERE ((state)::text = 'cancelled'::text);
CREATE INDEX ix_ticket_live_branch ON public.ticket USING btree (branch_id, state) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'offered'::character varying, 'called'::character varying, 'serving'::character varying, 'parked'::character varying])::text[]));
CREATE INDEX ix_ticket_live_domain ON public.ticket USING btree (domain_id, state) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'offered'::character varying, 'called'::character varying, 'serving'::character varying, 'parked'::character varying])::text[]));
CREATE INDEX ix_ticket_personal ON public.ticket USING btree (account_id, ended_at) WHERE ((ended_at IS NOT NULL) AND ((customer IS NOT NULL) OR (integration_data IS NOT NULL) OR (note IS NOT NULL)));
CREATE INDEX ix_ticket_session ON public.ticket USING btree (session_id) WHERE ((session_id IS NOT NULL) AND ((state)::text = ANY ((ARRAY['waiting'::character varying, 'offered'::character varying, 'called'::character varying, 'serving'::character varying, 'parked'::character varying])::text[])));
CREATE INDEX ix_ticket_waiting ON public.ticket USING btree (domain_id, queue_id, branch_id, band, key, seq) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX ix_waitlist_entry_account ON public.waitlist_entry USING btree (account_id);
CREATE INDEX ix_waitlist_entry_line ON public.waitlist_entry USING btree (account_id, service_id, day, created_at, seq) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'offered'::character varying])::text[]));
CREATE INDEX ix_waitlist_entry_offered ON public.waitlist_entry USING btree (offered_until) WHERE ((state)::text = 'offered'::text);
CREATE INDEX ix_waitlist_entry_over ON public.waitlist_entry USING btree (over_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'offered'::character varying])::text[]));
CREATE INDEX ix_waitlist_entry_waiting ON public.waitlist_entry USING btree (account_id, over_at) WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX uq_agent_key ON public.agent USING btree (account_id, key) WHERE (retired_at IS NULL);
CREATE UNIQUE INDEX uq_appointment_code ON public.appointment USING btree (account_id, code) WHERE ((code IS NOT NULL) AND ((state)::text = ANY ((ARRAY['scheduled'::character varying, 'confirmed'::character varying, 'checked_in'::character varying, 'active'::character varying])::text[])));
CREATE UNIQUE INDEX uq_audit_seq ON public.audit USING btree (account_id, seq);
CREATE UNIQUE INDEX uq_branch_key ON public.branch USING btree (account_id, key) WHERE (retired_at IS NULL);
CREATE UNIQUE INDEX uq_form_key ON public.form USING btree (account_id, key) WHERE (retired_at IS NULL);
CREATE UNIQUE INDEX uq_hall_call ON public.hall_call USING btree (hall_id, branch_id, call_seq);
CREATE UNIQUE INDEX uq_kiosk_key ON public.kiosk USING btree (account_id, key) WHERE (retired_at IS NULL);
CREATE UNIQUE INDEX uq_message_once ON public.message USING btree (appointment_id, version, kind, occasion, channel, recipient) WHERE (appointment_id IS NOT NULL);
CREATE UNIQUE INDEX uq_network_revision_number ON public.network_revision USING btree (account_id, number);
CREATE UNIQUE INDEX uq_offer_live_poc ON public.offer USING btree (poc_id) WHERE (((state)::text = ANY ((ARRAY['ringing'::character varying, 'accepted'::character varying])::text[])) AND (poc_id IS NOT NULL));
CREATE UNIQUE INDEX uq_offer_live_session ON public.offer USING btree (session_id, lane) WHERE ((state)::text = ANY ((ARRAY['ringing'::character varying, 'accepted'::character varying])::text[]));
CREATE UNIQUE INDEX uq_offer_live_ticket ON public.offer USING btree (ticket_id) WHERE ((state)::text = ANY ((ARRAY['ringing'::character varying, 'accepted'::character varying])::text[]));
CREATE UNIQUE INDEX uq_poc_key ON public.poc USING btree (branch_id, key) WHERE (retired_at IS NULL);
CREATE UNIQUE INDEX uq_queue_key ON public.queue USING btree (account_id, key) WHERE (retired_at IS NULL);
CREATE UNIQUE INDEX uq_screen_key ON public.screen USING btree (account_id, key) WHERE (retired_at IS NULL);
CREATE UNIQUE INDEX uq_service_key ON public.service USING btree (account_id, key) WHERE (retired_at IS NULL);
CREATE UNIQUE INDEX uq_session_agent ON public.session USING btree (agent_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX uq_session_poc ON public.session USING btree (poc_id) WHERE ((ended_at IS NULL) AND (poc_id IS NOT NULL));
CREATE UNIQUE INDEX uq_ticket_link ON public.ticket USING btree (link);
CREATE UNIQUE INDEX uq_ticket_own_number ON public.ticket USING btree (number_series, own_number) WHERE (own_number IS NOT NULL);
CREATE UNIQUE INDEX uq_waitlist_entry_contact ON public.waitlist_entry USING btree (service_id, day, contact) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'offered'::character varying])::text[]));
CREATE UNIQUE INDEX uq_waitlist_entry_offer ON public.waitlist_entry USING btree (appointment_id) WHERE ((state)::text = 'offered'::text);
CREATE UNIQUE INDEX uq_webhook_key ON public.webhook USING btree (account_id, key) WHERE (retired_at IS NULL);
CREATE TRIGGER agent_full_insert AFTER INSERT ON public.offer FOR EACH ROW WHEN (((new.state)::text = ANY ((ARRAY['ringing'::character varying, 'accepted'::character varying])::text[]))) EXECUTE FUNCTION public.agent_full();
CREATE TRIGGER agent_full_update AFTER UPDATE ON public.offer FOR EACH ROW WHEN ((((new.state)::text = ANY ((ARRAY['ringing'::character varying, 'accepted'::character varying])::text[])) AND (((old.state)::text <> ALL ((ARRAY['ringing'::character varying, 'accepted'::character varying])::text[])) OR ((old.session_id)::text <> (new.session_id)::text)))) EXECUTE FUNCTION public.agent_full();
CREATE TRIGGER audit_kept_rows BEFORE DELETE OR UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION public.audit_kept();
CREATE TRIGGER audit_kept_table BEFORE TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.audit_kept();
ALTER TABLE ONLY public.agent
    ADD CONSTRAINT fk_agent_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.agent
    ADD CONSTRAINT fk_agent_domain_id FOREIGN KEY (domain_id) REFERENCES public.routing_domain(id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT fk_api_key_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT fk_application_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT fk_appointment_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.archived_day
    ADD CONSTRAINT fk_archived_day_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT fk_assignment_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.branch
    ADD CONSTRAINT fk_branch_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.branch
    ADD CONSTRAINT fk_branch_domain_id FOREIGN KEY (domain_id) REFERENCES public.routing_domain(id);
ALTER TABLE ONLY public.busy_time
    ADD CONSTRAINT fk_busy_time_feed_id FOREIGN KEY (feed_id) REFERENCES public.feed(id);
ALTER TABLE ONLY public.callback
    ADD CONSTRAINT fk_callback_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT fk_claim_appointment_id FOREIGN KEY (appointment_id) REFERENCES public.appointment(id);
ALTER TABLE ONLY public.customer
    ADD CONSTRAINT fk_customer_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.device
    ADD CONSTRAINT fk_device_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT fk_erasure_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.feed
    ADD CONSTRAINT fk_feed_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.form
    ADD CONSTRAINT fk_form_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.hall
    ADD CONSTRAINT fk_hall_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.hall_call
    ADD CONSTRAINT fk_hall_call_hall_id FOREIGN KEY (hall_id) REFERENCES public.hall(id);
ALTER TABLE ONLY public.kiosk
    ADD CONSTRAINT fk_kiosk_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.kiosk
    ADD CONSTRAINT fk_kiosk_branch_id FOREIGN KEY (branch_id) REFERENCES public.branch(id);
ALTER TABLE ONLY public.login
    ADD CONSTRAINT fk_login_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.medium
    ADD CONSTRAINT fk_medium_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.network_revision
    ADD CONSTRAINT fk_network_revision_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT fk_notice_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT fk_offer_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT fk_offer_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT fk_participant_appointment_id FOREIGN KEY (appointment_id) REFERENCES public.appointment(id);
ALTER TABLE ONLY public.past_day
    ADD CONSTRAINT fk_past_day_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.past_figures
    ADD CONSTRAINT fk_past_figures_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.poc
    ADD CONSTRAINT fk_poc_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.poc
    ADD CONSTRAINT fk_poc_branch_id FOREIGN KEY (branch_id) REFERENCES public.branch(id);
ALTER TABLE ONLY public.queue
    ADD CONSTRAINT fk_queue_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.queue
    ADD CONSTRAINT fk_queue_domain_id FOREIGN KEY (domain_id) REFERENCES public.routing_domain(id);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT fk_recovery_code_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.rehearsal
    ADD CONSTRAINT fk_rehearsal_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT fk_reminder_appointment_id FOREIGN KEY (appointment_id) REFERENCES public.appointment(id);
ALTER TABLE ONLY public.routing_domain
    ADD CONSTRAINT fk_routing_domain_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.screen
    ADD CONSTRAINT fk_screen_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.screen
    ADD CONSTRAINT fk_screen_branch_id FOREIGN KEY (branch_id) REFERENCES public.branch(id);
ALTER TABLE ONLY public.second_factor
    ADD CONSTRAINT fk_second_factor_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT fk_service_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT fk_submission_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.summons
    ADD CONSTRAINT fk_summons_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.summons
    ADD CONSTRAINT fk_summons_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);
ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT fk_ticket_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.waiting_room
    ADD CONSTRAINT fk_waiting_room_appointment_id FOREIGN KEY (appointment_id) REFERENCES public.appointment(id);
ALTER TABLE ONLY public.waitlist_entry
    ADD CONSTRAINT fk_waitlist_entry_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT fk_webhook_account_id FOREIGN KEY (account_id) REFERENCES public.account(id);
