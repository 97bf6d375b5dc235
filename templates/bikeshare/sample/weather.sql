-- Four days of made weather, hour by hour.
SELECT
  TIMESTAMP '2025-01-01' + INTERVAL (range) HOUR AS time,
  round(5 + 6 * sin(2 * pi() * (range - 9) / 24), 1) AS temp,
  CASE WHEN hash(range) % 7 = 0 THEN 0.4 ELSE 0 END AS prcp,
  8 + hash(range) % 12 AS wspd,
  60 + hash(range) % 30 AS rhum,
  1005 + hash(range) % 15 AS pres,
  hash(range) % 360 AS wdir,
  15 + hash(range) % 20 AS wpgt,
  0 AS snow,
  1 + hash(range) % 8 AS coco
FROM range(96)
