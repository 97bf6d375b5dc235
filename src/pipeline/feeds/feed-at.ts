import type { Environment, Writers } from '../../platform/ports/environment.js';
import type { Feed } from '../../project/live/feed-schema.js';
import type { Source } from '../../project/parts/source-schema.js';

/** Where a feed's answers are kept. */
export interface FeedAt {
  environment: Pick<Environment, 'objects'>;
  writers: Pick<Writers, 'objects'>;
  signal: AbortSignal;
}

/** A source that has a feed. */
export interface FedSource {
  name: string;
  source: Source & { feed: Feed };
  /** Columns (names or `*` patterns) of which no value is told. */
  hidden: readonly string[];
}
