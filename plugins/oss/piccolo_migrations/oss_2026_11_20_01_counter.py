from core.api import sql_migration

ID = "2026-11-20T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Appointments, the queue, the counters."

UP = """
CREATE TABLE oss.slot (
  tenant_id varchar(32) NOT NULL,
  kind varchar(40) NOT NULL,
  starts_at timestamptz NOT NULL,
  CONSTRAINT slot_pkey PRIMARY KEY (tenant_id, kind, starts_at)
);
SELECT core.keep_within_tenant('oss.slot');

CREATE TABLE oss.appointment (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  code varchar(14) NOT NULL,
  kind varchar(40) NOT NULL,
  starts_at timestamptz NOT NULL,
  visit_on date NOT NULL,
  minutes smallint NOT NULL,
  place smallint NOT NULL,
  name varchar(160) NOT NULL,
  phone varchar(16) NOT NULL,
  account uuid,
  case_id uuid,
  case_number varchar(20),
  state varchar(10) NOT NULL,
  language varchar(2) NOT NULL,
  booked_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT appointment_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT appointment_code_key UNIQUE (tenant_id, code)
);
ALTER TABLE oss.appointment ADD CONSTRAINT appointment_slot_fkey
  FOREIGN KEY (tenant_id, kind, starts_at) REFERENCES oss.slot (tenant_id, kind, starts_at);
CREATE UNIQUE INDEX appointment_place_key ON oss.appointment (tenant_id, kind, starts_at, place)
  WHERE state IN ('booked', 'arrived');
CREATE UNIQUE INDEX appointment_phone_key ON oss.appointment (tenant_id, phone, visit_on)
  WHERE state = 'booked';
CREATE INDEX appointment_day ON oss.appointment (tenant_id, visit_on, starts_at);
SELECT core.keep_within_tenant('oss.appointment');

CREATE TABLE oss.ticket (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  issued_on date NOT NULL,
  series varchar(1) NOT NULL,
  number integer NOT NULL,
  kind varchar(40) NOT NULL,
  state varchar(10) NOT NULL,
  due_at timestamptz NOT NULL,
  issued_at timestamptz NOT NULL,
  appointment_id uuid,
  counter smallint,
  for_counter smallint,
  officer uuid,
  calls smallint NOT NULL,
  called_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT ticket_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT ticket_number_key UNIQUE (tenant_id, issued_on, series, number),
  CONSTRAINT ticket_appointment_key UNIQUE (tenant_id, appointment_id)
);
ALTER TABLE oss.ticket ADD CONSTRAINT ticket_appointment_fkey
  FOREIGN KEY (tenant_id, appointment_id) REFERENCES oss.appointment (tenant_id, id);
CREATE UNIQUE INDEX ticket_called_key ON oss.ticket (tenant_id, issued_on, counter)
  WHERE state = 'called';
CREATE INDEX ticket_waiting ON oss.ticket (tenant_id, issued_on, due_at) WHERE state = 'waiting';
SELECT core.keep_within_tenant('oss.ticket');

CREATE TABLE oss.seat (
  tenant_id varchar(32) NOT NULL,
  counter smallint NOT NULL,
  officer uuid NOT NULL,
  officer_name varchar(200) NOT NULL,
  sits_on date NOT NULL,
  CONSTRAINT seat_pkey PRIMARY KEY (tenant_id, counter),
  CONSTRAINT seat_officer_key UNIQUE (tenant_id, officer)
);
SELECT core.keep_within_tenant('oss.seat');
"""

DOWN = """
DROP TABLE oss.seat, oss.ticket, oss.appointment, oss.slot;
"""


async def forwards():
    return sql_migration("oss", ID, UP, DOWN)
