-- One row a sale. A sale has no number of its own, so it is called after its contents (and counted, where two are alike):
-- the same sale keeps its name when others are added.
SELECT
  md5(
    concat_ws(
      '|',
      bedrooms,
      bathrooms,
      sqft,
      age,
      location_score,
      price,
      nullif(
        row_number() OVER (
          PARTITION BY bedrooms, bathrooms, sqft, age, location_score, price
          ORDER BY list_position(['train', 'test', 'production'], split)
        ),
        1
      )
    )
  ) AS sale,
  bedrooms,
  bathrooms,
  sqft,
  age,
  location_score,
  price,
  split
FROM sales
