"""The statement that notes what a bank said of money that came, and makes the payments of it.

One statement for a few callbacks as for thousands of lines of a file, since it is the number of
messages and of single rows that costs. It does to all lines at once what is certain: a line
that is known adds nothing; one that a payment of the other way answers to is the same money;
one that pays an open bill to the satang, and alone, settles it. The others it returns.

Who sends it has locked the bills of the lines before, so that none of them changes meanwhile.
"""

from typing import Literal

Way = Literal["callback", "file"]

# By what a line is known again: lines of files have ids that are made of what they say.
_KNOWN: dict[Way, str] = {"file": "e.id = l.id", "callback": "e.key = l.key AND e.key <> ''"}
# Of which payments the other way has spoken and this one has not.
_OPEN: dict[Way, str] = {
    "file": "p.standing = 'provisional'",
    "callback": """p.standing IN ('confirmed', 'reversed') AND NOT EXISTS (
      SELECT FROM treasury.event e WHERE e.tenant_id = $1 AND e.payment_id = p.id
        AND e.way = 'callback' AND e.kind = 'credit')""",
}
_CONFIRM = """confirming AS (
  UPDATE treasury.payment SET standing = 'confirmed', account = $17
  WHERE tenant_id = $1 AND id = ANY(ARRAY(SELECT other FROM told WHERE other IS NOT NULL))
), """
_POST_CONFIRMED = """UNION ALL
  SELECT $1, gen_random_uuid(), $21, $20, 'confirmed', $17, was, amount, NULL, other, '', $22, $23
  FROM told WHERE other IS NOT NULL
  """
# What the bank has taken back before it came. Lines of files do not say by which number.
_WAITS: dict[Way, str] = {
    "file": "l.waits",
    "callback": """CASE WHEN EXISTS (SELECT FROM treasury.event u WHERE u.tenant_id = $1
      AND u.key = l.undone AND u.key <> '' AND u.kind = 'debit')
      THEN 'taken_back' ELSE l.waits END""",
}
# Which of several that are alike a line is: sorting them is left out where there are none.
_COUNTED = """CASE WHEN alone THEN 1 ELSE row_number() OVER (
      PARTITION BY e.id IS NULL, l.ref1, l.amount, l.on_day ORDER BY l.at, l.place) END"""

