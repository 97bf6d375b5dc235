import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startAccount } from '../../../doubles/aws/account.js';
import type { Fault } from '../../../doubles/aws/faults.js';
import { fillAws } from '../../../doubles/aws/fill.js';
import { changeProject } from '../../../support/aws-project.js';
import { places, profiles, writeSharedFiles } from './places.js';

/** A fault as it comes over the bridge, where an expression is its text. */
export interface ToldFault extends Omit<Fault, 'operation' | 'onMeet'> {
  operation: string;
}

/**
 * The account and its user, made ready before the window opens: a project with environments in the double, and shared
 * files with made-up profiles in a home folder of the test's own.
 */
export async function startHost(python: string, folder: string) {
  const account = await startAccount(python);
  const project = join(folder, 'project');
  const home = join(folder, 'home');
  mkdirSync(join(home, '.aws'), { recursive: true });
  const { double, pipelines, jobs } = account;
  const fill = fillAws(account.url, places.bucket);
  await fill.bucket(places.bucket);
  const words = ['init', 'hdd-failure', project, '--sample', '--scenario', 'failing', '--quiet'];
  execFileSync(process.execPath, ['dist/cli.js', ...words], { stdio: 'ignore' });
  const place = { kind: 'aws', region: places.region, endpointUrl: account.url, bucket: places.bucket };
  const { role, image } = places;
  changeProject(project, ['environments'], {
    prod: { ...place, profile: profiles.prod, role, image },
    elsewhere: { ...place, region: undefined },
  });
  writeSharedFiles(home);
  let met = withResolvers();
  return {
    project,
    env: {
      HOME: home,
      USERPROFILE: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      AWS_EC2_METADATA_DISABLED: 'true',
      MLOPS_E2E_AWS: account.url,
    },
    actions: {
      awsCalls: () => account.calls.map(({ operation, mutating, signed }) => ({ operation, mutating, signed })),
      awsForget: () => account.forget(),
      awsFault({ operation, ...fault }: ToldFault): void {
        met = withResolvers();
        double.faults.add({ ...fault, operation: new RegExp(operation), onMeet: () => met.resolve() });
      },
      awsFaultMet: () => met.promise,
      awsClearFaults: () => double.faults.clear(),
      awsJobs: () => jobs.all().map(({ kind, name, status }) => ({ kind, name, status })),
      awsSettled: () => pipelines.settled(),
    },
    stop: () => account.stop(),
  };
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
