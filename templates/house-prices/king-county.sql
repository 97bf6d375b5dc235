-- Sales as King County publishes them (`kc_house_data.csv`: sqft_living, yr_built, zipcode, …), made into the table that
-- features.sql asks for: the view `raw`. Not run when the files are that table already (see "ready" in mlops.json).

CREATE TABLE sold AS
SELECT
  *,
  strptime(left(date::VARCHAR, 8), '%Y%m%d')::DATE AS sold_on,
  -- The model learns from what was sold until October, is tried on the two months after, and judged on all that is newer.
  CASE
    WHEN sold_on < DATE '2014-11-01' THEN 'train'
    WHEN sold_on < DATE '2015-01-01' THEN 'test'
    ELSE 'production'
  END AS split
FROM raw;

-- How dear a neighbourhood is, from 1 to 10: the rank of its zip code by the price of a square foot, of training sales alone.
CREATE TABLE places AS
SELECT zipcode, 1 + 9 * (row_number() OVER (ORDER BY dear, zipcode) - 1) / (count(*) OVER () - 1) AS location_score
FROM (SELECT zipcode, median(price / sqft_living) AS dear FROM sold WHERE split = 'train' GROUP BY zipcode);

SELECT
  bedrooms,
  bathrooms,
  sqft_living AS sqft,
  year(sold_on) - yr_built AS age,
  location_score,
  price,
  split
FROM sold LEFT JOIN places USING (zipcode)
