/**
 * Where every document and table lies in an environment's bucket. Same keys in a local bucket and in S3.
 * Keys contain no colon; timestamps in keys are UTC and carry the run id, for two runs can share a second.
 */
export const keys = {
  rawZip: (source: string, file: string) => `raw/${source}/zips/${file}`,
  rawTable: (source: string, file: string) => `raw/${source}/${file}`,
  pseudonymKey: 'raw/pseudonym-key',
  curated: (source: string) => `curated/${source}_parquet/`,
  curatedDay: (source: string, day: string, file: string) => {
    const [year, month, date] = day.split('-');
    return `curated/${source}_parquet/year=${year}/month=${month}/day=${date}/${file}`;
  },
  curatedTableFolder: (source: string) => `curated/${source}/`,
  curatedTable: (source: string) => `curated/${source}/${source}.parquet`,
  /** Rows of a source that are not what is expected of them. */
  ingestErrors: (source: string) => `ingest_errors/${source}.parquet`,
  /** What could not be taken of a feed, and rows of it that do not fit. */
  feedErrors: (source: string) => `ingest_errors/${source}/`,
  /** Answers of a feed, step by step: as they came, as rows, and what is known of each. */
  feed: (source: string) => `raw/${source}/feed/`,
  feedState: (source: string) => `raw/${source}/feed-state.json`,
  /** What the endpoint said of the newest rows, moment by moment, and how that turned out. */
  inferences: 'inference/',
  inference: (moment: string) => `inference/dt=${moment}/predictions.jsonl`,
  qualities: 'monitoring/quality/',
  quality: (moment: string) => `monitoring/quality/dt=${moment}/quality.jsonl`,
  riskMap: 'inference/map.json',
  splitManifest: 'features/split-manifest.json',
  stageState: (stage: string) => `runs/state/${stage}.json`,
  run: (id: string) => `runs/${id}/run.json`,
  programLog: (id: string, stage: string) => `runs/${id}/${stage}.log`,
  jobOutcome: (id: string, stage: string) => `runs/${id}/jobs/${stage}.json`,
  projectFiles: (hash: string) => `projects/${hash}/`,
  verdictReport: (stamp: string) => `monitoring/runs/${stamp}.json`,
  model: (version: string) => `artifacts/models/${version}/`,
  learnedEntities: (version: string) => `artifacts/models/${version}/learned_entities.txt.gz`,
  learnedRows: (version: string) => `artifacts/models/${version}/learned_rows.bin`,
  baselines: (version: string) => `artifacts/models/${version}/baselines/`,
  performanceEstimator: (version: string) => `artifacts/models/${version}/baselines/performance_estimator.json`,
  evaluation: (version: string) => `artifacts/eval/${version}/evaluation.json`,
  evaluationMetrics: (version: string) => `artifacts/eval/${version}/evaluation_metrics.json`,
  explanation: (version: string) => `artifacts/models/${version}/explanation.json`,
  trainingHistory: (version: string) => `artifacts/models/${version}/training_history.json`,
  searchResults: (candidate: string) => `artifacts/search/${candidate}/search_results.json`,
  searchTrials: (candidate: string) => `artifacts/search/${candidate}/trials/`,
  /** Rows that were brought to be judged; below a batch its files lie as those of sources do. */
  batches: 'batches/',
  batch: (id: string) => `batches/${id}/batch.json`,
  batchFiles: (id: string) => `batches/${id}/`,
  batchRows: (id: string) => `batches/${id}/rows.parquet`,
  driftReports: 'monitoring/drift/',
  driftReport: (stamp: string) => `monitoring/drift/${stamp}.json`,
  monitoredRows: (stamp: string) => `monitoring/runs/${stamp}/rows.parquet`,
  monitoringRun: (stamp: string) => `monitoring/runs/${stamp}/monitoring_results.json`,
  predictions: (stamp: string) => `monitoring/runs/${stamp}/predictions.csv`,
  monitoringRuns: 'monitoring/runs/',
  retrainTriggers: 'monitoring/retrain-triggers/',
  retrainTrigger: (stamp: string) => `monitoring/retrain-triggers/${stamp}/retrain_trigger.json`,
  overrides: (environment: string) => `monitoring/overrides/${environment}.json`,
  captures: 'monitoring/data-capture/',
  /** What the loop remembers from one look to the next. */
  loop: (environment: string) => `loop/${environment}.json`,
  capture: (endpoint: string) => `monitoring/data-capture/${endpoint}/`,
  /** What became true of an endpoint's predictions, as SageMaker takes it: a folder an hour, lines of JSON. */
  groundTruth: (endpoint: string) => `monitoring/ground-truth/${endpoint}/`,
  groundTruthFile: (endpoint: string, at: Date, stamp: string) =>
    `monitoring/ground-truth/${endpoint}/${at.toISOString().slice(0, 13).replace(/[-T]/g, '/')}/${stamp}.jsonl`,
  ledgerEntry: (stamp: string) => `ledger/${stamp}.json`,
  /** Where S3 is the only place that all writers share: who holds the environment. */
  lease: 'lease.json',
  /** What an endpoint was asked to be, where its own service forgets it: kept while it is stopped, and for going back. */
  endpointState: (endpoint: string) => `endpoints/${endpoint}.json`,
  endpointStates: 'endpoints/',
  /** Every release of an endpoint, the newest last. */
  releases: (endpoint: string) => `releases/${endpoint}/`,
  release: (endpoint: string, id: string) => `releases/${endpoint}/${id}/release.json`,
  releaseStop: (endpoint: string, id: string) => `releases/${endpoint}/${id}/stop.json`,
  releaseAdmission: (endpoint: string, id: string) => `releases/${endpoint}/${id}/admission.json`,
  releaseIncident: (endpoint: string, id: string) => `releases/${endpoint}/${id}/incident.json`,
  /** What of a feature group would have to be counted. */
  featureGroup: (name: string) => `feature-store/${name}/feature-group.json`,
} as const;

/** `20261121-093105-r7k2f9`: a timestamp that sorts, with the run id so that it is unique. */
export function stampOf(at: Date, runId: string): string {
  const digits = at.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${digits}-${runId.slice(-6)}`;
}

/**
 * The moment that a new stamp is made of: now, but after the newest stamp that is there. So stamps sort as they were
 * written, whatever a clock said: one that ran ahead for a run does not hide all later ones until that day has come.
 * `newest` is a key or a name that begins with a stamp; another one is passed over.
 */
export function momentAfter(newest: string | undefined, now: Date): Date {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(newest ?? '') ?? [];
  const next = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) + 1000;
  return next > now.getTime() && next < endOfStamps ? new Date(next) : now;
}

/** Stamps have four digits for the year. */
const endOfStamps = Date.UTC(9999, 11, 31);
