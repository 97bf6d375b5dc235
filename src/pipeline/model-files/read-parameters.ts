import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { InputError, ParameterError } from '../../common/errors.js';
import { fileError } from '../../common/files.js';
import { oneOf } from '../../common/nearest.js';
import { blamedParameter } from '../../models/blamed-parameter.js';
import { fromXgboost } from '../../models/trees/parameters/from-xgboost.js';
import type { PreprocessingSpec } from '../../models/preprocessing/steps.js';
import { readParameters } from '../../models/trees/parameters/read-parameters.js';
import { readJsonc } from '../../project/jsonc.js';
import { type ColumnRoles, takeRoles } from './column-roles.js';
import { families, type Family } from './families.js';

/** What a file of parameters asks for, and what a person should know about how it was read. */
export interface ParameterFile {
  family: Family;
  /** By the names of the library whose learner the family follows; XGBoost's are LightGBM's by now. */
  parameters: Record<string, unknown>;
  preprocessing: PreprocessingSpec[] | null;
  roles: ColumnRoles;
  /** A line of progress every so many rounds; null where nothing is said. */
  every: number | null;
  notes: string[];
  /** An error of a learner with the file, and the line of the parameter that it names; null if it names none. */
  located(error: InputError): InputError | null;
}

const columns = z.array(z.string()).optional();
const categories = z.record(z.string(), z.array(z.string())).optional();
const steps = z.array(
  z.union([
    z.strictObject({
      ...{ step: z.literal('impute'), strategy: z.literal('constant') },
      values: z.record(z.string(), z.union([z.number(), z.string()])),
    }),
    z.strictObject({ step: z.literal('impute'), strategy: z.enum(['mean', 'median']), columns }),
    z.strictObject({ step: z.literal('scale'), columns }),
    z.strictObject({ step: z.enum(['one-hot', 'ordinal']), columns, categories }),
  ]),
);

/**
 * Reads and checks a JSON file of parameters: `family` (LightGBM's names without one), `preprocessing`, roles of columns
 * as LightGBM names them, and the learner's own.
 * @param asked the family of the command line, which the file may not contradict
 * @throws InputError naming the file, the line and the parameter
 */
export async function readParameterFile(file: string, asked?: string): Promise<ParameterFile> {
  if (asked !== undefined && !families.includes(asked as Family))
    throw new InputError(`--family: found "${asked}", expected ${oneOf(asked, families)}`);
  const text = readJsonc(await textOf(file, 'parameters'));
  const [problem] = text.problems;
  if (problem)
    throw new InputError(`${file}, line ${problem.line}: ${problem.message}; expected a JSON object of parameters`);
  const whole = text.value;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole))
    throw new InputError(`${file}: found ${JSON.stringify(whole)?.slice(0, 40)}, expected a JSON object of parameters`);
  const given = whole as Record<string, unknown>;
  const located = (error: InputError): InputError | null => {
    const key = blamedParameter(error, given);
    if (key === undefined) return null;
    return new InputError(`${file}, line ${text.placeOfKey([key]).line}: ${error.message}`, { cause: error });
  };
  try {
    return { ...readKeys(given, asked), located };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw located(error) ?? new InputError(`${file}: ${error.message}`, { cause: error });
  }
}

function readKeys(whole: Record<string, unknown>, asked: string | undefined): Omit<ParameterFile, 'located'> {
  const { family: said, preprocessing, ...rest } = whole;
  const family = (asked ?? said ?? 'lightgbm') as Family;
  if (!families.includes(family))
    throw new ParameterError(`family is ${JSON.stringify(family)}, expected ${oneOf(family, families)}`, 'family');
  if (asked !== undefined && said !== undefined && said !== asked)
    throw new ParameterError(`family is ${JSON.stringify(said)}, expected ${asked}, as --family says`, 'family');
  const { roles, given, every } = takeRoles(rest, family);
  const found = family === 'xgboost' ? fromXgboost(given) : { parameters: given, notes: [] };
  if (family === 'xgboost' || family === 'lightgbm') readParameters(found.parameters);
  return { family, ...found, preprocessing: readSteps(preprocessing), roles, every };
}

function readSteps(given: unknown): PreprocessingSpec[] | null {
  if (given === undefined || given === null) return null;
  const read = steps.safeParse(given);
  if (read.success) return read.data;
  const place = read.error.issues[0]!.path[0];
  const found = Array.isArray(given)
    ? `in step ${Number(place) + 1}: ${JSON.stringify(given[Number(place)])}`
    : 'no list';
  throw new ParameterError(
    `preprocessing holds ${found}, expected steps "impute", "scale", "one-hot" or "ordinal", with columns if not all`,
    'preprocessing',
  );
}

/** A text file that the user named. @throws InputError when there is none */
export async function textOf(file: string, what: string): Promise<string> {
  return (await bytesOf(file, what)).toString('utf8');
}

/** A file that the user named. @throws InputError when there is none */
export async function bytesOf(file: string, what: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const none = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (none) throw new InputError(`${file}: found no such file, expected ${what}`, { cause: error });
    throw fileError('read', file, error);
  }
}
