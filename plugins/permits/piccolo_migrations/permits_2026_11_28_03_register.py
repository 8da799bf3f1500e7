from core.api import sql_migration

ID = "2026-11-28T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The register of permits."

UP = """
CREATE TABLE permits.permit (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  paper uuid NOT NULL,
  number varchar(20) NOT NULL,
  service varchar(80) NOT NULL,
  work varchar(12) NOT NULL,
  use varchar(12) NOT NULL,
  storeys integer NOT NULL,
  area numeric(12, 2) NOT NULL,
  holder varchar(200) NOT NULL,
  phone varchar(16) NOT NULL,
  account uuid,
  subdistrict varchar(6) NOT NULL,
  place varchar(400) NOT NULL,
  deed varchar(60) NOT NULL,
  plan varchar(40) NOT NULL,
  pin jsonb,
  plot jsonb,
  fee integer NOT NULL,
  issued_on date NOT NULL,
  until date NOT NULL,
  renewed smallint NOT NULL,
  state varchar(10) NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT permit_pkey PRIMARY KEY (tenant_id, case_id),
  CONSTRAINT permit_number_key UNIQUE (tenant_id, number)
);
CREATE INDEX permit_issued ON permits.permit (tenant_id, issued_on, case_id);
CREATE INDEX permit_until ON permits.permit (tenant_id, until) WHERE state = 'valid';
SELECT core.keep_within_tenant('permits.permit');
REVOKE DELETE ON permits.permit FROM thongthin_app;
"""

DOWN = """
DROP TABLE permits.permit;
"""


async def forwards():
    return sql_migration("permits", ID, UP, DOWN)
