-- Ten days of 6,000 made drives, some six in a hundred of which fail. Whether a drive fails shows in its
-- reallocated (5), uncorrectable (187) and pending (197, 198) sectors, as in real ones; some that live on are worn, too.
--   healthy: the drives of the production part behave like those that a model learns from;
--   drifted: they count command timeouts (188) anew, as after a change of firmware;
--   failing: most of those that fail do so without a sign.

-- From 0 to 1, another one for every drive and question.
CREATE MACRO chance(drive, question) AS hash(drive * 1000 + 55 + question) % 1000003 / 1000003;
CREATE MACRO reading(drive, question, value) AS CASE WHEN chance(drive, question) > 0.02 THEN value END;

CREATE TABLE drives AS
WITH numbered AS (
  SELECT
    range AS drive,
    chance(range, 1) AS kind,
    -- Drives of one maker fail more often than others, as their owners' reviews tell.
    CASE WHEN chance(range, 2) < CASE WHEN chance(range, 1) BETWEEN 0.55 AND 0.80 THEN 0.12 ELSE 0.04 END
      THEN 1 + hash(range) % 9 END AS fails_on
  FROM range(6000)
),
named AS (
  SELECT
    *,
    CASE
      WHEN kind < 0.40 THEN 'Hitachi HDS5C3030ALA630'
      WHEN kind < 0.55 THEN 'HGST HMS5C4040ALE640'
      WHEN kind < 0.80 THEN 'ST4000DM000'
      WHEN kind < 0.92 THEN 'WDC WD30EFRX'
      WHEN kind < 0.98 THEN 'TOSHIBA MD04ABA400V'
      ELSE 'SAMSUNG HD154UI'
    END AS model,
    upper(left(md5('drive ' || drive), 12)) AS serial_number
  FROM numbered
),
placed AS (
  -- The last four tenths of the drives with reviews, in the order of the split.
  SELECT
    *,
    model NOT LIKE 'SAMSUNG%' AS reviewed,
    row_number() OVER (PARTITION BY reviewed ORDER BY split_hash(serial_number)) > 0.6 * count(*) OVER (PARTITION BY reviewed)
      AS in_production
  FROM named
)
SELECT
  *,
  -- Whether its sectors tell of the failure to come.
  fails_on IS NOT NULL
    AND chance(drive, 3) > CASE WHEN scenario() = 'failing' AND in_production THEN 0.65 ELSE 0.05 END AS shows,
  fails_on IS NULL AND chance(drive, 4) < 0.02 AS worn,
  CASE WHEN scenario() = 'drifted' AND in_production THEN 8 ELSE 0 END AS more_timeouts
FROM placed;

SELECT
  'data_Q1_2025.zip' AS zip,
  DATE '2025-01-01' + day::INTEGER AS date,
  serial_number,
  model,
  CASE WHEN model LIKE '%4000%' OR model LIKE '%4040%' THEN 4000787030016 ELSE 3000592982016 END AS capacity_bytes,
  (fails_on IS NOT DISTINCT FROM day)::INTEGER AS failure,
  100 AS smart_1_normalized,
  hash(drive + day) % 200000000 AS smart_1_raw,
  100 AS smart_5_normalized,
  reading(drive, 5, CASE WHEN shows OR worn THEN 64 ELSE hash(drive) % 3 END) AS smart_5_raw,
  (1000 + hash(drive) % 30000 + 24 * day) AS smart_9_raw,
  reading(drive, 187, CASE WHEN shows OR worn THEN 12 ELSE 0 END) AS smart_187_raw,
  reading(drive, 188, hash(drive + 188) % 4 + more_timeouts) AS smart_188_raw,
  22 + hash(drive + day) % 12 AS smart_194_raw,
  reading(drive, 197, CASE WHEN shows OR worn THEN 24 ELSE 0 END) AS smart_197_raw,
  reading(drive, 198, CASE WHEN shows OR worn THEN 8 ELSE 0 END) AS smart_198_raw
FROM drives, range(10) days(day)
-- A drive that failed is taken out.
WHERE fails_on IS NULL OR day <= fails_on
ORDER BY date, drive
