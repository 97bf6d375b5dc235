import { join } from 'node:path';
import { WrongInput } from '../../common/errors.js';
import { readIfThere } from '../../common/files.js';
import { figureOfForeign } from '../../documents/foreign/foreign.js';
import { foreignConstraintsSchema } from '../../documents/foreign/foreign-files.js';
import { figuresOfConfusion } from '../../models/metrics/binary-figures.js';

/** Where `init` puts the limits of the version that another system serves. */
export const adoptedConstraints = 'baselines/monitoring_constraints.json';

/**
 * What `baseline` means for another system's figures: those of its version on its test set, the rates by the counts of
 * `baseline_confusion`. Empty where the project has no such file.
 * @throws WrongInput where it cannot be read
 */
export async function adoptedBaseline(folder: string): Promise<Record<string, number | null>> {
  const bytes = await readIfThere(join(folder, adoptedConstraints));
  if (bytes === undefined) return {};
  const parsed = foreignConstraintsSchema.partial().safeParse(jsonOf(bytes.toString('utf8')));
  if (!parsed.success)
    throw new WrongInput({ file: adoptedConstraints, found: 'something else', expected: 'monitoring constraints' });
  const { secondary_constraints: limits = {}, baseline_confusion: confusion } = parsed.data;
  const told = Object.entries(limits).map(([name, { baseline }]) => [figureOfForeign(name), baseline] as const);
  const counted = confusion ? figuresOfConfusion(confusion) : {};
  return { ...Object.fromEntries(told), ...counted };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
