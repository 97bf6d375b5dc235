/** The second is the default for results below `monitoring/runs/`; file names that others use too are only offered. */
export const reportEditors = ['mlops.report', 'mlops.monitoringReport'] as const;
