import type { TrainingHooks } from '../models/progress.js';
import { runTrial, type TrialOutcome, type TrialRequest } from './search/trial.js';
import { fitCandidate, type FitRequest, type FittedCandidate } from './candidates/candidate.js';

/** What a worker can be asked to do. Columns lie in shared memory: handing them over copies nothing. */
export type Task = ({ kind: 'fit-candidate' } & FitRequest) | ({ kind: 'trial' } & TrialRequest);

export type Outcome<Asked extends Task> = Asked extends { kind: 'trial' } ? TrialOutcome : FittedCandidate;

/** Does what a task asks for, in whichever thread this is called. */
export function perform<Asked extends Task>(asked: Asked, hooks: TrainingHooks): Promise<Outcome<Asked>> {
  const outcome: Promise<TrialOutcome | FittedCandidate> =
    asked.kind === 'trial' ? runTrial(asked, hooks) : fitCandidate(asked, hooks);
  return outcome as Promise<Outcome<Asked>>;
}

/** For people: what a worker is at. */
export function nameOf(asked: Task): string {
  return asked.kind === 'trial'
    ? `trial ${asked.id} of "${asked.candidate.name}"`
    : `candidate "${asked.candidate.name}"`;
}
