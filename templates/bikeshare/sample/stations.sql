-- 40 made stations, three streets of a town.
SELECT
  (100 + range)::VARCHAR AS station_id,
  'Station ' || (1 + range) AS name,
  round(59.9 + range % 8 * 0.004, 6) AS lat,
  round(10.7 + range // 8 * 0.009, 6) AS lon,
  12 + hash(range) % 4 * 6 AS capacity
FROM range(40)
