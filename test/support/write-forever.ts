// A process that writes one large object over and over until it is killed.
import { openLocal } from '../../src/platform/local/index.js';

const { objects } = openLocal({ projectFolder: process.argv[2] ?? '', project: 'stored' }).writers('test');

async function write(): Promise<never> {
  for (let round = 0; ; round += 1) {
    await objects.put('busy.bin', Buffer.alloc(4 << 20, round));
    if (round === 0) process.stdout.write('writing\n');
  }
}
void write();
