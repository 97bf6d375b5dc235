import { activeOverrides, activeWaivers, type Override, type Overrides, type Waiver } from '../../documents/ledger.js';
import type { PageView, TableBlock, TableCell } from '../blocks/blocks.js';
import { formatMoment } from '../format/dates.js';
import { answerCell, textCell } from '../blocks/cells.js';
import { capital, listed, plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

const effects: Record<Override['name'], string> = {
  forceRetrain: 'retrains whatever the gates say',
  forceSkipRetrain: 'does not retrain, whatever the gates say',
};

/** What changes an environment's decisions at this moment, and what did until it ended. */
export function overridesPage(document: Overrides, context: PageContext): PageView {
  const { overrides, waivers } = document;
  const active = activeOverrides(document, context.now);
  const waived = activeWaivers(waivers, context.now);
  const skips = active.some(({ name }) => name === 'forceSkipRetrain');
  const parts = [
    ...(skips ? ['retraining is suppressed'] : active.length > 0 ? ['retraining is forced'] : []),
    ...(waived.length > 0 ? [`${waived.length} ${plural(waived.length, 'gate is', 'gates are')} waived`] : []),
  ];
  return page(context, {
    about: 'overrides',
    title: 'overrides',
    answer: parts.length > 0 ? 'warn' : null,
    headline: parts.length === 0 ? 'Nothing is overridden or waived now' : capital(listed(parts)),
    summary:
      'An override changes what is decided, a waiver counts a gate’s failure as a warning. Neither changes a figure.',
    blocks: [
      ...(overrides.length > 0 ? [overridesTable(overrides, active)] : []),
      ...(waivers.length > 0 ? [waiversTable(waivers, waived)] : []),
    ],
  });
}

function overridesTable(overrides: readonly Override[], active: readonly Override[]): TableBlock {
  return {
    type: 'table',
    id: 'overrides',
    title: 'Overrides',
    columns: [
      { id: 'override', title: 'Override' },
      { id: 'state', title: 'Now' },
      { id: 'effect', title: 'What it does' },
      { id: 'by', title: 'By' },
      { id: 'set', title: 'Set' },
      { id: 'until', title: 'Until' },
      { id: 'reason', title: 'Reason', wide: true },
    ],
    rows: overrides.map((override) => {
      const { name, by, setAt, expiresAt, reason } = override;
      return {
        id: name,
        cells: [
          textCell(name),
          stateCell(active.includes(override)),
          textCell(effects[name]),
          textCell(by, 40),
          momentCell(setAt),
          expiresAt === null ? textCell('until cleared') : momentCell(expiresAt),
          textCell(reason, 120),
        ],
      };
    }),
  };
}

function waiversTable(waivers: readonly Waiver[], active: readonly Waiver[]): TableBlock {
  return {
    type: 'table',
    id: 'waivers',
    title: 'Waivers',
    columns: [
      { id: 'gate', title: 'Gate' },
      { id: 'state', title: 'Now' },
      { id: 'owner', title: 'Owner' },
      { id: 'set', title: 'Set' },
      { id: 'until', title: 'Until' },
      { id: 'reason', title: 'Reason', wide: true },
    ],
    rows: waivers.map((waiver) => ({
      id: waiver.gate,
      cells: [
        textCell(waiver.gate, 40),
        stateCell(active.includes(waiver)),
        textCell(waiver.owner, 40),
        momentCell(waiver.setAt),
        { ...textCell(waiver.until), sort: waiver.until },
        textCell(waiver.reason, 120),
      ],
    })),
  };
}

const stateCell = (active: boolean): TableCell => (active ? answerCell('warn', 'active') : textCell('ended'));

const momentCell = (at: string): TableCell => ({ ...textCell(formatMoment(at)), sort: at });
