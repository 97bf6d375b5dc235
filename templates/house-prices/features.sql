-- One row a sale. A sale has no number of its own, so it is called after its contents:
-- the same sale keeps its name when others are added.
SELECT
  md5(concat_ws('|', bedrooms, bathrooms, sqft, age, location_score, price)) AS sale,
  bedrooms,
  bathrooms,
  sqft,
  age,
  location_score,
  price,
  split
FROM sales
