/** The second is the default for results below `monitoring/runs/`; file names that others use too are only offered. */
export const reportEditors = ['mlops.report', 'mlops.monitoringReport'] as const;

/** The default for objects that no editor of texts reads: tables, archives, packed texts. */
export const previewEditor = 'mlops.preview';

/** The first is the default for Parquet, which no editor of texts reads; the second is offered for texts and workbooks that are tables. */
export const gridEditors = ['mlops.grid', 'mlops.gridOfText'] as const;
