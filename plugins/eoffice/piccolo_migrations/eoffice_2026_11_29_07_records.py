from core.api import sql_migration

ID = "2026-11-29T10:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Letters as they are read while correspondence is off, see kit.documents.kept."

UP = """
CREATE VIEW eoffice.records WITH (security_invoker = true) AS
SELECT l.tenant_id, l.id, l.subject AS title, l.number, l.dated_on, l.sender, l.recipient, l.unit,
  'eoffice.oversee'::text AS allowed,
  l.secrecy <> 'normal' AS secret,
  ARRAY(SELECT e.number || '/' || e.year FROM eoffice.entry e
    WHERE e.tenant_id = l.tenant_id AND e.letter_id = l.id ORDER BY e.entered_at) AS entered,
  ARRAY(SELECT r.account FROM eoffice.reader r
    WHERE r.tenant_id = l.tenant_id AND r.letter_id = l.id
    UNION SELECT l.created_by WHERE l.secrecy = 'normal') AS accounts,
  ARRAY(SELECT DISTINCT t.post::text FROM eoffice.task t
    WHERE t.tenant_id = l.tenant_id AND t.letter_id = l.id) AS posts,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mime', f.mime,
      'digest', f.digest) ORDER BY f.position, f.id), '[]')
    FROM eoffice.file f WHERE f.tenant_id = l.tenant_id AND f.letter_id = l.id) AS files,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('at', n.at, 'name', n.name, 'post', n.post,
      'acting', n.acting, 'to', n.sent_to, 'text', n.text,
      'action', jsonb_build_object('th', coalesce(w.th, n.action), 'en', coalesce(w.en, n.action))
      ) ORDER BY n.position), '[]')
    FROM eoffice.endorsement n LEFT JOIN (VALUES
      ('propose', 'เสนอ', 'Propose'),
      ('assign', 'มอบ', 'Assign'),
      ('approve', 'อนุมัติ', 'Approve'),
      ('agree', 'เห็นชอบ', 'Agree'),
      ('refuse', 'ไม่อนุมัติ', 'Refuse'),
      ('ask', 'ขอความเห็น', 'Ask for opinions'),
      ('circulate', 'เวียนทราบ', 'Circulate'),
      ('advise', 'ให้ความเห็น', 'Give an opinion'),
      ('note', 'ทราบ', 'Noted'),
      ('finish', 'ดำเนินการเสร็จ', 'Dealt with'),
      ('submit', 'เสนอร่าง', 'Submit the draft'),
      ('check', 'ตรวจแล้ว เสนอต่อ', 'Looked at, to the next'),
      ('sign', 'ลงนาม', 'Sign'),
      ('return', 'ส่งคืน', 'Send back'),
      ('recall', 'ดึงคืน', 'Recall')
    ) AS w (action, th, en) ON w.action = n.action
    WHERE n.tenant_id = l.tenant_id AND n.letter_id = l.id) AS notes
FROM eoffice.letter l
WHERE l.way = 'in' OR l.state IN ('signed', 'closed');
GRANT SELECT ON eoffice.records TO thongthin_app;
"""

DOWN = """
DROP VIEW eoffice.records;
"""


async def forwards():
    return sql_migration("eoffice", ID, UP, DOWN)
