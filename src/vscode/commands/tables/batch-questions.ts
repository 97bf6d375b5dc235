import * as vscode from 'vscode';
import type { Batch } from '../../../documents/batch.js';
import { listBatches } from '../../../operations/batches/list.js';
import { formatCount } from '../../../report/format/numbers.js';
import { quietly } from '../../session/quietly.js';
import type { Current } from '../../session/session.js';

/** Of which batch labels are; empty: whichever has their rows, as where there is but one. undefined: not after all. */
export async function pickBatch(current: Current): Promise<string | undefined> {
  const { batches } = await listBatches.run(quietly(current), undefined);
  if (batches.length < 2) return '';
  const items = [{ label: 'Whichever batch has their rows', id: '' }, ...batches.toReversed().map(itemOf)];
  return (await vscode.window.showQuickPick(items, { title: 'Whose labels are these?' }))?.id;
}

/** A batch that has labels and trains nothing yet, once that is confirmed; undefined: not after all, or there is none. */
export async function pickJoining(current: Current): Promise<string | undefined> {
  const { batches } = await listBatches.run(quietly(current), undefined);
  const waiting = batches.filter(({ accepted, labelled }) => accepted === null && labelled > 0);
  if (waiting.length === 0) {
    const text =
      'No batch can join training: each has joined already, or has no labels yet. Judge a file, or add labels.';
    void vscode.window.showInformationMessage(text);
    return undefined;
  }
  const items = waiting.toReversed().map(itemOf);
  const chosen = await vscode.window.showQuickPick(items, { title: 'Which batch joins training?' });
  if (chosen === undefined) return undefined;
  const yes = 'Join Training';
  const detail = `${chosen.description}. The next run trains on them too, and the batch stays in the training data.`;
  const question = `Let the rows of ${chosen.label} join training?`;
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, yes);
  return answer === yes ? chosen.id : undefined;
}

function itemOf({ id, name, rows, labelled, judged, failed }: Batch) {
  const verdict = failed === undefined ? judged.at(-1)?.verdict : `judging it failed: ${failed.why}`;
  return {
    label: name,
    description: `${formatCount(rows)} rows, ${formatCount(labelled)} labelled`,
    detail: verdict === undefined ? id : `${id}: ${verdict}`,
    id,
  };
}
