import * as z from 'zod';
import { listAlarms } from '../../operations/alarms/list.js';
import { showAlarm } from '../../operations/alarms/show.js';
import { listEndpoints } from '../../operations/endpoints/list.js';
import { showEndpoint } from '../../operations/endpoints/show.js';
import { looks } from '../tool.js';

export const endpointsTool = looks(
  {
    name: 'endpoints',
    title: 'Endpoints',
    description: 'What serves: endpoints with their status and model versions. With a name, that one whole.',
    input: { name: z.string().optional() },
  },
  async (at, { name }) =>
    name === undefined
      ? { source: 'mlops endpoint list', data: await listEndpoints.run(at) }
      : { source: `mlops endpoint show ${name}`, data: await showEndpoint.run(at, { name }) },
);

export const alarmsTool = looks(
  {
    name: 'alarms',
    title: 'Alarms',
    description: 'Alarms with state, since when and why. With a name, that one with its history.',
    input: { name: z.string().optional() },
  },
  async (at, { name }) =>
    name === undefined
      ? { source: 'mlops alarm list', data: await listAlarms.run(at) }
      : { source: `mlops alarm show ${name}`, data: await showAlarm.run(at, { name }) },
);
