from core.api import sql_migration

ID = "2026-11-29T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Records that open while the plugin is off."

UP = """
CREATE VIEW disaster.records WITH (security_invoker = true) AS
SELECT e.tenant_id, e.id, e.title::text AS title, ''::text AS number, e.begun_on AS dated_on,
  ''::text AS sender, ''::text AS recipient, ''::text AS unit, 'disaster.read'::text AS allowed,
  false AS secret, ARRAY[]::text[] AS entered, ARRAY[]::uuid[] AS accounts,
  ARRAY[]::text[] AS posts, '[]'::jsonb AS files,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('at', z.told_at, 'name', z.told_by_name,
      'post', '', 'text', z.name, 'action', jsonb_build_object(
        'th', 'ระดับน้ำ ' || z.depth_cm || ' ซม.', 'en', 'Depth ' || z.depth_cm || ' cm'))
      ORDER BY z.told_at), '[]')
    FROM disaster.zone z WHERE z.tenant_id = e.tenant_id AND z.event_id = e.id) AS notes
FROM disaster.event e
UNION ALL
SELECT r.tenant_id, r.id, 'คำขอความช่วยเหลือ ' || r.address, r.number::text,
  (r.asked_at AT TIME ZONE 'Asia/Bangkok')::date, r.name::text, ''::text, ''::text,
  'disaster.rescue'::text, false, ARRAY[]::text[], ARRAY[]::uuid[], ARRAY[]::text[], '[]'::jsonb,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('at', s.made_at, 'name', s.actor_name,
      'post', '', 'text', s.note,
      'action', jsonb_build_object('th', s.words_th, 'en', s.words_en)) ORDER BY s.made_at), '[]')
    FROM disaster.request_step s WHERE s.tenant_id = r.tenant_id AND s.request_id = r.id)
FROM disaster.request r
UNION ALL
SELECT d.tenant_id, d.id, 'แจกจ่าย ' || coalesce((SELECT string_agg(
    concat(i->>'name', ' ', i->>'quantity'), ', ') FROM jsonb_array_elements(d.items) AS i), ''),
  ''::text, (d.at AT TIME ZONE 'Asia/Bangkok')::date, d.actor_name::text, d.to_name::text,
  ''::text, 'disaster.shelter'::text, false, ARRAY[]::text[], ARRAY[]::uuid[], ARRAY[]::text[],
  CASE WHEN d.photo IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object(
    'id', 'photo', 'name', d.photo->>'name', 'mime', d.photo->>'media_type',
    'digest', d.photo->>'digest')) END, '[]'::jsonb
FROM disaster.distribution d
UNION ALL
SELECT c.tenant_id, c.id, 'คำขอเงินช่วยเหลือ ' || CASE c.scheme
    WHEN 'living' THEN 'ค่าดำรงชีพ' ELSE 'ค่าซ่อมแซมบ้านและของใช้' END,
  c.number::text, c.filed_on, c.name::text, ''::text, ''::text, 'disaster.claims'::text, false,
  ARRAY[]::text[], ARRAY[]::uuid[], ARRAY[]::text[],
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', 'photo-' || n, 'name', p->>'name',
      'mime', p->>'media_type', 'digest', p->>'digest') ORDER BY n), '[]')
    FROM jsonb_array_elements(c.photos) WITH ORDINALITY AS q (p, n)),
  (SELECT coalesce(jsonb_agg(jsonb_build_object(
      'at', p.settled_on::timestamp AT TIME ZONE 'Asia/Bangkok', 'name', '', 'post', '',
      'text', concat_ws(' ', p.reference, (p.amount / 100.0)::numeric(14, 2), p.reason),
      'action', CASE p.state WHEN 'paid' THEN jsonb_build_object('th', 'จ่ายแล้ว', 'en', 'Paid')
        ELSE jsonb_build_object('th', 'โอนไม่สำเร็จ', 'en', 'Refused by the bank') END)
      ORDER BY p.id), '[]')
    FROM disaster.payment p WHERE p.tenant_id = c.tenant_id AND p.claim_id = c.id
      AND p.settled_on IS NOT NULL)
FROM disaster.claim c;
GRANT SELECT ON disaster.records TO thongthin_app;
"""

DOWN = """
DROP VIEW disaster.records;
"""


async def forwards():
    return sql_migration("disaster", ID, UP, DOWN)
