import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluationSchema, type Evaluation } from '../../src/documents/evaluation.js';
import { activeOverrides, overridesSchema, type Override } from '../../src/documents/ledger.js';
import { monitoringResultsSchema, type MonitoringResults } from '../../src/documents/monitoring.js';
import type { ReportContext } from '../../src/report/monitoring/report-source.js';
import { commandIds } from '../../src/report/view.js';

const folder = join(import.meta.dirname, '../fixtures/documents');

export const now = new Date('2026-11-21T10:00:00Z');
/** Nothing overridden, a host that can do everything. */
export const plain: ReportContext = { overrides: [], now, commands: commandIds };

export function text(name: string): string {
  return readFileSync(join(folder, `${name}.json`), 'utf8');
}

export function results(name: 'fail' | 'pass' | 'inconclusive' | 'regression'): MonitoringResults {
  return monitoringResultsSchema.parse(JSON.parse(text(`monitoring-${name}`)));
}

export function evaluation(): Evaluation {
  return evaluationSchema.parse(JSON.parse(text('evaluation')));
}

/** The overrides of the fixture that count at `now`; one of the two has expired. */
export function overrides(): Override[] {
  return activeOverrides(overridesSchema.parse(JSON.parse(text('overrides'))), now);
}
