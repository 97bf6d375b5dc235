import { usualLevels, type RiskMap } from '../../documents/map/risk-map.js';
import type { PageView, TableBlock, TableCell } from '../blocks/blocks.js';
import { countCell, numberCell, textCell } from '../blocks/cells.js';
import { fact } from '../blocks/facts.js';
import { page, type PageContext } from '../blocks/page.js';
import { formatAge, formatMoment } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { listed, plural } from '../format/words.js';
import type { Answer } from '../view.js';
import { freshnessTable, lateInputs } from './freshness.js';
import { healthTable } from './health.js';
import type { MapBlock, MapPoint, RiskLevel } from '../blocks/map-block.js';
import { paperOf, scaleOf, type Position } from './project-places.js';

type Place = RiskMap['places'][number];

/** So many of the riskiest places carry their number on the map. */
const ranked = 10;

/** Places coloured by risk, what to move where, and whether what it was worked out of is fresh. */
export function riskMapPage(map: RiskMap, context: PageContext): PageView {
  const { places, moves, freshness, at, health = [] } = map;
  const levelOf = leveller(map);
  const sorted = [...places].sort((left, right) => (right.risk ?? -1) - (left.risk ?? -1));
  const high = places.filter((place) => levelOf(place) === 'high');
  const unknown = places.filter((place) => levelOf(place) === 'unknown');
  const late = lateInputs(freshness, context.now);
  const age = formatAge(at, context.now);
  const placeWord = plural(places.length, 'place');
  return page(context, {
    about: 'risk-map',
    title: map.title,
    answer: answerOf(places, { high: high.length, unknown: unknown.length, late: late.length }),
    headline:
      places.length === 0
        ? 'No place is known'
        : unknown.length === places.length
          ? `The risk of none of ${formatCount(places.length)} ${placeWord} is known`
          : `${formatCount(high.length)} of ${formatCount(places.length)} ${placeWord} ${high.length === 1 ? 'is' : 'are'} at high risk`,
    summary: [
      `${map.title}${map.risk_of === undefined ? '' : `: ${map.risk_of}`}.`,
      moves.length > 0
        ? `${formatCount(moves.length)} ${plural(moves.length, 'move')} would help.`
        : 'No move is suggested.',
      late.length > 0 ? `Late: ${listed(late)}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
    facts: [
      { label: 'Worked out', text: `${formatMoment(at)}${age === '' ? '' : `, ${age}`}`, full: null },
      ...(map.project === undefined ? [] : [fact('Project', map.project)]),
      ...(map.environment === undefined ? [] : [fact('Environment', map.environment)]),
      ...(unknown.length > 0 ? [fact('Risk not known', formatCount(unknown.length))] : []),
    ],
    blocks: [
      mapBlock(map, sorted, levelOf),
      movesTable(map),
      placesTable(sorted, levelOf),
      ...(health.length > 0 ? [healthTable(health)] : []),
      freshnessTable(freshness, context.now, health.length > 0),
    ],
  });
}

/** What is late or not known is never healthy. */
function answerOf(places: readonly Place[], counts: { high: number; unknown: number; late: number }): Answer {
  if (counts.unknown === places.length) return 'inconclusive';
  return counts.high + counts.late + counts.unknown > 0 ? 'warn' : 'pass';
}

function leveller({ levels = usualLevels }: RiskMap): (place: Place) => RiskLevel {
  return ({ risk }) => {
    if (risk === null) return 'unknown';
    if (risk >= levels.high) return 'high';
    return risk >= levels.some ? 'some' : 'low';
  };
}

const levelWords: Record<RiskLevel, string> = {
  high: 'high risk',
  some: 'some risk',
  low: 'low risk',
  unknown: 'not known',
};
const levelAnswers: Record<RiskLevel, Answer> = { high: 'fail', some: 'warn', low: 'pass', unknown: 'inconclusive' };

function mapBlock(map: RiskMap, sorted: readonly Place[], levelOf: (place: Place) => RiskLevel): MapBlock {
  const { levels = usualLevels, moves } = map;
  const placed = sorted.filter(hasPosition);
  const paper = paperOf(placed);
  const points = placed.map((place, rank): MapPoint => {
    const [x, y] = paper.at(place);
    const level = levelOf(place);
    return {
      id: place.id,
      x,
      y,
      level,
      label: labelOf(place),
      ...(level === 'high' && rank < ranked && { rank: rank + 1 }),
    };
  });
  const byId = new Map(placed.map((place) => [place.id, paper.at(place)]));
  const lines = moves.flatMap(({ from, to }) => {
    const [begin, end] = [from === null ? undefined : byId.get(from), byId.get(to)];
    return begin && end ? [{ from: begin, to: end }] : [];
  });
  const counts = (level: RiskLevel) => sorted.filter((place) => levelOf(place) === level).length;
  const from = { high: `from ${percent(levels.high)}`, some: `from ${percent(levels.some)}` };
  const key = (level: RiskLevel, more = '') => ({
    ...{ level, text: `${levelWords[level]}${more && `, ${more}`}: ${formatCount(counts(level))}` },
  });
  const away = sorted.length - placed.length;
  return {
    ...{ type: 'map', id: 'map', title: 'Map', points, lines },
    proportion: paper.proportion,
    levels: [
      key('high', from.high),
      key('some', from.some),
      key('low'),
      ...(counts('unknown') > 0 ? [key('unknown')] : []),
    ],
    scale: scaleOf(paper.kilometres),
    summary: [
      `${formatCount(points.length)} places, north above; the numbers are those of the list.`,
      lines.length > 0 ? 'A line leads from where something is taken to where it is brought.' : '',
      away > 0 ? `${formatCount(away)} without a position ${away === 1 ? 'stands' : 'stand'} in the list alone.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  };
}

function hasPosition(place: Place): place is Place & Position {
  return place.latitude !== null && place.longitude !== null;
}

function labelOf({ name, risk, now, capacity }: Place): string {
  const there =
    now === null
      ? ''
      : capacity === null
        ? `, ${formatCount(now)} there`
        : `, ${formatCount(now)} of ${formatCount(capacity)}`;
  return `${name}: ${risk === null ? 'risk not known' : percent(risk)}${there}`;
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

function movesTable({ moves, places, unit = 'items' }: RiskMap): TableBlock {
  const names = new Map(places.map(({ id, name }) => [id, name]));
  return {
    ...{ type: 'table', id: 'moves', title: 'What to move', beside: true },
    columns: [
      { id: 'to', title: 'To' },
      { id: 'count', title: `Move, ${unit}`, number: true },
      { id: 'from', title: 'From' },
      { id: 'distance', title: 'km', number: true },
      { id: 'why', title: 'Why', wide: true },
    ],
    rows: moves.map(({ from, to, count, distance_km, why }, place) => ({
      id: String(place),
      cells: [
        textCell(names.get(to) ?? to, 40),
        countCell(count),
        from === null ? { text: 'anywhere', sort: null } : textCell(names.get(from) ?? from, 40),
        numberCell(distance_km, { decimals: 1, reason: 'the way is not known' }),
        textCell(why, 200),
      ],
    })),
    ...(moves.length === 0 && { note: 'No move is suggested.' }),
  };
}

function placesTable(sorted: readonly Place[], levelOf: (place: Place) => RiskLevel): TableBlock {
  return {
    ...{ type: 'table', id: 'places', title: 'Places, the riskiest first', filter: 'only high risk' },
    columns: [
      { id: 'rank', title: '#', number: true },
      { id: 'place', title: 'Place' },
      { id: 'level', title: 'Risk' },
      { id: 'risk', title: '%', number: true },
      { id: 'now', title: 'There now', number: true },
      { id: 'capacity', title: 'Of', number: true },
      { id: 'why', title: 'Why', wide: true },
    ],
    rows: sorted.map((place, index) => {
      const level = levelOf(place);
      const { id, name, risk, now, capacity, reason } = place;
      return {
        ...{ id, marked: level === 'high' },
        cells: [
          countCell(index + 1),
          textCell(name, 40),
          { text: levelWords[level], sort: risk, answer: levelAnswers[level] },
          {
            ...numberCell(risk === null ? null : 100 * risk, { decimals: 1, reason: reason ?? 'not known' }),
            sort: risk,
          },
          countCell(now),
          countCell(capacity),
          reason === undefined ? quiet : textCell(reason, 200),
        ],
      };
    }),
  };
}

const quiet: TableCell = { text: '', sort: null };
