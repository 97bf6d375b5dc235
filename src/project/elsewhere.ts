import * as z from 'zod';
import { requestForms } from './commands.js';
import type { Candidate, ProjectFile } from './schema.js';

/** Whether the scores of a project are made elsewhere: they stand in its rows, nothing is trained and nothing served. */
export const predictsElsewhere = ({ model }: Pick<ProjectFile, 'model'>): boolean =>
  model.candidates.length > 0 && model.candidates.every(({ family }) => family === 'given');

const column = z.string().min(1);

/**
 * The columns that predictions made elsewhere stand in, as `parameters` of the family `given` name them: one score, with
 * the threshold that it is acted on from; of several classes the predicted one, a score each, or both. Or an address that
 * is asked for them, with rows in the form `request`, and the variable that holds its token.
 */
export const givenSchema = z.strictObject({
  score: column.optional(),
  threshold: z.number().optional(),
  class: column.optional(),
  scores: z.record(z.string(), column).optional(),
  url: z.string().optional(),
  token: z
    .string()
    .regex(/^env:[A-Za-z_]\w*$/, '"env:NAME", the variable that holds it')
    .optional(),
  request: z.enum(requestForms).optional(),
  /** Whether the address may lie in a network of one's own. */
  private: z.boolean().optional(),
});
export type Given = z.infer<typeof givenSchema>;

/** Whether an endpoint elsewhere is asked for the scores: any rows can be scored then. */
export const asksEndpoint = ({ model }: Pick<ProjectFile, 'model'>): boolean =>
  model.candidates.some((candidate) => givenOf(candidate)?.url !== undefined);

/** Where a candidate's predictions stand; undefined for one that is fitted, or whose parameters are none of these. */
export const givenOf = ({ family, parameters }: Pick<Candidate, 'family' | 'parameters'>): Given | undefined =>
  family === 'given' ? givenSchema.safeParse(parameters).data : undefined;

/** The columns that a candidate's predictions stand in; none of one that is fitted. */
export function givenColumns(candidate: Pick<Candidate, 'family' | 'parameters'>): string[] {
  const { score, class: predicted, scores = {} } = givenOf(candidate) ?? {};
  return [score, predicted, ...Object.values(scores)].filter((name) => name !== undefined);
}

/** The columns that a candidate looks at: those it names, and those its predictions stand in. */
export const candidateColumns = (candidate: Pick<Candidate, 'family' | 'parameters' | 'columns'>): string[] => [
  ...new Set([...candidate.columns, ...givenColumns(candidate)]),
];

/** Columns that hold the name of a predicted class, which is read as labels are. */
export const givenClassColumns = ({ model }: Pick<ProjectFile, 'model'>): string[] =>
  model.candidates.flatMap((candidate) => givenOf(candidate)?.class ?? []);
