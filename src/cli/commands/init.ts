import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ExitCode, InputError } from '../../common/errors.js';
import { makeSample } from '../../data/sample.js';
import { instantiate, templateNamed } from '../../project/templates.js';
import { adopt, adoptedText, type AdoptFlags } from './adopt.js';
import type { Doors } from '../context.js';
import { makeOutput } from '../output.js';

interface InitFlags {
  sample?: boolean;
  scenario: string;
  json?: boolean;
  quiet?: boolean;
}

/** `mlops init TEMPLATE [DIR]`: a new project from a template, with generated sample data when asked for. */
export function addInit(program: Command, doors: Doors, setExitCode: (code: number) => void): void {
  program
    .command('init')
    .argument('[template]', 'which template')
    .argument('[dir]', 'where (default: a folder of its name)')
    .option('--from-env <file>', "adopt the system that a deployed pipeline's .env describes")
    .option('--from-endpoint <name>', 'adopt an endpoint that runs in an AWS account')
    .option('--region <region>', 'with --from-endpoint: its AWS region')
    .option('--profile <profile>', 'with --from-endpoint: the AWS profile to sign in with')
    .option('--sample', 'generate sample data')
    .option('--scenario <name>', 'what the sample data shows: healthy, drifted or failing', 'healthy')
    .description('make a project from a template')
    .action(async (template: string | undefined, dir: string | undefined, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<InitFlags & AdoptFlags>();
      const output = makeOutput(flags);
      const adopted = await adopt(doors, flags, template);
      if (adopted) {
        output.result(adopted, () => adoptedText(adopted));
        return setExitCode(ExitCode.done);
      }
      if (template === undefined)
        throw new InputError('init: found no template, expected its name, or --from-env FILE, or --from-endpoint NAME');
      const folder = resolve(dir ?? template);
      const chosen = await templateNamed(template, doors.templates);
      const files = await instantiate(chosen, folder);
      if (flags.sample) {
        await makeSample({
          templateFolder: chosen.folder,
          projectFolder: folder,
          scenario: flags.scenario,
        });
      }
      output.result({ folder, files, sample: flags.sample ?? false }, () => {
        const sample =
          flags.sample || existsSync(resolve(folder, 'data')) ? '' : ' Put your data where mlops.json says, then';
        return `${folder} is ready.${sample} run: mlops run --project ${dir ?? template}`;
      });
      setExitCode(ExitCode.done);
    });
}
