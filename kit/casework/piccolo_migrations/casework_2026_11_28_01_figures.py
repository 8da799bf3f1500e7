from core.api import sql_migration

ID = "2026-11-28T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Count figures and sift the inbox from indexes; a tally of every morning."

UP = """
DROP INDEX casework.case_decided;
CREATE INDEX case_decided ON casework."case" (tenant_id, decided_on)
  INCLUDE (due_on, complete_on, service, unit) WHERE decided_on IS NOT NULL;
CREATE INDEX case_filed ON casework."case" (tenant_id, filed_at) INCLUDE (service, unit, channel);
CREATE INDEX case_closed ON casework."case" (tenant_id, closed_at, id)
  INCLUDE (service, unit, rating) WHERE closed_at IS NOT NULL;
CREATE INDEX case_open_service ON casework."case" (tenant_id, service, due_on, id)
  WHERE closed_at IS NULL;
CREATE INDEX case_open_unit_due ON casework."case" (tenant_id, unit, due_on, id)
  WHERE closed_at IS NULL;
CREATE INDEX case_open_assignee ON casework."case" (tenant_id, assignee, due_on, id)
  WHERE closed_at IS NULL AND assignee IS NOT NULL;
DROP INDEX casework.passage_ended;
CREATE INDEX passage_ended ON casework.passage (tenant_id, ended_on)
  INCLUDE (service, step, unit, began_on, due_on, ended_by) WHERE ended_on IS NOT NULL;

CREATE TABLE casework.tally (
  tenant_id varchar(32) NOT NULL,
  "on" date NOT NULL,
  unit varchar(40) NOT NULL,
  waits_for varchar(12) NOT NULL,
  held integer NOT NULL,
  late integer NOT NULL,
  soon integer NOT NULL,
  CONSTRAINT tally_pkey PRIMARY KEY (tenant_id, "on", unit, waits_for)
);
SELECT core.keep_within_tenant('casework.tally');
"""

DOWN = """
DROP TABLE casework.tally;
DROP INDEX casework.passage_ended;
CREATE INDEX passage_ended ON casework.passage (tenant_id, ended_on) WHERE ended_on IS NOT NULL;
DROP INDEX casework.case_filed, casework.case_closed, casework.case_open_service,
  casework.case_open_unit_due, casework.case_open_assignee, casework.case_decided;
CREATE INDEX case_decided ON casework."case" (tenant_id, decided_on) INCLUDE (due_on)
  WHERE decided_on IS NOT NULL;
"""


async def forwards():
    return sql_migration("casework", ID, UP, DOWN)
