from core.api import sql_migration

ID = "2026-11-29T03:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Shelters, who is in them, and what they hold and hand out."

UP = """
CREATE TABLE disaster.shelter (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  name varchar(200) NOT NULL,
  address varchar(300) NOT NULL,
  phone varchar(16) NOT NULL,
  pin jsonb,
  capacity integer NOT NULL,
  people integer NOT NULL,
  open boolean NOT NULL,
  revision integer NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT shelter_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT shelter_name_key UNIQUE (tenant_id, name),
  CONSTRAINT shelter_room CHECK (people >= 0 AND people <= capacity)
);
CREATE TABLE disaster.stay (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  shelter_id uuid NOT NULL,
  name varchar(200) NOT NULL,
  phone varchar(16) NOT NULL,
  village varchar(100) NOT NULL,
  people smallint NOT NULL CHECK (people > 0),
  flags jsonb NOT NULL,
  in_at timestamptz NOT NULL,
  out_at timestamptz,
  noted_by_name varchar(200) NOT NULL,
  CONSTRAINT stay_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT stay_of FOREIGN KEY (tenant_id, shelter_id)
    REFERENCES disaster.shelter (tenant_id, id)
);
CREATE INDEX stay_by_shelter ON disaster.stay (tenant_id, shelter_id, id);
CREATE TABLE disaster.stock (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  shelter_id uuid NOT NULL,
  name varchar(100) NOT NULL,
  unit varchar(10) NOT NULL,
  balance integer NOT NULL,
  CONSTRAINT stock_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT stock_name_key UNIQUE (tenant_id, shelter_id, name, unit),
  CONSTRAINT stock_of FOREIGN KEY (tenant_id, shelter_id)
    REFERENCES disaster.shelter (tenant_id, id),
  CONSTRAINT stock_balance CHECK (balance >= 0)
);
CREATE TABLE disaster.distribution (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  shelter_id uuid NOT NULL,
  to_name varchar(200) NOT NULL,
  items jsonb NOT NULL,
  signed boolean NOT NULL,
  photo jsonb,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT distribution_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT distribution_of FOREIGN KEY (tenant_id, shelter_id)
    REFERENCES disaster.shelter (tenant_id, id)
);
CREATE INDEX distribution_by_shelter ON disaster.distribution (tenant_id, shelter_id, id);
CREATE TABLE disaster.stock_move (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  stock_id uuid NOT NULL,
  quantity integer NOT NULL,
  why varchar(8) NOT NULL,
  note varchar(300) NOT NULL,
  distribution_id uuid,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT stock_move_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT stock_move_of FOREIGN KEY (tenant_id, stock_id)
    REFERENCES disaster.stock (tenant_id, id),
  CONSTRAINT stock_move_for FOREIGN KEY (tenant_id, distribution_id)
    REFERENCES disaster.distribution (tenant_id, id)
);
CREATE INDEX stock_move_by_stock ON disaster.stock_move (tenant_id, stock_id, id);
SELECT core.keep_within_tenant('disaster.shelter');
SELECT core.keep_within_tenant('disaster.stay');
SELECT core.keep_within_tenant('disaster.stock');
SELECT core.keep_within_tenant('disaster.distribution');
SELECT core.keep_within_tenant('disaster.stock_move');
REVOKE DELETE ON disaster.shelter, disaster.stay, disaster.stock FROM thongthin_app;
REVOKE UPDATE, DELETE ON disaster.distribution, disaster.stock_move FROM thongthin_app;
"""

DOWN = """
DROP TABLE disaster.stock_move, disaster.distribution, disaster.stock, disaster.stay,
  disaster.shelter;
"""


async def forwards():
    return sql_migration("disaster", ID, UP, DOWN)
