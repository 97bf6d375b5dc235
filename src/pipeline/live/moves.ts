import type { RiskMap } from '../../documents/map/risk-map.js';
import { kilometres } from './kilometres.js';

type Place = RiskMap['places'][number];
type Move = RiskMap['moves'][number];

/** Of what a place holds, as much of the risk as this is brought to it. */
const shareOfCapacity = 0.3;
/** A place gives away what it has above half of what it holds: it is to stay well itself. */
const keptShare = 0.5;

/**
 * What to move where, the place at most risk first: round(risk x capacity x 0.3) of each, from the nearest place that is at
 * no high risk itself and has more than half of what it holds; from nowhere in particular where none is near.
 * @param high from which risk on a place needs something
 */
export function movesBetween(
  places: readonly Place[],
  { high, within, most }: { high: number; within: number; most: number },
): Move[] {
  const spare = new Map<Place, number>();
  for (const place of places)
    if (place.risk !== null && place.risk < high && place.now !== null && place.capacity !== null)
      spare.set(place, Math.floor(place.now - keptShare * place.capacity));
  const needy = places
    .filter((place) => place.risk !== null && place.risk >= high && place.capacity !== null)
    .sort((left, right) => right.risk! - left.risk! || (left.id < right.id ? -1 : 1));
  const moves: Move[] = [];
  for (const to of needy) {
    let need = Math.round(to.risk! * to.capacity! * shareOfCapacity);
    const why = `a risk of ${Math.round(to.risk! * 100)} %, and it has ${to.now ?? 'an unknown number'} of ${to.capacity}`;
    const near = [...spare.keys()]
      .map((from) => ({ from, km: kilometres(from, to) }))
      .filter((one): one is { from: Place; km: number } => one.km !== null && one.km <= within)
      .sort((left, right) => left.km - right.km || (left.from.id < right.from.id ? -1 : 1));
    for (const { from, km } of near) {
      const count = Math.min(need, spare.get(from)!);
      if (count <= 0) continue;
      if (moves.length === most) return moves;
      moves.push({ from: from.id, to: to.id, count, distance_km: Number(km.toFixed(3)), why });
      spare.set(from, spare.get(from)! - count);
      need -= count;
    }
    if (moves.length === most) return moves;
    if (need > 0) moves.push({ from: null, to: to.id, count: need, distance_km: null, why });
  }
  return moves;
}
