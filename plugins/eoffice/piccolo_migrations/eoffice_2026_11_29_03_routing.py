from core.api import sql_migration

ID = "2026-11-29T10:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Where letters go inside the office, and what is written on them."

UP = """
CREATE TABLE eoffice.endorsement (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  letter_id uuid NOT NULL,
  position integer NOT NULL,
  action varchar(12) NOT NULL,
  text varchar(2000) NOT NULL,
  actor uuid,
  name varchar(200) NOT NULL,
  post varchar(200) NOT NULL,
  seat varchar(90) NOT NULL,
  acting jsonb,
  sent_to jsonb NOT NULL,
  at timestamptz NOT NULL,
  evidence jsonb NOT NULL,
  digest varchar(64) NOT NULL,
  CONSTRAINT endorsement_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT endorsement_in_order_key UNIQUE (tenant_id, letter_id, position),
  CONSTRAINT endorsement_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id)
);
CREATE TABLE eoffice.task (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  letter_id uuid NOT NULL,
  post varchar(90) NOT NULL,
  post_title varchar(300) NOT NULL,
  asked varchar(12) NOT NULL,
  state varchar(10) NOT NULL,
  given_by uuid,
  given_from varchar(90) NOT NULL,
  opened_at timestamptz NOT NULL,
  due_on date,
  read_at timestamptz,
  done_at timestamptz,
  done_by uuid,
  CONSTRAINT task_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT task_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id),
  CONSTRAINT task_given_by FOREIGN KEY (tenant_id, given_by)
    REFERENCES eoffice.endorsement (tenant_id, id),
  CONSTRAINT task_done_by FOREIGN KEY (tenant_id, done_by)
    REFERENCES eoffice.endorsement (tenant_id, id)
);
CREATE INDEX task_of_letter ON eoffice.task (tenant_id, letter_id);
CREATE INDEX task_waiting ON eoffice.task (tenant_id, post, opened_at) WHERE state = 'waiting';
CREATE INDEX task_of_post ON eoffice.task (tenant_id, post, letter_id);
SELECT core.keep_within_tenant('eoffice.endorsement');
SELECT core.keep_within_tenant('eoffice.task');
REVOKE UPDATE, DELETE ON eoffice.endorsement FROM thongthin_app;
REVOKE DELETE ON eoffice.task FROM thongthin_app;
"""

DOWN = """
DROP TABLE eoffice.task, eoffice.endorsement;
"""


async def forwards():
    return sql_migration("eoffice", ID, UP, DOWN)
