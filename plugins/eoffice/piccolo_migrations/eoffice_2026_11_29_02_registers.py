from core.api import sql_migration

ID = "2026-11-29T10:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Registers, and the codes that stand before the numbers of letters."

UP = """
CREATE TABLE eoffice.entry (
  tenant_id varchar(32) NOT NULL,
  register varchar(60) NOT NULL,
  year smallint NOT NULL,
  number integer NOT NULL,
  state varchar(8) NOT NULL,
  letter_id uuid,
  entered_at timestamptz NOT NULL,
  entered_by uuid,
  entered_by_name varchar(200) NOT NULL,
  letter_number varchar(80) NOT NULL,
  dated_on date,
  sender varchar(300) NOT NULL,
  recipient varchar(500) NOT NULL,
  subject varchar(500) NOT NULL,
  action varchar(300) NOT NULL,
  remark varchar(500) NOT NULL,
  CONSTRAINT entry_pkey PRIMARY KEY (tenant_id, register, year, number),
  CONSTRAINT entry_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id),
  CONSTRAINT entry_used CHECK ((state = 'used') = (letter_id IS NOT NULL))
);
CREATE INDEX entry_of_letter ON eoffice.entry (tenant_id, letter_id);
CREATE TABLE eoffice.letter_code (
  tenant_id varchar(32) NOT NULL,
  unit varchar(40) NOT NULL,
  code varchar(40) NOT NULL,
  CONSTRAINT letter_code_pkey PRIMARY KEY (tenant_id, unit)
);
SELECT core.keep_within_tenant('eoffice.entry');
SELECT core.keep_within_tenant('eoffice.letter_code');
REVOKE DELETE ON eoffice.entry FROM thongthin_app;
"""

DOWN = """
DROP TABLE eoffice.letter_code, eoffice.entry;
"""


async def forwards():
    return sql_migration("eoffice", ID, UP, DOWN)
