import { untilAborted } from '../common/until-aborted.js';
import type { Destruction } from '../platform/permissions/guard.js';
import type { Environment, Writers } from '../platform/ports/environment.js';
import { holdingLease } from '../pipeline/holding-lease.js';
import type { Project } from '../project/schema.js';

/** What ends something that is asked for, and how the one who asks is told how it goes. */
export interface Asked {
  signal: AbortSignal;
  /** One line at a time: for whom is waited, what is done now. */
  progress: (text: string) => void;
  /** What has to be seen beside the answer, such as what was left out of it. */
  warn: (text: string) => void;
}

/** Where something is asked for: a project in one of its environments. */
export interface At extends Asked {
  project: Project;
  environment: Environment;
}

/** The same for what changes something, with the means to do it: the guard has allowed it, and the lease is held. */
export interface ChangingAt extends At {
  writers: Writers;
}

/** Something that can be looked at. */
export interface Reading<Input, Document> {
  /** Noun and verb: `models.list`. */
  id: string;
  kind: 'read';
  /** @throws the signal's reason, as soon as it is aborted */
  run: (at: At, input: Input) => Promise<Document>;
}

/** Something that can be done. */
export interface Change<Input, Document> {
  id: string;
  kind: 'change';
  /** For the guard's refusal and for others who wait meanwhile: `approve v3`. */
  purpose: (input: Input) => string;
  /** Why no lease is taken, where none is: everything else waits until no run is under way. */
  withoutLease: string | undefined;
  /** What cannot be undone, or what callers notice: a door has its name confirmed before it asks for the change. */
  destroys: ((input: Input, project: Project) => Destruction) | undefined;
  /**
   * Asks the guard, takes the lease, and gives it back however the work ended.
   * @throws RefusedError in a read-only environment, before anything is looked at; the signal's reason when it is aborted
   */
  run: (at: At, input: Input) => Promise<Document>;
}

/** Something that works on files of this machine alone: no environment is asked, and no run is in its way. */
export interface OnFiles<Input, Document> {
  id: string;
  /** `make-files` leaves files behind, or changes what its user allowed. */
  kind: 'read-files' | 'make-files';
  /** @throws the signal's reason, as soon as it is aborted */
  run: (at: Asked, input: Input) => Promise<Document>;
}

export type Operation<Input = never, Document = unknown> = Reading<Input, Document> | Change<Input, Document>;

/** All that a person can do. */
export type AnyOperation = Operation | OnFiles<never, unknown>;

/** Makes an operation that changes nothing. It ends on its signal, whether or not what it waits for listens to that. */
export function reads<Document, Input = void>(
  id: string,
  work: (at: At, input: Input) => Promise<Document>,
): Reading<Input, Document> {
  return { id, kind: 'read', run: (at, input) => untilAborted(at.signal, () => work(at, input)) };
}

const onFiles =
  (kind: OnFiles<never, never>['kind']) =>
  <Input, Document>(id: string, work: (at: Asked, input: Input) => Promise<Document>): OnFiles<Input, Document> => ({
    ...{ id, kind },
    run: (at, input) => untilAborted(at.signal, () => work(at, input)),
  });

/** Makes an operation that looks at files alone. */
export const readsFiles = onFiles('read-files');

/** Makes an operation that leaves files of this machine behind; each is written at once or not at all. */
export const makesFiles = onFiles('make-files');

type ChangeWords<Input> = Pick<Change<Input, unknown>, 'purpose'> &
  Partial<Pick<Change<Input, unknown>, 'destroys' | 'withoutLease'>> & {
    /** Looks whether it can be done at all, before others are kept waiting. */
    check?: (at: At, input: Input) => Promise<void> | void;
  };

/**
 * Makes an operation that changes something. Its work is given the signal and is waited for: half a change that goes on
 * behind the back of the one who asked would be worse than one that ends a moment late.
 */
export function changes<Document, Input = void>(
  id: string,
  { purpose, destroys, withoutLease, check }: ChangeWords<Input>,
  work: (at: ChangingAt, input: Input) => Promise<Document>,
): Change<Input, Document> {
  return {
    ...{ id, kind: 'change', purpose, destroys, withoutLease },
    async run(at, input) {
      const { environment, signal, progress } = at;
      signal.throwIfAborted();
      const what = purpose(input);
      const writers = environment.writers(what);
      await untilAborted(signal, async () => check?.(at, input));
      const change = () => work({ ...at, writers }, input);
      if (withoutLease !== undefined) return change();
      return holdingLease(writers, what, { signal, onWait: progress }, change);
    },
  };
}
