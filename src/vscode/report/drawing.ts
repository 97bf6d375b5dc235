/**
 * All that recognises documents and draws their pages, which is a large part of us: imported when the first page opens,
 * by `import()` alone, so that a window starts without it.
 */
export { recogniseLines } from '../../documents/capture/lines.js';
export { recognise } from '../../documents/recognise.js';
export { monitoredRowsSchema } from '../../documents/monitored-rows.js';
export { compareRuns } from '../../operations/runs/compare.js';
export { openComparison } from '../../report/comparison/open.js';
export { comparisonPage } from '../../report/comparison/page.js';
export { markdownOf } from '../../report/export/markdown.js';
export { tableOf } from '../../report/export/tables.js';
export { explainedMessages, rowsMessage } from '../../report/monitoring/rows-view.js';
export { openDocument } from '../../report/open.js';
export { previewMessage } from './preview-message.js';
export { messageFor } from './message.js';
