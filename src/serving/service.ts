import type { OddValues } from '../models/bundle/odd-values.js';
import type { Access } from './access.js';
import type { OpenedApi } from './api/api-service.js';
import type { Answerer } from './answering/answerer.js';
import type { Exchange } from './capture-line.js';
import type { Invocation } from './metrics/meter.js';
import type { LiveFigures } from './metrics/prometheus.js';
import type { Serving } from './traffic.js';

/** What the routes need of the process around them. */
export interface Service {
  /** Undefined in a container: it answers under whatever name the platform in front of it gives it. */
  endpoint: string | undefined;
  /** Told by `/ping`, so that a process is not taken for another that got its number or port. */
  nonce: string;
  serving(): Serving;
  /** What the project has it answer besides; undefined where it says nothing of that. */
  api?(): OpenedApi | undefined;
  access: Access;
  answerer: Pick<Answerer, 'answer'>;
  figures: LiveFigures;
  now(): Date;
  counted(seen: Invocation): void;
  /** Counts the values of an answered request that training never had, or that were missing. */
  odd(variant: string, at: Date, values: OddValues): void;
  /** How far an answered record lies from what the model learned from. Absent: nobody asks. */
  drifted?(variant: string, at: Date, score: number): void;
  answered(exchange: Exchange): void;
  /** How a shadow variant's answer stood to the one that was sent. Absent: nobody asks. */
  compared?(variant: string, at: Date, different: boolean): void;
  /** Absent where a platform steers the process: there are no such routes then. */
  steering?: Steering;
  log(text: string): void;
}

/** How the project's own tools steer an endpoint process. */
export interface Steering {
  /** Takes over the configuration that is wanted. @throws with the reason why it cannot be served */
  reload(): Promise<void>;
  /** Writes out capture and metrics. */
  flush(): Promise<void>;
  stop(): void;
}
