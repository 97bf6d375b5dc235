import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluationSchema, type Evaluation } from '../../src/documents/evaluation.js';
import { activeOverrides, overridesSchema, type Override } from '../../src/documents/ledger.js';
import { monitoringResultsSchema, type MonitoringResults } from '../../src/documents/monitoring.js';
import type { Block } from '../../src/report/blocks/blocks.js';
import type { GateView } from '../../src/report/blocks/gates-block.js';
import type { ReportContext } from '../../src/report/report-context.js';
import { commandIds, type ReportView } from '../../src/report/view.js';

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

/** The first section of that kind, or of that name. */
export function section<Type extends Block['type']>(
  blocks: readonly Block[],
  type: Type,
  id?: string,
): Extract<Block, { type: Type }> {
  const found = blocks.find(
    (block): block is Extract<Block, { type: Type }> => block.type === type && (id === undefined || block.id === id),
  );
  assert.ok(found, `no ${type} ${id ?? ''}`);
  return found;
}

export const blocksOf = ({ sections }: ReportView): Block[] => sections.map(({ block }) => block);

export function gatesOf(view: ReportView): GateView[] {
  return section(blocksOf(view), 'gates').gates;
}
