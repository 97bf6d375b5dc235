import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { brokenIn } from '../../pipeline/status/broken.js';
import { newestResults } from '../../pipeline/stored-results.js';
import { columnsOf } from '../../report/runs/columns.js';
import { formatLocalMoment, knownZone, zoneName } from '../../report/format/local-time.js';
import { headWords } from '../../report/runs/head.js';
import { runsAskSchema, type RunsAsk, type RunsNews } from '../../report/runs/protocol.js';
import { ask } from '../../report/runs/query.js';
import type { RunLine } from '../../report/runs/run-line.js';
import { runRow } from '../../report/runs/rows.js';
import { gateStrips, stripRuns } from '../../report/runs/strip.js';
import type { Current } from '../session/session.js';
import { gatesOfRuns } from './gates-of-runs.js';
import { holdRuns } from './held-runs.js';
import { openPlace, openRun } from './open-run.js';
import type { RunsPageParts } from './parts.js';
import { starsIn } from './stars.js';

type Wished = Extract<RunsAsk, { type: 'window' }>;

/** Answers one page for one project in one environment; another takes its place where that changes. */
export function attachRuns(parts: RunsPageParts, webview: vscode.Webview, current: Current): vscode.Disposable {
  const { environment, project } = current;
  const stars = starsIn(parts.memory, current);
  const gates = gatesOfRuns(environment);
  const held = holdRuns(current, () => void say({ type: 'changed' }).then(tellHead).catch(failed));
  let zone = 'UTC';
  let last: { turn: number; lines: readonly RunLine[]; answer: ReturnType<typeof ask> } | undefined;

  let gone = false;
  // The same page shows another project after this one: what comes late is not its.
  const say = (news: RunsNews) => (gone ? Promise.resolve(false) : Promise.resolve(webview.postMessage(news)));
  const failed = (error: unknown) => {
    if (gone) return;
    parts.log.error(`mlops.openRuns: ${messageOf(error)}`);
    void say({ type: 'failed', reason: messageOf(error) });
  };

  async function tellHead(): Promise<void> {
    const { lines, all } = held;
    await gates.read(lines.slice(0, stripRuns));
    const newest = await newestResults(environment, ({ batch }) => batch === undefined).catch(() => undefined);
    const watched = newest?.results.gates ?? [];
    const levels = ['hard', 'soft', 'advisory'];
    const figures = [...watched].sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
    const columns = columnsOf(
      lines,
      figures.map(({ metric }) => metric),
    );
    const name = zoneName(zone, new Date());
    const { last: seen } = parts.snapshots;
    const broken = seen?.current === current ? brokenIn(seen.status) : null;
    const words = { ...headWords(lines, newest?.results, broken), hasReport: newest !== undefined };
    const strips = gateStrips(lines, gates.get);
    const canRun = current.readOnlyBecause() === undefined;
    const place = `${project.folder} ${environment.name}`;
    const head = {
      project: project.file.name,
      place,
      ...words,
      strips,
      columns,
      zone: name,
      read: lines.length,
      all,
      canRun,
    };
    await say({ type: 'head', head });
  }

  async function tellWindow({ turn, query, columns, offset, limit }: Wished): Promise<void> {
    // One asking fetches many pieces of the same answer.
    if (last?.turn !== turn || last.lines !== held.lines)
      last = { turn, lines: held.lines, answer: ask(held.lines, stars.all(), query) };
    const { found, counts } = last.answer;
    const shown = found.slice(offset, offset + limit);
    const tell = () => {
      const context = { columns, stars: stars.all(), gates: gates.get, zone, now: new Date() };
      const rows = shown.map((line) => runRow(line, context));
      return say({ type: 'window', window: { turn, offset, rows, total: found.length, counts } });
    };
    await tell();
    // Limits lie in the results of each run: rows do not wait for them.
    if (await gates.read(shown)) await tell();
  }

  const momentOf = (id: string) => {
    const line = held.lines.find((one) => one.id === id);
    return line === undefined ? id : formatLocalMoment(line.at, zone, new Date());
  };

  async function hear(asked: RunsAsk): Promise<void> {
    const line = 'id' in asked ? held.lines.find(({ id }) => id === asked.id) : undefined;
    switch (asked.type) {
      case 'ready':
        zone = knownZone(asked.zone);
        await tellHead();
        return held.refresh();
      case 'window':
        return tellWindow(asked);
      case 'star':
        await stars.set(asked.id, asked.on);
        return void (await say({ type: 'changed' }));
      case 'open':
        return line && openRun(environment, line);
      case 'place':
        return line && openPlace(line);
      case 'compare':
        return parts.compare(asked.a, asked.b, [asked.a, asked.b].map(momentOf).join(' ↔ '));
      case 'do':
        return asked.what === 'refresh' ? held.refresh() : void vscode.commands.executeCommand(commands[asked.what]);
    }
  }
  const subscriptions = [
    webview.onDidReceiveMessage((raw: unknown) => {
      const asked = runsAskSchema.safeParse(raw);
      if (asked.success) hear(asked.data).catch(failed);
      else parts.log.warn('mlops.openRuns: passed over a message that no page of ours sends');
    }),
    parts.snapshots.onChange(() => void held.refresh().catch(failed)),
  ];
  const end = () => {
    gone = true;
    held.stop();
  };
  return vscode.Disposable.from(...subscriptions, { dispose: end });
}

const commands = {
  ...{ run: 'mlops.run', report: 'mlops.openReport', trend: 'mlops.showTrend', log: 'mlops.showLog' },
} as const;
