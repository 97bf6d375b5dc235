import { removeAlarmsOn } from '../../pipeline/project-alarms.js';
import { dataStays } from '../../platform/permissions/guard.js';
import { answer } from '../answer.js';
import { changes } from '../operation.js';
import { mustBeThere, type Named } from './find.js';

/** Stops an endpoint and forgets it, with the alarms that watch it. */
export const removeEndpoint = changes(
  'endpoints.delete',
  {
    purpose: ({ name }: Named) => `delete ${name}`,
    destroys: ({ name }) => ({
      what: `delete endpoint ${name}`,
      resource: name,
      askLocally: 'a person',
      left: dataStays,
    }),
    check: mustBeThere,
  },
  async ({ environment, writers, signal }, { name }) => {
    await writers.endpoints.remove(name, { signal });
    const alarms = await removeAlarmsOn(name, environment, writers);
    return answer('endpoint', { name, status: 'deleted', alarms });
  },
);
