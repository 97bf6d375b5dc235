import type { LedgerEntry } from '../../documents/ledger.js';
import type { PageView } from '../blocks/blocks.js';
import { formatMoment } from '../format/dates.js';
import { fact, runFact } from '../blocks/facts.js';
import { numberCell, textCell } from '../blocks/cells.js';
import type { Answer } from '../view.js';
import { capital, versionWord } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

export const outcomeAnswers: Record<LedgerEntry['outcome'], Answer> = {
  promoted: 'pass',
  recorded: 'unknown',
  refused: 'fail',
  'rolled-back': 'warn',
};

/** One line of history, with its steps and what it rests on. */
export function ledgerPage(entry: LedgerEntry, context: PageContext): PageView {
  const { what, outcome, from, to, why, who, evidence, steps = [] } = entry;
  const way =
    from !== null && to !== null
      ? `: ${versionWord(from)} → ${versionWord(to)}`
      : (to ?? from)
        ? `: ${to ?? from}`
        : '';
  return page(context, {
    about: 'ledger-entry',
    title: `ledger · ${what}`,
    answer: outcomeAnswers[outcome],
    headline: `${capital(what.replaceAll('-', ' '))}${way}${outcome === 'recorded' ? '' : `, ${outcome.replace('-', ' ')}`}`,
    summary: why,
    facts: [
      fact('Who', who),
      fact('From', from),
      fact('To', to),
      fact('Trigger', entry.trigger),
      { ...runFact(entry.at, context.now), label: 'When' },
    ],
    blocks: [
      ...(steps.length > 0
        ? [
            {
              type: 'table' as const,
              id: 'steps',
              title: 'Steps',
              columns: [
                { id: 'at', title: 'When' },
                { id: 'share', title: 'Traffic %', number: true },
              ],
              rows: steps.map(({ at, share }, place) => ({
                id: String(place),
                cells: [{ ...textCell(formatMoment(at)), sort: at }, numberCell(100 * share, { decimals: 0 })],
              })),
            },
          ]
        : []),
      ...(evidence.length > 0 ? [{ type: 'text' as const, id: 'evidence', title: 'Evidence', lines: evidence }] : []),
    ],
  });
}
