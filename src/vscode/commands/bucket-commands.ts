import * as vscode from 'vscode';
import { recogniseLines } from '../../documents/lines.js';
import { recognise } from '../../documents/recognise.js';
import { parseLoosely } from '../../report/parse.js';
import type { Contexts } from '../contexts.js';
import { objectDocument, type ReadText } from '../report/document.js';
import { sizeText } from '../../common/size-text.js';
import type { Session } from '../session/session.js';
import { readSetting, writeSetting } from '../settings.js';
import type { Views } from '../trees/views.js';
import { isItem, targetOf } from './arguments.js';
import type { Handlers } from './register.js';

type BucketCommands = Pick<
  Handlers,
  'mlops.openObject' | 'mlops.copyKey' | 'mlops.addBucket' | 'mlops.filterKeys' | 'mlops.clearFilter' | 'mlops.loadMore'
>;

/** Above this an object is only opened when asked twice: it may have to be fetched, and an editor must hold it. */
const largeBytes = 20e6;

export function bucketCommands(session: Session, views: Views, contexts: Contexts): BucketCommands {
  const { buckets, of } = views;
  const filter = async (prefix: string) => {
    buckets.filter = prefix;
    contexts.set('mlops.filtered', prefix !== '');
    const { tree } = of['mlops.buckets'];
    tree.message = prefix === '' ? undefined : `Keys that begin with ${prefix}`;
    await of['mlops.buckets'].refresh();
  };
  return {
    'mlops.openObject': (argument) => openObject(session, argument),
    'mlops.copyKey': async (argument) => {
      const target = targetOf(argument, 'object') ?? targetOf(argument, 'prefix');
      if (target) await vscode.env.clipboard.writeText(`s3://${target.bucket}/${target.key}`);
    },
    'mlops.addBucket': async () => {
      const name = await vscode.window.showInputBox({ prompt: 'Name of a bucket to show', ignoreFocusOut: true });
      if (!name) return;
      await writeSetting('buckets', [...new Set([...readSetting('buckets'), name.replace(/^s3:\/\/|\/$/g, '')])]);
      await of['mlops.buckets'].refresh();
    },
    'mlops.filterKeys': async () => {
      const prompt = 'Show only keys that begin with (empty: all)';
      const prefix = await vscode.window.showInputBox({
        prompt,
        value: buckets.filter,
        placeHolder: 'monitoring/runs/2026',
      });
      if (prefix !== undefined) await filter(prefix);
    },
    'mlops.clearFilter': () => filter(''),
    'mlops.loadMore': async (argument) => {
      if (!isItem(argument)) return;
      buckets.loadMore(argument);
      await of['mlops.buckets'].refresh();
    },
  };
}

/** A JSON that is recognised opens as a report, everything else as VS Code opens such a file. */
async function openObject(session: Session, argument: unknown): Promise<void> {
  const target = targetOf(argument, 'object');
  if (target === undefined) return;
  const { bucket, key, size } = target;
  if (size > largeBytes && !(await openLarge(key, size))) return;
  const document = objectDocument(session.require().environment, key, bucket);
  const uri = await document.uri();
  const report = /\.jsonl?$/.test(key) && isReport(await document.read());
  if (report) await vscode.commands.executeCommand('vscode.openWith', uri, 'mlops.report');
  else await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
}

async function openLarge(key: string, size: number): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(`${key} has ${sizeText(size)}.`, { modal: true }, 'Open');
  return answer === 'Open';
}

function isReport({ text, whole }: ReadText): boolean {
  if (!whole || recogniseLines(text)) return true;
  try {
    return recognise(parseLoosely(text)).kind !== 'raw';
  } catch {
    return false;
  }
}
