import { InputError } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import { answer } from '../../../operations/answer.js';
import { projectFromUrl } from '../../../operations/projects/from-url.js';
import { allowCommands } from '../../../platform/permissions/command-trust.js';
import { askingCommand, requestForms, type RequestForm } from '../../../project/commands.js';
import { performOnFiles } from '../../perform.js';
import { textFlags } from '../../table-options.js';
import type { At, InitFlags } from './init-flags.js';
import { numberOf } from './number-of.js';

/** `mlops init NAME --url ADDRESS --sample-rows TABLE`: a project about an endpoint that is not ours. */
export async function fromUrl(at: At, url: string, dir: string | undefined, flags: InitFlags): Promise<void> {
  const { sampleRows: rows, label, time, entity, positive, task, without, token, referenceUntil } = flags;
  if (dir === undefined) throw new InputError('init --url: found no name, expected one: mlops init NAME --url ADDRESS');
  if (rows === undefined)
    throw new InputError('init --url: found no --sample-rows, expected a table of rows with labels');
  if (token !== undefined && !/^env:[A-Za-z_]\w*$/.test(token))
    throw new InputError('--token: found a text of its own, expected the variable that holds it: env:NAME');
  const made = await performOnFiles(at, projectFromUrl, {
    ...{ url, rows, dir, label, time, entity, positive, task, without, token, referenceUntil },
    reading: textFlags({ ...flags }, [rows]),
    request: formOf(flags.request),
    private: flags.privateNetwork,
    threshold: flags.threshold === undefined ? undefined : numberOf('--threshold', flags.threshold),
    look: flags.dryRun,
  });
  // Who named the address has allowed that rows are sent there, from this folder.
  if (flags.dryRun !== true) await allowCommands(made.folder, [askingCommand({ url, token })]);
  at.output.result(answer('new-project', made), () => [
    flags.dryRun === true ? `${made.folder} would be made.` : `${made.folder} is ready.`,
    ...made.understood.map(({ text, otherwise }) => `  ${[text, otherwise].filter(Boolean).join('; ')}`),
    `  rows before ${made.reference} are the reference (${made.task}); it trains and serves nothing`,
    ...(flags.dryRun === true
      ? []
      : [`Judge the later rows: mlops run --project ${made.folder}; and the next file: mlops judge FILE`]),
  ]);
}

function formOf(text: string | undefined): RequestForm | undefined {
  if (text === undefined) return undefined;
  const form = requestForms.find((one) => one === text);
  if (form !== undefined) return form;
  throw new InputError(`--request: found "${text}", expected ${oneOf(text, requestForms)}`);
}
