import type { Live } from '../../project/live/live-schema.js';
import { newestResults } from '../stored-results.js';
import type { StageContext } from '../stage.js';
import type { LiveFigure } from './figures.js';

/** Puts the figures of the window, the drift of the newest verdict, and one heartbeat for predictions that were made. */
export async function publish(
  { environment, writers, project, signal }: StageContext,
  live: Live,
  { figures, predicted, at }: { figures: readonly LiveFigure[]; predicted: boolean; at: Date },
): Promise<void> {
  const dimensions = { EndpointName: project.file.endpoint.name, ...live.dimensions };
  const found = await newestResults(environment, ({ batch }) => batch === undefined);
  const moved = (found?.results.gates ?? []).flatMap(({ metric, value }) =>
    metric.startsWith('psi') && typeof value === 'number' ? [value] : [],
  );
  await writers.metrics.put(
    live.namespace,
    [
      ...figures.map(({ name, ...rest }) => ({ metric: `${name}-${live.window}`, ...rest })),
      ...(moved.length === 0 ? [] : [{ metric: 'PSI', value: Math.max(...moved) }]),
      ...(predicted ? [{ metric: 'PredictionHeartbeat', value: 1, unit: 'Count' }] : []),
    ].map((one) => ({ ...one, dimensions, at })),
    { signal },
  );
}
