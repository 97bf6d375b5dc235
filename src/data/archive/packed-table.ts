import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError, WrongInput } from '../../common/errors.js';
import { nameDanger } from '../files/limits.js';
import { formatOf, isTable, tableEndings, type TableFormat } from '../table-formats.js';
import { DamagedMember, extract, openArchive } from '../zip/archive.js';
import type { Archive, Member } from '../zip/member.js';
import { refuseBomb } from './refuse-bomb.js';

const isZip = (path: string): boolean => /\.zip$/i.test(path);

/**
 * The table that lies alone in a zip, or in a `.gz` of a kind that is not read packed, as a file of its own name in
 * `folder`; any other file is left where it is. What is no table (a readme, what macOS adds) is passed over.
 * @throws WrongInput for a zip without a table, with several, or with one that cannot be read whole
 */
export async function unpackedTable(path: string, folder: string): Promise<string> {
  const file = basename(path);
  if (isZip(path)) {
    await refuseBomb(path, file);
    return inArchive(path, async (member) => {
      const to = await placeFor(nameOf(member), folder);
      try {
        await extract(member, to);
      } catch (error) {
        if (!(error instanceof DamagedMember)) throw error;
        throw new InputError(`${file}: ${member.name}: ${error.message}`, { cause: error });
      }
      return to;
    });
  }
  if (!/\.gz$/i.test(path) || formatOf(path) !== undefined) return path;
  const inner = (await nameInGzip(path)) ?? file.replace(/\.gz$/i, '');
  if (!isTable(inner)) return path;
  await refuseBomb(path, file);
  const to = await placeFor(inner, folder);
  await pipeline(createReadStream(path), createGunzip(), createWriteStream(to)).catch((error: unknown) => {
    const expected = 'a whole gzip file';
    throw new WrongInput({ file, found: 'bytes that cannot be unpacked', expected }, { cause: error });
  });
  return to;
}

/** What a file is by its name, a zip by that of the table that lies alone in it. @throws as `unpackedTable` does */
export const formatInside = async (path: string): Promise<TableFormat | undefined> =>
  isZip(path) ? inArchive(path, (member) => formatOf(nameOf(member))) : formatOf(path);

async function inArchive<Result>(path: string, work: (member: Member) => Result | Promise<Result>): Promise<Result> {
  const archive = await openArchive(path);
  try {
    return await work(onlyTable(archive, basename(path)));
  } finally {
    await archive.close();
  }
}

function onlyTable({ members, damage }: Archive, file: string): Member {
  // Another table may stand where nothing can be read.
  const [broken] = damage;
  if (broken !== undefined)
    throw new InputError([file, ...(broken.member === undefined ? [] : [broken.member]), broken.text].join(': '));
  const own = members.filter(
    (member) => !/[/\\]$|(^|[/\\])__MACOSX[/\\]/.test(member.name) && !nameOf(member).startsWith('.'),
  );
  const tables = own.filter(({ name }) => isTable(name));
  const [only] = tables;
  if (only === undefined || tables.length > 1) {
    const found = tables.length > 1 ? `${tables.length} tables in it` : own.length > 0 ? 'no table in it' : 'nothing';
    const expected = `one table (${tableEndings})`;
    const some = (tables.length > 1 ? tables : own).map(({ name }) => name);
    const named = some.length === 0 ? '' : `: ${some.slice(0, 5).join(', ')}${some.length > 5 ? ', …' : ''}`;
    throw new WrongInput({ file, found: `${found}${named}`, expected });
  }
  const danger = nameDanger(only.name);
  if (danger !== null) throw new WrongInput({ file: `${file}: ${only.name}`, found: danger, expected: 'a plain name' });
  return only;
}

const nameOf = ({ name }: Member): string => basename(name.replaceAll('\\', '/'));

/** A folder of its own: two files of one batch may hold tables of the same name. */
const placeFor = async (name: string, folder: string): Promise<string> =>
  join(await mkdtemp(join(folder, 'unpacked-')), name);

/** The name that a file had before it was packed (RFC 1952, 2.3), without folders; undefined where it is not kept. */
async function nameInGzip(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    const head = buffer.subarray(0, bytesRead);
    const flags = head[3] ?? 0;
    if (head.length < 12 || head[0] !== 0x1f || head[1] !== 0x8b || (flags & 0x08) === 0) return undefined;
    const from = (flags & 0x04) === 0 ? 10 : 12 + head.readUInt16LE(10);
    const name = head.subarray(from, head.indexOf(0, from)).toString('latin1');
    return nameDanger(name) === null ? basename(name) : undefined;
  } finally {
    await file.close();
  }
}
