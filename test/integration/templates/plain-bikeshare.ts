/** A snapshot of a station; `step`: the number of its five minutes since 1970. */
export interface Snapshot {
  station: string;
  step: number;
  bikes: number;
  docks: number;
}

/** What the weather was from `step` on, by the columns of its table. */
export interface Weather {
  step: number;
  values: Record<string, number>;
}

/** The weather's columns, by the features that they become. */
const weatherColumns = {
  ...{ temp_c: 'temp', precip_mm: 'prcp', wind_kph: 'wspd', rhum_pct: 'rhum', pres_hpa: 'pres' },
  ...{ wind_dir_deg: 'wdir', wind_gust_kph: 'wpgt', snow_mm: 'snow', weather_code: 'coco' },
};
/** Six hours: older weather says nothing. */
const weatherSteps = 72;

export interface Station {
  id: string;
  lat: number;
  lon: number;
  capacity: number;
}

/**
 * The features and the label of stations that tell of themselves at every step, row by row, as one would with a pencil:
 * differences and means of the rows before, the shares of the five nearest stations, the parts of the time, the newest
 * weather of the six hours before.
 * @returns by `station step`; null: cannot be known
 */
export function plainFeatures(
  snapshots: Snapshot[],
  stations: Station[],
  weather: Weather[],
): Map<string, Record<string, number | null>> {
  const rows = new Map<string, Snapshot[]>();
  for (const snapshot of snapshots) rows.set(snapshot.station, [...(rows.get(snapshot.station) ?? []), snapshot]);
  const features = new Map<string, Record<string, number | null>>();
  for (const station of stations) {
    const own = rows.get(station.id)!;
    const around = neighboursOf(station, stations).map(({ id, share }) => ({ rows: rows.get(id)!, share }));
    own.forEach(({ bikes, docks, step }, at) => {
      const before = (n: number) => own[at - n];
      const since = (n: number) => (before(n) === undefined ? null : bikes - before(n)!.bikes);
      const mean = (n: number) => average(own.slice(Math.max(0, at - n + 1), at + 1).map((row) => row.bikes));
      const day = new Date(step * 300_000);
      const later = own[at + 6] ?? own[at + 5] ?? own[at + 4];
      features.set(`${station.id} ${step}`, {
        util_bikes: bikes / station.capacity,
        util_docks: docks / station.capacity,
        delta_bikes_5m: since(1),
        delta_docks_5m: before(1) === undefined ? null : docks - before(1)!.docks,
        roll15_net_bikes: since(3),
        roll30_net_bikes: since(6),
        roll60_net_bikes: since(12),
        roll15_bikes_mean: mean(3),
        roll30_bikes_mean: mean(6),
        roll60_bikes_mean: mean(12),
        nbr_bikes_weighted: total(around.map(({ rows: near, share }) => share * near[at]!.bikes)),
        nbr_docks_weighted: total(around.map(({ rows: near, share }) => share * near[at]!.docks)),
        hour: day.getUTCHours(),
        dow: (day.getUTCDay() + 6) % 7,
        is_weekend: day.getUTCDay() % 6 === 0 ? 1 : 0,
        is_holiday: day.toISOString().startsWith('2025-01-01') ? 1 : 0,
        ...weatherAt(weather, step),
        stockout: later === undefined ? null : Number(later.bikes <= 2),
      });
    });
  }
  return features;
}

function weatherAt(weather: Weather[], step: number): Record<string, number | null> {
  const newest = weather.filter((hour) => hour.step <= step && step - hour.step < weatherSteps).at(-1);
  return Object.fromEntries(
    Object.entries(weatherColumns).map(([feature, column]) => [feature, newest?.values[column] ?? null]),
  );
}

function neighboursOf(station: Station, stations: Station[]): { id: string; share: number }[] {
  const others = stations
    .filter(({ id }) => id !== station.id)
    .map((other) => ({ id: other.id, km: distance(station, other) }))
    .sort((left, right) => left.km - right.km || (left.id < right.id ? -1 : 1))
    .slice(0, 5);
  const near = others.filter(({ km }) => km <= 0.8);
  const kept = (near.length > 0 ? near : others).map(({ id, km }) => ({ id, weight: 1 / (km + 1e-6) }));
  const sum = total(kept.map(({ weight }) => weight));
  return kept.map(({ id, weight }) => ({ id, share: weight / sum }));
}

/** Great-circle distance in kilometres. */
function distance(from: Station, to: Station): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const h = half(to.lat - from.lat) + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * half(to.lon - from.lon);
  return 2 * 6371.0088 * Math.asin(Math.sqrt(h));
}

const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
const average = (values: number[]) => total(values) / values.length;
