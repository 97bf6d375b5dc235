import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { mlops } from './cli.js';
import { sharedData } from './shared-data.js';
import { temporaryFolder } from './temporary.js';
import { writeZip } from './zips.js';

export interface MadeProject {
  folder: string;
  /** Ends its endpoint and removes the folder. */
  remove(): Promise<void>;
}

/** A project from a template in a folder of its own, made by the command itself. */
export async function madeProject(template: string, ...flags: string[]): Promise<MadeProject> {
  const place = temporaryFolder();
  const folder = join(place.path, template);
  const made = await mlops(['init', template, folder, ...flags]);
  assert.equal(made.code, 0, made.stderr);
  return {
    folder,
    async remove() {
      await mlops(['endpoint', 'delete', template, '--project', folder]);
      place.remove();
    },
  };
}

/** `--source` flags for the 25 real days, zipped as the publisher does. */
export function realDays(into: string): string[] {
  const days = sharedData('backblaze/daily_2013');
  const members = readdirSync(days).map((name) => [
    `2013/${name.replace('.gz', '')}`,
    gunzipSync(readFileSync(join(days, name))),
  ]);
  const zip = join(into, 'data_Q2_2013.zip');
  writeZip(zip, Object.fromEntries(members) as Record<string, Uint8Array>);
  return ['--source', `backblaze=${zip}`, '--source', `reviews=${sharedData('backblaze/review_sentiment.csv')}`];
}

/** The newest document `name` below a prefix of the project's bucket. */
export function newestDocument<Document>(folder: string, bucket: string, prefix: string, name: string): Document {
  const root = join(folder, '.mlops', 'buckets', bucket, prefix);
  const newest = readdirSync(root).sort().at(-1);
  assert.ok(newest, `something lies in ${prefix}`);
  return JSON.parse(readFileSync(join(root, newest, name), 'utf8')) as Document;
}
