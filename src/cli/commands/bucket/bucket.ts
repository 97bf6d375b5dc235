import type { Command } from 'commander';
import { answer } from '../../../operations/answer.js';
import { listObjects } from '../../../operations/buckets/list-objects.js';
import { listBuckets } from '../../../operations/buckets/list.js';
import { putObject } from '../../../operations/buckets/put.js';
import { readObject } from '../../../operations/buckets/read.js';
import { removeObject } from '../../../operations/buckets/remove.js';
import type { ObjectEntry } from '../../../platform/ports/objects.js';
import { leftOutWords } from '../../../report/format/left-out.js';
import type { Act } from '../../command-runner.js';
import { readGiven, writeGiven } from '../../file-arguments.js';
import { refuseIdle } from '../../no-effect.js';
import { age, figure, table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';
import { addPreview } from './bucket-preview.js';

export function addBucket(program: Command, act: Act): void {
  const bucket = program.command('bucket').description('look into buckets');
  addList(bucket, act);
  addPreview(bucket, act);
  addRead(bucket, act);
  addWrite(bucket, act);
}

function addList(bucket: Command, act: Act): void {
  bucket
    .command('ls')
    .argument('[key]', 'prefix, or s3://bucket/prefix; none lists buckets')
    .option('--recursive', 'every key below, not one level')
    .description('list buckets, or what lies under a prefix')
    .action(
      act(async (workspace, [key], { recursive, ...flags }) => {
        const { output } = workspace;
        const expected = 'buckets are one list; name a prefix: bucket ls ""';
        refuseIdle('bucket ls', { recursive }, [{ option: 'recursive', met: key !== undefined, expected }]);
        if (key === undefined) {
          const found = await perform(workspace, listBuckets, undefined, flags);
          const rows = found.buckets.map(({ name }) => [name]);
          return output.result(found, () => table(['bucket'], rows));
        }
        const below = { prefix: key as string, recursive: recursive === true };
        const found = await perform(workspace, listObjects, below, flags);
        output.result(found, () => listText(found.entries));
        if (found.leftOut.length > 0) output.warn(leftOutWords(found.leftOut));
      }),
    );
}

function addRead(bucket: Command, act: Act): void {
  bucket
    .command('cat')
    .argument('<key>', 'or s3://bucket/key')
    .description('print an object as it is')
    .action(
      act(async (workspace, [key], flags) => {
        workspace.output.raw(await perform(workspace, readObject, { key: key as string }, flags));
      }),
    );
  bucket
    .command('get')
    .argument('<key>', 'or s3://bucket/key')
    .argument('<file>', 'where to write it')
    .description('fetch an object into a file')
    .action(
      act(async (workspace, [key, file], flags) => {
        const bytes = await perform(workspace, readObject, { key: key as string }, flags);
        await writeGiven(file as string, bytes);
        const done = answer('object-read', { key, file, bytes: bytes.length });
        workspace.output.result(done, () => `${figure(bytes.length)} bytes written to ${String(file)}`);
      }),
    );
}

function addWrite(bucket: Command, act: Act): void {
  bucket
    .command('put')
    .argument('<file>', 'what to write')
    .argument('<key>', "of the environment's own bucket")
    .description('write an object; one that somebody else wrote only with: --yes --confirm KEY')
    .action(
      act(async (workspace, [file, given], flags) => {
        const key = given as string;
        workspace.environment.writers(putObject.purpose({ key, bytes: new Uint8Array(), takeOver: false }));
        const bytes = await readGiven(file as string, 'bucket put');
        const takeOver = flags.yes === true && flags.confirm === key;
        const done = await perform(workspace, putObject, { key, bytes, takeOver }, flags);
        workspace.output.result(done, () => `${key} written, ${figure(bytes.length)} bytes`);
      }),
    );
  bucket
    .command('rm')
    .argument('<key>', "of the environment's own bucket")
    .description('remove an object')
    .action(
      act(async (workspace, [key], flags) => {
        const done = await perform(workspace, removeObject, { key: key as string }, flags);
        workspace.output.result(done, () => `${done.key} removed`);
      }),
    );
}

function listText(entries: ObjectEntry[]): Lines {
  if (entries.length === 0) return 'nothing here';
  const now = new Date();
  const rows = entries.map((entry) =>
    entry.kind === 'folder' ? [entry.key, '', ''] : [entry.key, figure(entry.size), age(entry.modifiedAt, now)],
  );
  return table(['key', 'bytes', 'changed'], rows, ['bytes']);
}
