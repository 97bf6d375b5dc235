import { readLoop } from '../../pipeline/looping/state.js';
import { decideNow } from '../../pipeline/looping/tick.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/**
 * What the loop did last, and what it would decide now of the results that are stored: nothing is taken in, judged or
 * written for it. `on` is false where the project asks for no loop; the decision is then what one with usual settings would do.
 */
export const showLoop = reads('watching.loop', async ({ project, environment, signal }) => {
  const state = await readLoop(environment);
  const { majors, ...decision } = await decideNow({ project, environment, signal, now: new Date() }, state);
  const { lookedAt, retraining, fruitless } = state;
  return answer('loop-status', {
    ...{ on: project.file.loop !== undefined, environment: environment.name },
    ...{ lookedAt, decision, majors, retraining, fruitless },
  });
});
