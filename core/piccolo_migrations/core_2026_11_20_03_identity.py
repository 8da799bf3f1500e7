from core.migrations import sql_migration

ID = "2026-11-20T03:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "People, their sessions, their roles, and in whose place they act."

UP = """
CREATE TABLE core.account (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  kind varchar(10) NOT NULL CONSTRAINT account_kind_known CHECK (kind IN ('citizen', 'officer')),
  title varchar(60) NOT NULL,
  first_name varchar(120) NOT NULL,
  last_name varchar(120) NOT NULL,
  national_id bytea,
  national_id_key bytea,
  phone varchar(20),
  phone_verified boolean NOT NULL,
  email varchar(254),
  email_verified boolean NOT NULL,
  password_hash varchar(200) NOT NULL,
  post varchar(200) NOT NULL,
  unit varchar(40),
  active boolean NOT NULL,
  language varchar(2) NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT account_national_id_key UNIQUE (tenant_id, kind, national_id_key)
);
CREATE UNIQUE INDEX account_phone_key ON core.account (tenant_id, phone) WHERE phone_verified;
CREATE UNIQUE INDEX account_email_key ON core.account (tenant_id, email) WHERE email_verified;
CREATE INDEX account_officers ON core.account (tenant_id, first_name) WHERE kind = 'officer';
ALTER TABLE core.account ADD CONSTRAINT account_unit_fkey
  FOREIGN KEY (tenant_id, unit) REFERENCES core.unit (tenant_id, id);
SELECT core.keep_within_tenant('core.account');

CREATE TABLE core.session (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  token bytea NOT NULL,
  account uuid NOT NULL,
  device bytea,
  address varchar(64) NOT NULL,
  browser varchar(200) NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CONSTRAINT session_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT session_token_key UNIQUE (tenant_id, token)
);
ALTER TABLE core.session ADD CONSTRAINT session_account_fkey
  FOREIGN KEY (tenant_id, account) REFERENCES core.account (tenant_id, id);
CREATE INDEX session_account ON core.session (tenant_id, account, created_at);
SELECT core.keep_within_tenant('core.session');

CREATE TABLE core.one_time_code (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  token bytea NOT NULL,
  account uuid,
  purpose varchar(20) NOT NULL,
  code bytea NOT NULL,
  details bytea NOT NULL,
  sent integer NOT NULL,
  tries integer NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT one_time_code_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT one_time_code_token_key UNIQUE (tenant_id, token)
);
ALTER TABLE core.one_time_code ADD CONSTRAINT one_time_code_account_fkey
  FOREIGN KEY (tenant_id, account) REFERENCES core.account (tenant_id, id);
SELECT core.keep_within_tenant('core.one_time_code');

CREATE TABLE core.sign_in_attempt (
  tenant_id varchar(32) NOT NULL,
  key bytea NOT NULL,
  attempts integer NOT NULL,
  last_at timestamptz NOT NULL,
  paused_until timestamptz,
  CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (tenant_id, key)
);
SELECT core.keep_within_tenant('core.sign_in_attempt');

CREATE TABLE core.role (
  tenant_id varchar(32) NOT NULL,
  code varchar(40) NOT NULL,
  title_th varchar(120) NOT NULL,
  title_en varchar(120) NOT NULL,
  permissions varchar(80)[] NOT NULL,
  proposed varchar(80)[] NOT NULL,
  position integer NOT NULL,
  CONSTRAINT role_pkey PRIMARY KEY (tenant_id, code)
);
SELECT core.keep_within_tenant('core.role');

CREATE TABLE core.role_holder (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  account uuid NOT NULL,
  role varchar(40) NOT NULL,
  unit varchar(40),
  granted_by uuid,
  granted_at timestamptz NOT NULL,
  CONSTRAINT role_holder_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT role_holder_once UNIQUE NULLS NOT DISTINCT (tenant_id, account, role, unit)
);
ALTER TABLE core.role_holder ADD CONSTRAINT role_holder_account_fkey
  FOREIGN KEY (tenant_id, account) REFERENCES core.account (tenant_id, id);
ALTER TABLE core.role_holder ADD CONSTRAINT role_holder_role_fkey
  FOREIGN KEY (tenant_id, role) REFERENCES core.role (tenant_id, code);
ALTER TABLE core.role_holder ADD CONSTRAINT role_holder_unit_fkey
  FOREIGN KEY (tenant_id, unit) REFERENCES core.unit (tenant_id, id);
SELECT core.keep_within_tenant('core.role_holder');

CREATE TABLE core.acting (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  actor uuid NOT NULL,
  principal uuid,
  role varchar(40) NOT NULL,
  unit varchar(40),
  post varchar(200) NOT NULL,
  mode varchar(10) NOT NULL
    CONSTRAINT acting_mode_known CHECK (mode IN ('replacing', 'delegated', 'filling')),
  order_no varchar(60) NOT NULL,
  order_on date NOT NULL,
  from_on date NOT NULL,
  to_on date,
  ended_at timestamptz,
  created_at timestamptz NOT NULL,
  CONSTRAINT acting_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT acting_days CHECK (to_on >= from_on)
);
ALTER TABLE core.acting ADD CONSTRAINT acting_actor_fkey
  FOREIGN KEY (tenant_id, actor) REFERENCES core.account (tenant_id, id);
ALTER TABLE core.acting ADD CONSTRAINT acting_principal_fkey
  FOREIGN KEY (tenant_id, principal) REFERENCES core.account (tenant_id, id);
ALTER TABLE core.acting ADD CONSTRAINT acting_role_fkey
  FOREIGN KEY (tenant_id, role) REFERENCES core.role (tenant_id, code);
ALTER TABLE core.acting ADD CONSTRAINT acting_unit_fkey
  FOREIGN KEY (tenant_id, unit) REFERENCES core.unit (tenant_id, id);
CREATE INDEX acting_actor ON core.acting (tenant_id, actor) WHERE ended_at IS NULL;
SELECT core.keep_within_tenant('core.acting');

CREATE TABLE core.parked_form (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  token bytea NOT NULL,
  account uuid,
  form bytea NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT parked_form_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT parked_form_token_key UNIQUE (tenant_id, token)
);
SELECT core.keep_within_tenant('core.parked_form');
"""

DOWN = """
DROP TABLE core.parked_form, core.acting, core.role_holder, core.role, core.sign_in_attempt,
  core.one_time_code, core.session, core.account;
"""


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
