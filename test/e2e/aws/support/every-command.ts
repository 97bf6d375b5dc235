import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../../../package.json';
import { commandKinds, type CommandId } from '../../../../src/vscode/command-table.js';
import type { Item, Target } from '../../../../src/vscode/tree-item.js';
import { byRefresh } from '../../../../src/vscode/trees/view-ids.js';
import { inFolder } from '../../support/extension.js';

const line = (target: Target): Item => ({ id: 'line', label: 'line', icon: 'none', target });

/** What there is in the account, for commands to be called on. */
export interface Things {
  bucket: string;
  results: { key: string; size: number };
  execution: Extract<Target, { kind: 'execution' }>;
  alarm: string;
}

/**
 * With what each command is called, as a click or another extension would. A command that is missing here fails the
 * test: whoever adds one says what it is called with. `asks`: it then waits for an answer, and is left without one.
 */
export function calls({
  bucket,
  results,
  execution,
  alarm,
}: Things): Record<CommandId, { with?: unknown; asks?: 'in a box' | 'in a dialog' }> {
  const name = 'hdd-failure';
  const options = { with: { options: { force: true } } };
  const object = line({ kind: 'object', bucket, ...results });
  const folder = line({ kind: 'prefix', bucket, key: results.key.replace('monitoring_results.json', '') });
  const model = line({ kind: 'model', group: name, version: 'v1', status: 'Approved' });
  return {
    'mlops.run': options,
    'mlops.ingest': options,
    'mlops.features': options,
    'mlops.train': options,
    'mlops.deploy': options,
    'mlops.monitor': options,
    'mlops.retrain': options,
    'mlops.cancelRun': {},
    'mlops.openWalkthrough': {},
    'mlops.init': { with: { template: 'house-prices', folder: inFolder('another'), scenario: '' } },
    'mlops.switchProject': { asks: 'in a box' },
    'mlops.switchEnvironment': { asks: 'in a box' },
    'mlops.openReport': {},
    'mlops.openAsReport': { with: folder },
    'mlops.exportReport': { with: folder, asks: 'in a box' },
    'mlops.openObject': { with: object },
    'mlops.previewObject': { with: object },
    'mlops.openProjectFile': {},
    'mlops.openCause': {},
    'mlops.uploadFiles': { with: folder },
    'mlops.downloadObject': { with: object, asks: 'in a box' },
    'mlops.deleteObject': { with: object },
    'mlops.copyAddress': { with: object },
    'mlops.setOverride': { with: { name: 'forceRetrain', reason: 'new disks', expiresAt: null } },
    'mlops.clearOverride': { with: 'forceRetrain' },
    'mlops.applySettings': {},
    'mlops.resetSettings': {},
    'mlops.waiveGate': { with: { gate: 'recall', owner: 'ops', until: '2100-01-01', reason: 'late labels' } },
    'mlops.endWaiver': { with: { gate: 'recall', reason: 'the labels came' } },
    'mlops.evaluateGates': {},
    'mlops.backtestGates': { with: { since: '2020-01-01', settings: [] } },
    'mlops.showHistory': {},
    'mlops.startRelease': { with: { version: 'v1', reason: 'asked for' } },
    'mlops.stopRelease': { with: { reason: 'asked for' } },
    'mlops.rollBack': { with: { version: 'v1', reason: 'asked for' } },
    'mlops.showRelease': {},
    'mlops.admitRelease': {},
    'mlops.openRuns': {},
    'mlops.showTrend': {},
    'mlops.openDashboard': {},
    'mlops.approveModel': { with: model },
    'mlops.rejectModel': { with: model },
    'mlops.registerModel': {},
    'mlops.startEndpoint': { with: { name } },
    'mlops.stopEndpoint': { with: { name } },
    'mlops.deleteEndpoint': { with: { name } },
    'mlops.scaleEndpoint': { with: { name, instances: 2 } },
    'mlops.adoptEndpoint': { with: { name } },
    'mlops.invokeEndpoint': { with: { name, body: '{"features": []}' } },
    'mlops.showEndpointLog': { with: { name } },
    'mlops.replayEndpoint': { with: { name, version: 'v1' } },
    'mlops.showAlarm': { with: line({ kind: 'alarm', name: alarm }) },
    'mlops.watchProject': {},
    'mlops.stopWatching': {},
    'mlops.queryFeatureGroup': { with: { name: `${name}-test`, sql: 'SELECT count(*) AS n FROM records' } },
    'mlops.scoreFile': { asks: 'in a box' },
    'mlops.judgeFile': {},
    'mlops.addLabels': {},
    'mlops.acceptBatch': {},
    'mlops.registerPipeline': { with: { confirmed: true } },
    'mlops.startPipeline': { with: { parameters: {} } },
    'mlops.showPipelineDefinition': {},
    'mlops.showExecution': { with: line(execution) },
    'mlops.apply': {},
    'mlops.cleanup': {},
    'mlops.turnOnWriting': { asks: 'in a dialog' },
    'mlops.turnOffWriting': {},
    'mlops.allowCommands': {},
    'mlops.signIn': {},
    'mlops.addBucket': { asks: 'in a box' },
    'mlops.removeBucket': { with: folder },
    'mlops.searchKeys': { with: folder, asks: 'in a box' },
    'mlops.clearSearch': { with: folder },
    'mlops.refreshNode': { with: folder },
    'mlops.loadMore': { with: folder },
    'mlops.refresh': {},
    ...byRefresh(() => ({})),
    'mlops.showLog': {},
  };
}

/** What VS Code itself knows: the manifest's commands and whatever else is registered under our name. */
export async function everyCommand(): Promise<CommandId[]> {
  // VS Code makes a few of each view: focus, open, resetViewLocation, …
  const views = manifest.contributes.views.mlops.map(({ id }) => `${id}.`);
  const registered = (await vscode.commands.getCommands(true)).filter(
    (id) => id.startsWith('mlops.') && !views.some((view) => id.startsWith(view)),
  );
  const contributed = manifest.contributes.commands.map(({ command }) => command);
  const all = [...new Set([...registered, ...contributed])].sort();
  const unclassified = all.filter((id) => !(id in commandKinds));
  assert.deepEqual(unclassified, [], 'commands that the table does not classify');
  return all as CommandId[];
}
