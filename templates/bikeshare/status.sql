-- station_status.json, as a GBFS feed publishes it -> one row a station and snapshot.
SELECT
  last_updated AS snapshot_last_updated,
  station.station_id,
  station.num_bikes_available,
  station.num_docks_available
FROM (SELECT last_updated, unnest(data.stations) AS station FROM raw)
