/** The second is the default for results below `monitoring/runs/`; file names that others use too are only offered. */
export const reportEditors = ['mlops.report', 'mlops.monitoringReport'] as const;

/** The default for objects that no editor of texts reads: tables, archives, packed texts. */
export const previewEditor = 'mlops.preview';
