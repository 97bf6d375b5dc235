/** Systems that can start a watcher by themselves. */
export const watcherPlatforms = ['linux', 'windows', 'macos'] as const;
export type WatcherPlatform = (typeof watcherPlatforms)[number];

/** What a system is to run. */
export interface WatcherProgram {
  /** Of the job: `mlops-watch-churn-local-1a2b3c`. */
  name: string;
  /** `churn in local`. */
  title: string;
  /** The program and its words. */
  command: readonly string[];
  folder: string;
  /** Minutes between two looks of a program that looks once; without it one that goes on. */
  everyMinutes?: number;
}

/** What a person runs to have it: nothing of it was run. */
export interface WatcherInstall {
  /** In their order, each as it is typed; what writes a file says the whole of it. */
  commands: string[];
  /** What takes it away again. */
  remove: string[];
  /** What is worth knowing before. */
  notes: string[];
}
