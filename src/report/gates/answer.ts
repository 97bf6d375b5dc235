import type { GateAnswer } from '../../documents/gates/gate-answer.js';
import type { GateResult } from '../../documents/gates/verdict.js';
import type { PageView, TableBlock } from '../blocks/blocks.js';
import { answerCell, countCell, numberCell, textCell } from '../blocks/cells.js';
import { fact } from '../blocks/facts.js';
import { page, type PageContext } from '../blocks/page.js';
import { formatMoment } from '../format/dates.js';
import { parseMetric } from '../format/figure-names.js';
import { commonDecimals, formatCount, formatLimit } from '../format/numbers.js';
import { capital, listed, operatorSigns, plural, versionWord } from '../format/words.js';
import { gateTitle, softNote } from '../monitoring/gates.js';

/** What the rules of now say to stored results: nothing was judged again but the figures that were recorded. */
export function gateAnswerPage(answer: GateAnswer, context: PageContext): PageView {
  const { results, modelVersion, verdict, gates, soft, notes } = answer;
  const failed = gates.filter(({ status }) => status === 'fail' || status === 'error').map(({ id }) => id);
  return page(context, {
    about: 'gate-answer',
    title: 'gates now',
    answer: verdict,
    headline: `${capital(verdict)}${failed.length === 0 ? '' : ` — ${listed(failed)}`}`,
    summary: 'The rules of mlops.json as they are now, held against figures that are stored. Nothing is written.',
    facts: [fact('Results', formatMoment(results), 80), fact('Model', modelVersion && versionWord(modelVersion))],
    blocks: [
      gatesTable(gates, soft === null ? undefined : softNote(soft)),
      ...linesOf([...notes, ...unlabelledLines(answer), ...promotionLines(answer)]),
    ],
  });
}

function gatesTable(gates: readonly GateResult[], note: string | undefined): TableBlock {
  return {
    type: 'table',
    id: 'gates',
    title: 'Gates',
    columns: [
      { id: 'gate', title: 'Gate' },
      { id: 'answer', title: 'Answer' },
      { id: 'level', title: 'Level' },
      { id: 'value', title: 'Value', number: true },
      { id: 'limit', title: 'Must be', number: true },
      { id: 'n', title: 'n', number: true },
      { id: 'why', title: 'Why', wide: true },
    ],
    rows: gates.map((gate) => {
      const { name } = parseMetric(gate.metric);
      const decimals = name.decimals ?? commonDecimals([gate.value, gate.threshold, gate.baseline]);
      return {
        id: gate.id,
        marked: gate.status !== 'pass',
        cells: [
          { ...textCell(gateTitle(gate)), full: gate.id },
          answerCell(gate.status),
          textCell(gate.level),
          numberCell(gate.value, { decimals, suffix: name.suffix ?? '', reason: gate.reason ?? gate.message }),
          gate.threshold === null
            ? textCell(null)
            : {
                text: `${operatorSigns[gate.operator]} ${formatLimit(gate.threshold, decimals)}${name.suffix ?? ''}`,
                sort: gate.threshold,
              },
          countCell(gate.n),
          textCell(gate.message, 160),
        ],
      };
    }),
    filter: 'only what does not pass',
    ...(note !== undefined && { note }),
  };
}

function unlabelledLines({ unlabelled }: GateAnswer): string[] {
  if (unlabelled === null || unlabelled === 0) return [];
  const rows = `${formatCount(unlabelled)} ${plural(unlabelled, 'row has', 'rows have')}`;
  return [`${rows} no label yet: counted for drift and nulls, not for quality.`];
}

function promotionLines({ promotionGates }: GateAnswer): string[] {
  return promotionGates.length === 0 ? [] : [`Judged when a candidate is compared: ${promotionGates.join(', ')}.`];
}

function linesOf(lines: string[]): PageView['blocks'] {
  return lines.length === 0 ? [] : [{ type: 'text', id: 'notes', title: 'Notes', lines }];
}
