from core.api import sql_migration

ID = "2026-11-29T08:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Letters about the renewal of licences, and who was reminded of it."

UP = """
CREATE TABLE food_cert.letter_run (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  until date NOT NULL,
  state varchar(7) NOT NULL,
  letters integer NOT NULL,
  begun_at timestamptz NOT NULL,
  begun_by_name varchar(200) NOT NULL,
  signer jsonb,
  signed_by uuid,
  ended_at timestamptz,
  asked_at timestamptz,
  digest varchar(64),
  CONSTRAINT letter_run_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TABLE food_cert.renewal_letter (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  turn integer NOT NULL,
  place_id uuid NOT NULL,
  name varchar(200) NOT NULL,
  holder varchar(200) NOT NULL,
  until date NOT NULL,
  state varchar(7) NOT NULL,
  why varchar(10) NOT NULL,
  paper uuid,
  number varchar(20) NOT NULL,
  made_on date,
  sent_on date,
  CONSTRAINT renewal_letter_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT renewal_letter_once_key UNIQUE (tenant_id, run_id, place_id),
  CONSTRAINT renewal_letter_run FOREIGN KEY (tenant_id, run_id)
    REFERENCES food_cert.letter_run (tenant_id, id),
  CONSTRAINT renewal_letter_place FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
CREATE INDEX renewal_letter_in_turn ON food_cert.renewal_letter (tenant_id, run_id, state, turn);
CREATE INDEX renewal_letter_of_place ON food_cert.renewal_letter (tenant_id, place_id, made_on);
CREATE TABLE food_cert.reminded (
  tenant_id varchar(32) NOT NULL,
  place_id uuid NOT NULL,
  until date NOT NULL,
  days smallint NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT reminded_pkey PRIMARY KEY (tenant_id, place_id, until, days),
  CONSTRAINT reminded_place FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
SELECT core.keep_within_tenant('food_cert.letter_run');
SELECT core.keep_within_tenant('food_cert.renewal_letter');
SELECT core.keep_within_tenant('food_cert.reminded');
REVOKE DELETE ON food_cert.letter_run, food_cert.renewal_letter FROM thongthin_app;
REVOKE UPDATE, DELETE ON food_cert.reminded FROM thongthin_app;
"""

DOWN = """
DROP TABLE food_cert.reminded, food_cert.renewal_letter, food_cert.letter_run;
"""


async def forwards():
    return sql_migration("food_cert", ID, UP, DOWN)
