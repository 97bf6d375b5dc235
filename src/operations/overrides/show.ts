import { readOverrides } from '../../pipeline/overrides.js';
import { reads } from '../operation.js';

/** The environment's overrides and waivers as they are stored, ended ones included. */
export const showOverrides = reads('overrides.show', ({ environment }) => readOverrides(environment));

/** Both change one document by comparing it, and are often meant for the very run that holds the lease. */
export const besideRuns = 'a run that is under way has to be told too, and its document is changed by comparison';
