-- One row a machine and three hours, from the five tables of "Azure predictive maintenance" (telemetry, errors, maint,
-- failures, machines): what was known then, and the component that fails within a day, if any. Nothing is looked at that
-- lies after the row's own time but what it is asked to foretell.

-- What the sensors said within the last three hours and within the last day.
CREATE VIEW sensed AS
SELECT
  machineID,
  datetime,
  COLUMNS(['volt', 'rotate', 'pressure', 'vibration']),
  avg(volt) OVER three AS volt_mean_3h,
  avg(rotate) OVER three AS rotate_mean_3h,
  avg(pressure) OVER three AS pressure_mean_3h,
  avg(vibration) OVER three AS vibration_mean_3h,
  avg(volt) OVER day AS volt_mean_24h,
  avg(rotate) OVER day AS rotate_mean_24h,
  avg(pressure) OVER day AS pressure_mean_24h,
  avg(vibration) OVER day AS vibration_mean_24h,
  stddev_samp(volt) OVER day AS volt_std_24h,
  stddev_samp(rotate) OVER day AS rotate_std_24h,
  stddev_samp(pressure) OVER day AS pressure_std_24h,
  stddev_samp(vibration) OVER day AS vibration_std_24h
FROM telemetry
WINDOW
  three AS (PARTITION BY machineID ORDER BY datetime RANGE INTERVAL 2 HOURS PRECEDING),
  day AS (PARTITION BY machineID ORDER BY datetime RANGE INTERVAL 23 HOURS PRECEDING);

CREATE VIEW readings AS
SELECT * FROM sensed
WHERE hour(datetime) % 3 = 0
-- A day of each machine has to be known before its first row.
QUALIFY datetime >= min(datetime) OVER (PARTITION BY machineID) + INTERVAL 23 HOURS;

-- Errors of each kind within the last day.
CREATE VIEW erring AS
SELECT
  machineID,
  r.datetime,
  count(*) FILTER (errorID = 'error1') AS error1_24h,
  count(*) FILTER (errorID = 'error2') AS error2_24h,
  count(*) FILTER (errorID = 'error3') AS error3_24h,
  count(*) FILTER (errorID = 'error4') AS error4_24h,
  count(*) FILTER (errorID = 'error5') AS error5_24h
FROM readings r JOIN errors e USING (machineID)
WHERE e.datetime > r.datetime - INTERVAL 24 HOURS AND e.datetime <= r.datetime
GROUP BY machineID, r.datetime;

-- Days since each component was last replaced, whether it was due or had failed.
CREATE VIEW maintained AS
SELECT
  machineID,
  r.datetime,
  date_diff('hour', max(m.datetime) FILTER (comp = 'comp1'), r.datetime) / 24 AS comp1_days,
  date_diff('hour', max(m.datetime) FILTER (comp = 'comp2'), r.datetime) / 24 AS comp2_days,
  date_diff('hour', max(m.datetime) FILTER (comp = 'comp3'), r.datetime) / 24 AS comp3_days,
  date_diff('hour', max(m.datetime) FILTER (comp = 'comp4'), r.datetime) / 24 AS comp4_days
FROM readings r JOIN maint m USING (machineID)
WHERE m.datetime <= r.datetime
GROUP BY machineID, r.datetime;

-- The failure that comes first within the next day; of two at once the one with the lower number.
CREATE VIEW failing AS
SELECT machineID, r.datetime, arg_min(failure, (f.datetime, failure)) AS failure
FROM readings r JOIN failures f USING (machineID)
WHERE f.datetime > r.datetime AND f.datetime <= r.datetime + INTERVAL 24 HOURS
GROUP BY machineID, r.datetime;

SELECT
  machineID || '@' || strftime(datetime, '%Y-%m-%dT%H:%M:%S') AS reading,
  readings.*,
  coalesce(COLUMNS('^error\d_24h$'), 0),
  COLUMNS('^comp\d_days$'),
  machines.age,
  -- What comes within the last day of all is not known yet.
  CASE WHEN datetime <= ended - INTERVAL 24 HOURS THEN coalesce(failure, 'none') END AS failure,
  -- The days on which a row of one part could foretell what the next part knows belong to none.
  CASE
    WHEN datetime < began + 0.6 * (ended - began) - INTERVAL 24 HOURS THEN 'train'
    WHEN datetime < began + 0.6 * (ended - began) THEN 'between'
    WHEN datetime < began + 0.8 * (ended - began) - INTERVAL 24 HOURS THEN 'test'
    WHEN datetime < began + 0.8 * (ended - began) THEN 'between'
    ELSE 'production'
  END AS split
FROM readings
LEFT JOIN erring USING (machineID, datetime)
LEFT JOIN maintained USING (machineID, datetime)
LEFT JOIN failing USING (machineID, datetime)
JOIN machines USING (machineID)
CROSS JOIN (SELECT min(datetime) AS began, max(datetime) AS ended FROM telemetry) AS span