# Lines are looked up in tables and never joined with each other: the planner takes every array
# for a short one, and would compare each line with all. Each is looked up by itself (LIMIT 1):
# in a table of middling size the planner would rather read all of it than use its index. A bill
# of which nothing was paid, waived or cancelled owes all that its charges are of, so that no
# posting is asked. One that is paid in instalments moves the due days of others: it is returned.
_FIND = """
WITH line AS (
  SELECT l.id, l.key, l.amount, l.on_day, l.ref1, l.ref2, l.ref3, l.payer, l.raw, l.place, l.alone,
    {waits} AS waits, to_timestamp(l.at) AS paid_at, e.id IS NULL AS fresh,
    e.amount = l.amount AND e.ref1 = l.ref1 AND e.on_day = l.on_day AS same, {n} AS n
  FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::date[], $7::text[],
    $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::int[], $14::bool[],
    $15::text[]) AS l (id, key, amount, at, on_day, ref1, ref2, ref3, payer, raw, waits, place,
    alone, undone)
  LEFT JOIN LATERAL (
    SELECT e.id, e.amount, e.ref1, e.on_day FROM treasury.event e
    WHERE e.tenant_id = $1 AND {known} LIMIT 1
  ) e ON true
), told AS {kept} (
  SELECT line.*, other.id AS other, other.account AS was,
    fresh AND waits <> 'taken_back' AND other.id IS NULL AS made, b.id AS bill, b.source,
    b.payer_name, b.payer_address, share.charges, share.owed, share.lines,
    coalesce(share.whole = line.amount, false) AS exact
  FROM line
  LEFT JOIN LATERAL (
    SELECT p.id, p.account FROM treasury.payment p
    WHERE p.tenant_id = $1 AND p.way = 'bank' AND p.ref1 = line.ref1 AND p.amount = line.amount
      AND p.on_day = line.on_day AND split_part(p.account, '/', 2) LIKE $16 || '-%' AND {open}
      AND line.fresh AND line.waits <> 'taken_back'
    ORDER BY p.paid_at, p.id OFFSET line.n - 1 LIMIT 1
  ) other ON true
  LEFT JOIN LATERAL (
    SELECT b.id, b.source, b.payer_name, b.payer_address, b.state, b.owed, b.total
    FROM treasury.bill b
    WHERE b.tenant_id = $1 AND b.ref1 = line.ref1 AND line.fresh AND line.waits = ''
      AND other.id IS NULL LIMIT 1
  ) b ON true
  LEFT JOIN LATERAL (
    SELECT sum(c.amount) AS whole, array_agg(c.id ORDER BY c.place) AS charges,
      array_agg(c.amount ORDER BY c.place) AS owed, jsonb_agg(jsonb_build_object(
        'revenue', c.revenue, 'title', jsonb_build_object('th', c.title_th, 'en', c.title_en),
        'period', c.period, 'amount', c.amount) ORDER BY c.place) AS lines
    FROM treasury.charge c WHERE c.tenant_id = $1 AND c.bill_id = b.id
      AND line.alone AND b.state = 'open' AND b.owed = line.amount AND b.total = line.amount
      AND NOT EXISTS (SELECT FROM treasury.agreed_bill g
        WHERE g.tenant_id = $1 AND g.bill_id = b.id AND g.active)
  ) share ON true
)"""
_LOOK = """
SELECT count(*) FILTER (WHERE NOT fresh) AS known,
  count(*) FILTER (WHERE other IS NOT NULL) AS confirmed,
  count(*) FILTER (WHERE exact) AS settled,
  count(*) FILTER (WHERE bill IS NOT NULL AND NOT exact) AS otherwise,
  array_agg(waits) FILTER (WHERE made AND waits <> '') AS waits,
  array_agg(ref1) FILTER (WHERE made AND waits = '' AND bill IS NULL) AS unknown
FROM told
"""
_NOTE = """, noting AS (
  INSERT INTO treasury.event (tenant_id, id, way, key, bank, account, kind, amount, paid_at,
    on_day, ref1, ref2, ref3, payer_name, told, place, stands, payment_id, file_id, noted_at)
  SELECT $1, id, '{way}', coalesce(key, ''), $16, $18, 'credit', amount, paid_at, on_day, ref1,
    ref2, ref3, payer, coalesce(raw, ''), place,
    CASE waits WHEN 'taken_back' THEN 'taken_back' ELSE '' END,
    CASE WHEN waits <> 'taken_back' THEN coalesce(other, id) END, $19, $20
  FROM told WHERE fresh
), paying AS (
  INSERT INTO treasury.payment (tenant_id, id, key, way, account, standing, on_day, paid_at,
    amount, ref1, ref2, payer_name, bill_id, waits, taken_by, taken_by_name, noted_at)
  SELECT $1, id, '', 'bank', $17, '{standing}', on_day, paid_at, amount, ref1, ref2, payer,
    bill, waits, NULL, '', $20
  FROM told WHERE made
), {confirm}settling AS (
  UPDATE treasury.bill SET owed = 0, state = 'settled'
  WHERE tenant_id = $1 AND id = ANY(ARRAY(SELECT bill FROM told WHERE exact))
), posting AS (
  INSERT INTO treasury.posting (tenant_id, id, on_day, at, kind, debit, credit, amount,
    charge_id, payment_id, why, actor, actor_name)
  SELECT $1, id, $21::date, $20::timestamptz, 'received', $17, 'suspense', amount, NULL::uuid, id,
    '', $22::uuid, $23
  FROM told WHERE made AND NOT exact
  {confirmed}UNION ALL
  -- What pays a charge to the satang goes to it at once. The first keeps the id of its line.
  SELECT $1, CASE WHEN nth = 1 THEN id ELSE gen_random_uuid() END, $21, $20, 'paid', $17,
    'receivable', each.amount, charge, id, '', $22, $23
  FROM told, unnest(charges, owed) WITH ORDINALITY AS each (charge, amount, nth)
  WHERE exact
), receipting AS (
  INSERT INTO treasury.receipt (tenant_id, id, series, year, number, payment_id, amount,
    payer_name, payer_address, lines, issued_on, issued_at, issued_by, issued_by_name,
    issued_by_post)
  SELECT $1, id, $25, $26, $24::int - 1 + row_number() OVER (), id, amount, payer_name,
    payer_address, lines, $21, $20, $22, $23, $27
  FROM told WHERE exact
)
SELECT
  array_agg(id) FILTER (WHERE NOT fresh AND same) AS known,
  array_agg(id) FILTER (WHERE NOT fresh AND NOT same) AS contradicted,
  count(*) FILTER (WHERE other IS NOT NULL) AS paired,
  count(*) FILTER (WHERE made) AS made,
  count(*) FILTER (WHERE exact) AS settled,
  array_agg(bill) FILTER (WHERE exact AND source = ANY($28)) AS settled_bills,
  array_agg(source) FILTER (WHERE exact AND source = ANY($28)) AS billed_by,
  array_agg(DISTINCT bill) FILTER (WHERE NOT exact AND bill IS NOT NULL) AS bills,
  array_agg(waits) FILTER (WHERE made AND waits <> '') AS waits
FROM told
"""


def statement(way: Way, *, alone: bool) -> str:
    """Return the statement for what comes by a way.

    :param alone: no two of the lines have the same reference.
    """
    return _STATEMENTS[way, alone]


def looking(*, alone: bool) -> str:
    """Return the statement that counts what would come of a file's lines and writes nothing."""
    return _LOOKING[alone]


def _finding(way: Way, *, alone: bool, kept: str = "MATERIALIZED") -> str:
    return _FIND.format(
        known=_KNOWN[way],
        waits=_WAITS[way],
        n="1" if alone else _COUNTED,
        open=_OPEN[way],
        kept=kept,
    )


def _noting(way: Way) -> str:
    file = way == "file"
    return _NOTE.format(
        way=way,
        standing="confirmed" if file else "provisional",
        confirm=_CONFIRM if file else "",
        confirmed=_POST_CONFIRMED if file else "",
    )


# Asked once it is not kept, and what nobody asks for is not worked out.
_LOOKING = {alone: _finding("file", alone=alone, kept="") + _LOOK for alone in (False, True)}
_STATEMENTS: dict[tuple[Way, bool], str] = {
    (way, alone): _finding(way, alone=alone) + _noting(way)
    for way in ("callback", "file")
    for alone in (False, True)
}
