import * as vscode from 'vscode';
import { parseS3Address } from '../../common/s3-address.js';
import { openObjectAt } from '../objects/open-object.js';
import { previewEditor } from '../report/editor-types.js';
import { objectUri } from '../object-uri.js';
import type { ObjectAddress } from '../object-address.js';
import type { Session } from '../session/session.js';
import { readSetting, writeSetting } from '../settings.js';
import type { Item } from '../tree-item.js';
import type { Views } from '../trees/views.js';
import { isItem, targetOf } from './arguments.js';
import type { Handlers } from './register.js';

type BucketCommands = Pick<
  Handlers,
  | 'mlops.openObject'
  | 'mlops.previewObject'
  | 'mlops.copyAddress'
  | 'mlops.addBucket'
  | 'mlops.removeBucket'
  | 'mlops.searchKeys'
  | 'mlops.clearSearch'
  | 'mlops.loadMore'
  | 'mlops.refreshNode'
>;

export function bucketCommands(session: Session, views: Views): BucketCommands {
  const { buckets, of } = views;
  const refreshBuckets = () => views.refresh('mlops.buckets');
  const view = of['mlops.buckets'];
  /** A key says nothing of the line that it is pressed on. */
  const selected = () => view.tree.selection[0];
  const addressOf = (argument: unknown): ObjectAddress | undefined => {
    const target = targetOf(argument, 'object');
    return target && { environment: session.require().environment.name, bucket: target.bucket, key: target.key };
  };
  const search = async (item: Item, text: string) => {
    buckets.search(item, text);
    view.redraw(item);
    if (text !== '') await view.tree.reveal(item, { expand: true, select: false, focus: false });
  };
  return {
    'mlops.openObject': async (argument) => {
      const at = addressOf(argument);
      if (at) await openObjectAt(at);
    },
    'mlops.previewObject': async (argument) => {
      const at = addressOf(argument);
      const uri = argument instanceof vscode.Uri ? argument : at && objectUri(at);
      if (uri) await vscode.commands.executeCommand('vscode.openWith', uri, previewEditor);
    },
    'mlops.copyAddress': async (argument) => {
      const line = argument ?? selected();
      const target = targetOf(line, 'object') ?? targetOf(line, 'prefix');
      if (target) await vscode.env.clipboard.writeText(`s3://${target.bucket}/${target.key}`);
    },
    'mlops.addBucket': async () => {
      const name = await vscode.window.showInputBox({
        title: 'Add a bucket to the view',
        prompt: 'Its name. It is shown even where buckets may not be listed.',
        ignoreFocusOut: true,
      });
      if (!name) return;
      await writeSetting('buckets', [
        ...new Set([...readSetting('buckets'), parseS3Address(name)?.bucket ?? name.replace(/\/$/, '')]),
      ]);
      await refreshBuckets();
    },
    'mlops.removeBucket': async (argument) => {
      const target = targetOf(argument, 'prefix');
      if (!target) return;
      await writeSetting(
        'buckets',
        readSetting('buckets').filter((name) => name !== target.bucket),
      );
      await refreshBuckets();
    },
    'mlops.searchKeys': async (argument) => {
      if (isRuns(argument)) return searchRuns(views);
      const target = targetOf(argument, 'prefix');
      if (!isItem(argument) || !target) return;
      const text = await vscode.window.showInputBox({
        title: `Search in s3://${target.bucket}/${target.key}`,
        prompt: 'Show only names that begin with this (empty: all).',
        value: buckets.searchOf(argument),
      });
      if (text !== undefined) await search(argument, text);
    },
    'mlops.clearSearch': async (argument) => {
      if (isRuns(argument)) {
        views.runPages.search('');
        await of['mlops.pipeline'].refresh();
      } else if (isItem(argument)) await search(argument, '');
    },
    'mlops.loadMore': async (argument) => {
      if (isItem(argument) && argument.id === 'runs#more') {
        views.runPages.loadMore();
        return of['mlops.pipeline'].refresh();
      }
      const node = isItem(argument) ? buckets.loadMore(argument) : undefined;
      if (node) view.redraw(node);
    },
    'mlops.refreshNode': (argument) => {
      if (!isItem(argument)) return;
      buckets.refresh(argument);
      view.redraw(argument);
    },
  };
}

const isRuns = (argument: unknown) => isItem(argument) && argument.id === 'runs';

async function searchRuns({ runPages, of }: Views): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: 'Search runs',
    prompt: 'Show only runs of a time, as 21 Nov or 2026-11-21, or of an id (empty: all).',
    value: runPages.text,
  });
  if (text === undefined) return;
  runPages.search(text);
  await of['mlops.pipeline'].refresh();
}
