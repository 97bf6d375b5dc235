import { dotted } from '../tree-item.js';

interface Place {
  project: string;
  environment: string;
  kind: 'local' | 'aws';
  region?: string;
  account?: string;
  readOnly: boolean;
  /** Which of the workspace's projects it is, from 1, of how many. */
  nth: number;
  of: number;
}

export interface PlaceText {
  title: string;
  description?: string;
  message?: string;
}

/** The head of the first view: whose project it is where there are several, else where it runs; below it an account. */
export function placeText(place: Place | undefined): PlaceText {
  if (place === undefined) return { title: 'Pipeline', description: undefined, message: undefined };
  const { project, environment, kind, region, account, readOnly, nth, of } = place;
  const several = of > 1;
  return {
    title: several ? project : 'Pipeline',
    description: several ? `${nth} of ${of} projects` : environment,
    message: kind === 'local' ? undefined : dotted(account, region, readOnly ? 'read-only' : 'writing is on'),
  };
}
