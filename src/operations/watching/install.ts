import { InputError } from '../../common/errors.js';
import { sha256 } from '../../common/hash.js';
import { launchdInstall } from '../../export/watcher/launchd.js';
import { schtasksInstall } from '../../export/watcher/schtasks.js';
import { systemdInstall } from '../../export/watcher/systemd.js';
import type { WatcherPlatform, WatcherProgram } from '../../export/watcher/what.js';
import type { Project } from '../../project/schema.js';
import { answer } from '../answer.js';
import { readsFiles } from '../operation.js';

export interface WatcherWish {
  project: Project;
  environment: string;
  platform: WatcherPlatform;
  /** Looks once every few minutes, in place of one that goes on. */
  once: boolean;
  /** What runs `mlops`: Node and its script. */
  program: readonly string[];
}

/** A minute is what alarms are judged by; a process a minute would be much. */
const onceEveryMinutes = 5;
const installs = { linux: systemdInstall, windows: schtasksInstall, macos: launchdInstall };

/** The commands by which a system starts a watcher by itself. Nothing is installed. */
export const watcherInstall = readsFiles('watching.install', (_, wish: WatcherWish) => {
  const { project, environment, platform, once, program } = wish;
  const { folder, file } = project;
  const odd = [...program, folder].find((text) => /\p{Cc}/u.test(text));
  if (odd !== undefined)
    throw new InputError(`watch --install: found control characters in the path ${odd}, expected none`);
  const job: WatcherProgram = {
    // A copy of the project elsewhere is another one.
    name: `mlops-watch-${file.name}-${environment}-${sha256(folder).slice(0, 6)}`,
    title: `${file.name} in ${environment}`,
    command: [...program, 'watch', ...(once ? ['--once'] : []), '--project', folder, '--env', environment],
    folder,
    ...(once && { everyMinutes: onceEveryMinutes }),
  };
  return Promise.resolve(answer('watcher-install', { platform, name: job.name, ...installs[platform](job) }));
});
