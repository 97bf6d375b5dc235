import { admit } from '../../pipeline/releasing/admit.js';
import { reads } from '../operation.js';

/** The admission gate as it answers now: each check with its figure, its limit and what it is made of. Changes nothing. */
export const showAdmission = reads('releases.admit', ({ project, environment, signal }) =>
  admit({ project, environment }, new Date(), { signal }),
);
