-- One row a station and snapshot: what is known at that moment, and whether there are two bikes or fewer half an hour later.
-- Time goes in steps of five minutes (UTC); between two snapshots the last known value holds, for half an hour at most.
-- All windows are minutes on that grid, however often the feed was asked.

CREATE MACRO step() AS INTERVAL 5 MINUTE;
CREATE MACRO fresh(moment, hour, value) AS CASE WHEN moment - hour < INTERVAL 6 HOUR THEN value END;
CREATE MACRO grid(moment) AS time_bucket(step(), moment);
CREATE MACRO km(lat1, lon1, lat2, lon2) AS 2 * 6371.0088 * asin(sqrt(
  pow(sin(radians(lat2 - lat1) / 2), 2)
    + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)
));

-- The last snapshot of every step.
CREATE TABLE seen AS
SELECT
  station_id,
  grid(make_timestamp(snapshot_last_updated * 1000000)) AS dt,
  arg_max(num_bikes_available, snapshot_last_updated) AS bikes,
  arg_max(num_docks_available, snapshot_last_updated) AS docks
FROM status
GROUP BY ALL;

CREATE TABLE ticks AS
WITH span AS (SELECT min(dt) AS first, max(dt) AS last FROM seen),
steps AS (SELECT unnest(generate_series(first, last, step())) AS dt FROM span),
places AS (SELECT DISTINCT station_id FROM seen)
SELECT
  p.station_id,
  s.dt,
  seen.dt = s.dt AS is_snapshot,
  CASE WHEN s.dt - seen.dt <= INTERVAL 30 MINUTE THEN seen.bikes END AS bikes,
  CASE WHEN s.dt - seen.dt <= INTERVAL 30 MINUTE THEN seen.docks END AS docks
FROM places p CROSS JOIN steps s
ASOF LEFT JOIN seen ON seen.station_id = p.station_id AND seen.dt <= s.dt;

-- The five nearest within 0.8 km or, where there are none, the five nearest; the nearer, the more they count.
CREATE TABLE neighbours AS
WITH pairs AS (
  SELECT a.station_id, b.station_id AS neighbour, km(a.lat, a.lon, b.lat, b.lon) AS distance
  FROM stations a JOIN stations b ON a.station_id <> b.station_id
),
nearest AS (
  SELECT *, min(distance) OVER (PARTITION BY station_id) > 0.8 AS is_alone
  FROM pairs
  QUALIFY row_number() OVER (PARTITION BY station_id ORDER BY distance, neighbour) <= 5
),
kept AS (SELECT *, 1 / (distance + 1e-6) AS weight FROM nearest WHERE is_alone OR distance <= 0.8)
SELECT station_id, neighbour, weight / sum(weight) OVER (PARTITION BY station_id) AS share
FROM kept;

CREATE TABLE around AS
SELECT n.station_id, t.dt, sum(share * t.bikes) AS nbr_bikes_weighted, sum(share * t.docks) AS nbr_docks_weighted
FROM neighbours n JOIN ticks t ON t.station_id = n.neighbour
GROUP BY ALL;

CREATE TABLE moments AS
SELECT
  station_id,
  dt,
  is_snapshot,
  bikes,
  docks,
  bikes - lag(bikes, 1) OVER w AS delta_bikes_5m,
  docks - lag(docks, 1) OVER w AS delta_docks_5m,
  bikes - lag(bikes, 3) OVER w AS roll15_net_bikes,
  bikes - lag(bikes, 6) OVER w AS roll30_net_bikes,
  bikes - lag(bikes, 12) OVER w AS roll60_net_bikes,
  avg(bikes) OVER (w ROWS 2 PRECEDING) AS roll15_bikes_mean,
  avg(bikes) OVER (w ROWS 5 PRECEDING) AS roll30_bikes_mean,
  avg(bikes) OVER (w ROWS 11 PRECEDING) AS roll60_bikes_mean,
  -- How busy the station was, and how long nobody has come.
  sum(abs(bikes - before)) OVER (w ROWS 11 PRECEDING) AS moves_60m,
  sum(abs(bikes - before)) OVER (w ROWS 71 PRECEDING) AS moves_6h,
  sum(abs(bikes - before)) OVER (w ROWS 287 PRECEDING) AS moves_24h,
  avg(bikes) OVER (w ROWS 71 PRECEDING) AS bikes_mean_6h,
  min(bikes) OVER (w ROWS 71 PRECEDING) AS bikes_min_6h,
  avg(bikes) OVER (w ROWS 287 PRECEDING) AS bikes_mean_24h,
  date_diff('minute', max(CASE WHEN bikes <> before THEN dt END) OVER (w ROWS UNBOUNDED PRECEDING), dt) AS minutes_unchanged
