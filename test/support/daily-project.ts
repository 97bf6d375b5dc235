import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, withSession } from '../../src/data/duckdb/session.js';
import { createView, curatedFiles, curatedSources, foldersOf } from '../../src/pipeline/features/views.js';
import { projectFile, type Workplace, workplace } from './stage-context.js';

export const header = 'date,serial,failure,smart_1_raw';
export const day = (date: string, ...rows: string[]) =>
  [header, ...(rows.length > 0 ? rows : [`${date},A,0,1`, `${date},B,1,2`])].join('\n') + '\n';

/** A project that takes in zips of daily files, a new one for each test of a suite. */
export function dailyProject() {
  let place: Workplace;
  beforeEach(() => {
    const drives = {
      files: 'data/*.zip',
      format: 'zip-of-csv',
      partition: 'date',
      types: { date: 'date', failure: 'integer', smart_9_raw: 'bigint', 'smart_*': 'bigint' },
    };
    place = workplace(projectFile({ sources: { drives }, model: modelOf('failure') }));
    mkdirSync(join(place.folder, 'data'));
  });
  afterEach(() => place.end());
  return {
    get place(): Workplace {
      return place;
    },
    data: (name: string) => join(place.folder, 'data', name),
    parquet: (date: string, zip: string): string => {
      const [year, month, dd] = date.split('-');
      return join(place.bucket, `curated/drives_parquet/year=${year}/month=${month}/day=${dd}/${zip}_${dd}.parquet`);
    },
    /** Rows of the source as features.sql sees them. */
    rows: async (sql = 'SELECT * FROM drives ORDER BY ALL'): Promise<Row[]> => {
      const [source] = await curatedSources(place.context);
      const files = await curatedFiles(place.context, source!);
      return withSession({ folders: foldersOf(files) }, async (session) => {
        await createView(session, source!, files);
        return session.rows(sql);
      });
    },
  };
}

export function modelOf(target: string) {
  return { task: 'binary', target, candidates: [{ name: 'a', family: 'lightgbm', columns: ['*'] }] };
}
