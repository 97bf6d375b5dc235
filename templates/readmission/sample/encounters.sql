-- 6,000 made stays in hospital. Who was in hospital before, has many diagnoses or was changed to insulin comes back more often.
-- The last four fifths are the future:
--   healthy: it behaves like what a model learns from;
--   drifted: patients stay eight days longer and get sixteen medicines more;
--   failing: nine in ten come back, or do not, whatever their stay was like.

-- From 0 to 1, another one for every stay and question.
CREATE MACRO chance(stay, question) AS hash(stay * 1000 + question) % 1000003 / 1000003;
CREATE MACRO one_of(words, stay, question) AS words[1 + (chance(stay, question) * len(words))::INTEGER % len(words)];

WITH stays AS (
  SELECT
    range AS stay,
    range >= 1200 AS in_future,
    -- Most were never in hospital in the year before.
    greatest(0, (chance(range, 1) * 8 - 4)::INTEGER) AS number_inpatient,
    (1 + chance(range, 2) * 15)::INTEGER AS number_diagnoses,
    one_of(['No', 'Steady', 'Up', 'Down'], range, 3) AS insulin,
    (chance(range, 4) * 9)::INTEGER AS tens,
    scenario() = 'drifted' AND range >= 1200 AS drifted
  FROM range(6000)
),
risks AS (
  SELECT
    *,
    -- Log odds.
    -2.2 + 0.9 * number_inpatient + 0.15 * (number_diagnoses - 8) + CASE WHEN insulin IN ('Up', 'Down') THEN 1.2 ELSE 0 END
      + 0.15 * (tens - 4) AS risk
  FROM stays
)
SELECT
  100000 + stay AS encounter_id,
  5000000 + hash(stay) % 100000 AS patient_nbr,
  one_of(['Caucasian', 'AfricanAmerican', 'Hispanic', 'Asian', 'Other', '?'], stay, 10) AS race,
  one_of(['Female', 'Male'], stay, 11) AS gender,
  '[' || tens * 10 || '-' || (tens + 1) * 10 || ')' AS age,
  '?' AS weight,
  (1 + chance(stay, 12) * 5)::INTEGER AS admission_type_id,
  CASE WHEN chance(stay, 13) < 0.02 THEN 11 ELSE (1 + chance(stay, 14) * 5)::INTEGER END AS discharge_disposition_id,
  (1 + chance(stay, 15) * 7)::INTEGER AS admission_source_id,
  (1 + chance(stay, 16) * 9)::INTEGER + CASE WHEN drifted THEN 8 ELSE 0 END AS time_in_hospital,
  '?' AS payer_code,
  '?' AS medical_specialty,
  (20 + chance(stay, 17) * 50)::INTEGER AS num_lab_procedures,
  (chance(stay, 18) * 6)::INTEGER AS num_procedures,
  (5 + chance(stay, 19) * 20)::INTEGER + CASE WHEN drifted THEN 16 ELSE 0 END AS num_medications,
  greatest(0, (chance(stay, 20) * 6 - 4)::INTEGER) AS number_outpatient,
  greatest(0, (chance(stay, 21) * 6 - 4)::INTEGER) AS number_emergency,
  number_inpatient,
  one_of(['250.83', '428', '414', '486', 'V57', '786'], stay, 22) AS diag_1,
  one_of(['250', '276', '427', '401', 'V45', '?'], stay, 23) AS diag_2,
  one_of(['250', '401', '276', '428', 'V27', '?'], stay, 24) AS diag_3,
  number_diagnoses,
  one_of(['None', 'Norm', '>200', '>300'], stay, 25) AS max_glu_serum,
  one_of(['None', 'Norm', '>7', '>8'], stay, 26) AS A1Cresult,
  one_of(['No', 'Steady', 'Up', 'Down'], stay, 27) AS metformin,
  one_of(['No', 'No', 'No', 'Steady'], stay, 28) AS glipizide,
  one_of(['No', 'No', 'No', 'Steady'], stay, 29) AS "glyburide-metformin",
  insulin,
  one_of(['No', 'Ch'], stay, 30) AS change,
  one_of(['Yes', 'No'], stay, 31) AS diabetesMed,
  CASE
    WHEN scenario() = 'failing' AND in_future AND chance(stay, 32) < 0.9 THEN one_of(['NO', '<30'], stay, 33)
    WHEN chance(stay, 34) < 1 / (1 + exp(-2 * risk)) THEN one_of(['<30', '>30', '>30'], stay, 35)
    ELSE 'NO'
  END AS readmitted
FROM risks
ORDER BY stay