FROM (SELECT *, lag(bikes, 1) OVER (PARTITION BY station_id ORDER BY dt) AS before FROM ticks)
WINDOW w AS (PARTITION BY station_id ORDER BY dt);

-- How busy the whole town was in the last step.
CREATE TABLE town AS SELECT dt, avg(abs(delta_bikes_5m)) AS moves_town_5m FROM moments GROUP BY ALL;

-- Half an hour later, or as near to it as a snapshot comes, ten minutes off at most.
CREATE TABLE labels AS
SELECT m.station_id, m.dt, arg_min(later.bikes, (abs(epoch(later.dt - m.dt) - 1800), later.dt)) <= 2 AS stockout
FROM seen m JOIN seen later
  ON later.station_id = m.station_id AND later.dt BETWEEN m.dt + INTERVAL 20 MINUTE AND m.dt + INTERVAL 40 MINUTE
GROUP BY ALL;

-- Shown with the run: what was left out, and why.
CREATE VIEW figures AS
SELECT 'snapshots_without_label' AS name, count(*) AS value FROM seen ANTI JOIN labels USING (station_id, dt)
UNION ALL
SELECT 'stations_without_place', count(DISTINCT station_id) FROM seen ANTI JOIN stations USING (station_id)
UNION ALL
SELECT 'hours_of_weather', count(*) FROM weather;

-- An hour is left out before each part, so that no window looks into the part before.
CREATE TABLE parts AS
WITH ranked AS (SELECT dt, (row_number() OVER (ORDER BY dt) - 1) / count(*) OVER () AS rank FROM (SELECT DISTINCT dt FROM seen)),
named AS (
  SELECT dt, CASE WHEN rank < 0.55 THEN 'train' WHEN rank < 0.65 THEN 'validation' WHEN rank < 0.75 THEN 'test' ELSE 'production' END AS part
  FROM ranked
)
SELECT dt, part
FROM named
QUALIFY part = 'train' OR dt >= min(dt) OVER (PARTITION BY part) + INTERVAL 60 MINUTE;

SELECT
  strftime(m.dt, '%Y-%m-%d-%H-%M') || '_' || m.station_id AS tick,
  m.dt,
  m.station_id,
  least(1, m.bikes / nullif(s.capacity, 0)) AS util_bikes,
  least(1, m.docks / nullif(s.capacity, 0)) AS util_docks,
  m.* EXCLUDE (station_id, dt, is_snapshot),
  moves_town_5m,
  nbr_bikes_weighted,
  nbr_docks_weighted,
  hour(m.dt) AS hour,
  isodow(m.dt) - 1 AS dow,
  (isodow(m.dt) > 5)::INTEGER AS is_weekend,
  CASE WHEN (SELECT count(*) FROM holidays) > 0 THEN (m.dt::DATE IN (FROM holidays SELECT date))::INTEGER END AS is_holiday,
  fresh(m.dt, w.time, w.temp) AS temp_c,
  fresh(m.dt, w.time, w.prcp) AS precip_mm,
  fresh(m.dt, w.time, w.wspd) AS wind_kph,
  fresh(m.dt, w.time, w.rhum) AS rhum_pct,
  fresh(m.dt, w.time, w.pres) AS pres_hpa,
  fresh(m.dt, w.time, w.wdir) AS wind_dir_deg,
  fresh(m.dt, w.time, w.wpgt) AS wind_gust_kph,
  fresh(m.dt, w.time, w.snow) AS snow_mm,
  fresh(m.dt, w.time, w.coco) AS weather_code,
  l.stockout::INTEGER AS stockout,
  -- Of the newest moments nobody knows yet: they are what the endpoint is asked about.
  CASE WHEN l.stockout IS NULL THEN 'waiting' ELSE p.part END AS part
FROM moments m
LEFT JOIN labels l USING (station_id, dt)
JOIN parts p USING (dt)
JOIN town USING (dt)
LEFT JOIN stations s USING (station_id)
LEFT JOIN around a USING (station_id, dt)
ASOF LEFT JOIN weather w ON w.time <= m.dt
WHERE m.is_snapshot AND (l.stockout IS NOT NULL OR m.dt > (SELECT max(dt) FROM seen) - INTERVAL 40 MINUTE)
