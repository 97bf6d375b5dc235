import { build } from 'esbuild';
import { join } from 'node:path';
import type { Engine } from '../../src/platform/local/endpoints/process.js';
import { temporaryFolder } from './temporary.js';

/** The endpoint process and its thread bundled from the sources under test, as the build does it. */
export async function buildEngine(): Promise<{ engine: Engine; remove: () => void }> {
  const folder = temporaryFolder();
  await build({
    entryPoints: ['src/endpoint.ts', 'src/worker.ts'],
    outdir: folder.path,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  });
  const endpointScript = join(folder.path, 'endpoint.js');
  return { engine: { endpointScript, node: process.execPath }, remove: folder.remove };
}
