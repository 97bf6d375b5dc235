import type { Project } from '../../project/schema.js';
import type { FedSource } from './feed-at.js';

/** The project's sources that have a feed. */
export const fedSources = ({ file }: Pick<Project, 'file'>): FedSource[] =>
  Object.entries(file.sources).flatMap(([name, source]) =>
    source.feed === undefined ? [] : [{ name, source: { ...source, feed: source.feed }, hidden: file.private }],
  );
