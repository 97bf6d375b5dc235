import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** What a run was made of: the commit that the project's folder stood at, and whether nothing in it differed. */
export interface SourceCommit {
  commit: string;
  /** null: git is not there to say, or took too long. */
  clean: boolean | null;
}

/** Where a repository keeps what it is. */
interface Repository {
  tree: string;
  /** HEAD and index: of a worktree, its own. */
  git: string;
  /** Objects and branches, which worktrees share. */
  common: string;
}

/**
 * The commit of the project's folder; undefined where it lies in no repository, or in one without a commit.
 * A repository may come from anybody, and its settings can name programs (hooks, filters, watchers): so its files are
 * read here, and git compares them from a folder of ours, without a look at those settings.
 */
export async function sourceCommit(folder: string, signal: AbortSignal): Promise<SourceCommit | undefined> {
  const repository = await findRepository(resolve(folder)).catch(() => undefined);
  const commit = repository && (await headOf(repository).catch(() => undefined));
  if (repository === undefined || commit === undefined) return undefined;
  return { commit, clean: await isClean(repository, commit, signal).catch(() => null) };
}

async function findRepository(folder: string): Promise<Repository | undefined> {
  const found = join(folder, '.git');
  const entry = await lstat(found).catch(() => undefined);
  if (entry === undefined) return dirname(folder) === folder ? undefined : findRepository(dirname(folder));
  if (entry.isDirectory()) return { tree: folder, git: found, common: found };
  if (!entry.isFile()) return undefined;
  const [, named] = /^gitdir: (.+)$/m.exec(await readFile(found, 'utf8')) ?? [];
  if (named === undefined) return undefined;
  const git = resolve(folder, named.trim());
  const shared = await readFile(join(git, 'commondir'), 'utf8').catch(() => '.');
  return { tree: folder, git, common: resolve(git, shared.trim()) };
}

const aCommit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

async function headOf({ git, common }: Repository): Promise<string | undefined> {
  const head = (await readFile(join(git, 'HEAD'), 'utf8')).trim();
  if (aCommit.test(head)) return head;
  const [, name] = /^ref: (refs\/[\w./-]+)$/.exec(head) ?? [];
  if (name === undefined || name.includes('..')) return undefined;
  const loose = (await readFile(join(common, name), 'utf8').catch(() => '')).trim();
  if (aCommit.test(loose)) return loose;
  const packed = await readFile(join(common, 'packed-refs'), 'utf8').catch(() => '');
  const line = packed.split('\n').find((one) => one.endsWith(` ${name}`));
  const [commit] = line?.split(' ') ?? [];
  return commit !== undefined && aCommit.test(commit) ? commit : undefined;
}

const patienceMs = 10_000;

/** Whether `git status` is silent: of a repository of ours that has their objects, index and files, and no settings. */
async function isClean({ tree, git, common }: Repository, commit: string, signal: AbortSignal): Promise<boolean> {
  const own = mkdtempSync(join(tmpdir(), 'mlops-git-'));
  try {
    for (const part of ['refs', 'objects', 'info']) await mkdir(join(own, part));
    const format = commit.length === 64 ? '\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n' : '';
    writeFileSync(join(own, 'HEAD'), `${commit}\n`);
    writeFileSync(join(own, 'config'), `[core]\n\tbare = false\n${format}`);
    // What the user leaves out of every repository, and of this one, is no change.
    const left = await readFile(join(common, 'info', 'exclude'), 'utf8').catch(() => '');
    writeFileSync(join(own, 'info', 'exclude'), left);
    const env = {
      ...withoutGit(process.env),
      ...{ GIT_DIR: own, GIT_WORK_TREE: tree, GIT_INDEX_FILE: join(git, 'index'), GIT_OPTIONAL_LOCKS: '0' },
      ...{ GIT_OBJECT_DIRECTORY: join(common, 'objects'), GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' },
    };
    const settings = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.untrackedCache=false'];
    const words = [...settings.flatMap((one) => ['-c', one]), 'status', '--porcelain', '--ignore-submodules=all'];
    const options = { cwd: tree, env, signal, timeout: patienceMs, maxBuffer: 1e6 };
    const { stdout } = await promisify(execFile)('git', words, options);
    return stdout.trim() === '';
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** A hook of somebody's, by which we may have been started, says where its own repository is. */
const withoutGit = (variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith('GIT_')));
