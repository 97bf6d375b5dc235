// A process that deploys an endpoint and ends.
import { openLocal } from '../../src/platform/local/index.js';

const [projectFolder = '', endpointScript = ''] = process.argv.slice(2);
const engine = { endpointScript, node: process.execPath };
const { endpoints } = openLocal({ projectFolder, project: 'served', engine }).writers('test');
const variants = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }];
void endpoints.deploy({ name: 'orphan', group: 'served', variants, capture: 0 }).then(() => process.exit(0));
