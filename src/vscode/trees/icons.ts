/**
 * What an icon says. Each has a word of its own, which stands in the description or is read aloud: never colour alone.
 * Names are VS Code's codicons and theme colours.
 */
export const icons = {
  pass: { codicon: 'check', color: 'charts.green', word: 'ok' },
  warn: { codicon: 'warning', color: 'list.warningForeground', word: 'warning' },
  /** A verdict: the rules were asked, and say no. */
  fail: { codicon: 'close', color: 'charts.red', word: 'fail' },
  /** Something went wrong before there was an answer. */
  broke: { codicon: 'run-errors', color: 'charts.red', word: 'failed' },
  error: { codicon: 'error', color: 'charts.red', word: 'error' },
  inconclusive: { codicon: 'question', color: 'list.warningForeground', word: 'inconclusive' },
  running: { codicon: 'loading~spin', color: 'progressBar.background', word: 'running' },
  waiting: { codicon: 'clock', color: 'descriptionForeground', word: 'waiting' },
  never: { codicon: 'circle-large-outline', color: 'descriptionForeground', word: 'not run yet' },
  held: { codicon: 'circle-slash', color: 'list.warningForeground', word: 'held' },
  cancelled: { codicon: 'circle-slash', color: 'descriptionForeground', word: 'cancelled' },
  interrupted: { codicon: 'debug-disconnect', color: 'charts.red', word: 'interrupted' },
  serving: { codicon: 'circle-filled', color: 'charts.green', word: 'in service' },
  doubtful: { codicon: 'circle-filled', color: 'list.warningForeground', word: 'needs attention' },
  stopped: { codicon: 'debug-stop', color: 'descriptionForeground', word: 'stopped' },
  alarm: { codicon: 'triangle-up', color: 'charts.red', word: 'in alarm' },
  quiet: { codicon: 'circle-large-outline', color: 'charts.green', word: 'ok' },
  unknown: { codicon: 'question', color: 'descriptionForeground', word: 'no data' },
  star: { codicon: 'star-full', color: 'charts.green', word: 'serving' },
  model: { codicon: 'package', color: undefined, word: '' },
  history: { codicon: 'history', color: undefined, word: '' },
  table: { codicon: 'table', color: undefined, word: '' },
  column: { codicon: 'symbol-field', color: undefined, word: '' },
  variant: { codicon: 'split-horizontal', color: undefined, word: '' },
  bucket: { codicon: 'database', color: undefined, word: '' },
  archive: { codicon: 'file-zip', color: undefined, word: '' },
  folder: { codicon: 'folder', color: undefined, word: '' },
  file: { codicon: 'file', color: undefined, word: '' },
  json: { codicon: 'json', color: undefined, word: '' },
  more: { codicon: 'ellipsis', color: undefined, word: '' },
  none: { codicon: undefined, color: undefined, word: '' },
} as const satisfies Record<string, { codicon?: string; color?: string; word: string }>;

export type Icon = keyof typeof icons;
