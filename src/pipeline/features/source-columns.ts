import { dirname } from 'node:path';
import { withSession } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { ProjectFile } from '../../project/schema.js';
import { contentOf, readManifest } from '../ingest/manifest.js';
import { createView } from './views.js';

export interface SourceColumns {
  tables: Record<string, { name: string; type: string }[]>;
}

/**
 * Asks again and again for the columns of the sources' tables: those of an ingested source are read from the ends of its
 * files once, and anew when it is ingested again; a source without a table has none.
 */
export function makeSourceColumns() {
  const known = new Map<string, { content: string; columns: { name: string; type: string }[] }>();
  return async ({ objects }: Pick<Environment, 'objects'>, { sources }: Pick<ProjectFile, 'sources'>) => {
    const tables: SourceColumns['tables'] = {};
    for (const [name, source] of Object.entries(sources)) {
      const manifest = await readManifest(objects, name, source);
      const content = `${contentOf(manifest)} ${JSON.stringify([source.types, source.ready])}`;
      const parts = Object.values(manifest.parts);
      if (parts.length === 0 && !source.optional) continue;
      const kept = known.get(name);
      if (kept?.content === content) {
        tables[name] = kept.columns;
        continue;
      }
      const files = await Promise.all(parts.map(({ key }) => objects.file(key)));
      const folders = [...new Set(files.map((file) => dirname(file)))];
      if (folders.length === 0) continue;
      const columns = await withSession({ folders }, async (session) => {
        await createView(session, { name, source, content, manifest }, files);
        return session.describe(`SELECT * FROM ${identifier(name)}`);
      });
      known.set(name, { content, columns });
      tables[name] = columns;
    }
    return tables;
  };
}
