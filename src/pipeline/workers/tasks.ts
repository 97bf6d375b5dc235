import type { TrainingHooks } from '../../models/progress.js';
import { fitCandidate, type FitRequest, type FittedCandidate } from '../training/candidate.js';

/** What a worker can be asked to do. Columns lie in shared memory: handing them over copies nothing. */
export type Task = { task: 'fit-candidate' } & FitRequest;

export type Outcome<Asked extends Task> = Asked extends Task ? FittedCandidate : never;

/** Does what a task asks for, in whichever thread this is called. */
export function perform<Asked extends Task>(asked: Asked, hooks: TrainingHooks): Promise<Outcome<Asked>> {
  return fitCandidate(asked, hooks) as Promise<Outcome<Asked>>;
}

/** For people: what a worker is at. */
export function nameOf(asked: Task): string {
  return `candidate "${asked.candidate.name}"`;
}
