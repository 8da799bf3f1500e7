from core.api import sql_migration

ID = "2026-11-28T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Agreements to pay bills in instalments."

UP = """
CREATE TABLE treasury.agreement (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  payer_id uuid NOT NULL,
  payer_name varchar(200) NOT NULL,
  parts jsonb NOT NULL,
  amount bigint NOT NULL,
  why varchar(500) NOT NULL,
  state varchar(10) NOT NULL,
  made_on date NOT NULL,
  made_at timestamptz NOT NULL,
  made_by uuid,
  made_by_name varchar(200) NOT NULL,
  paper uuid NOT NULL,
  number varchar(20) NOT NULL,
  ended_at timestamptz,
  ended_by_name varchar(200),
  ended_why varchar(500),
  CONSTRAINT agreement_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT agreement_payer FOREIGN KEY (tenant_id, payer_id)
    REFERENCES treasury.payer (tenant_id, id)
);
CREATE TABLE treasury.agreed_bill (
  tenant_id varchar(32) NOT NULL,
  agreement_id uuid NOT NULL,
  bill_id uuid NOT NULL,
  place smallint NOT NULL,
  due_before date NOT NULL,
  active boolean NOT NULL,
  CONSTRAINT agreed_bill_pkey PRIMARY KEY (tenant_id, agreement_id, bill_id),
  CONSTRAINT agreed_bill_agreement FOREIGN KEY (tenant_id, agreement_id)
    REFERENCES treasury.agreement (tenant_id, id),
  CONSTRAINT agreed_bill_bill FOREIGN KEY (tenant_id, bill_id)
    REFERENCES treasury.bill (tenant_id, id)
);
CREATE UNIQUE INDEX agreed_bill_once ON treasury.agreed_bill (tenant_id, bill_id) WHERE active;
SELECT core.keep_within_tenant('treasury.agreement');
SELECT core.keep_within_tenant('treasury.agreed_bill');
REVOKE DELETE ON treasury.agreement, treasury.agreed_bill FROM thongthin_app;
"""

DOWN = """
DROP TABLE treasury.agreed_bill, treasury.agreement;
"""


async def forwards():
    return sql_migration("treasury", ID, UP, DOWN)
