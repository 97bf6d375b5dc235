import { DamagedFile } from '../../common/errors.js';
import { keys } from '../../documents/keys.js';
import { trialRecordSchema, type SearchResults, type Trial } from '../../documents/search-results.js';
import { collect } from '../../platform/ports/pages.js';
import type { StageContext } from '../stage.js';
import { readDocument, writeDocument } from '../store.js';

/** What remembers a search's trials. */
export interface TrialStore {
  /** The trials that are known for a fingerprint; what is left of other searches goes. */
  read(fingerprint: string): Promise<Trial[]>;
  keep(fingerprint: string, trial: Trial): Promise<void>;
  /** Brings the leaderboard up to date: not more than a few times a second, and always at the `end`. */
  show(board: SearchResults, end?: boolean): Promise<void>;
}

const showEveryMs = 300;

/** Trials as documents of the environment's bucket, each written as a whole or not at all. */
export function bucketTrials({ environment, writers, report }: StageContext, candidate: string): TrialStore {
  const prefix = keys.searchTrials(candidate);
  let shown = -Infinity;
  return {
    async read(fingerprint) {
      const known: Trial[] = [];
      const all = (await collect((page) => environment.objects.list(prefix, page))).map(({ key }) => key);
      for (const key of all) {
        const record = await readDocument(environment.objects, key, trialRecordSchema).catch((error: unknown) => {
          if (!(error instanceof DamagedFile)) throw error;
          report.message('warning', `${error.file}: ${error.found}; it is left out, and its trial runs again`);
          return undefined;
        });
        if (record?.fingerprint === fingerprint) known.push(record.trial);
        else await writers.objects.remove(key);
      }
      return known;
    },
    keep: (fingerprint, trial) =>
      writeDocument(writers.objects, `${prefix}${trial.id}-${trial.rung ?? 1}.json`, {
        kind: 'search-trial',
        schemaVersion: 1,
        fingerprint,
        trial,
      }),
    async show(board, end = false) {
      const now = performance.now();
      if (!end && now - shown < showEveryMs) return;
      shown = now;
      await writeDocument(writers.objects, keys.searchResults(candidate), board);
    },
  };
}

/** Trials of a search that ends with its process. */
export function forgetfulTrials(): TrialStore {
  const nothing = () => Promise.resolve();
  return { read: () => Promise.resolve([]), keep: nothing, show: nothing };
}
