/**
 * The picture in docs/ARCHITECTURE.md as a lint rule: arrows run one way,
 *   wiring -> vscode | cli | mcp -> operations -> pipeline -> release, serving -> gates … data -> project -> documents
 * A rule names what a folder may NOT reach, so that a new folder is not silently allowed everywhere.
 */
const wiring = '^src/(extension|cli|engine|endpoint|worker|tables|checker)\\.ts$';
const pure = '^src/(documents|models|drift|gates|alarms|loop|report|export)/';
/** What every place to run shares: the ports, who may do what there, and what does not depend on where it lies. */
const shared = 'platform/(ports|permissions|shared)/';
const middle = ['gates', 'alarms', 'report', 'drift', 'models', 'data', 'export'];

/** Forbid imports from a folder to anything in src that is not in the list of allowed places. */
function only(name, from, allowed) {
  const self = from.startsWith('^') ? from : `^src/${from}/`;
  const places = ['common/', ...allowed].map((place) => `^src/${place}`);
  return {
    name: `${name}-reaches-down-only`,
    severity: 'error',
    from: { path: self, pathNot: wiring },
    to: { path: '^src/', pathNot: [self, ...places] },
  };
}

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan-modules', severity: 'error', from: { orphan: true, pathNot: [wiring, '\\.d\\.ts$'] }, to: {} },
    only('common', 'common', []),
    only('documents', 'documents', []),
    only('project', 'project', ['documents/']),
    only('gates', 'gates', ['documents/', 'project/']),
    only('alarms', 'alarms', ['documents/', 'project/']),
    only('loop', 'loop', ['documents/', 'project/']),
    only('report', 'report', ['documents/', 'project/', 'models/metrics/']),
    only('drift', 'drift', ['documents/', 'project/']),
    only('models', 'models', ['documents/', 'project/']),
    only('data', 'data', ['documents/', 'project/']),
    only('export', 'export', ['documents/', 'project/', 'alarms/']),
    only('ports', 'platform/ports', ['documents/', 'project/']),
    only('permissions', 'platform/permissions', ['documents/', 'project/']),
    only('shared', 'platform/shared', ['documents/', 'project/', 'platform/ports/']),
    only('local', 'platform/local', ['documents/', 'project/', 'data/', 'alarms/', shared]),
    only('aws', 'platform/aws', ['documents/', 'project/', 'alarms/', shared]),
    only('serving', 'serving', ['documents/', 'project/', 'platform/ports/', ...middle.map((m) => `${m}/`)]),
    only('release', 'release', ['documents/', 'project/', 'platform/ports/', ...middle.map((m) => `${m}/`)]),
    only('pipeline', 'pipeline', [
      'documents/',
      'project/',
      'platform/(ports|permissions)/',
      'serving/',
      'release/',
      'loop/',
      ...middle.map((m) => `${m}/`),
    ]),
    only('operations', 'operations', [
      'documents/',
      'project/',
      'platform/(ports|permissions)/',
      'pipeline/',
      'serving/',
      'release/',
      'loop/',
      ...middle.map((m) => `${m}/`),
    ]),
    only('mcp', 'mcp', ['documents/', 'project/', 'platform/(ports|permissions)/', 'pipeline/', 'operations/']),
    {
      name: 'only-wiring-opens-the-door-for-assistants',
      severity: 'error',
      from: { path: '^src/', pathNot: [wiring, '^src/mcp/'] },
      to: { path: '^src/mcp/' },
    },
    {
      name: 'cli-does-not-reach-the-editor',
      severity: 'error',
      from: { path: '^src/(?!vscode/|extension\\.ts)' },
      to: { path: '^src/vscode/' },
    },
    {
      name: 'the-editor-does-not-reach-the-cli',
      severity: 'error',
      from: { path: '^src/(?!cli/|cli\\.ts)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'only-wiring-chooses-adapters',
      comment: 'Whoever needs a place to run imports platform/ports/; only a wiring file opens an adapter.',
      severity: 'error',
      from: { path: '^src/', pathNot: [wiring, '^src/platform/'] },
      to: { path: '^src/platform/(local|aws)/' },
    },
    {
      name: 'only-the-editor-imports-vscode',
      severity: 'error',
      from: { pathNot: ['^src/vscode/', '^src/extension\\.ts$', '^test/'] },
      to: { path: '^vscode$' },
    },
    {
      name: 'only-aws-imports-the-sdk',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/platform/aws/' },
      to: { path: '@aws-sdk|@smithy' },
    },
    {
      name: 'only-data-imports-duckdb',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/data/' },
      to: { path: '@duckdb' },
    },
    {
      name: 'the-editor-never-loads-duckdb',
      severity: 'error',
      from: { path: '^src/(extension\\.ts|vscode/)' },
      to: { path: '@duckdb', reachable: true },
    },
    {
      name: 'one-module-imports-the-toolkit',
      comment: 'The webview toolkit is archived; replacing it must mean changing one file.',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^webview/toolkit\\.ts$' },
      to: { path: '@vscode/webview-ui-toolkit' },
    },
    {
      name: 'pure-folders-do-no-io',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pages-know-only-the-view-model',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^src/', pathNot: '^src/(report|documents|common|models/metrics)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
