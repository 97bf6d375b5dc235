import type { Evaluation } from '../../documents/evaluation.js';
import type { ProjectFile } from '../../project/schema.js';
import type { FittedCandidate } from '../candidates/candidate.js';
import { classesOf, figureNames } from '../evaluating/figures.js';
import { figureOf } from '../evaluating/evaluate.js';

const problems = {
  binary: 'Binary Classification',
  multiclass: 'Multiclass Classification',
  regression: 'Regression',
};

/** A model card in SageMaker's content schema (0.1), from what the training knows; people add the rest. */
export function modelCard(
  file: ProjectFile,
  version: string,
  candidate: FittedCandidate,
  evaluation: Evaluation,
  artifactUri: string,
): object {
  const chosen = evaluation.models.find(({ name }) => name === candidate.name)!;
  const groups = chosen.evaluations.map(({ split, figures }) => ({
    name: `${split} set`,
    metric_data: figureNames(file.model.task, classesOf(figures)).flatMap((name) => {
      const value = figureOf(figures, name);
      return value === null ? [] : [{ name, type: 'number', value }];
    }),
  }));
  const train = chosen.evaluations.find(({ split }) => split === 'train')?.figures;
  return {
    model_overview: {
      model_name: `${file.name} ${version}`,
      model_artifact: [artifactUri],
      algorithm_type: candidate.family,
      problem_type: problems[file.model.task],
    },
    intended_uses: {
      purpose_of_model: `Predict ${file.model.target}.`,
      risk_rating: 'Unknown',
    },
    training_details: {
      training_observations: `${train?.n ?? 'unknown number of'} rows; columns: ${candidate.columns.join(', ')}`,
    },
    evaluation_details: [{ name: 'Evaluation at registration', metric_groups: groups }],
    additional_information: {
      custom_details: {
        feature_columns: candidate.columns.join(' '),
        decision_threshold: String(candidate.bundle.threshold ?? 'none'),
        threshold_reason: candidate.thresholdReason ?? 'none',
      },
    },
  };
}
