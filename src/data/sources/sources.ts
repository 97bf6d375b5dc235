import { lookup } from 'node:dns/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { BrokenError, InputError } from '../../common/errors.js';
import type { Source } from '../../project/schema.js';
import { fetchOk, identityOfUrl } from './download.js';
import { filesOf, isGlob } from './glob.js';
import { sha256, sha256OfFile } from '../../common/hash.js';
import { isWithin, requireFile } from './regular-file.js';
import { isTable, tableEndings } from '../table-formats.js';
import { checkAddress, RefusedSource } from '../web/ask.js';

/** One file that a source is made of. `name` is what it is called in the bucket. */
export interface SourceFile {
  name: string;
  /** As people read it: relative to the project, or the URL. */
  uri: string;
  /**
   * `taken`: its identity, for a file that lies under `raw/` already and is no longer where it came from. `landed`: its key,
   * for one that was written there once and never changes.
   */
  at: { path: string } | { url: string } | { taken: string } | { landed: string };
}

/** One part of a path that leads nowhere else on any file system. */
const harmlessName = /^(?!\.)(?!.*\.\.)[^/\\:\p{Cc}]+$/u;

const isUrl = (text: string): boolean => /^https?:\/\//i.test(text);
const otherUrl = /^(?!https?:)[a-z][a-z0-9+.-]+:\/\//i;

/** A page of links is text that people read. */
const largestPage = 10e6;

/**
 * The files of a source, sorted by name: from paths, globs, folders or URLs (`given` replaces those of the project
 * file; relative ones start at the project's folder). Where nothing is there: the files that were `taken` in before,
 * so that nobody has to keep them twice; or the links of the source's release page. None at all: InputError, or an
 * empty list for an optional source.
 */
export async function filesOfSource(
  folder: string,
  name: string,
  source: Source,
  { given, taken, signal }: { given?: string[]; taken: SourceFile[]; signal?: AbortSignal },
): Promise<SourceFile[]> {
  const asked = given ?? [source.files];
  const wanted = (path: string) => (source.format === 'zip-of-csv' ? /\.zip$/i.test(path) : isTable(path));
  const files: SourceFile[] = [];
  for (const entry of asked) {
    if (isUrl(entry)) {
      files.push(fileOfUrl(entry));
      continue;
    }
    if (otherUrl.test(entry))
      throw new InputError(`source ${name}: found ${entry}, expected a path, or a URL of http or https`);
    const paths = await filesOf(entry, folder);
    const exact = paths.length === 1 && paths[0]!.endsWith(basename(entry));
    const within = given === undefined ? placeOf(entry, folder) : undefined;
    for (const path of paths) if (exact || wanted(path)) await requireFile(path, within);
    for (const path of paths.filter((path) => exact || wanted(path))) {
      files.push({ name: basename(path), uri: relative(folder, path).split(sep).join('/'), at: { path } });
    }
  }
  if (files.length === 0 && given === undefined) {
    if (taken.length > 0 && !taken.some(({ uri }) => isUrl(uri))) return taken;
    if (source.links) files.push(...(await linked(name, source.links, signal)));
  }
  if (files.length === 0 && !(source.optional && given === undefined)) {
    const kind = source.format === 'zip-of-csv' ? '.zip files' : `${tableEndings} files (.gz too)`;
    throw new InputError(`source ${name}: found no file for ${asked.join(', ')} (from ${folder}), expected ${kind}`);
  }
  return distinct(name, files);
}

/** Where the files of a project's own source must lie: in the project, or in the folder outside that it names. */
function placeOf(entry: string, folder: string): string {
  const whole = resolve(folder, entry);
  if (isWithin(whole, folder)) return folder;
  const segments = whole.split(sep);
  const pattern = segments.findIndex(isGlob);
  return pattern < 0 ? dirname(whole) : segments.slice(0, pattern).join(sep) || sep;
}

/** The last part of the URL's path, as text; undefined when its % escapes are none. Nothing says yet that it is harmless. */
function lastPartOf(url: string): string | undefined {
  try {
    return decodeURIComponent(basename(new URL(url).pathname)) || 'download';
  } catch {
    return undefined;
  }
}

/** @throws InputError when the URL's last part is no name that a file may have here, such as `..%2Fdata.csv` */
function fileOfUrl(url: string): SourceFile {
  const name = lastPartOf(url);
  if (name === undefined)
    throw new InputError(`${url}: found a broken % escape in its last part, expected a file name`);
  if (!harmlessName.test(name)) {
    const found = JSON.stringify(name);
    throw new InputError(
      `${url}: found the file name ${found}, expected one without "/", "\\", ":", ".." or a dot first`,
    );
  }
  return { name, uri: url, at: { url } };
}

/** Links of a page whose file name matches the pattern as a whole. */
async function linked(
  name: string,
  links: { page: string; match: string },
  signal?: AbortSignal,
): Promise<SourceFile[]> {
  const page = await textOfPage(links.page, signal);
  const pattern = new RegExp(`^(?:${links.match})$`);
  const urls = [...page.matchAll(/\b(?:href|data-url)\s*=\s*["']([^"']+)["']/gi)]
    .map(([, link]) => link!.replaceAll('&amp;', '&'))
    .filter((link) => URL.canParse(link, links.page))
    .map((link) => new URL(link, links.page).href);
  const files = [...new Set(urls)]
    .filter(isUrl)
    .filter((url) => pattern.test(lastPartOf(url) ?? ''))
    .map(fileOfUrl);
  if (files.length === 0) {
    throw new BrokenError(`source ${name}: found no link on ${links.page} that matches ${links.match}`);
  }
  for (const { uri } of files) await checkLink(uri, links.page);
  return files;
}

async function textOfPage(url: string, signal?: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (await fetchOk(url, { signal })).body ?? []) {
    size += chunk.length;
    if (size > largestPage) throw new RefusedSource(`${url}: found more than 10 MB, expected a page of links`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A page leads where its own host is or to everybody's, as a redirect does. */
async function checkLink(link: string, page: string): Promise<void> {
  const [to, from] = [new URL(link), new URL(page)];
  if (from.protocol === 'https:' && to.protocol !== 'https:')
    throw new RefusedSource(`${page}: found a link to ${link}, expected one to https`);
  if (to.hostname === from.hostname) return;
  const found = await lookup(to.hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  for (const { address } of found) checkAddress(to, address, false);
}

function distinct(source: string, files: SourceFile[]): SourceFile[] {
  const byName = new Map<string, SourceFile>();
  for (const file of files) {
    const other = byName.get(file.name);
    if (other && other.uri !== file.uri) {
      throw new InputError(
        `source ${source}: found two files named ${file.name} (${other.uri}, ${file.uri}), expected one`,
      );
    }
    byName.set(file.name, file);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a file's content is known by without keeping it: SHA-256 of its bytes, or of what the server says about them. */
export async function identityOf({ at }: SourceFile, signal?: AbortSignal): Promise<string> {
  if ('taken' in at) return at.taken;
  if ('landed' in at) return sha256(at.landed);
  return 'path' in at ? sha256OfFile(at.path, { signal }) : identityOfUrl(at.url, signal);
}
