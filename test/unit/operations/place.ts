import { RefusedError } from '../../../src/common/errors.js';
import type { At } from '../../../src/operations/operation.js';
import type { Environment } from '../../../src/platform/ports/environment.js';

/** What was asked of a place, in order: `endpoints.stop`. */
export type Asked = string[];

const never = () => new Promise<never>(() => undefined);

/** A port, or anything below one, whose every method is noted down and answers by `answer`. */
function port(path: string, asked: Asked, answer: (method: string) => unknown): object {
  return new Proxy(() => undefined, {
    // `then` would make a promise of it.
    get: (_, name) =>
      typeof name === 'symbol' || name === 'then' ? undefined : port(`${path}.${name}`, asked, answer),
    apply: () => {
      asked.push(path);
      return answer(path);
    },
  });
}

interface Wishes {
  signal?: AbortSignal;
  /** What readers answer by `port.method`; without it none ever does. */
  answers?: Record<string, unknown>;
  readOnly?: boolean;
  /** A lease that somebody else holds for ever. */
  leaseIsTaken?: boolean;
  /** Whether what is written fails. */
  writingFails?: boolean;
}

/** An account in which everything that is asked is noted down. */
export function placeThatNotes({
  signal,
  answers,
  readOnly,
  leaseIsTaken,
  writingFails,
}: Wishes): At & { asked: Asked } {
  const asked: Asked = [];
  const read = (path: string) => (answers === undefined ? never() : Promise.resolve(answers[path]));
  const write = () => (writingFails ? Promise.reject(new Error('the disk is full')) : Promise.resolve([]));
  const noted = (answer: (path: string) => unknown) =>
    new Proxy({}, { get: (_, name) => port(String(name), asked, answer) });
  const lease = {
    acquire: async (_: string, options: { signal?: AbortSignal }) => {
      asked.push('lease.acquire');
      if (leaseIsTaken)
        await new Promise((_resolve, reject) =>
          options.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error)),
        );
      return { release: () => Promise.resolve(void asked.push('lease.release')) };
    },
  };
  const readers = noted(read) as Environment;
  const own = {
    name: 'prod',
    kind: 'aws',
    bucket: 'data',
    region: 'eu-west-1',
    account: undefined,
    writers(purpose: string) {
      if (readOnly) throw new RefusedError(`read-only: ${purpose}`);
      return new Proxy(
        { lease },
        { get: (held, name) => (Reflect.get(held, name) as unknown) ?? port(String(name), asked, write) },
      );
    },
  };
  const environment = new Proxy(own, {
    get: (held, name): unknown => (name in held ? Reflect.get(held, name) : Reflect.get(readers, name)),
  });
  const gates = [{ id: 'recall' }];
  const model = { candidates: [{ name: 'trees', search: {} }] };
  const file = {
    name: 'disks',
    sources: {},
    model,
    monitor: { gates },
    endpoint: { name: 'disks' },
    environments: {},
    alarms: [],
  };
  return {
    project: { folder: 'templates/hdd-failure', file } as unknown as At['project'],
    environment: environment as unknown as Environment,
    signal: signal ?? new AbortController().signal,
    progress: () => undefined,
    warn: () => undefined,
    asked,
  };
}
