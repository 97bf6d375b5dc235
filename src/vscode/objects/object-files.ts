import { messageOf, MissingRight, NoSuchObject } from '../../common/errors.js';
import { sizeText } from '../../common/size-text.js';
import { archiveFormatOf, readMember, type ArchiveFormat } from '../../data/archive/archive.js';
import type { Environment } from '../../platform/ports/environment.js';
import { beginningBytes, s3UriOf, type ObjectAddress } from '../object-address.js';

/** A larger object does not open as a whole: an editor would have to hold it. */
export const mostOpened = 64e6;

/** So many entries of a folder are listed; what is behind them is found by a prefix search. */
const mostEntries = 1000;

export interface FileStat {
  kind: 'file' | 'folder';
  size: number;
  /** Milliseconds since 1970. */
  modifiedAt: number;
}

/** Why something cannot be had, in the words of a file system. */
export class FileProblem extends Error {
  constructor(
    readonly kind: 'not-found' | 'denied' | 'unavailable' | 'is-folder' | 'too-large',
    message: string,
  ) {
    super(message);
  }
}

/** Stands last in a folder that has more than is listed; its text says what to do. */
export const moreName = '… and more';
const moreText = `Only the first ${mostEntries} entries of this folder are listed. Search by prefix in the view Buckets.\n`;

const folder: FileStat = { kind: 'folder', size: 0, modifiedAt: 0 };

/** Objects as files, read straight from where they lie; nothing is kept. Every failure is a FileProblem. */
export function makeObjectFiles(environmentNamed: (name: string) => Promise<Environment>) {
  const within = async <Result>(at: ObjectAddress, work: (environment: Environment) => Promise<Result>) => {
    try {
      return await work(await environmentNamed(at.environment));
    } catch (error) {
      throw problemOf(error);
    }
  };
  return {
    stat: (at: ObjectAddress) => within(at, (environment) => statOf(environment, at)),
    list: (at: ObjectAddress) => within(at, (environment) => entriesOf(environment, at)),
    read: (at: ObjectAddress) => within(at, (environment) => bytesOf(environment, at)),
  };
}
export type ObjectFiles = ReturnType<typeof makeObjectFiles>;

async function statOf(environment: Environment, at: ObjectAddress): Promise<FileStat> {
  const { bucket, key } = at;
  if (key === '' || key.endsWith('/')) return folder;
  if (isMore(key)) return { kind: 'file', size: moreText.length, modifiedAt: 0 };
  const found = await environment.objects.head(key, { bucket });
  if (found === undefined) {
    const below = await environment.objects.list(`${key}/`, { bucket, limit: 1, folders: true });
    if (below.items.length > 0) return folder;
    throw new FileProblem('not-found', `found no object ${s3UriOf(at)} in environment ${environment.name}`);
  }
  const modifiedAt = Date.parse(found.modifiedAt) || 0;
  const size = at.member === undefined ? found.size : await memberSize(environment, at, `${found.size} ${modifiedAt}`);
  return { kind: 'file', size: at.beginning ? Math.min(size, beginningBytes) : size, modifiedAt };
}

async function entriesOf(environment: Environment, at: ObjectAddress): Promise<[string, FileStat['kind']][]> {
  const { bucket, key } = at;
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  const page = await environment.objects.list(prefix, { bucket, folders: true, limit: mostEntries });
  const entries = page.items.map((entry): [string, FileStat['kind']] => {
    const name = entry.key.slice(prefix.length);
    return entry.kind === 'folder' ? [name.replace(/\/$/, ''), 'folder'] : [name, 'file'];
  });
  return page.next === undefined ? entries : [...entries, [moreName, 'file']];
}

async function bytesOf(environment: Environment, at: ObjectAddress): Promise<Uint8Array> {
  const { bucket, key, member, beginning } = at;
  if (isMore(key)) return Buffer.from(moreText);
  const most = beginning ? beginningBytes : mostOpened;
  if (member !== undefined) {
    const { bytes, size } = await memberOf(environment, at, most);
    return beginning ? wholeLines(bytes, size) : all(bytes, size, member);
  }
  const found = await environment.objects.head(key, { bucket });
  if (found === undefined) {
    const { kind } = await statOf(environment, at);
    throw new FileProblem(kind === 'folder' ? 'is-folder' : 'not-found', `${s3UriOf(at)} is a folder`);
  }
  if (found.size > most && !beginning) throw tooLarge(s3UriOf(at), found.size);
  const bytes = await environment.objects.read(key, { bucket, maxBytes: most });
  if (bytes === undefined) throw new FileProblem('not-found', `found no object ${s3UriOf(at)}`);
  return beginning ? wholeLines(bytes, found.size) : bytes;
}

/** Editors ask again and again; an archive is gone through once for each of its states. */
const memberSizes = new WeakMap<Environment, Map<string, number>>();

async function memberSize(environment: Environment, at: ObjectAddress, state: string): Promise<number> {
  const known = memberSizes.get(environment) ?? new Map<string, number>();
  memberSizes.set(environment, known);
  const name = JSON.stringify([s3UriOf(at), at.member, state]);
  const size = known.get(name) ?? (await memberOf(environment, at, 0)).size;
  known.set(name, size);
  return size;
}

async function memberOf(environment: Environment, { bucket, key, member = '' }: ObjectAddress, most: number) {
  const format: ArchiveFormat | undefined = archiveFormatOf(key);
  if (format === undefined) throw new FileProblem('not-found', `${key} is no archive`);
  const { openSource } = await import('../project-work.js');
  return readMember(await openSource(environment, { bucket, key }), format, member, most);
}

function all(bytes: Uint8Array, size: number, name: string): Uint8Array {
  if (size > bytes.length) throw tooLarge(name, size);
  return bytes;
}

function tooLarge(name: string, size: number): FileProblem {
  return new FileProblem(
    'too-large',
    `${name} has ${sizeText(size)}, and at most ${sizeText(mostOpened)} open in an editor; fetch it with: mlops bucket get`,
  );
}

/** Up to the last line that is there to its end; all of a text that has no lines. */
function wholeLines(bytes: Uint8Array, size: number): Uint8Array {
  const end = bytes.lastIndexOf(0x0a) + 1;
  return bytes.length === size || end === 0 ? bytes : bytes.subarray(0, end);
}

const isMore = (key: string) => key === moreName || key.endsWith(`/${moreName}`);

function problemOf(error: unknown): FileProblem {
  if (error instanceof FileProblem) return error;
  const message = messageOf(error);
  if (error instanceof MissingRight) return new FileProblem('denied', message);
  return new FileProblem(error instanceof NoSuchObject ? 'not-found' : 'unavailable', message);
}
