import type { Tool } from '../tool.js';
import { decideTool, runStagesTool } from './actions.js';
import { alarmsTool, endpointsTool } from './places.js';
import { compareTool, historyTool, modelsTool, releaseTool, runTool, runsTool, statusTool } from './runs.js';
import { queryTool, tableTool, tablesTool } from './tables.js';
import { driftTool, figureTool, rowsTool, trendTool, verdictTool } from './verdicts.js';

/** Everything that an assistant may ask for. What allows commands, opens writing or destroys is not among it. */
export const tools: readonly Tool[] = [
  ...[statusTool, verdictTool, rowsTool, driftTool, trendTool, figureTool],
  ...[runsTool, runTool, compareTool, historyTool, modelsTool, releaseTool],
  ...[tablesTool, tableTool, queryTool],
  ...[endpointsTool, alarmsTool],
  ...[runStagesTool, decideTool],
];
