import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dutiesOf } from '../../src/pipeline/watching/duties.js';
import { watch } from '../../src/pipeline/watching/watch.js';
import { readChanges } from '../../src/pipeline/watching/alarms/kept.js';
import { openLocal } from '../../src/platform/local/index.js';
import type { MetricDatum } from '../../src/platform/ports/metrics.js';
import { loadProject } from '../../src/project/load.js';
import type { Project } from '../../src/project/schema.js';
import type { Said } from '../../src/documents/watching/watcher.js';
import type { virtualClock } from './virtual-clock.js';

const minuteMs = 60_000;
const never = new AbortController().signal;

/** A value at every period between two minutes of a story. */
export interface Told {
  namespace?: string;
  metric: string;
  dimensions?: Record<string, string>;
  from: number;
  to: number;
  every?: number;
  values: number[];
}

/** A project with these parts of mlops.json whose endpoint `made` was made when the story begins, watched on a virtual clock. */
export function watchedProject(folder: string, part: object, clock: ReturnType<typeof virtualClock>) {
  const start = clock.now().getTime();
  const file = {
    ...{ name: 'made', sources: { rows: { files: 'rows.csv' } }, endpoint: { name: 'made' } },
    features: { entity: 'id', split: { by: 'entity', train: 0.4, validation: 0.1, test: 0.1, production: 0.4 } },
    model: { task: 'binary', target: 'y', candidates: [{ name: 'a', family: 'lightgbm', columns: ['*'] }] },
    monitor: { gates: [{ id: 'recall', level: 'hard', rule: 'recall >= 0.7' }] },
    ...part,
  };
  const endpoint = join(folder, '.mlops/endpoints/made');
  mkdirSync(endpoint, { recursive: true });
  writeFileSync(join(folder, 'features.sql'), 'SELECT 1');
  writeFileSync(join(folder, 'mlops.json'), JSON.stringify(file));
  const config = { name: 'made', group: 'g', variants: [{ name: 'a', modelVersion: 'v1', weight: 1 }], capture: 0 };
  const created = { project: 'made', bucket: 'made', createdAt: clock.now().toISOString(), config };
  writeFileSync(join(endpoint, 'config.json'), JSON.stringify(created));
  const environment = openLocal({ projectFolder: folder, project: 'made' });
  const watched = { project: { folder }, environment };
  const said: Said[] = [];
  let project: Project | undefined;
  return {
    environment,
    said,
    /** Puts metrics where the endpoint puts them; times in minutes of the story. */
    async put(...series: Told[]) {
      const { metrics } = environment.writers('test');
      const byNamespace = new Map<string, MetricDatum[]>();
      for (const { namespace = 'AWS/SageMaker', metric, dimensions, from, to, every = 5, values } of series) {
        const data = byNamespace.get(namespace) ?? [];
        byNamespace.set(namespace, data);
        for (let at = from, turn = 0; at < to; at += every, turn += 1) {
          const value = values[turn % values.length]!;
          // A moment after the period began, as requests are counted.
          const moment = new Date(start + at * minuteMs + 1000);
          const of = dimensions ?? { EndpointName: 'made', VariantName: 'AllTraffic' };
          data.push({ metric, dimensions: of, value, at: moment });
        }
      }
      for (const [namespace, data] of byNamespace) await metrics.put(namespace, data);
    },
    /** Watches for so many minutes, looking that often. */
    async watchFor(minutes: number, every: number) {
      // As a watcher that goes on has it: what becomes of mlops.json meanwhile is its own to see.
      project ??= await loadProject(folder);
      const duties = dutiesOf(project, environment).filter(({ name }) => name === 'alarms');
      const looking = duties.map((duty) => ({ ...duty, every: every * minuteMs }));
      const until = new Date(clock.now().getTime() + minutes * minuteMs);
      return watch(looking, { clock, signal: never, tell: (one) => void said.push(one), until });
    },
    /** The states that an alarm came to, in the order in which the watcher saw them. */
    async states(alarm: string) {
      return (await readChanges(watched, alarm)).map(({ to }) => to);
    },
    changes: (alarm?: string) => readChanges(watched, alarm),
    watched,
  };
}
