import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { S3 } from '@aws-sdk/client-s3';
import { extract } from 'tar-stream';
import { variables } from './fill.js';

const cli = resolve('dist/cli.js');

/** A container that runs here: our image's command as a local process, with a folder in the place of `/opt/ml`. */
export interface Container {
  root: string;
  /** Where a path in the container lies here. */
  path(inContainer: string): string;
  process: ChildProcess;
  ended: Promise<number | null>;
}

export interface ContainerSpec {
  command: string[];
  environment: Record<string, string>;
  /** Fills the folder before the command starts. */
  prepare: (path: (inContainer: string) => string) => Promise<void>;
  onLine: (line: string) => void;
}

/**
 * Runs what an image with our `mlops` would. Nothing of this user's is seen: the home folder is empty, so that a job
 * writes by the role it was given and not by what somebody turned on here.
 */
export async function runContainer({ command, environment, prepare, onLine }: ContainerSpec): Promise<Container> {
  const root = mkdtempSync(join(tmpdir(), 'container-'));
  const path = (inContainer: string) => join(root, relative('/opt/ml', inContainer));
  await prepare(path);
  const [program, ...words] = command;
  if (program !== 'mlops') throw new Error(`the image has no ${program}`);
  const home = join(root, 'home');
  mkdirSync(home);
  const env = { ...variables, PATH: process.env.PATH, HOME: home, NO_COLOR: '1', ...environment };
  const args = [cli, ...words, '--root', root];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => void child.kill('SIGKILL');
  // Also when a test process ends without cleaning up.
  process.once('exit', end);
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', onLine);
  const ended = once(child, 'close').then(([code]) => {
    process.off('exit', end);
    return code as number | null;
  });
  return { root, path, process: child, ended };
}

export function removeContainer({ root }: Pick<Container, 'root'>): void {
  rmSync(root, { recursive: true, force: true });
}

/** S3 as the platform itself uses it. */
export function platformStore(endpoint: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const s3 = new S3({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
  const bytesOf = async (uri: string) => {
    const { Bucket, Key } = split(uri);
    const { Body } = await s3.getObject({ Bucket, Key });
    return Buffer.from(await Body!.transformToByteArray());
  };
  return {
    bytesOf,
    /** Every object below a prefix, as files of a folder. */
    async download(uri: string, folder: string): Promise<void> {
      const { Bucket, Key: Prefix } = split(uri);
      const { Contents = [] } = await s3.listObjectsV2({ Bucket, Prefix });
      for (const { Key = '' } of Contents) {
        const path = join(folder, Key.slice(Prefix.length).replace(/^\//, ''));
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, await bytesOf(`s3://${Bucket}/${Key}`));
      }
    },
    async upload(folder: string, uri: string): Promise<void> {
      const { Bucket, Key } = split(uri);
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        await s3.putObject({
          Bucket,
          Key: `${Key.replace(/\/$/, '')}/${name}`,
          Body: readFileSync(join(folder, name)),
        });
    },
    async unpack(uri: string, folder: string): Promise<void> {
      mkdirSync(folder, { recursive: true });
      const tar = extract();
      Readable.from([await bytesOf(uri)])
        .pipe(createGunzip())
        .pipe(tar);
      for await (const entry of tar) {
        const parts: Buffer[] = [];
        for await (const part of entry) parts.push(part as Buffer);
        writeFileSync(join(folder, entry.header.name), Buffer.concat(parts));
      }
    },
  };
}
export type PlatformStore = ReturnType<typeof platformStore>;

function split(uri: string): { Bucket: string; Key: string } {
  const match = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri);
  if (match === null) throw new Error(`${uri} is no S3 address`);
  return { Bucket: match[1]!, Key: match[2]! };
}
