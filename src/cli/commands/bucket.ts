import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { BucketInfo, ObjectEntry } from '../../platform/ports/objects.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { Act } from '../act.js';
import { address } from '../address.js';
import { answer } from '../answer.js';
import { readGiven, writeGiven } from '../given.js';
import { refuseIdle } from '../no-effect.js';
import { age, figure, table } from '../output.js';
import { addPreview } from './bucket-preview.js';

async function mustRead(environment: Environment, text: string): Promise<Uint8Array> {
  const { bucket, key } = address(text);
  const bytes = await environment.objects.read(key, { bucket });
  if (bytes === undefined) throw new InputError(`bucket: found no object "${text}" in ${environment.name}`);
  return bytes;
}

export function addBucket(program: Command, act: Act): void {
  const bucket = program.command('bucket').description('look into buckets');
  bucket
    .command('ls')
    .argument('[key]', 'prefix, or s3://bucket/prefix; none lists buckets')
    .option('--recursive', 'every key below, not one level')
    .description('list buckets, or what lies under a prefix')
    .action(
      act(async ({ environment, output, signal }, [key], flags) => {
        refuseIdle('bucket ls', flags, [
          {
            option: 'recursive',
            met: key !== undefined,
            expected: 'buckets are one list; name a prefix: bucket ls ""',
          },
        ]);
        if (key === undefined) {
          const buckets: BucketInfo[] = [];
          for await (const item of everyItem((page) => environment.objects.buckets(page), { signal }))
            buckets.push(item);
          output.result(answer('buckets', { buckets }), () =>
            table(
              ['bucket'],
              buckets.map(({ name }) => [name]),
            ),
          );
          return;
        }
        const at = address(key as string);
        const options = { bucket: at.bucket, folders: flags.recursive !== true, signal };
        const entries: ObjectEntry[] = [];
        for await (const entry of everyItem((page) => environment.objects.list(at.key, { ...page, ...options }))) {
          entries.push(entry);
        }
        const found = { bucket: at.bucket ?? environment.bucket, prefix: at.key, entries };
        output.result(answer('bucket-entries', found), () => listText(entries));
      }),
    );
  addPreview(bucket, act);
  bucket
    .command('cat')
    .argument('<key>')
    .action(
      act(async ({ environment, output }, [key]) => {
        output.raw(await mustRead(environment, key as string));
      }),
    );
  bucket
    .command('get')
    .argument('<key>')
    .argument('<file>')
    .action(
      act(async ({ environment, output }, [key, file]) => {
        const bytes = await mustRead(environment, key as string);
        await writeGiven(file as string, bytes);
        const done = answer('object-read', { key, file, bytes: bytes.length });
        output.result(done, () => `${figure(bytes.length)} bytes written to ${String(file)}`);
      }),
    );
  bucket
    .command('put')
    .argument('<file>')
    .argument('<key>')
    .description('write an object; one that somebody else wrote only with: --yes --confirm KEY')
    .action(
      act.writing(async ({ environment, output }, [file, key], flags) => {
        const bytes = await readGiven(file as string, 'bucket put');
        const takeOver = flags.yes === true && flags.confirm === key;
        await environment.writers(`put ${String(key)}`).objects.put(ownKey(key as string), bytes, { takeOver });
        const done = answer('object-written', { key, bytes: bytes.length });
        output.result(done, () => `${String(key)} written, ${figure(bytes.length)} bytes`);
      }),
    );
  bucket
    .command('rm')
    .argument('<key>')
    .action(
      act.destroying(removes, async ({ environment, output }, [key]) => {
        const own = ownKey(key as string);
        if ((await environment.objects.head(own)) === undefined) {
          throw new InputError(`bucket: found no object "${own}" in ${environment.name}; see: mlops bucket ls ""`);
        }
        // Its name was typed: that is a person's deed, whoever wrote it.
        await environment.writers(`remove ${own}`).objects.remove(own, { takeOver: true });
        output.result(answer('object-removed', { key: own, removed: true }), () => `${own} removed`);
      }),
    );
}

function removes([key]: unknown[]) {
  return { what: `remove ${String(key)}`, resource: String(key) };
}

/** Only the environment's own bucket is ever written. */
function ownKey(text: string): string {
  const { bucket, key } = address(text);
  if (bucket !== undefined)
    throw new InputError(`bucket: found "${text}", expected a key of this environment's bucket`);
  return key;
}

function listText(entries: ObjectEntry[]): string {
  if (entries.length === 0) return 'nothing here';
  const now = new Date();
  const rows = entries.map((entry) =>
    entry.kind === 'folder' ? [entry.key, '', ''] : [entry.key, figure(entry.size), age(entry.modifiedAt, now)],
  );
  return table(['key', 'bytes', 'changed'], rows, ['bytes']);
}
