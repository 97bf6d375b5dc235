import * as z from 'zod';
import { keys } from '../documents/keys.js';

/**
 * What lies in a source's curated folder and where it came from. Readers take the files it names, never whatever lies
 * in the folder; by it the next run knows what is there already.
 */
export const curatedManifestSchema = z.object({
  kind: z.literal('curated-manifest'),
  schemaVersion: z.literal(1),
  source: z.string(),
  /** Files as they came, by name: `identity` is known without fetching them, `sha256` is of their bytes. */
  raw: z.record(z.string(), z.object({ uri: z.string(), identity: z.string(), sha256: z.string(), size: z.number() })),
  /** By day, or one entry `table`. */
  parts: z.record(
    z.string(),
    z.object({
      key: z.string(),
      /** SHA-256 over what it was made from: the member's bytes or the raw files, the types, the SQL. */
      made: z.string(),
      from: z.string(),
      rows: z.number(),
      size: z.number(),
      sha256: z.string(),
    }),
  ),
});
export type CuratedManifest = z.infer<typeof curatedManifestSchema>;
export type CuratedPart = CuratedManifest['parts'][string];

export const curatedManifestKey = (source: string, format: 'zip-of-csv' | 'table'): string =>
  `${format === 'zip-of-csv' ? keys.curated(source) : keys.curatedTableFolder(source)}_manifest.json`;

export const emptyManifest = (source: string): CuratedManifest => ({
  kind: 'curated-manifest',
  schemaVersion: 1,
  source,
  raw: {},
  parts: {},
});

/** A manifest's text as read; undefined when it is none, so that everything is made again. */
export function parseManifest(text: string): CuratedManifest | undefined {
  try {
    return curatedManifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
