// A process that takes a project's lease when told to on stdin, and releases it when told to.
import { createInterface } from 'node:readline';
import { openLocal } from '../../src/platform/local/index.js';
import type { Lease } from '../../src/platform/ports/lease.js';

const [projectFolder = '', purpose = ''] = process.argv.slice(2);
const { lease } = openLocal({ projectFolder, project: 'leased' }).writers('test');
const say = (text: string) => process.stdout.write(`${text}\n`);
let held: Lease | undefined;

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'take')
    void lease.acquire(purpose).then((taken) => {
      held = taken;
      say('holds');
    });
  if (line === 'release') void held?.release().then(() => say('released'));
});
say('ready');
