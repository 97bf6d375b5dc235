-- One row a drive: its latest day, with what owners say about its manufacturer.
-- `backblaze` (drive days) and `reviews` (shares per manufacturer) are the sources of mlops.json.

-- Publishers write "Hitachi HDS5C3030ALA630" as well as "HGST HMS5C4040ALE640": both are HGST.
CREATE MACRO manufacturer_of(model) AS CASE
  WHEN upper(model) LIKE 'TOSHIBA%' THEN 'TOSHIBA'
  WHEN upper(model) LIKE 'ST%' OR upper(model) LIKE 'SEAGATE%' THEN 'SEAGATE'
  WHEN upper(model) LIKE 'WD%' THEN 'WDC'
  WHEN upper(model) LIKE 'HGST%' OR upper(model) LIKE 'HITACHI%' THEN 'HGST'
END;

CREATE VIEW drive_days AS
SELECT *, manufacturer_of(model) AS manufacturer
FROM backblaze;

-- Shown with the run: how many drive days found reviews of their manufacturer, and which did not.
CREATE VIEW figures AS
SELECT
  CASE WHEN r.manufacturer IS NULL
    THEN 'rows_without_reviews_' || coalesce(d.manufacturer, upper(split_part(d.model, ' ', 1)), 'unknown')
    ELSE 'rows_with_reviews_' || d.manufacturer
  END AS name,
  count(*) AS value
FROM drive_days d LEFT JOIN reviews r USING (manufacturer)
GROUP BY ALL
ORDER BY ALL;

WITH reviewed AS (
  -- Days of manufacturers without reviews are left out.
  SELECT
    date,
    serial_number,
    pct_one_star,
    pct_two_star,
    smart_5_raw,
    smart_187_raw,
    smart_188_raw,
    smart_197_raw,
    smart_198_raw,
    failure
  FROM drive_days JOIN reviews USING (manufacturer)
),
first_failures AS (
  SELECT serial_number, min(date) AS failed_on
  FROM reviewed
  WHERE failure = 1
  GROUP BY serial_number
)
-- A drive that failed tells nothing about the days after: they would give the answer away.
SELECT reviewed.*
FROM reviewed LEFT JOIN first_failures USING (serial_number)
WHERE failed_on IS NULL OR date <= failed_on
QUALIFY row_number() OVER (PARTITION BY serial_number ORDER BY date DESC) = 1
