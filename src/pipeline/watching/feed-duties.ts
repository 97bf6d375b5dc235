import { InputError } from '../../common/errors.js';
import type { Environment } from '../../platform/ports/environment.js';
import { secondsOf } from '../../project/duration.js';
import type { Project } from '../../project/schema.js';
import type { Duty } from './duty.js';
import { fedSources } from '../feeds/fed-sources.js';
import { pollFeed } from '../feeds/poll.js';
import { polledText } from '../feeds/polled-text.js';

/** Asks each source's feed by its own time; an answer that cannot be taken fails the look, and is kept. */
export function feedDuties(project: Project, environment: Environment): Duty[] {
  return fedSources(project).map((fed) => ({
    name: `feed-${fed.name}`,
    every: secondsOf(fed.source.feed.every) * 1000,
    async run(at, signal) {
      const writers = environment.writers(`feed ${fed.name}`);
      const polled = await pollFeed({ environment, writers, signal }, fed, at);
      if (polled.status === 'unchanged') return undefined;
      const text = `source ${fed.name}: ${polledText(polled)}`;
      if (polled.status === 'refused') throw new InputError(text);
      return text;
    },
  }));
}
