/** Degrees. */
export interface Position {
  latitude: number;
  longitude: number;
}

/** Where positions lie on paper. */
export interface Paper {
  /** 0–1 of the width and of the height, y downwards. */
  at: (position: Position) => [x: number, y: number];
  /** Width over height. */
  proportion: number;
  /** Width in kilometres. */
  kilometres: number;
}

const kilometresADegree = 111.195;
/** Room around the outermost places. */
const margin = 0.03;
/** A town along one street, or one place alone, is still drawn on a paper that can be looked at. */
const flattest = 2.4;
const smallestKm = 0.2;

/**
 * Equal distances in every direction: longitudes are shortened by the cosine of the middle latitude (equirectangular),
 * which is off by less than 1 % over a city. Across the 180th meridian the shorter way round is taken.
 */
export function paperOf(positions: readonly Position[]): Paper {
  const first = positions[0]?.longitude ?? 0;
  const unwrapped = (longitude: number) => first + ((((longitude - first + 180) % 360) + 360) % 360) - 180;
  const latitudes = positions.map(({ latitude }) => latitude);
  const longitudes = positions.map(({ longitude }) => unwrapped(longitude));
  const [south, north] = ends(latitudes);
  const [west, east] = ends(longitudes);
  const across = kilometresADegree * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const size = Math.max((east - west) * across, (north - south) * kilometresADegree, smallestKm);
  const width = Math.max((east - west) * across, size / flattest) * (1 + 2 * margin);
  const height = Math.max((north - south) * kilometresADegree, size / flattest) * (1 + 2 * margin);
  return {
    at: ({ latitude, longitude }) => [
      0.5 + ((unwrapped(longitude) - (west + east) / 2) * across) / width,
      0.5 - ((latitude - (south + north) / 2) * kilometresADegree) / height,
    ],
    proportion: width / height,
    kilometres: width,
  };
}

function ends(values: readonly number[]): [least: number, most: number] {
  if (values.length === 0) return [0, 0];
  return [Math.min(...values), Math.max(...values)];
}

/** The longest round length below a quarter of the width: 1, 2 or 5 times a power of ten. */
export function scaleOf(kilometres: number): { share: number; text: string } {
  const quarter = kilometres / 4;
  const power = 10 ** Math.floor(Math.log10(quarter));
  const length = power * [5, 2, 1].find((times) => times * power <= quarter)!;
  const text = length >= 1 ? `${length} km` : `${Math.round(length * 1000)} m`;
  return { share: length / kilometres, text };
}
