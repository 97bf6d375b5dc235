import type { Answer, Request } from '../http/route.js';
import { json } from '../http/route.js';
import type { Service } from '../service.js';
import type { OpenedApi, OpenedRoute } from './api-service.js';
import type { Feedback } from './feedback/feedback.js';
import { judged, labelOf, servedBy } from './predict-routes.js';
import { headerId, idField, isRecord, jsonBody, readRequest, type ReadRow } from './read-request.js';
import { Refusal, refusal } from './refusal.js';

const received = 'Feedback received';

/**
 * Takes what became true: of a prediction by its inference id, or of a record that is predicted anew to compare. A
 * label that contradicts the one before is refused unless `"replace": true` stands beside it.
 */
export function feedbackRoute(
  opened: OpenedApi,
  own: OpenedRoute,
  { service, feedback }: { service: Service; feedback: Feedback },
) {
  const label = own.layout.label ?? 'label';

  return async (request: Request): Promise<Answer> => {
    const body = jsonBody(request);
    const given = isRecord(body) ? body : {};
    const id = given[idField] ?? headerId(request);
    const rest = Object.keys(given).filter((name) => ![idField, label, 'replace'].includes(name));
    if (typeof id === 'string' && rest.length === 0) return ofPrediction(request, id, given);
    return ofRecord(request);
  };

  async function ofPrediction({ at }: Request, id: string, given: Record<string, unknown>): Promise<Answer> {
    if (given.replace !== undefined && typeof given.replace !== 'boolean')
      throw new Refusal(422, {
        detail: [{ loc: ['body', 'replace'], msg: 'Input should be a valid boolean', type: 'bool_type' }],
      });
    const truth = labelOf(given[label] ?? null, own, service);
    const { outcome, predicted, before } = await feedback.label(id, truth, given.replace === true);
    if (outcome === 'unknown')
      throw refusal(404, `No prediction with the inference id "${id.slice(0, 100)}" is remembered`, at);
    if (outcome === 'contradicts')
      throw new Refusal(409, {
        detail: `This prediction has the label ${before} already; send "replace": true if ${truth} is right`,
        ...{ timestamp: at.toISOString(), prediction: predicted, ground_truth: before },
      });
    if (outcome !== 'repeated') opened.figures.feedback(score().accuracy);
    return told(outcome, predicted!, truth);
  }

  /** As callers do that keep no ids: the record itself, with its label. */
  async function ofRecord(request: Request): Promise<Answer> {
    const [row] = readRequest(request, own.fields(), own.layout) as [ReadRow];
    const truth = labelOf(row.label ?? null, own, service);
    // No invocation of anybody's: it is neither counted nor captured as one more row of production.
    const asked = {
      contentType: 'application/json',
      body: Buffer.from(JSON.stringify({ features: row.features })),
      at: request.at,
    };
    const { text } = await service.answerer.answer(servedBy(service), asked);
    const { prediction } = JSON.parse(text) as { prediction: string | number };
    await judged(opened, service, row.inferenceId ?? null, prediction, truth);
    return told('counted', prediction, truth);
  }

  function score() {
    return feedback.score(servedBy(service).task === 'regression');
  }

  function told(outcome: string, prediction: string | number, ground_truth: string | number): Answer {
    const { n, accuracy, mae } = score();
    const figures = mae === null ? { current_accuracy: accuracy } : { current_mean_absolute_error: mae };
    return json({ status: received, outcome, prediction, ground_truth, ...figures, n });
  }
}
