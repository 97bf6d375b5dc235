import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sha256OfFile } from '../../../src/common/hash.js';
import { openAws } from '../../../src/platform/aws/index.js';
import { everyItem } from '../../../src/platform/ports/pages.js';
import type { Project } from '../../../src/project/schema.js';
import { variables } from '../../doubles/aws/fill.js';
import { startLargeS3 } from '../../doubles/aws/large-s3.js';
import { temporaryFolder } from '../../support/temporary.js';

const mega = 2 ** 20;

describe('very much in one bucket', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  const open = (endpointUrl: string) => {
    const project = { folder: folder.path, file: { name: 'large' } } as Project;
    return openAws(project, 'prod', { kind: 'aws', endpointUrl, bucket: 'large' }, { allowed: () => ['prod'] });
  };

  before(() => void Object.assign(process.env, variables));
  after(() => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    folder.remove();
  });

  it('lists a million keys one by one, in a memory that does not grow', async () => {
    const server = await startLargeS3({ keys: 1_000_000 });
    const environment = await open(server.url);
    let [seen, early, highest] = [0, 0, 0];
    for await (const { key } of everyItem((page) => environment.objects.list('', page))) {
      if (seen % 50_000 === 0) {
        assert.equal(key, `k/${String(seen).padStart(7, '0')}`);
        const { heapUsed } = process.memoryUsage();
        if (seen === 100_000) early = heapUsed;
        highest = Math.max(highest, heapUsed);
      }
      seen += 1;
    }
    await server.stop();
    assert.equal(seen, 1_000_000);
    // A heap that is not collected yet varies by tens of megabytes; a million keys kept would be hundreds.
    assert.ok(highest - early < 120 * mega, `from ${early / mega} to ${highest / mega} MiB`);
  });

  it('uploads 512 MB through three cut connections, each part once, holding few of them', async () => {
    const server = await startLargeS3();
    const environment = await open(server.url);
    const path = join(folder.path, 'large.bin');
    const blocks = function* () {
      for (let at = 0; at < 512; at += 1) yield Buffer.alloc(mega, String(at));
    };
    await pipeline(Readable.from(blocks()), createWriteStream(path));
    const hash = await sha256OfFile(path);
    for (const number of [3, 20, 50]) server.cutPart(number);
    await environment.writers('test').objects.putFile('large.bin', path);
    await server.stop();
    assert.equal(server.objects.get('large.bin'), hash);
    assert.equal(server.parts.length, 64);
    assert.equal(new Set(server.parts).size, 64);
  });
});
