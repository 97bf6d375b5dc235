-- Shares of bad reviews per manufacturer, from raw product reviews: the view `raw` with
-- rating, title, text and parent_asin. Not run when the files are a ready table (see "ready" in mlops.json).

CREATE MACRO mentions(words, needles) AS list_bool_or([contains(words, needle) FOR needle IN needles]);

-- The first that matches; "st" counts only where a Seagate model number ("ST4000…") begins.
CREATE MACRO reviewed_manufacturer(words) AS CASE
  WHEN contains(words, 'toshiba') THEN 'TOSHIBA'
  WHEN contains(words, 'seagate') OR contains(left(words, 3), 'st') THEN 'SEAGATE'
  WHEN contains(words, 'western digital') OR contains(words, 'wd') THEN 'WDC'
  WHEN contains(words, 'hitachi') OR contains(words, 'hgst') THEN 'HGST'
END;

CREATE TABLE drive_reviews AS
WITH worded AS (
  SELECT
    rating,
    lower(coalesce(title, '')) AS title,
    lower(coalesce(text, '')) AS text,
    lower(concat_ws(' ', coalesce(title, ''), coalesce(text, ''), coalesce(parent_asin, ''))) AS words
  FROM raw
)
SELECT rating, coalesce(reviewed_manufacturer(title), reviewed_manufacturer(text)) AS manufacturer
FROM worded
WHERE mentions(words, ['western digital', 'wd', 'toshiba', 'seagate', 'hitachi', 'hgst', 'wdc'])
  AND mentions(words, ['hard drive', 'hdd', 'ssd', 'drive', 'storage', 'disk', 'external drive', 'internal drive']);

-- Shown with the run.
CREATE VIEW figures AS
SELECT 'reviews_of_' || coalesce(manufacturer, 'nobody') AS name, count(*) AS value
FROM drive_reviews
GROUP BY ALL
ORDER BY ALL;

SELECT
  manufacturer,
  count(*) AS total_reviews,
  count(*) FILTER (WHERE rating = 1) AS one_star_count,
  count(*) FILTER (WHERE rating = 2) AS two_star_count,
  round(100 * one_star_count / total_reviews, 2) AS pct_one_star,
  round(100 * two_star_count / total_reviews, 2) AS pct_two_star
FROM drive_reviews
WHERE manufacturer IS NOT NULL
GROUP BY manufacturer
ORDER BY manufacturer
