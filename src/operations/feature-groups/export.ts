import { exportGroup } from '../../pipeline/features/read-groups.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

export interface Export {
  name: string;
  /** `.csv` or `.parquet`, on this machine. */
  file: string;
}

/** The latest record of each id, without the deleted ones, in a file of this machine. */
export const exportFeatureGroup = reads(
  'feature-groups.export',
  async ({ environment, signal }, { name, file }: Export) => {
    const rows = await exportGroup(environment, name, file, signal);
    return answer('feature-group-export', { name, file, rows });
  },
);
