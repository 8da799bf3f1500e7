from core.api import sql_migration

ID = "2026-11-29T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What a sender wrote is for officers; the place for everybody stands beside it."

RECORDS = """
CREATE OR REPLACE VIEW incidents.records WITH (security_invoker = true) AS
SELECT r.tenant_id, r.id, left({title}, 200) AS title, r.code AS number,
  (r.sent_at AT TIME ZONE 'Asia/Bangkok')::date AS dated_on, ''::text AS sender,
  coalesce(nullif(r.agency, ''), r.unit)::text AS recipient, r.unit,
  'incidents.read'::text AS allowed, false AS secret, ARRAY[]::text[] AS entered,
  ARRAY(SELECT v.account FROM incidents.voice v
    WHERE v.tenant_id = r.tenant_id AND v.report_id = r.id AND v.account IS NOT NULL) AS accounts,
  ARRAY[]::text[] AS posts,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name,
      'mime', p.media_type, 'digest', p.digest) ORDER BY p.id), '[]')
    FROM incidents.photo p WHERE p.tenant_id = r.tenant_id AND p.report_id = r.id
      AND p.voice_id IS NULL) AS files,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('at', e.made_at, 'name', e.actor_name,
      'post', '', 'text', e.words,
      'action', jsonb_build_object('th', coalesce(w.th, e.act), 'en', coalesce(w.en, e.act))
      ) ORDER BY e.id), '[]')
    FROM incidents.event e LEFT JOIN (VALUES
    ('sent', 'แจ้งเหตุ', 'Sent'),
    ('joined', 'มีผู้แจ้งเพิ่ม', 'Somebody joined'),
    ('assign', 'มอบหมายงาน', 'Assign'),
    ('refuse', 'ไม่รับเรื่อง', 'Refuse'),
    ('forward', 'ส่งต่อหน่วยงานอื่น', 'Pass on'),
    ('accept', 'รับงาน', 'Accept'),
    ('begin', 'เริ่มดำเนินการ', 'Begin the work'),
    ('close', 'ปิดงาน', 'Close'),
    ('return', 'ส่งคืนให้คัดกรองใหม่', 'Send back to be screened'),
    ('take_back', 'รับเรื่องกลับมาทำเอง', 'Take it back'),
    ('merge', 'รวมกับเรื่องอื่น', 'Merge with another'),
    ('part', 'แยกออกเป็นเรื่องของตัวเอง', 'Part from the other'),
    ('reopen', 'เปิดเรื่องใหม่', 'Reopen')
    ) AS w (act, th, en) ON w.act = e.act
    WHERE e.tenant_id = r.tenant_id AND e.report_id = r.id AND e.for_all) AS notes
FROM incidents.report r;
"""
# What was sent and what everybody reads were one column for the place. The first voice of a report
# is of the moment at which it came.
UP = f"""
ALTER TABLE incidents.report ADD COLUMN place varchar(300) NOT NULL DEFAULT '';
ALTER TABLE incidents.report ALTER COLUMN place DROP DEFAULT;
UPDATE incidents.report SET place = address WHERE summary <> '';
UPDATE incidents.report r SET place = a.place FROM incidents.asset a
  WHERE a.tenant_id = r.tenant_id AND a.id = r.asset_id AND r.summary = '';
UPDATE incidents.voice v SET words = r.description FROM incidents.report r
  WHERE r.tenant_id = v.tenant_id AND r.id = v.sent_to AND r.sent_at = v.sent_at AND v.words = '';
UPDATE incidents.photo p SET report_id = v.report_id FROM incidents.voice v
  WHERE v.tenant_id = p.tenant_id AND v.id = p.voice_id AND v.report_id <> p.report_id;
UPDATE incidents.event SET words = '' WHERE act = 'rated';
{RECORDS.format(title="coalesce(nullif(r.summary, ''), 'เรื่องแจ้งเหตุ')")}"""

DOWN = f"""
{RECORDS.format(title="r.description")}ALTER TABLE incidents.report DROP COLUMN place;
"""


async def forwards():
    return sql_migration("incidents", ID, UP, DOWN)
