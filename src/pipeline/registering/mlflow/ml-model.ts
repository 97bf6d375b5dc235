import { load } from 'js-yaml';
import * as z from 'zod';
import { InputError } from '../../../common/errors.js';
import { firstProblem } from '../../../common/schema-words.js';
import { signatureIn, type InputColumn } from '../signature.js';

const flavor = z.looseObject({ data: z.string().optional(), model_class: z.string().optional() });
const file = z.looseObject({
  flavors: z.record(z.string(), flavor),
  signature: z.looseObject({ inputs: z.string().nullish() }).nullish(),
});

/** What MLflow's `MLmodel` says of a model. */
export interface MlModel {
  flavors: Record<string, z.infer<typeof flavor>>;
  /** Undefined where it has no signature of columns with names. */
  columns: InputColumn[] | undefined;
}

/** @throws InputError naming what is wrong in it */
export function mlModelIn(text: string, what: string): MlModel {
  let value: unknown;
  try {
    value = load(text);
  } catch (error) {
    throw new InputError(`${what}: found what is no YAML, expected MLflow's MLmodel`, {
      cause: error,
    });
  }
  const read = file.safeParse(value);
  if (!read.success) throw new InputError(`${what}: ${firstProblem(read.error, value)}`);
  const { flavors, signature } = read.data;
  const inputs = signature?.inputs;
  // A signature of one tensor names no columns.
  const named = inputs != null && !inputs.includes('"tensor-spec"') ? signatureIn(inputs, what) : undefined;
  return { flavors, columns: named };
}
