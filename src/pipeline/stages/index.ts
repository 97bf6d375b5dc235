import type { StageName } from '../../documents/run.js';
import type { Stage } from '../stage.js';
import { deploy } from './deploy.js';
import { features } from './features.js';
import { ingest } from './ingest.js';
import { monitor } from './monitor.js';
import { retrain } from './retrain.js';
import { train } from './train.js';

/** Every stage by its name. */
export const stages: Record<StageName, Stage> = { ingest, features, train, deploy, monitor, retrain };
