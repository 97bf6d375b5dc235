import type { Block, TilesBlock } from '../blocks/blocks.js';
import type { GatesBlock } from '../blocks/gates-block.js';
import { answerSigns } from '../format/words.js';
import type { Figure } from '../view-parts.js';
import { markdownCell, markdownText } from './markdown-text.js';

/** So many rows of a table; an issue is no place for more. */
const mostRows = 50;

/** A table with its heading; charts are told in their sentence, and everything else that draws is left out. */
export function blockMarkdown(block: Block): string[] {
  switch (block.type) {
    case 'table': {
      const drawn = block.columns.map(
        ({ id }, at) => id !== 'overlay' && block.rows.some(({ cells }) => cells[at]?.text),
      );
      const pick = <T>(all: readonly T[]) => all.filter((_, at) => drawn[at]);
      const heads = pick(block.columns.map(({ title, number }) => (number ? `>${title}` : title)));
      const rows = block.rows
        .slice(0, mostRows)
        .map(({ cells }) =>
          pick(
            cells.map(({ text: shownText, reason, answer, note }) =>
              answer
                ? `${answerSigns[answer]} ${shownText}`
                : told({ text: shownText, reason: reason ?? note ?? null }),
            ),
          ),
        );
      const more = block.rows.length > mostRows ? `${block.rows.length - mostRows} more rows are left out.` : '';
      return [`### ${markdownText(block.title)}`, table(heads, rows), more, block.note ? markdownText(block.note) : ''];
    }
    case 'chart':
    case 'map':
      return [`### ${markdownText(block.title)}`, markdownText(block.summary)];
    case 'tiles':
      return [`### ${markdownText(block.title)}`, tiles(block)];
    case 'gates':
      return [`### ${markdownText(block.title)}`, gates(block), block.note ?? ''];
    case 'matrix':
      return [
        `### ${markdownText(block.title)}`,
        block.cells.map(({ text, label }) => `**${text}** ${label}`).join(' · '),
      ];
    case 'text':
      return [`### ${markdownText(block.title)}`, block.lines.map(markdownText).join('\n\n')];
    case 'beeswarm':
    case 'waterfall':
      return [];
  }
}

function gates({ gates: rows }: GatesBlock): string {
  if (rows.length === 0) return '_No gate is recorded._';
  return table(
    ['', 'Gate', 'Level', '>Value', '>Must be', '>Baseline', '>n', 'Why'],
    rows.map((gate) => [
      `${answerSigns[gate.status]} ${gate.word}`,
      gate.title,
      gate.levelText,
      gate.value.text,
      gate.mustBe,
      gate.baseline.text,
      gate.n.text,
      gate.why,
    ]),
  );
}

/** Beside their baselines, where any has one. */
function tiles({ tiles: all }: TilesBlock): string {
  if (all.every(({ baseline }) => baseline === undefined)) {
    return table(
      ['Figure', '>Value'],
      all.map(({ title, value }) => [title, told(value)]),
    );
  }
  return table(
    ['Figure', '>Now', '>Baseline', 'Change'],
    all.map(({ title, value, baseline, change, note }) => [
      title,
      told(value),
      baseline?.text ?? '',
      [change, note].filter(Boolean).join('; '),
    ]),
  );
}

/** A figure, or why there is none. */
function told({ text: shownText, reason }: Pick<Figure, 'text' | 'reason'>): string {
  return reason === null ? shownText : `${shownText} (${reason})`;
}

/** Heads that begin with `>` stand over figures, which are aligned to the right. */
export function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(markdownCell).join(' | ')} |`;
  const rule = heads.map((head) => (head.startsWith('>') ? '---:' : '---'));
  return [line(heads.map((head) => head.replace(/^>/, ''))), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
