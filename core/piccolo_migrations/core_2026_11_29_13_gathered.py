from core.migrations import sql_migration

ID = "2026-11-29T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "How each office does, and its monthly figures, as the operator gathered them."

UP = """
CREATE TABLE core.office_state (
  tenant_id varchar(32) NOT NULL,
  office varchar(32) NOT NULL,
  at timestamptz NOT NULL,
  plugins varchar(40)[] NOT NULL,
  resting jsonb NOT NULL,
  failures integer NOT NULL,
  jobs integer NOT NULL,
  oldest_job_at timestamptz,
  undelivered integer NOT NULL,
  messages_waiting integer NOT NULL,
  messages_failed integer NOT NULL,
  file_bytes bigint,
  rows bigint,
  measured_at timestamptz,
  figures_at timestamptz,
  CONSTRAINT office_state_pkey PRIMARY KEY (tenant_id, office)
);
SELECT core.keep_within_tenant('core.office_state');

CREATE TABLE core.office_month (
  tenant_id varchar(32) NOT NULL,
  office varchar(32) NOT NULL,
  service varchar(80) NOT NULL,
  month date NOT NULL,
  title_th varchar(300) NOT NULL,
  title_en varchar(300) NOT NULL,
  filed integer NOT NULL,
  decided integer NOT NULL,
  in_time integer NOT NULL,
  CONSTRAINT office_month_pkey PRIMARY KEY (tenant_id, office, service, month)
);
CREATE INDEX office_month_month ON core.office_month (tenant_id, month, service);
SELECT core.keep_within_tenant('core.office_month');

-- What the planner expects, from the statistics of the owner's tables: nothing is counted.
CREATE FUNCTION core.estimated_rows(tenant text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $f$
DECLARE relation regclass; plan json; total bigint := 0;
BEGIN
  FOR relation IN SELECT attrelid::regclass FROM pg_attribute JOIN pg_class ON oid = attrelid
    WHERE attname = 'tenant_id' AND NOT attisdropped AND relkind = 'r'
  LOOP
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM %s WHERE tenant_id = %L', relation, tenant)
      INTO plan;
    -- It never expects less than one.
    total := total + (plan -> 0 -> 'Plan' ->> 'Plan Rows')::bigint - 1;
  END LOOP;
  RETURN total;
END $f$;
REVOKE ALL ON FUNCTION core.estimated_rows(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.estimated_rows(text) TO thongthin_app;
"""

DOWN = """
DROP FUNCTION core.estimated_rows(text);
DROP TABLE core.office_month, core.office_state;
"""


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
