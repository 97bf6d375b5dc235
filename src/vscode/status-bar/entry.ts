import type { CommandId } from '../command-table.js';

/** One entry of the status bar. */
export interface Entry {
  id: 'environment' | 'verdict' | 'override' | 'settings' | 'watch' | 'write';
  text: string;
  tooltip: string;
  click: CommandId;
  /** The sanctioned special case: something unusual is on. */
  warning?: boolean;
}
