import type { WatcherInstall, WatcherProgram } from './what.js';

const folder = '~/Library/LaunchAgents';

/** A job of the user's own. Source: launchd.plist(5). */
export function launchdFile({ name, command, folder: at, everyMinutes }: WatcherProgram): string {
  const again =
    everyMinutes === undefined
      ? [
          '<key>KeepAlive</key>',
          '<dict><key>SuccessfulExit</key><false/></dict>',
          '<key>ThrottleInterval</key><integer>30</integer>',
        ]
      : ['<key>StartInterval</key>', `<integer>${everyMinutes * 60}</integer>`];
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0"><dict>',
    `<key>Label</key><string>${xml(name)}</string>`,
    '<key>ProgramArguments</key>',
    `<array>${command.map((one) => `<string>${xml(one)}</string>`).join('')}</array>`,
    `<key>WorkingDirectory</key><string>${xml(at)}</string>`,
    '<key>RunAtLoad</key><true/>',
    ...again,
    '</dict></plist>',
  ].join('\n')}\n`;
}

export function launchdInstall(program: WatcherProgram): WatcherInstall {
  const path = `${folder}/${program.name}.plist`;
  return {
    commands: [
      `mkdir -p ${folder}`,
      `cat > ${path} <<'MLOPS_WATCH'\n${launchdFile(program)}MLOPS_WATCH`,
      `launchctl bootstrap gui/$(id -u) ${path}`,
    ],
    remove: [`launchctl bootout gui/$(id -u)/${program.name}`, `rm ${path}`],
    notes: ['variables that webhooks name: launchctl setenv NAME value, once after each sign-in'],
  };
}

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
