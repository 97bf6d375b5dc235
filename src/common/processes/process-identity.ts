import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * A process, told apart from a later one with the same number by when it started.
 * `start` is opaque, empty where the platform does not tell.
 */
export interface ProcessIdentity {
  pid: number;
  start: string;
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return { pid: process.pid, start: (await startOf(process.pid)) ?? '' };
}

/** Whether exactly this process still runs here; where the platform does not tell starts, whether its number does. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const start = await startOf(identity.pid);
  return start !== undefined && start === identity.start;
}

export async function isRunning(pid: number): Promise<boolean> {
  return (await startOf(pid)) !== undefined;
}

/** When a process started, in the platform's own notation; undefined when it does not run (any more). */
export async function startOf(pid: number): Promise<string | undefined> {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return undefined;
  if (process.platform === 'linux') return startOnLinux(pid);
  if (process.platform === 'darwin') return startOnMac(pid);
  return '';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

let boot: Promise<string> | undefined;

/** Ticks since boot, with the boot's id: after a restart the same number and ticks mean another process. */
async function startOnLinux(pid: number): Promise<string | undefined> {
  boot ??= readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in brackets and may hold anything; fields 3 (state) and 22 (start) follow it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${await boot}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

async function startOnMac(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
