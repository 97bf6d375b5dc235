import type { WatcherInstall, WatcherProgram } from './what.js';

/** `schtasks` takes no longer command. */
const longest = 261;

/** A task of the user's own. Source: "schtasks create", Windows Server documentation. */
export function schtasksInstall({ name, command, everyMinutes }: WatcherProgram): WatcherInstall {
  const run = command.map((one) => (/[\s&()^%]/.test(one) ? `\\"${one}\\"` : one)).join(' ');
  const when = everyMinutes === undefined ? '/SC ONLOGON' : `/SC MINUTE /MO ${everyMinutes}`;
  const tooLong = run.replaceAll('\\"', '"').length > longest;
  return {
    commands: [`schtasks /Create /TN "${name}" ${when} /TR "${run}" /F`, `schtasks /Run /TN "${name}"`],
    remove: [`schtasks /End /TN "${name}"`, `schtasks /Delete /TN "${name}" /F`],
    notes: [
      ...(tooLong
        ? [`its command is longer than the ${longest} characters that schtasks takes: use a shorter folder`]
        : []),
      'variables that webhooks name: setx NAME value, then sign in anew',
    ],
  };
}
