// A process that starts an endpoint when told to on stdin, and prints which process serves it.
import { openLocal } from '../../src/platform/local/index.js';

const [projectFolder = '', endpointScript = '', name = ''] = process.argv.slice(2);
const engine = { endpointScript, node: process.execPath };
const { endpoints } = openLocal({ projectFolder, project: 'served', engine }).writers('test');

process.stdin.once('data', () => {
  void endpoints.start(name).then(
    ({ pid, status }) => process.stdout.write(`${status} ${pid}\n`, () => process.exit(0)),
    (error: unknown) => process.stdout.write(`${String(error)}\n`, () => process.exit(1)),
  );
});
process.stdout.write('ready\n');
