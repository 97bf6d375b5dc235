import type { Bundle } from '../../models/bundle/bundle.js';
import { scores } from '../../models/bundle/score.js';
import { commandScorer } from './command/command-scorer.js';
import { onnxScorer } from './onnx-scorer.js';
import { urlScorer } from './url-scorer.js';
import type { Scorer, ScorerPlace } from './scorer.js';

/**
 * What scores the rows of a bundle, whoever computes its model.
 * @throws UntrustedCommand; BrokenError for a command that does not answer; MissingPackage for a library that is not there
 */
export async function openScorer(bundle: Bundle, place: ScorerPlace): Promise<Scorer> {
  const { model, task, classes = [] } = bundle;
  if (model.kind === 'command') return commandScorer(model, { task, classes }, place);
  if (model.kind === 'url') return urlScorer(model, { task, classes }, place);
  if (model.kind === 'onnx') return onnxScorer(model, bundle, place);
  return { scores: (table) => Promise.resolve(scores(bundle, table)), close: () => Promise.resolve() };
}
