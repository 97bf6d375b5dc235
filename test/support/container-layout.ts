import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Layout {
  /** The project's folder; linked to where the platform puts it. */
  project: string;
  jobName: string;
  host?: number;
  hosts?: number;
  hyperparameters?: Record<string, string>;
}

/** Makes the files that a processing job's container finds below `root`. */
export function processingLayout(root: string, { project, jobName, host = 1, hosts = 1 }: Layout): void {
  put(join(root, 'config', 'resourceconfig.json'), resources(host, hosts));
  put(join(root, 'config', 'processingjobconfig.json'), { ProcessingJobName: jobName });
  link(project, join(root, 'processing', 'input', 'project'));
}

/** Makes the files that a training job's container finds below `root`. */
export function trainingLayout(root: string, { project, host = 1, hosts = 1, hyperparameters = {} }: Layout): void {
  const config = join(root, 'input', 'config');
  put(join(config, 'resourceconfig.json'), resources(host, hosts));
  put(join(config, 'hyperparameters.json'), hyperparameters);
  put(join(config, 'inputdataconfig.json'), {
    project: { TrainingInputMode: 'File', S3DistributionType: 'FullyReplicated' },
  });
  link(project, join(root, 'input', 'data', 'project'));
}

function resources(host: number, hosts: number): object {
  const names = Array.from({ length: hosts }, (_, index) => `algo-${index + 1}`);
  return { current_host: `algo-${host}`, hosts: names };
}

function put(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'dir');
}
