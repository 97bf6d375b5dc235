import type { Dashboard, DashboardPart } from '../../documents/measured/dashboard.js';
import type { Block, PageView, TableBlock, TilesBlock, TileView } from '../blocks/blocks.js';
import { numberCell, textCell } from '../blocks/cells.js';
import { fact } from '../blocks/facts.js';
import { page, type PageContext } from '../blocks/page.js';
import { formatAge, formatMoment } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { valueText } from '../format/units.js';
import { capital, plural, versionWord } from '../format/words.js';
import { gatesOverTime } from '../gates/trend.js';
import type { Answer } from '../view.js';
import { alarmsTable } from './alarms-table.js';
import { timeChart } from './time-chart.js';

type Part<Type extends DashboardPart['type']> = Extract<DashboardPart, { type: Type }>;
type Alarms = Part<'alarms'>;

/** What an endpoint does now: its figures of the last hour, its alarms, every graph, the gates over runs, and drift. */
export function dashboardPage(dashboard: Dashboard, context: PageContext): PageView {
  const { project, environment, endpoint, serving, from, to, widgets, gates, drift, release } = dashboard;
  const alarms = partsOf(widgets, 'alarms').flatMap((part) => part.alarms);
  const unread = partsOf(widgets, 'alarms').find(({ reason }) => reason !== undefined)?.reason;
  const stands = standing(alarms, unread);
  return page(context, {
    about: 'dashboard',
    title: `dashboard · ${endpoint}`,
    answer: serving === null || serving.status === 'Failed' ? worse(stands.answer) : stands.answer,
    headline: stands.headline,
    summary: summaryOf(dashboard),
    facts: [
      fact('Endpoint', endpoint, 60),
      fact('Serves', serving?.version == null ? null : versionWord(serving.version)),
      fact('Project', project),
      fact('Environment', environment),
      { label: 'From', text: `${formatMoment(from)} to ${formatMoment(to)}`, full: null },
      ...(release === undefined ? [] : [fact('Release', release, 120)]),
    ],
    blocks: [
      figures(widgets),
      ...partsOf(widgets, 'alarms').map((part) => alarmsTable(part, context.now)),
      ...partsOf(widgets, 'graph').map((part) => timeChart({ ...part, from, to })),
      ...gateBlocks(gates),
      ...driftBlocks(drift, context.now),
    ],
  });
}

function partsOf<Type extends DashboardPart['type']>(widgets: readonly DashboardPart[], type: Type): Part<Type>[] {
  return widgets.filter((part): part is Part<Type> => part.type === type);
}

/** No alarm, or one without data, is not the same as being well. */
function standing(alarms: Alarms['alarms'], unread: string | undefined): { answer: Answer; headline: string } {
  if (unread !== undefined) return { answer: 'inconclusive', headline: 'The alarms could not be read' };
  const count = (state: Alarms['alarms'][number]['state']) => alarms.filter((alarm) => alarm.state === state).length;
  const [ringing, silent] = [count('ALARM'), count('INSUFFICIENT_DATA')];
  const of = `of ${formatCount(alarms.length)} ${plural(alarms.length, 'alarm')}`;
  if (alarms.length === 0) return { answer: 'unknown', headline: 'No alarm watches the endpoint' };
  if (ringing > 0)
    return { answer: 'fail', headline: `${formatCount(ringing)} ${of} ${plural(ringing, 'is', 'are')} in alarm` };
  if (silent > 0)
    return {
      answer: 'inconclusive',
      headline: `${formatCount(silent)} ${of} ${plural(silent, 'has', 'have')} no data`,
    };
  const all = alarms.length === 1 ? 'The alarm is ok' : `All ${formatCount(alarms.length)} alarms are ok`;
  return { answer: 'pass', headline: all };
}

const worse = (answer: Answer): Answer => (answer === 'fail' ? 'fail' : 'inconclusive');

function summaryOf({ serving, endpoint, widgets, release }: Dashboard): string {
  const numbers = partsOf(widgets, 'number');
  const told = numbers.flatMap(({ title, value, unit }) =>
    value === null ? [] : [`${title.replace(/, last hour$/, '')} ${valueText(value, unit)}`],
  );
  const stands =
    serving === null
      ? `${endpoint} is not deployed, or does not answer`
      : `${endpoint} is ${serving.status === 'InService' ? 'in service' : serving.status}${serving.version === null ? ' and does not answer' : `, ${versionWord(serving.version)}`}`;
  return [
    `${stands}.`,
    release === undefined ? '' : `A release is under way: ${release}.`,
    told.length > 0 ? `In the last hour: ${told.join(', ')}.` : 'Nothing was measured in the last hour.',
  ]
    .filter(Boolean)
    .join(' ');
}

function figures(widgets: readonly DashboardPart[]): TilesBlock {
  const tiles = partsOf(widgets, 'number').map(({ id, title, value, unit, reason }): TileView => {
    const why = reason ?? 'not measured here';
    return {
      ...{ id, title },
      value: value === null ? { value, text: '–', reason: why } : { value, text: valueText(value, unit), reason: null },
      note: value === null ? capital(why) : '',
    };
  });
  return { type: 'tiles', id: 'now', title: 'Last hour', tiles };
}

function gateBlocks(points: Dashboard['gates']): Block[] {
  if (points.length === 0)
    return [
      { type: 'text', id: 'gates', title: 'Gates over runs', lines: ['Nothing was judged yet: run the pipeline.'] },
    ];
  return [gatesOverTime([...points].reverse(), 'Gates over the newest runs')];
}

/** So many columns are listed: those that moved farthest. */
const mostColumns = 12;

function driftBlocks(drift: Dashboard['drift'], now: Date): TableBlock[] {
  if (drift === null) return [];
  const { columns, at } = drift;
  const age = formatAge(at, now);
  const left = columns.length - mostColumns;
  const notes = [
    `Judged ${formatMoment(at)}${age === '' ? '' : `, ${age}`}.`,
    left > 0 ? `${left} that moved less ${left === 1 ? 'is' : 'are'} left out.` : '',
  ];
  const hasIndex = columns.some(({ psi }) => psi !== null);
  return [
    {
      ...{ type: 'table', id: 'drift', title: 'Drift since training, the farthest first' },
      columns: [
        { id: 'column', title: 'Feature' },
        { id: 'z', title: 'z', number: true },
        ...(hasIndex ? [{ id: 'psi', title: 'PSI', number: true }] : []),
      ],
      rows: columns.slice(0, mostColumns).map(({ column, z, psi, infinite }) => ({
        id: column,
        cells: [
          textCell(column, 60),
          infinite
            ? { text: '∞', sort: 'Infinity', full: 'it was constant in training and is another value now' }
            : numberCell(z, { decimals: 2, reason: 'it has no mean' }),
          ...(hasIndex ? [numberCell(psi, { decimals: 2, reason: 'not computed' })] : []),
        ],
      })),
      note: notes.filter(Boolean).join(' '),
    },
  ];
}
