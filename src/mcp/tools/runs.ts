import * as z from 'zod';
import { listModels } from '../../operations/models/list.js';
import { showHistory } from '../../operations/releases/history.js';
import { showRelease } from '../../operations/releases/status.js';
import { compareRuns } from '../../operations/runs/compare.js';
import { listRuns } from '../../operations/runs/list.js';
import { showRun } from '../../operations/runs/show.js';
import { showStatus } from '../../operations/runs/status.js';
import { looks } from '../tool.js';

const last = z.number().int().min(1).max(100).default(10).describe('so many of the newest');
const run = z.string().describe('id of a run, as `runs` lists it');

export const statusTool = looks(
  {
    name: 'status',
    title: 'Is everything well?',
    description:
      'The whole project at a glance: each stage and when it was done, what serves, alarms, the last verdict and decision, overrides and waivers, what could not be looked at. Ask this first.',
    input: {},
  },
  async (at) => {
    // The stages say what their runs came to; whole records are answered by `run`.
    const { lastRun, running, endpoints, ...rest } = await showStatus.run(at);
    const served = endpoints.map(({ name, status, reason, drift, serving }) => {
      return { name, status, reason, drift, serves: serving?.map(({ modelVersion }) => modelVersion) };
    });
    const data = { ...rest, endpoints: served, lastRun: lastRun?.id ?? null, running: running?.id ?? null };
    return { source: 'mlops status', data };
  },
);

export const runsTool = looks(
  { name: 'runs', title: 'Runs', description: 'The newest runs with stages, status and verdict.', input: { last } },
  async (at, { last: limit }) => {
    const { runs } = await listRuns.run(at, { limit });
    const shown = runs.map(({ id, status, startedAt, finishedAt, verdict, stages, error }) => {
      const states = stages.map(({ name, status: state }) => `${name}: ${state}`);
      return { id, status, startedAt, finishedAt, verdict, stages: states, error };
    });
    return { source: 'mlops runs list', data: { runs: shown } };
  },
);

export const runTool = looks(
  {
    name: 'run',
    title: 'One run',
    description: 'One run with its stages: inputs, figures, outputs, how it failed, the git commit it stood at.',
    input: { id: run },
  },
  async (at, { id }) => ({ source: `run ${id}`, data: await showRun.run(at, { id }) }),
);

export const compareTool = looks(
  {
    name: 'compare_runs',
    title: 'Compare two runs',
    description: 'What differs between two runs: settings, gates, figures and columns that changed.',
    input: { a: run, b: run },
  },
  async (at, { a, b }) => {
    const { figures, gates, columns, settings } = await compareRuns.run(at, { a, b });
    const data = {
      settings,
      gates: gates.filter(({ changed }) => changed),
      figures: figures.filter(({ change }) => change !== 0),
      columns: columns.filter(({ changed }) => changed),
    };
    return { source: `mlops runs compare ${a} ${b}`, data };
  },
);

export const historyTool = looks(
  {
    name: 'history',
    title: 'What was done',
    description: 'The ledger, newest first: who changed what, when and why, with the evidence.',
    input: { last },
  },
  async (at, { last: most }) => {
    const { entries } = await showHistory.run(at);
    return { source: 'mlops history', data: { entries: entries.slice(0, most), of: entries.length } };
  },
);

export const modelsTool = looks(
  {
    name: 'models',
    title: 'Model versions',
    description: 'Versions of the model, newest first: approved or not, figures, when and of what they were made.',
    input: { last },
  },
  async (at, { last: most }) => {
    const { models } = await listModels.run(at);
    return { source: 'mlops model list', data: { models: models.slice(0, most), of: models.length } };
  },
);

export const releaseTool = looks(
  {
    name: 'release',
    title: 'How a release stands',
    description: 'The newest release: under way, interrupted or ended, what serves now, what to do next.',
    input: {},
  },
  async (at) => ({ source: 'mlops release status', data: await showRelease.run(at) }),
);
