"""The queries of the figures.

In all of them $1 is the municipality, $2 the divisions and $3 the service that are asked for, NULL
for all; $4 and $5 bound the period. $6 and $7 are days and how many of them up to each were open.
"""

FILED = """
SELECT service, unit, channel, grouping(service, unit, channel) AS level, count(*) AS filed
FROM casework."case"
WHERE tenant_id = $1 AND ($2::varchar[] IS NULL OR unit = ANY ($2))
  AND ($3::varchar IS NULL OR service = $3)
  AND filed_at >= $4 AND filed_at < $5
GROUP BY GROUPING SETS ((), (service), (unit), (channel))
"""

CLOSED = """
SELECT service, unit, grouping(service, unit) AS level, count(*) AS closed,
  count(rating) AS rated, coalesce(sum(rating), 0) AS stars
FROM casework."case"
WHERE tenant_id = $1 AND ($2::varchar[] IS NULL OR unit = ANY ($2))
  AND ($3::varchar IS NULL OR service = $3)
  AND closed_at >= $4 AND closed_at < $5
GROUP BY GROUPING SETS ((), (service), (unit))
"""

OPEN = """
SELECT service, unit, grouping(service, unit) AS level, count(*) AS open,
  count(*) FILTER (WHERE due_on < $4 AND paused_on IS NULL) AS late
FROM casework."case"
WHERE tenant_id = $1 AND ($2::varchar[] IS NULL OR unit = ANY ($2))
  AND ($3::varchar IS NULL OR service = $3)
  AND closed_at IS NULL
GROUP BY GROUPING SETS ((), (service), (unit))
"""

DECIDED = """
SELECT service, unit, grouping(service, unit) AS level,
  count(*) AS total, count(*) FILTER (WHERE decided_on <= due_on) AS in_time,
  percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY e.opened - b.opened) AS working,
  percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY decided_on - complete_on) AS days
FROM casework."case"
JOIN unnest($6::date[], $7::int[]) AS b (day, opened) ON b.day = complete_on
JOIN unnest($6::date[], $7::int[]) AS e (day, opened) ON e.day = decided_on
WHERE tenant_id = $1 AND ($2::varchar[] IS NULL OR unit = ANY ($2))
  AND ($3::varchar IS NULL OR service = $3)
  AND decided_on BETWEEN $4 AND $5
GROUP BY GROUPING SETS ((), (service), (unit))
"""

# By step, and by who ended it: an account ($8, NULL for all), or a name where there was none.
PASSED = """
SELECT service, step, ended_by, CASE WHEN ended_by IS NULL THEN ended_by_name END AS no_account,
  grouping(step) AS of_officer,
  count(*) AS total, count(*) FILTER (WHERE ended_on <= due_on) AS in_time,
  percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY e.opened - b.opened) AS working,
  percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY ended_on - began_on) AS days
FROM casework.passage
JOIN unnest($6::date[], $7::int[]) AS b (day, opened) ON b.day = began_on
JOIN unnest($6::date[], $7::int[]) AS e (day, opened) ON e.day = ended_on
WHERE tenant_id = $1 AND ($2::varchar[] IS NULL OR unit = ANY ($2))
  AND ($3::varchar IS NULL OR service = $3)
  AND ended_on BETWEEN $4 AND $5 AND ($8::uuid IS NULL OR ended_by = $8)
GROUP BY GROUPING SETS ((service, step), (ended_by, no_account))
"""

EARLIEST = """
SELECT least(
  (SELECT min(complete_on) FROM casework."case"
   WHERE tenant_id = $1 AND ($2::varchar[] IS NULL OR unit = ANY ($2))
     AND ($3::varchar IS NULL OR service = $3)
     AND decided_on BETWEEN $4 AND $5),
  (SELECT min(began_on) FROM casework.passage
   WHERE tenant_id = $1 AND ($2::varchar[] IS NULL OR unit = ANY ($2))
     AND ($3::varchar IS NULL OR service = $3)
     AND ended_on BETWEEN $4 AND $5)
)
"""

# By month, for figures that are open to all: $2 to $5 as above, $6 the zone of the office.
MONTHLY_FILED = """
SELECT date_trunc('month', filed_at AT TIME ZONE $6)::date AS month, service, count(*) AS filed
FROM casework."case"
WHERE tenant_id = $1 AND ($2::varchar[] IS NULL OR unit = ANY ($2))
  AND ($3::varchar IS NULL OR service = $3)
  AND filed_at >= $4 AND filed_at < $5
GROUP BY 1, 2
"""

MONTHLY_DECIDED = """
SELECT date_trunc('month', decided_on)::date AS month, service,
  count(*) AS total, count(*) FILTER (WHERE decided_on <= due_on) AS in_time,
  percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY e.opened - b.opened) AS working,
  percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY decided_on - complete_on) AS days
FROM casework."case"
JOIN unnest($6::date[], $7::int[]) AS b (day, opened) ON b.day = complete_on
JOIN unnest($6::date[], $7::int[]) AS e (day, opened) ON e.day = decided_on
WHERE tenant_id = $1 AND ($2::varchar[] IS NULL OR unit = ANY ($2))
  AND ($3::varchar IS NULL OR service = $3)
  AND decided_on BETWEEN $4 AND $5
GROUP BY 1, 2
"""
