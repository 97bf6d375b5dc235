import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { parseLoosely } from '../../src/common/loose-json.js';
import { refuseBomb } from '../../src/data/archive/refuse-bomb.js';
import { listArchive, readMember, type ArchiveFormat } from '../../src/data/archive/archive.js';
import { DamagedMember, extract, openArchive } from '../../src/data/zip/archive.js';
import { recogniseLines } from '../../src/documents/capture/lines.js';
import { recognise } from '../../src/documents/recognise.js';
import { readLightGbm } from '../../src/models/lightgbm-text/read-model.js';
import { openDocument } from '../../src/report/open.js';
import { decode } from '../../src/serving/input/decode.js';
import { toMatrix, type Decoded } from '../../src/serving/input/rows.js';
import { lyingZip } from '../support/lying-zip.js';
import { npy } from '../support/npy.js';
import { temporaryFolder } from '../support/temporary.js';
import { judgedResults, modelsThatPredict } from './targets.js';
import { fuzz, fuzzSeconds, type Target } from './fuzz.js';

const textOf = (input: Uint8Array) => Buffer.from(input).toString('utf8');
const memory = () => process.memoryUsage.rss();
const inputs = [
  ...['alpha', 'beta', 'gamma'].map((name) => ({ name, type: 'number' as const })),
  { name: 'color', type: 'category' as const },
];

function filesOf(folder: string, pattern: RegExp): Uint8Array[] {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => readFileSync(join(folder, name)));
}

function bodies(type: string, seeds: (string | Uint8Array)[]): Target {
  const attempt = (input: Uint8Array) => {
    const decoded: Decoded = decode(type, input, inputs);
    if (decoded.form === 'rows') toMatrix(decoded.rows, inputs);
  };
  return { name: `bodies of ${type}`, seeds: seeds.map((seed) => Buffer.from(seed)), attempt, memory };
}

/** An archive in memory: listed, and its first members read. */
async function lookInto(input: Uint8Array, format: ArchiveFormat): Promise<void> {
  const bytes = {
    size: input.length,
    read: (from: number, length: number) => Promise.resolve(input.subarray(from, from + length)),
  };
  const { members } = await listArchive(bytes, format);
  for (const { name } of members.slice(0, 3)) await readMember(bytes, format, name, 10_000);
}

function tar(): Promise<Buffer> {
  const packing = pack();
  packing.entry({ name: 'model.txt' }, 'tree\n');
  packing.entry({ name: '../../out', type: 'symlink', linkname: '/etc/passwd' });
  packing.entry({ name: `${'long/'.repeat(60)}name.json` }, '{"a": 1}');
  packing.finalize();
  return buffer(packing);
}

describe('readers of what others wrote', function () {
  this.timeout(fuzzSeconds * 1000 + 60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  const day = { name: '2026-01-01.csv', body: Buffer.from('id,x\n1,2\n') };
  const zip = lyingZip([day, { name: '2026-01-02.csv', body: Buffer.from('id,x\n'.repeat(500)) }]);
  const context = { overrides: [], now: new Date('2026-11-30T00:00:00Z'), commands: [] };
  const documents = filesOf('test/fixtures/documents', /\.jsonl?$/);
  const targets: (() => Target | Promise<Target>)[] = [
    () => ({
      ...{ name: 'recognised documents', seeds: documents, memory },
      attempt: (input) => recogniseLines(textOf(input)) ?? recognise(parseLoosely(textOf(input))),
    }),
    () => ({
      ...{ name: 'reports', seeds: documents, memory },
      attempt: (input) => openDocument('document.json', textOf(input), context),
    }),
    () => ({
      ...{ name: 'LightGBM models', seeds: filesOf('test/fixtures/serving', /\.txt$/), memory },
      attempt: (input) => readLightGbm(textOf(input)),
    }),
    () => modelsThatPredict(filesOf('test/fixtures/serving', /\.txt$/)),
    () => judgedResults(folder.path, filesOf('test/fixtures/documents', /monitor|metrics|evaluation|retrain|drift/)),
    () =>
      bodies('application/json', [
        ...[
          '[[1, 2, 3, "red"], [4, null, NaN, "blue"]]',
          '{"features": {"alpha": 1, "beta": 2, "gamma": 3, "color": null}}',
        ],
        ...['[{"alpha": 1, "beta": 2, "gamma": 3, "color": "x"}]', '{"features": [1, 2, 3, "red"]}'],
      ]),
    () => bodies('application/jsonlines', ['[1, 2, 3, "x"]\n\n{"features": [4, 5, 6, "y"]}\r\n{"alpha": 1}\n']),
    () => bodies('text/csv', ['1,2,3,red\r\n4,,NaN,blue\n', 'gamma,color,alpha,beta\n3,"a ""b""\n,c",1,2\n']),
    () =>
      bodies('application/x-npy', [npy('(2, 4)', '<f8', 64), npy('(4,)', '>i2', 8), npy('(2, 4)', '<f2', 16, 'True')]),
    () => ({
      ...{ name: 'zips looked into', seeds: [zip], memory },
      attempt: (input) => lookInto(input, 'zip'),
    }),
    async () => ({
      name: 'tars looked into',
      seeds: [await tar()],
      memory,
      attempt: (input) => lookInto(input, 'tar'),
    }),
    async () => ({
      ...{ name: 'packed tars looked into', seeds: [gzipSync(await tar())], memory },
      attempt: (input) => lookInto(input, 'tar.gz'),
    }),
    () => ({
      ...{ name: 'zips of days', seeds: [zip], memory },
      async attempt(input) {
        const path = join(folder.path, 'days.zip');
        writeFileSync(path, input);
        await refuseBomb(path, 'days.zip');
        const archive = await openArchive(path);
        try {
          for (const member of archive.members.slice(0, 3))
            await extract(member, join(folder.path, 'day.csv')).catch((error: unknown) => {
              if (!(error instanceof DamagedMember)) throw error;
            });
        } finally {
          await archive.close();
        }
      },
    }),
  ];
  for (const made of targets) {
    it(`neither crash, hang nor grow (${targets.indexOf(made) + 1} of ${targets.length})`, async () => {
      const target = await made();
      const { inputs: count, found } = await fuzz(target, (0.6 * fuzzSeconds) / targets.length);
      process.stdout.write(`      ${target.name}: ${count} inputs\n`);
      assert.deepEqual(found, []);
    });
  }
});
