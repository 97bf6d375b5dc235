import * as z from 'zod';
import { durationSchema } from '../duration.js';

/** How much has changed, least first. */
export const severities = ['none', 'minor', 'moderate', 'major', 'concept'] as const;
export type Severity = (typeof severities)[number];

const answerSchema = z.enum(['none', 'warn', 'retrain']);
export type LoopAnswer = z.infer<typeof answerSchema>;

const answer = (usual: LoopAnswer, what: string) => answerSchema.default(usual).describe(`${what} Default: ${usual}.`);

export const loopSchema = z.strictObject({
  every: durationSchema.default('1h').describe('How often it looks: "15m". Default: 1h.'),
  cooldown: durationSchema
    .default('6h')
    .describe('After a retraining, how long none follows: "24h". A concept that changed does not wait. Default: 6h.'),
  train: z
    .enum(['never', 'when-labelled'])
    .default('when-labelled')
    .describe(
      'when-labelled: captured requests whose label came join the next training, as rows of production. Default.',
    ),
  escalate: z
    .number()
    .int()
    .positive()
    .default(3)
    .describe('So many majors one after the other, or so many retrainings that came to nothing, are told to a person.'),
  severity: z
    .strictObject({
      minor: answer('warn', 'A little has changed.'),
      moderate: answer('retrain', 'Enough has changed, or a gate asks for retraining.'),
      major: answer('retrain', 'Much has changed.'),
      concept: answer('retrain', 'What is predicted depends otherwise on what it is predicted from.'),
    })
    .prefault({})
    .describe('What is done about how much has changed: none, warn or retrain.'),
});
export type LoopSettings = z.infer<typeof loopSchema>;

export const checksSchema = z.strictObject({
  cases: z
    .string()
    .min(1)
    .describe('A file of the project with requests and what is to be answered, as mlops endpoint check takes it.'),
  every: durationSchema.default('5m').describe('How often they are sent while the project is watched. Default: 5m.'),
});
export type ChecksSettings = z.infer<typeof checksSchema>;
