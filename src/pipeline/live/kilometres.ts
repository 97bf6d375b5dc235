interface Somewhere {
  latitude: number | null;
  longitude: number | null;
}

/** The mean radius of the earth (IUGG). */
const radius = 6371.0088;

/** Great-circle distance (haversine); null where a position is not known. */
export function kilometres(from: Somewhere, to: Somewhere): number | null {
  if (from.latitude === null || from.longitude === null || to.latitude === null || to.longitude === null) return null;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const h =
    half(to.latitude - from.latitude) +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * half(to.longitude - from.longitude);
  return 2 * radius * Math.asin(Math.sqrt(h));
}
