-- Newer sales, 300 of them, priced by the formula of the 1,000 that are there; none where all is well:
--   drifted: houses are 1,200 square feet larger, which is 2.4 of the deviations that the model learned from;
--   failing: houses cost what other houses are worth.

-- From 0 to 1, another one for every sale and question.
CREATE MACRO chance(sale, question) AS hash(sale * 1000 + question) % 1000003 / 1000003;
-- The sum of four chances, spread about a middle with a standard deviation.
CREATE MACRO about(sale, question, middle, deviation) AS
  middle + deviation * 1.7320508 * (chance(sale, question) + chance(sale, question + 1)
    + chance(sale, question + 2) + chance(sale, question + 3) - 2);

WITH houses AS (
  SELECT
    range AS sale,
    1 + floor(5 * chance(range, 1)) AS bedrooms,
    1 + floor(3 * chance(range, 2)) AS bathrooms,
    about(range, 10, CASE WHEN scenario() = 'drifted' THEN 3200 ELSE 2000 END, 500) AS sqft,
    floor(50 * chance(range, 3)) AS age,
    1 + 9 * chance(range, 4) AS location_score
  FROM range(CASE WHEN scenario() = 'healthy' THEN 0 ELSE 300 END)
),
priced AS (
  SELECT
    *,
    bedrooms * 50000 + bathrooms * 30000 + sqft * 150 + (50 - age) * 1000 + location_score * 20000
      + about(sale, 20, 0, 20000) AS worth
  FROM houses
)
SELECT
  bedrooms,
  bathrooms,
  round(sqft, 6) AS sqft,
  age,
  round(location_score, 6) AS location_score,
  round(CASE WHEN scenario() = 'failing' THEN lag(worth, 1, 650000) OVER (ORDER BY sale) ELSE worth END, 6) AS price,
  'production' AS split
FROM priced
ORDER BY sale
