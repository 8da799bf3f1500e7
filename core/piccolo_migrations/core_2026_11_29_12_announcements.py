from core.migrations import sql_migration

ID = "2026-11-29T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Announcements of the operator, whom they reached, who has read them."

UP = """
CREATE TABLE core.announcement (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  title_th varchar(200) NOT NULL,
  title_en varchar(200) NOT NULL,
  body_th varchar(2000) NOT NULL,
  body_en varchar(2000) NOT NULL,
  kinds varchar(40)[] NOT NULL,
  provinces varchar(100)[] NOT NULL,
  sent_at timestamptz NOT NULL,
  sent_by varchar(200) NOT NULL,
  CONSTRAINT announcement_pkey PRIMARY KEY (tenant_id, id)
);
SELECT core.keep_within_tenant('core.announcement');

CREATE TABLE core.announcement_office (
  tenant_id varchar(32) NOT NULL,
  announcement uuid NOT NULL,
  office varchar(32) NOT NULL,
  administrators integer,
  reached_at timestamptz,
  CONSTRAINT announcement_office_pkey PRIMARY KEY (tenant_id, announcement, office)
);
SELECT core.keep_within_tenant('core.announcement_office');

CREATE TABLE core.announcement_reader (
  tenant_id varchar(32) NOT NULL,
  announcement uuid NOT NULL,
  office varchar(32) NOT NULL,
  account uuid NOT NULL,
  name varchar(200) NOT NULL,
  read_at timestamptz NOT NULL,
  CONSTRAINT announcement_reader_pkey PRIMARY KEY (tenant_id, announcement, office, account)
);
SELECT core.keep_within_tenant('core.announcement_reader');
"""

DOWN = """
DROP TABLE core.announcement_reader, core.announcement_office, core.announcement;
"""


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
