import { InputError } from '../../common/errors.js';
import { commandSchema, type RequestForm } from '../../project/commands.js';
import type { FoundModel } from './found-model.js';

/** A model that a program serves. */
export function modelByCommand(text: string, request: RequestForm): FoundModel {
  return {
    family: 'serving-command',
    model: { kind: 'command', command: wordsOf(text), request },
    ...{ names: null, width: null, tasks: null, threshold: 0.5, metadata: {}, notes: [] },
  };
}

/**
 * The words of a command as it is typed: apart by spaces, quoted where one holds some. Nothing else of a shell is known,
 * and a sign that a shell would act on is refused, for whoever wrote it meant something by it.
 * @throws InputError naming the sign
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (quote === "'" ? sign !== quote : quote === '"' && sign !== quote && sign !== '\\') word += sign;
    else if (sign === quote) quote = undefined;
    else if (sign === "'" || sign === '"') [quote, word] = [sign, word ?? ''];
    else if (sign === '\\' && at + 1 < text.length) word = (word ?? '') + text[(at += 1)]!;
    else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (/[|&;<>$`*?()\n]/.test(sign))
      throw new InputError(
        `--serving-command: found ${sign}, which only a shell acts on; expected a program and its words, or a script of your own that does this`,
      );
    else word = (word ?? '') + sign;
  }
  if (quote !== undefined) throw new InputError(`--serving-command: found a ${quote} that is not closed`);
  if (word !== undefined) words.push(word);
  const { success, data } = commandSchema.safeParse(words);
  if (success) return data;
  throw new InputError('--serving-command: found no command of plain words, expected one, such as "python serve.py"');
}
