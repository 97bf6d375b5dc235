import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { InputError } from '../../../../../src/common/errors.js';
import { avroRecords } from '../../../../../src/platform/aws/features/avro.js';
import { icebergFiles } from '../../../../../src/platform/aws/features/iceberg.js';

const key = 'offline-store/drives-1767225600/';
const fixture = join('test', 'fixtures', 'iceberg', key);
const metadata = readdirSync(join(fixture, 'metadata')).sort();
const newest = metadata.filter((name) => name.endsWith('.metadata.json')).at(-1)!;

/** The fixture's objects, of which some are not there and some say something else. */
const lake = (left: string[] = [], changed: Record<string, string> = {}) => ({
  list: () =>
    Promise.resolve({
      items: [...metadata, ...Object.keys(changed)]
        .filter((name, at, all) => !left.includes(name) && all.indexOf(name) === at)
        .map((name) => ({ kind: 'object' as const, key: `${key}metadata/${name}`, size: 1, modifiedAt: '' })),
    }),
  read: (at: string) => {
    const name = at.slice(at.lastIndexOf('/') + 1);
    if (changed[name] !== undefined) return Promise.resolve(Buffer.from(changed[name]));
    return Promise.resolve(left.includes(name) ? undefined : readFileSync(join('test', 'fixtures', 'iceberg', at)));
  },
});
const filesOf = (objects: ReturnType<typeof lake>) => icebergFiles(objects, 'drives', { bucket: 'lake', key });
const text = readFileSync(join(fixture, 'metadata', newest), 'utf8');

describe('an Iceberg table', () => {
  it('has the files of its current state alone, not those that compaction replaced', async () => {
    const all = readdirSync(join(fixture, 'data'));
    const files = await filesOf(lake());
    assert.equal(all.length, 4);
    assert.equal(files.length, 2);
    assert.ok(files.every((uri) => all.includes(uri.slice(uri.lastIndexOf('/') + 1))));
  });

  it('has those of an older state while that is the newest', async () => {
    const before = metadata.filter((name) => name.startsWith('00002'));
    const files = await filesOf(lake(metadata.filter((name) => name.endsWith('.json') && !before.includes(name))));
    assert.equal(files.length, 2);
    assert.equal(files.filter((uri) => text.includes(uri)).length, 0);
  });

  it('has none before its first row, and none where nothing was written yet', async () => {
    const empty = metadata.filter((name) => name.endsWith('.json') && !name.startsWith('00000'));
    assert.deepEqual(await filesOf(lake(empty)), []);
    assert.deepEqual(await filesOf(lake(metadata)), []);
  });

  for (const [what, objects, why] of [
    [
      'whose two newest states contradict each other',
      lake([], { '00004-other.metadata.json': text }),
      /2 newest states/,
    ],
    [
      'whose manifest is gone',
      lake(metadata.filter((name) => name.startsWith('snap-'))),
      /found no object s3:\/\/lake/,
    ],
    [
      'of a newer format',
      lake([], { [newest]: text.replace('"format-version":2', '"format-version":3') }),
      /version 3/,
    ],
    ['whose state is cut', lake([], { [newest]: text.slice(0, 500) }), /is no table's metadata/],
  ] as const)
    it(`is refused, and Athena advised, ${what}`, async () => {
      await assert.rejects(filesOf(objects), (error: Error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, why);
        assert.match(error.message, /mlops feature-group query drives --with athena/);
        return true;
      });
    });
});

describe('Avro', () => {
  const sync = Buffer.alloc(16, 7);
  const bytes = (content: Buffer | string) => Buffer.concat([Buffer.from([content.length * 2]), Buffer.from(content)]);
  const file = (schema: object, block: Buffer, codec = 'null', count = 1) => {
    const text = JSON.stringify(schema);
    const size = Buffer.from([((text.length * 2) & 0x7f) | 0x80, (text.length * 2) >> 7]);
    const meta = [bytes('avro.codec'), bytes(codec), bytes('avro.schema'), size, Buffer.from(text), Buffer.from([0])];
    const packed = codec === 'deflate' ? deflateRawSync(block) : block;
    return Buffer.concat([
      Buffer.from('Obj\u0001'),
      Buffer.from([4]),
      ...meta,
      sync,
      Buffer.from([count * 2]),
      bytes(packed),
      sync,
    ]);
  };
  const record = (type: unknown) => ({ type: 'record', name: 'r', fields: [{ name: 'x', type }] });

  for (const codec of ['null', 'deflate'])
    for (const [type, block, value] of [
      ['long', [0x01], -1],
      ['long', [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], 9223372036854775807n],
      [['null', 'string'], [2, 4, 0x68, 0x69], 'hi'],
      [['null', 'string'], [0], null],
      ['double', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], 1.5],
      ['boolean', [1], true],
      [{ type: 'array', items: 'int' }, [3, 4, 2, 4, 0], [1, 2]],
      [{ type: 'enum', name: 'e', symbols: ['a', 'b'] }, [2], 'b'],
    ] as const)
      it(`is read as its specification writes ${JSON.stringify(type)} ${String(value)} (${codec})`, () => {
        assert.deepEqual(avroRecords(file(record(type), Buffer.from(block), codec)), [{ x: value }]);
      });

  it('that is cut, or claims more than it has, is an error and no hang', () => {
    const whole = file(record('string'), Buffer.from([4, 0x68, 0x69]));
    // One that ends before its first block is whole, and empty.
    const header = whole.indexOf(sync) + sync.length;
    for (let at = 5; at < whole.length; at += 1)
      if (at !== header) assert.throws(() => avroRecords(whole.subarray(0, at)), `${at}`);
    const endless = file({ type: 'record', name: 'r', fields: [] }, Buffer.alloc(0));
    const count = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
    const at = endless.lastIndexOf(sync) - 2;
    assert.throws(
      () => avroRecords(Buffer.concat([endless.subarray(0, at), count, endless.subarray(at + 1)])),
      /items/,
    );
  });
});
