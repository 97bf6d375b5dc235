import { basename } from 'node:path';
import * as vscode from 'vscode';
import { labelsAddedSchema, type LabelsAdded } from '../../../documents/labels-added.js';
import { monitoringResultsSchema, type MonitoringResults } from '../../../documents/monitoring.js';
import { labelsAddedText } from '../../../export/labels-added-text.js';
import { acceptBatch } from '../../../operations/batches/accept.js';
import { showBatch } from '../../../operations/batches/list.js';
import { fittingSources } from '../../../pipeline/batches/given-batch.js';
import type { EditorServices } from '../../editor-services.js';
import { objectDocument } from '../../report/document.js';
import { askCli } from '../../runs/ask-cli.js';
import { perform } from '../../session/perform.js';
import { withProgress } from '../../session/progress.js';
import { quietly } from '../../session/quietly.js';
import type { Current, Session } from '../../session/session.js';
import type { Snapshots } from '../../snapshot.js';
import { saidIn } from '../arguments.js';
import { pickBatch, pickJoining } from './batch-questions.js';
import type { Handlers } from '../register.js';
import { sheetWords } from './pick-sheet.js';
import { tableEndings, tableOf } from './table-file.js';

type BatchCommands = Pick<Handlers, 'mlops.judgeFile' | 'mlops.addLabels' | 'mlops.acceptBatch'>;

/**
 * Rows of another month: judged, given their labels, let into training. What reads tables is done by a process of its
 * own: this window opens none.
 */
export function batchCommands(
  session: Session,
  snapshots: Snapshots,
  services: Pick<EditorServices, 'runCli'>,
): BatchCommands {
  const ask = async (current: Current, title: string, words: string[]) => {
    const answer = await withProgress(title, (_, signal) => askCli(services, current, words, { signal }));
    await snapshots.refresh();
    return answer;
  };
  return {
    'mlops.judgeFile': async (argument): Promise<MonitoringResults | undefined> => {
      const current = session.requireWritable('judge a file');
      const file = await tableOf(argument, { openLabel: 'Judge', endings: [...tableEndings, 'zip'] });
      const words = file && (await wordsFor(current, file));
      if (!file || !words) return undefined;
      const answer = await ask(current, `Judging ${basename(file)}`, ['judge', ...words]);
      const results = monitoringResultsSchema.parse(answer);
      await openReport(current, results);
      return results;
    },
    'mlops.addLabels': async (argument): Promise<LabelsAdded | undefined> => {
      const current = session.requireWritable('add labels');
      const file = await tableOf(argument, { openLabel: 'Add Labels', endings: [...tableEndings, 'zip'] });
      const batch = file && (saidIn<{ batch: string }>(argument).batch ?? (await pickBatch(current)));
      const sheet = file && batch !== undefined && (await sheetWords(file));
      if (!file || !sheet) return undefined;
      const only = batch === '' ? [] : ['--batch', batch];
      const answer = await ask(current, `Adding the labels of ${basename(file)}`, [
        'labels',
        'add',
        file,
        ...sheet,
        ...only,
      ]);
      const added = labelsAddedSchema.parse(answer);
      const newest = added.results.at(-1);
      if (newest !== undefined) await openReport(current, newest);
      tell(`${labelsAddedText(added).join('. ')}.`);
      return added;
    },
    'mlops.acceptBatch': async (argument) => {
      const current = session.requireWritable('let a batch join training');
      const id = saidIn<{ id: string }>(argument).id ?? (await pickJoining(current));
      const batch = id && (await perform(current, acceptBatch, { id }, `Letting ${id} join training`));
      if (!batch) return undefined;
      tell(`${batch.name}: its rows join the next training. Run to train.`);
      return batch;
    },
  };
}

const tell = (text: string) => void vscode.window.showInformationMessage(text);

/** The file, its sheet, and whose place it takes, where it could be one of several; undefined: not after all. */
async function wordsFor({ project }: Current, file: string): Promise<string[] | undefined> {
  const sheet = await sheetWords(file);
  if (sheet === undefined) return undefined;
  const fitting = fittingSources(project.file.sources, file);
  if (fitting.length < 2) return [file, ...sheet];
  const title = `Whose place does ${basename(file)} take?`;
  const source = await vscode.window.showQuickPick(fitting, { title });
  return source === undefined ? undefined : ['--source', `${source}=${file}`, ...sheet];
}

/** The batch knows where the results lie: also those of a file that was judged before. */
async function openReport(current: Current, { batch, modelVersion }: MonitoringResults): Promise<void> {
  const { judged } = await showBatch.run(quietly(current), { id: batch!.id });
  const { results } = judged.findLast((one) => one.modelVersion === modelVersion) ?? judged.at(-1)!;
  const uri = await objectDocument(current.environment, results).uri();
  await vscode.commands.executeCommand('vscode.openWith', uri, 'mlops.report');
}
