-- One row a reading, cleaned: what is not said of failure is "none", an age that is missing is the middle one,
-- and a reading without a machine or a time is left out.
SELECT
  machineID || '@' || strftime(datetime, '%Y-%m-%dT%H:%M:%S') AS reading,
  datetime,
  volt,
  rotate,
  pressure,
  vibration,
  coalesce(age, median(age) OVER ()) AS age,
  coalesce(failure, 'none') AS failure,
  split
FROM readings
WHERE machineID IS NOT NULL AND datetime IS NOT NULL
