import assert from 'node:assert/strict';
import { band, usualRange } from '../../src/models/estimation/chunks.js';
import { estimateBinary, estimateClasses, fitBinary, fitClasses, type Estimates } from '../../src/models/estimation/cbpe.js';
import { estimateLosses, fitLosses } from '../../src/models/estimation/dle.js';
import { fitIsotonic } from '../../src/models/estimation/isotonic.js';
import { realisedBinary, realisedClasses, realisedLosses } from '../../src/models/estimation/realised.js';
import { encoded } from './encode-as-nannyml.js';
import { chunksOf, example, type Answer } from './nannyml-examples.js';
