import { findAlarms } from '../../pipeline/project-alarms.js';
import { reads } from '../operation.js';

/** Every alarm of the environment: the project's, and those of others in the account. */
export const listAlarms = reads('alarms.list', ({ project, environment, signal }) =>
  findAlarms(project.file, environment, { signal }),
);
