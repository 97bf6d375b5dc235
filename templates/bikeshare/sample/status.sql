-- Four days of 40 made stations, a snapshot every five minutes. Each fills and empties once a day, at its own hour, and some are
-- busier than others:
--   healthy: the last day is like the others;
--   drifted: on the last day two bikes in five are missing everywhere;
--   failing: on the last day bikes come and go by chance.

-- From 0 to 1, another one for every station, moment and question.
CREATE MACRO chance(station, moment, question) AS hash(station * 1000000 + moment * 10 + question) % 1000003 / 1000003;

WITH moments AS (
  SELECT
    station,
    moment,
    12 + hash(station) % 4 * 6 AS capacity,
    scenario() = 'drifted' AND moment >= 864 AS is_drifted,
    scenario() = 'failing' AND moment >= 864 AS is_failing
  FROM range(40) stations(station), range(1152) moments(moment)
),
levels AS (
  SELECT
    *,
    -- The share of docks with a bike: a wave through the day, and a chance that lasts twenty minutes.
    0.5 + (0.35 + 0.2 * chance(station, 0, 1)) * sin(2 * pi() * (moment / 288 + chance(station, 0, 2)))
      + 0.16 * (chance(station, moment // 4, 3) - 0.5) AS level
  FROM moments
),
counted AS (
  SELECT
    *,
    greatest(0, least(capacity, round(capacity * CASE
      WHEN is_failing THEN chance(station, moment, 4)
      WHEN is_drifted THEN level - 0.4
      ELSE level
    END)))::INTEGER AS bikes
  FROM levels
)
SELECT
  1735689600 + moment * 300 AS snapshot_last_updated,
  (100 + station)::VARCHAR AS station_id,
  bikes AS num_bikes_available,
  (capacity - bikes)::INTEGER AS num_docks_available
FROM counted
ORDER BY moment, station
