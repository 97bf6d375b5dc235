import type { WatcherInstall, WatcherProgram } from './what.js';

const folder = '~/.config/systemd/user';

/** A service of the user's own and, for one that looks once, a timer. Source: systemd.service(5), systemd.timer(5). */
export function systemdFiles({ name, title, command, folder: at, everyMinutes }: WatcherProgram): [string, string][] {
  const isOnce = everyMinutes !== undefined;
  const service = [
    '[Unit]',
    `Description=mlops watch: ${percent(title)}`,
    '',
    '[Service]',
    `Type=${isOnce ? 'oneshot' : 'exec'}`,
    `WorkingDirectory=${percent(at)}`,
    `ExecStart=${command.map(word).join(' ')}`,
    // Where the variables lie that webhooks name; it may be absent.
    `EnvironmentFile=-%h/.config/mlops-workbench/watch.env`,
    'KillSignal=SIGINT',
    // Ended by its user; somebody else watches already.
    'SuccessExitStatus=130 5',
    ...(isOnce ? [] : ['Restart=on-failure', 'RestartSec=30', 'RestartPreventExitStatus=2']),
    ...(isOnce ? [] : ['', '[Install]', 'WantedBy=default.target']),
  ];
  const files: [string, string][] = [[`${name}.service`, lines(service)]];
  if (!isOnce) return files;
  const timer = [
    ...['[Unit]', `Description=mlops watch, every ${everyMinutes} minutes: ${percent(title)}`, ''],
    ...['[Timer]', 'OnActiveSec=10s', `OnUnitInactiveSec=${everyMinutes}min`, ''],
    ...['[Install]', 'WantedBy=timers.target'],
  ];
  return [...files, [`${name}.timer`, lines(timer)]];
}

export function systemdInstall(program: WatcherProgram): WatcherInstall {
  const files = systemdFiles(program);
  const started = files.at(-1)![0];
  return {
    commands: [
      `mkdir -p ${folder}`,
      ...files.map(([name, text]) => `cat > ${folder}/${name} <<'MLOPS_WATCH'\n${text}MLOPS_WATCH`),
      'systemctl --user daemon-reload',
      `systemctl --user enable --now ${started}`,
    ],
    remove: [
      `systemctl --user disable --now ${started}`,
      `rm ${files.map(([name]) => `${folder}/${name}`).join(' ')}`,
      'systemctl --user daemon-reload',
    ],
    notes: [
      `what it says: journalctl --user -u ${program.name}`,
      'to have it go on while you are not signed in: loginctl enable-linger',
      'variables that webhooks name stand in ~/.config/mlops-workbench/watch.env, a line each: NAME=value (chmod 600)',
    ],
  };
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
/** `%` begins a specifier everywhere in a unit. */
const percent = (text: string): string => text.replaceAll('%', '%%');
/** A word of a command line: quoted, with `$`, which would name a variable, doubled. */
const word = (text: string): string =>
  `"${percent(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$')}"`;
