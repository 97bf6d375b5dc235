-- One row a stay: what was known when the patient went home, and whether they came back.

-- The first fifth of the file is what is known at first: its last 15 in 100 rows test, the 15 before them choose, the
-- others teach. The rest is the future.
CREATE VIEW numbered AS
SELECT *, row_number() OVER () AS place, floor(0.2 * count(*) OVER ()) AS known
FROM encounters;

CREATE VIEW divided AS
SELECT
  *,
  CASE
    WHEN place > known THEN 'production'
    WHEN place > known - ceil(0.15 * known) THEN 'test'
    WHEN place > known - ceil(0.15 * known) - ceil(0.15 / 0.85 * (known - ceil(0.15 * known))) THEN 'validation'
    ELSE 'train'
  END AS part
FROM numbered;

SELECT
  encounter_id,
  coalesce(race, 'Unknown') AS race,
  gender,
  -- '[40-50)' is the fifth of ten ages.
  try_cast(regexp_extract(age, '\d+') AS INTEGER) // 10 AS age_ordinal,
  admission_type_id,
  discharge_disposition_id,
  admission_source_id,
  time_in_hospital,
  num_lab_procedures,
  num_procedures,
  num_medications,
  number_outpatient,
  number_emergency,
  number_inpatient,
  coalesce(diag_1, 'Unknown') AS diag_1,
  coalesce(diag_2, 'Unknown') AS diag_2,
  coalesce(diag_3, 'Unknown') AS diag_3,
  number_diagnoses,
  max_glu_serum,
  A1Cresult,
  COLUMNS('^(.*formin|.*glitazone|.*glinide|.*pizide|.*buride|chlorpropamide|glimepiride|acetohexamide|tolbutamide|acarbose|miglitol|tolazamide|examide|citoglipton|insulin)$'),
  change,
  diabetesMed,
  -- Back within 30 days or later: both count.
  (readmitted <> 'NO')::INTEGER AS readmitted,
  part
FROM divided
-- Who died or went to a hospice does not come back.
WHERE discharge_disposition_id NOT IN (11, 13, 14, 19, 20, 21)
