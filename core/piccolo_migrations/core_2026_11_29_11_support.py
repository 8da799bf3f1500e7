from core.migrations import sql_migration

ID = "2026-11-29T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Support access: asked, consented to, used; a row on each side."

UP = """
ALTER TABLE core.account DROP CONSTRAINT account_kind_known;
ALTER TABLE core.account ADD CONSTRAINT account_kind_known
  CHECK (kind IN ('citizen', 'officer', 'support'));

CREATE TABLE core.support_access (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  office varchar(32) NOT NULL,
  person uuid NOT NULL,
  title varchar(60) NOT NULL,
  first_name varchar(120) NOT NULL,
  last_name varchar(120) NOT NULL,
  role varchar(40) NOT NULL,
  reason varchar(500) NOT NULL,
  minutes integer NOT NULL,
  state varchar(10) NOT NULL CONSTRAINT support_access_state_known
    CHECK (state IN ('asked', 'refused', 'withdrawn', 'given', 'ended')),
  asked_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by varchar(200),
  until timestamptz,
  ended_at timestamptz,
  ended_by varchar(200),
  CONSTRAINT support_access_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT support_access_given CHECK (
    state NOT IN ('given', 'ended') OR (decided_at IS NOT NULL AND until IS NOT NULL)
  )
);
CREATE INDEX support_access_person ON core.support_access (tenant_id, person, state);
SELECT core.keep_within_tenant('core.support_access');

CREATE TABLE core.support_use (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  access uuid NOT NULL,
  at timestamptz NOT NULL,
  method varchar(10) NOT NULL,
  path varchar(300) NOT NULL,
  CONSTRAINT support_use_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX support_use_access ON core.support_use (tenant_id, access, id);
SELECT core.keep_within_tenant('core.support_use');
"""

DOWN = """
DROP TABLE core.support_use, core.support_access;
DELETE FROM core.session WHERE (tenant_id, account) IN (
  SELECT tenant_id, id FROM core.account WHERE kind = 'support'
);
DELETE FROM core.account WHERE kind = 'support';
ALTER TABLE core.account DROP CONSTRAINT account_kind_known;
ALTER TABLE core.account ADD CONSTRAINT account_kind_known
  CHECK (kind IN ('citizen', 'officer'));
"""


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
