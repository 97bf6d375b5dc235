import { readStatus } from '../../pipeline/status/status.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/** Everything that answers "is everything well?": stages, endpoints, alarms, the last verdict, overrides. */
export const showStatus = reads('runs.status', async ({ project, environment }) =>
  answer('status', await readStatus(project.file, environment, new Date())),
);
