-- The stations on the map: the newest predictions with their risk, and where each stands.
SELECT
  p.station_id AS id,
  s.name,
  s.lat AS latitude,
  s.lon AS longitude,
  p.risk,
  p.bikes AS now,
  s.capacity
FROM predictions p LEFT JOIN stations s ON s.station_id = p.station_id::VARCHAR
