from core.api import sql_migration

ID = "2026-11-29T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Letters, their files and the readers of secret ones."

UP = """
CREATE TABLE eoffice.letter (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  way varchar(3) NOT NULL,
  kind varchar(20) NOT NULL,
  state varchar(12) NOT NULL,
  number varchar(80) NOT NULL,
  dated_on date,
  subject varchar(500) NOT NULL,
  sender varchar(300) NOT NULL,
  recipient varchar(500) NOT NULL,
  secrecy varchar(10) NOT NULL,
  speed varchar(12) NOT NULL,
  due_at timestamptz,
  unit varchar(40) NOT NULL,
  keywords varchar(300) NOT NULL,
  answers uuid,
  case_id uuid,
  content jsonb NOT NULL,
  signer varchar(90) NOT NULL,
  paper uuid,
  retention varchar(20) NOT NULL,
  closed_on date,
  twin varchar(64) NOT NULL,
  created_at timestamptz NOT NULL,
  created_by uuid,
  revision integer NOT NULL,
  CONSTRAINT letter_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT letter_answers FOREIGN KEY (tenant_id, answers)
    REFERENCES eoffice.letter (tenant_id, id)
);
CREATE UNIQUE INDEX letter_twin_key ON eoffice.letter (tenant_id, twin) WHERE twin <> '';
CREATE INDEX letter_in_order ON eoffice.letter (tenant_id, way, id);
CREATE INDEX letter_of_case ON eoffice.letter (tenant_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX letter_answered ON eoffice.letter (tenant_id, answers) WHERE answers IS NOT NULL;
CREATE TABLE eoffice.file (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  letter_id uuid NOT NULL,
  role varchar(10) NOT NULL,
  position smallint NOT NULL,
  name varchar(255) NOT NULL,
  mime varchar(80) NOT NULL,
  digest varchar(64) NOT NULL,
  size integer NOT NULL,
  pages smallint NOT NULL,
  added_at timestamptz NOT NULL,
  added_by uuid,
  dropped_at timestamptz,
  CONSTRAINT file_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT file_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id)
);
CREATE INDEX file_of_letter ON eoffice.file (tenant_id, letter_id, position);
CREATE TABLE eoffice.words (
  tenant_id varchar(32) NOT NULL,
  letter_id uuid NOT NULL,
  words text NOT NULL,
  search tsvector NOT NULL,
  CONSTRAINT words_pkey PRIMARY KEY (tenant_id, letter_id),
  CONSTRAINT words_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id)
);
CREATE INDEX words_search ON eoffice.words USING gin (search);
CREATE TABLE eoffice.reader (
  tenant_id varchar(32) NOT NULL,
  letter_id uuid NOT NULL,
  account uuid NOT NULL,
  added_at timestamptz NOT NULL,
  added_by uuid,
  CONSTRAINT reader_pkey PRIMARY KEY (tenant_id, letter_id, account),
  CONSTRAINT reader_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id)
);
CREATE INDEX reader_of_account ON eoffice.reader (tenant_id, account);
CREATE TABLE eoffice.certificate (
  tenant_id varchar(32) NOT NULL,
  account uuid NOT NULL,
  file bytea NOT NULL,
  name varchar(200) NOT NULL,
  added_at timestamptz NOT NULL,
  CONSTRAINT certificate_pkey PRIMARY KEY (tenant_id, account)
);
SELECT core.keep_within_tenant('eoffice.certificate');
SELECT core.keep_within_tenant('eoffice.letter');
SELECT core.keep_within_tenant('eoffice.file');
SELECT core.keep_within_tenant('eoffice.words');
SELECT core.keep_within_tenant('eoffice.reader');
REVOKE DELETE ON eoffice.letter, eoffice.file FROM thongthin_app;
REVOKE UPDATE ON eoffice.file, eoffice.reader FROM thongthin_app;
GRANT UPDATE (dropped_at) ON eoffice.file TO thongthin_app;
CREATE FUNCTION eoffice.letters_about(wanted tsquery) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog AS $$
  SELECT letter_id FROM eoffice.words
  WHERE tenant_id = current_setting('thongthin.tenant', true) AND search @@ wanted
$$;
REVOKE ALL ON FUNCTION eoffice.letters_about(tsquery) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eoffice.letters_about(tsquery) TO thongthin_app;
"""

DOWN = """
DROP FUNCTION eoffice.letters_about(tsquery);
DROP TABLE eoffice.certificate, eoffice.reader, eoffice.words, eoffice.file, eoffice.letter;
"""


async def forwards():
    return sql_migration("eoffice", ID, UP, DOWN)
