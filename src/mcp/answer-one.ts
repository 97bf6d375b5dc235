import * as z from 'zod';
import { InputError } from '../common/errors.js';
import { oneOf } from '../common/nearest.js';
import type { At } from '../operations/operation.js';
import { answerText } from './answer-text.js';
import { tools } from './tools/all.js';

/**
 * What one tool that looks answers to one question, without a conversation.
 * @throws InputError for a tool that there is not, that changes something, or that is asked in other words
 */
export async function answerOne(at: At, name: string, asked: unknown): Promise<string> {
  const looking = tools.filter(({ changes }) => !changes);
  const tool = looking.find((each) => each.name === name);
  const names = looking.map((each) => each.name);
  if (tool === undefined) throw new InputError(`--tool: found "${name}", expected ${oneOf(name, names)}`);
  const { data, error } = z.strictObject(tool.input).safeParse(asked);
  if (error !== undefined) throw new InputError(`--input: ${z.prettifyError(error)}`);
  const nobody = { confirm: () => Promise.reject(new InputError(`${name}: asks nobody`)) };
  return answerText(await tool.run(at, data as never, nobody));
}
