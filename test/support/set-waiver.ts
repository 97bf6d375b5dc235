import { addWaiver } from '../../src/pipeline/overrides.js';
import { openLocal } from '../../src/platform/local/index.js';

/** A process of its own that waives a gate for every line it is told; says `ready`, then `done` after each. */
const [projectFolder = '', name = ''] = process.argv.slice(2);
const place = openLocal({ projectFolder, project: 'waived' });
process.stdout.write('ready\n');
process.stdin.on('data', (round: Buffer) => {
  const gate = `${name}-${round.toString().trim()}`;
  const at = '2026-11-21T09:00:00.000Z';
  void addWaiver(place, { gate, owner: name, reason: 'known', until: '2027-01-01T00:00:00.000Z', setAt: at }).then(() =>
    process.stdout.write('done\n'),
  );
});
