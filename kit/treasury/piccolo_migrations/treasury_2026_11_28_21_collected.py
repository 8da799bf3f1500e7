from core.api import sql_migration

ID = "2026-11-28T21:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Cash that collectors take away from the counter, until a till has it and after."

UP = """
CREATE TABLE treasury.collected (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  key varchar(80) NOT NULL,
  bill_id uuid NOT NULL,
  source varchar(40) NOT NULL,
  subject varchar(120) NOT NULL,
  payer_name varchar(200) NOT NULL,
  amount bigint NOT NULL,
  tendered bigint NOT NULL,
  slip varchar(20) NOT NULL,
  said_at timestamptz,
  taken_at timestamptz NOT NULL,
  on_day date NOT NULL,
  arrived_at timestamptz NOT NULL,
  collector uuid NOT NULL,
  collector_name varchar(200) NOT NULL,
  booked_at timestamptz,
  till varchar(20),
  beyond bigint NOT NULL,
  receipts jsonb NOT NULL,
  CONSTRAINT collected_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT collected_key_key UNIQUE (tenant_id, key),
  CONSTRAINT collected_bill FOREIGN KEY (tenant_id, bill_id)
    REFERENCES treasury.bill (tenant_id, id),
  CONSTRAINT collected_amount CHECK (amount > 0 AND tendered >= amount AND beyond >= 0),
  CONSTRAINT collected_booked CHECK ((booked_at IS NULL) = (till IS NULL))
);
CREATE INDEX collected_of_day ON treasury.collected (tenant_id, collector, on_day);
CREATE INDEX collected_waits ON treasury.collected (tenant_id, collector, taken_at)
  WHERE booked_at IS NULL;
SELECT core.keep_within_tenant('treasury.collected');
REVOKE DELETE ON treasury.collected FROM thongthin_app;
"""

DOWN = """
DROP TABLE treasury.collected;
"""


async def forwards():
    return sql_migration("treasury", ID, UP, DOWN)
