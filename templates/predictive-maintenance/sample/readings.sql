-- 1,200 made readings of 20 machines, one an hour each. A component that is about to fail shows in its sensor: comp1 runs at
-- more than 300 V, comp2 at fewer than 1,000 turns, comp3 at more than 160 bar, comp4 shakes with more than 65. One failure
-- in ten shows nothing. The last quarter is production:
--   healthy: it behaves like what a model learns from;
--   drifted: its sensors of pressure count 60 more, as after a change of their firmware;
--   failing: three readings in ten foretell a failure that does not show.

-- From 0 to 1, another one for every reading and question.
CREATE MACRO chance(reading, question) AS hash(reading * 1000 + question) % 1000003 / 1000003;
-- The sum of four chances, spread about a middle with a standard deviation.
CREATE MACRO about(reading, question, middle, deviation) AS
  middle + deviation * 1.7320508 * (chance(reading, question) + chance(reading, question + 1)
    + chance(reading, question + 2) + chance(reading, question + 3) - 2);

WITH numbered AS (
  SELECT
    range AS reading,
    range >= 900 AS in_production,
    -- One reading in eight foretells a failure, each component as often as the others.
    CASE WHEN range % 8 = 0 THEN 'comp' || (1 + range // 8 % 4) ELSE 'none' END AS failing
  FROM range(1200)
),
made AS (
  SELECT *, CASE WHEN chance(reading, 80) < 0.1 THEN 'none' ELSE failing END AS shown
  FROM numbered
)
SELECT
  TIMESTAMP '2025-01-01' + INTERVAL (reading // 20) HOUR AS datetime,
  1 + reading % 20 AS machineID,
  round(CASE WHEN shown = 'comp1' THEN about(reading, 10, 320, 5) ELSE about(reading, 10, 220, 15) END, 2) AS volt,
  round(CASE WHEN shown = 'comp2' THEN about(reading, 20, 900, 20) ELSE about(reading, 20, 1500, 100) END, 2) AS rotate,
  round(
    CASE WHEN shown = 'comp3' THEN about(reading, 30, 175, 4) ELSE about(reading, 30, 100, 10) END
      + CASE WHEN scenario() = 'drifted' AND in_production THEN 60 ELSE 0 END,
    2
  ) AS pressure,
  round(CASE WHEN shown = 'comp4' THEN about(reading, 40, 75, 2) ELSE about(reading, 40, 40, 5) END, 2) AS vibration,
  CASE WHEN chance(reading, 50) < 0.3 THEN 'E' || (1 + hash(reading) % 4) ELSE 'none' END AS errorID,
  CASE
    WHEN scenario() = 'failing' AND in_production AND reading % 10 IN (1, 4, 7) THEN 'comp' || (1 + reading % 4)
    ELSE failing
  END AS failure,
  CASE WHEN chance(reading, 60) < 0.2 THEN 'comp' || (1 + hash(reading + 1) % 4) ELSE 'none' END AS comp_maint,
  1 + hash(reading % 20) % 19 AS age,
  ['A', 'B', 'C', 'D'][1 + reading % 4] AS model,
  CASE WHEN in_production THEN 'production' WHEN chance(reading, 70) < 0.25 THEN 'test' ELSE 'train' END AS split
FROM made
ORDER BY reading
