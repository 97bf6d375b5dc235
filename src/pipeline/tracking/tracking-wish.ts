import { trackingServer, type MlflowVariables, type TrackingServer } from '../mlflow/tracking-server.js';
import type { ProjectFile } from '../../project/schema.js';

/** Where what a run learns is told too, besides its own store. */
export interface TrackingWish {
  server: TrackingServer;
  experiment: string;
}

/**
 * What the environment says of it: the server's URL in `MLFLOW_TRACKING_URI` or the variable that the project names, the
 * experiment in `MLFLOW_EXPERIMENT_NAME`, by default the project's name. Nothing where no server is named; a text where
 * one is, and why it is none.
 */
export function trackingWish(
  { name, tracking }: Pick<ProjectFile, 'name' | 'tracking'>,
  variables: MlflowVariables,
): TrackingWish | string | undefined {
  const variable = tracking?.slice('env:'.length) ?? 'MLFLOW_TRACKING_URI';
  const address = variables[variable];
  if (address === undefined || address === '')
    return tracking === undefined ? undefined : `${variable}, which mlops.json names, is not set`;
  const server = trackingServer(address, variables);
  if (server === undefined) return `${variable} is no URL of an MLflow server`;
  return { server, experiment: variables.MLFLOW_EXPERIMENT_NAME ?? name };
}
