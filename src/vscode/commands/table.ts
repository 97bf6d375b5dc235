/**
 * Every command, in one place. `read` looks, `local` changes only this window or this machine's files outside an
 * environment, `write` changes the project's environment (a run, an override, a model's status): the guard comes first.
 * A unit test holds package.json and what is registered against this table.
 */
export const commandKinds = {
  'mlops.run': 'write',
  'mlops.ingest': 'write',
  'mlops.features': 'write',
  'mlops.train': 'write',
  'mlops.deploy': 'write',
  'mlops.monitor': 'write',
  'mlops.retrain': 'write',
  'mlops.cancelRun': 'local',
  'mlops.init': 'local',
  'mlops.switchProject': 'local',
  'mlops.switchEnvironment': 'local',
  'mlops.openReport': 'read',
  'mlops.openResults': 'read',
  'mlops.exportReport': 'read',
  'mlops.openObject': 'read',
  'mlops.openProjectFile': 'read',
  'mlops.copyKey': 'read',
  'mlops.setOverride': 'write',
  'mlops.clearOverride': 'write',
  'mlops.applySettings': 'write',
  'mlops.resetSettings': 'local',
  'mlops.approveModel': 'write',
  'mlops.rejectModel': 'write',
  'mlops.startEndpoint': 'write',
  'mlops.stopEndpoint': 'write',
  'mlops.invokeEndpoint': 'read',
  'mlops.showEndpointLog': 'read',
  'mlops.showAlarmHistory': 'read',
  'mlops.registerPipeline': 'write',
  'mlops.startPipeline': 'write',
  'mlops.showExecution': 'read',
  'mlops.apply': 'write',
  'mlops.cleanup': 'write',
  'mlops.turnOnWriting': 'local',
  'mlops.turnOffWriting': 'local',
  'mlops.signIn': 'local',
  'mlops.addBucket': 'local',
  'mlops.filterKeys': 'local',
  'mlops.clearFilter': 'local',
  'mlops.loadMore': 'read',
  'mlops.refresh': 'read',
  'mlops.refreshPipeline': 'read',
  'mlops.refreshEndpoints': 'read',
  'mlops.refreshAlarms': 'read',
  'mlops.refreshFeatureGroups': 'read',
  'mlops.refreshBuckets': 'read',
  'mlops.refreshModels': 'read',
  'mlops.showLog': 'read',
} as const satisfies Record<string, 'read' | 'local' | 'write'>;

export type CommandId = keyof typeof commandKinds;
export type CommandKind = (typeof commandKinds)[CommandId];

export const commandIds = Object.keys(commandKinds) as CommandId[];
