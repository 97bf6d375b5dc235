import type { Answer } from '../http/route.js';
import { json } from '../http/route.js';
import type { Service } from '../service.js';
import { servedBy } from './predict-routes.js';
import type { OpenedApi } from './api-service.js';

/** What is served, as callers of the api ask for it. What its file does not say is null. */
export function infoRoute({ feedback }: OpenedApi, service: Service) {
  return (): Answer => {
    const { bundle, family, task, threshold, classes, inputs, version } = servedBy(service);
    const { trained_date: trained = null, performance_metrics: figures = null } = bundle.metadata;
    const score = feedback?.score(task === 'regression');
    return json({
      ...{ model_type: family, task, threshold, classes: classes ?? null },
      feature_names: inputs.map(({ name }) => name),
      performance_metrics: figures,
      ...(score && { live: { n: score.n, accuracy: score.accuracy, mean_absolute_error: score.mae } }),
      training_date: trained,
      version,
      last_updated: trained,
    });
  };
}
