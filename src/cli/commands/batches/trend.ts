import { extname } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import type { GateTrend } from '../../../documents/gates/gate-trend.js';
import { showTrend } from '../../../operations/batches/trend.js';
import { exported, type ReportWish } from '../../../operations/reports/export.js';
import { nameOf, whenOf } from '../../../report/gates/trend.js';
import type { Act } from '../../command-runner.js';
import type { CliServices } from '../../context.js';
import { figure, mark, table, verdictWord } from '../../output.js';
import { pageParts } from '../../page-parts.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';
import { save } from '../report.js';

const formats: Record<string, ReportWish['format']> = { '.html': 'html', '.md': 'markdown', '.csv': 'csv' };

/** `mlops batches trend`: every gate over the batches and runs. */
export function addTrend(batches: Command, services: CliServices, act: Act): void {
  batches
    .command('trend')
    .option('--out <file>', 'as a page (.html), as Markdown (.md), or its table (.csv)')
    .description('every gate over time: its figure, its limit and its answer')
    .action(
      act(async (workspace, _args, flags) => {
        const out = flags.out as string | undefined;
        const format = out === undefined ? undefined : formats[extname(out).toLowerCase()];
        if (out !== undefined && format === undefined)
          throw new InputError(`--out: found "${out}", expected a file that ends in .html, .md or .csv`);
        const trend = await perform(workspace, showTrend, undefined, flags);
        if (out !== undefined && format !== undefined) {
          const source = { name: 'gate-trend.json', text: JSON.stringify(trend), whole: true };
          const page = (title: string) => pageParts(services, title);
          await save(out, (await exported(source, { format, rows: 0, page }, workspace.output.note)).text);
        }
        workspace.output.result(trend, () => out ?? trendText(trend));
      }),
    );
}

function trendText({ points }: GateTrend): Lines {
  if (points.length === 0) return 'nothing was judged yet; run: mlops run, or mlops judge FILE';
  const ids = [...new Set(points.flatMap(({ gates }) => gates.map(({ id }) => id)))];
  const limits = ids.map((id) => {
    const gate = points.at(-1)!.gates.find((one) => one.id === id);
    return gate?.threshold == null ? '' : `${gate.operator} ${figure(gate.threshold)}`;
  });
  const rows = points.map((point) => [
    whenOf(point),
    nameOf(point),
    point.modelVersion,
    verdictWord(point.verdict),
    ...ids.map((id) => {
      const gate = point.gates.find((one) => one.id === id);
      return gate === undefined ? '–' : `${mark(gate.status)} ${figure(gate.value)}`;
    }),
  ]);
  return table(['when', 'what', 'version', 'verdict', ...ids], [...rows, ['', 'limit now', '', '', ...limits]]);
}
