import type { Run } from '../../src/documents/run.js';
import { columnsOf } from '../../src/report/runs/columns.js';
import { zoneName } from '../../src/report/format/local-time.js';
import { headWords } from '../../src/report/runs/head.js';
import type { RunsAsk, RunsNews } from '../../src/report/runs/protocol.js';
import { ask } from '../../src/report/runs/query.js';
import { runRow, type GateOfRun } from '../../src/report/runs/rows.js';
import { runLine, type RunLine } from '../../src/report/runs/run-line.js';
import { gateStrips } from '../../src/report/runs/strip.js';

const newest = Date.parse('2026-11-21T08:31:00Z');
const days = 86_400_000;

/** Runs of a day each, newest first, whose recall goes up and down: every eighth broke, some fail, the figures differ. */
export function manyRuns(count: number): Run[] {
  return Array.from({ length: count }, (_, at): Run => {
    const began = new Date(newest - at * days);
    const broke = at % 8 === 5;
    const recall = 0.74 + 0.1 * Math.sin(at * 1.7);
    const id = `${began.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-aaaaaa`;
    const verdict = recall < 0.7 ? 'fail' : at % 11 === 4 ? 'inconclusive' : 'pass';
    const stage = { reason: 'asked for', seconds: 38 + (at % 7), inputs: [], figures: {} };
    return {
      ...{ kind: 'run', schemaVersion: 1, id, project: 'hdd-failure', environment: 'local', pid: null },
      startedAt: began.toISOString(),
      finishedAt: new Date(began.getTime() + (broke ? 6000 : 38_000 + (at % 7) * 1000)).toISOString(),
      status: broke ? 'failed' : 'succeeded',
      verdict: broke ? null : verdict,
      error: broke
        ? {
            message: 'features.sql:14: found column smart_19, expected one of the source drives',
            exitCode: 2,
            about: {
              ...{ kind: 'wrong-input', file: 'features.sql', line: 14 },
              ...{ found: 'column smart_19', expected: 'one of the source drives' },
            },
          }
        : null,
      by: at % 3 === 0 ? 'ada' : 'schedule',
      source: { commit: `${(0x8f2c1d0 + at * 7919).toString(16)}aaaaaaaaaaaaaaaaa`, clean: at % 5 !== 0 },
      stages: broke
        ? [{ ...stage, name: 'features', status: 'failed', outputs: [] }]
        : [
            {
              ...{ ...stage, name: 'monitor', status: 'succeeded' },
              outputs: [{ uri: `monitoring/runs/${id}/monitoring_results.json`, sha256: '', rows: 8787 }],
              figures: {
                ...{
                  verdict,
                  decision: verdict === 'fail' ? 'retrain' : 'keep',
                  decidedBy: at === 0 ? 'override' : 'gates',
                },
                ...{ modelVersion: at < 12 ? '3' : '2', n: 8787 - at, unlabelled: null },
                ...{ recall, roc_auc: 0.9 + 0.01 * Math.cos(at), fpr: 0.004 + (at % 3) / 1000 },
              },
            },
          ],
    };
  });
}

/** The gates of such a run: a hard one and two soft ones. */
export function gatesOfRun({ figures, results, outcome }: RunLine): GateOfRun[] | undefined {
  if (results === null) return undefined;
  const gate = (metric: string, operator: '>=' | '<=', threshold: number, level: 'hard' | 'soft'): GateOfRun => {
    const value = figures[metric]!;
    const holds = operator === '>=' ? value >= threshold : value <= threshold;
    const status = outcome === 'inconclusive' && level === 'hard' ? 'inconclusive' : holds ? 'pass' : 'fail';
    return { id: metric, metric, level, status, value, operator, threshold };
  };
  return [gate('recall', '>=', 0.7, 'hard'), gate('roc_auc', '>=', 0.869, 'soft'), gate('fpr', '<=', 0.006, 'soft')];
}

/** Answers the page of runs as the editor does, from runs that are all there. */
export function runsHost(runs: readonly Run[], now = new Date('2026-11-21T10:00:00Z')): (said: RunsAsk) => RunsNews[] {
  const lines = runs.map(runLine);
  const stars = new Set<string>();
  const zone = 'Europe/Berlin';
  return (said) => {
    switch (said.type) {
      case 'ready': {
        const columns = columnsOf(lines, ['recall', 'roc_auc', 'fpr']);
        const counts = { read: lines.length, all: lines.length, canRun: true, zone: zoneName(zone, now) };
        const words = { ...headWords(lines, undefined), answer: 'fail' as const };
        const headline = 'Fail — recall is below its floor';
        const strips = gateStrips(lines, gatesOfRun);
        return [
          {
            type: 'head',
            head: {
              project: 'hdd-failure',
              place: 'here',
              hasReport: true,
              ...words,
              headline,
              strips,
              columns,
              ...counts,
            },
          },
        ];
      }
      case 'window': {
        const { found, counts } = ask(lines, stars, said.query);
        const context = { columns: said.columns, stars, gates: gatesOfRun, zone, now };
        const rows = found.slice(said.offset, said.offset + said.limit).map((line) => runRow(line, context));
        const { turn, offset } = said;
        return [{ type: 'window', window: { turn, offset, rows, total: found.length, counts } }];
      }
      case 'star':
        if (said.on) stars.add(said.id);
        else stars.delete(said.id);
        return [{ type: 'changed' }];
      default:
        return [];
    }
  };
}
