-- One row a sale. A sale has no number of its own, so it is called after its contents:
-- the same sale keeps its name when others are added.
WITH named AS (
  SELECT
    *,
    md5(concat_ws('|', bedrooms, bathrooms, sqft, age, location_score, price)) AS sale
  FROM sales
)
SELECT
  sale,
  bedrooms,
  bathrooms,
  sqft,
  age,
  location_score,
  price,
  -- Half of the test rows stand in for sales after the release, so that there is something to watch.
  CASE WHEN split = 'test' AND sale < '8' THEN 'production' ELSE split END AS part
FROM named
