from core.api import sql_migration

ID = "2026-11-29T11:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Tickets and accounts as they are read while the plugin is off, see kit.documents.kept."

UP = """
CREATE VIEW recycling.records WITH (security_invoker = true) AS
SELECT t.tenant_id, t.id, 'บัตรชั่งรับซื้อวัสดุรีไซเคิล' || CASE WHEN EXISTS (SELECT
      FROM recycling.closed c WHERE c.tenant_id = t.tenant_id AND c.ticket_id = t.id
      AND c.load_id IS NULL) THEN ' (ยกเลิก)' ELSE '' END AS title, t.number::text AS number,
  (t.weighed_at AT TIME ZONE 'Asia/Bangkok')::date AS dated_on, m.name::text AS sender,
  t.collector_name::text AS recipient, ''::text AS unit, 'recycling.read'::text AS allowed,
  false AS secret, ARRAY[t.number::text] AS entered,
  array_remove(ARRAY[m.account, t.collector], NULL) AS accounts, ARRAY[]::text[] AS posts,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.place::text, 'name', p.photo->>'name',
      'mime', p.photo->>'media_type', 'digest', p.photo->>'digest') ORDER BY p.place), '[]')
    FROM jsonb_array_elements(t.photos) WITH ORDINALITY AS p (photo, place)) AS files,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('at', t.weighed_at, 'name', t.collector_name,
      'post', '', 'action', jsonb_build_object('th', a.title_th, 'en', a.title_en),
      'text', trim(a.grade || ' ' || CASE a.unit
        WHEN 'kg' THEN to_char(l.quantity / 1000.0, 'FM999,990.000') || ' กก.'
        WHEN 'crate' THEN l.quantity || ' ลัง' ELSE l.quantity || ' ชิ้น' END
        || ' × ' || to_char(l.price / 100.0, 'FM999,999,990.00')
        || ' = ' || to_char(l.amount / 100.0, 'FM999,999,990.00') || ' บาท')) ORDER BY l.position),
      '[]')
    FROM recycling.line l JOIN recycling.material a
      ON a.tenant_id = l.tenant_id AND a.code = l.material
    WHERE l.tenant_id = t.tenant_id AND l.ticket_id = t.id) AS notes
FROM recycling.ticket t
JOIN recycling.member m ON m.tenant_id = t.tenant_id AND m.id = t.member_id
UNION ALL
SELECT m.tenant_id, m.id, 'บัญชีสมาชิกธนาคารขยะ'::text, m.number::text,
  (m.joined_at AT TIME ZONE 'Asia/Bangkok')::date, m.name::text, ''::text, ''::text,
  'recycling.read'::text, false, ARRAY[m.number::text],
  array_remove(ARRAY[m.account], NULL), ARRAY[]::text[], '[]'::jsonb,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('at', p.at, 'name', p.actor_name, 'post', '',
      'action', jsonb_build_object('th', w.th, 'en', w.en),
      'text', to_char(CASE p.credit WHEN 'member' THEN p.amount ELSE -p.amount END / 100.0,
        'FM999,999,990.00') || ' บาท') ORDER BY p.id), '[]')
    FROM recycling.posting p JOIN (VALUES
      ('bought', 'ขายวัสดุ ตามบัตรชั่ง', 'Material sold, by ticket'),
      ('paid', 'รับเงินสดเมื่อชั่ง', 'Cash when weighed'),
      ('withdrawn', 'ถอนเงิน', 'Withdrawn'),
      ('voided', 'ยกเลิกบัตรชั่ง', 'Ticket voided'),
      ('dividend', 'เงินเฉลี่ยคืนจากส่วนต่าง', 'Dividend of the margin')
    ) AS w (what, th, en) ON w.what = p.what
    WHERE p.tenant_id = m.tenant_id AND p.member_id = m.id)
FROM recycling.member m;
GRANT SELECT ON recycling.records TO thongthin_app;
"""

DOWN = """
DROP VIEW recycling.records;
"""


async def forwards():
    return sql_migration("recycling", ID, UP, DOWN)
