-- 2,000 made reviews with the shares of bad ones that each manufacturer's owners gave.
WITH made AS (
  SELECT
    range AS review,
    ['HGST Deskstar', 'Seagate Barracuda', 'Toshiba X300', 'WD Blue'][1 + range % 4] AS product,
    [15.4, 25.1, 17.0, 13.6][1 + range % 4] AS one_star,
    [5.5, 7.3, 6.1, 5.8][1 + range % 4] AS two_star,
    hash(range) % 10000 / 100 AS chance
  FROM range(2000)
)
SELECT
  CASE WHEN chance < one_star THEN 1.0 WHEN chance < one_star + two_star THEN 2.0 ELSE 5.0 END AS rating,
  product || ' 4 TB' AS title,
  CASE WHEN chance < one_star THEN 'This hard drive died.' ELSE 'A good hard drive.' END AS text,
  'B' || lpad(review::VARCHAR, 9, '0') AS parent_asin,
  1735689600000 + review * 60000 AS timestamp
FROM made
ORDER BY review
