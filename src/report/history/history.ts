import type { Ledger } from '../../documents/ledger.js';
import type { PageView } from '../blocks/blocks.js';
import { textCell } from '../blocks/cells.js';
import { page, type PageContext } from '../blocks/page.js';
import { formatMoment } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { capital, plural } from '../format/words.js';
import { outcomeAnswers } from './ledger.js';

/** The ledger as one table, newest first: who changed what, when and why. */
export function historyPage({ entries }: Ledger, context: PageContext): PageView {
  const count = `${formatCount(entries.length)} ${plural(entries.length, 'entry', 'entries')}`;
  return page(context, {
    about: 'ledger',
    title: 'history',
    headline: entries.length === 0 ? 'Nothing was changed yet' : count,
    summary: 'The ledger: who changed what, when and why. Nothing in it is ever rewritten.',
    blocks: [
      {
        type: 'table',
        id: 'entries',
        title: 'Ledger',
        columns: [
          { id: 'at', title: 'When' },
          { id: 'what', title: 'What' },
          { id: 'from', title: 'From' },
          { id: 'to', title: 'To' },
          { id: 'outcome', title: 'Outcome' },
          { id: 'who', title: 'Who' },
          { id: 'why', title: 'Why', wide: true },
        ],
        rows: entries.map(({ at, who, what, from, to, outcome, why }, place) => ({
          id: String(place),
          cells: [
            { ...textCell(formatMoment(at)), sort: at },
            textCell(capital(what.replaceAll('-', ' '))),
            { ...textCell(from), ...(from === null && none) },
            { ...textCell(to), ...(to === null && none) },
            { text: outcome.replace('-', ' '), sort: outcome, ...answerOf(outcome) },
            textCell(who, 40),
            textCell(why, 200),
          ],
        })),
      },
    ],
  });
}

/** Many things have no state before or after them. */
const none = { text: '–', sort: null, reason: 'none' };

/** What was merely recorded has no answer to show. */
function answerOf(outcome: keyof typeof outcomeAnswers) {
  const answer = outcomeAnswers[outcome];
  return answer === 'unknown' ? {} : { answer };
}
