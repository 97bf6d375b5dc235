import * as vscode from 'vscode';
import type { EditorServices } from '../../editor-services.js';
import { makeAccountProject } from './account-project.js';
import { makeEndpointProject, type EndpointWords } from './endpoint-project.js';
import { makePredictionsProject, type Services, type TableWords } from './predictions-project.js';
import { makeTableProject } from './table-project.js';

export type BeginningWords = TableWords & EndpointWords;

interface Beginning {
  label: string;
  description: string;
  detail: string;
  /** @returns the folder; undefined: not after all */
  make: (services: Services, said: Partial<BeginningWords>) => Promise<string | undefined>;
}

/** What a project is made of, if not of a template; links say these words. */
export const beginnings = {
  table: {
    label: 'Your own table',
    description: 'CSV, Parquet, Excel or JSON lines',
    detail: 'Pick the column to predict: a model is trained, served and judged',
    make: makeTableProject,
  },
  predictions: {
    label: 'Predictions made elsewhere',
    description: 'your table',
    detail: 'Judge scores, values or classes that another system predicted: nothing is trained or served',
    make: makePredictionsProject,
  },
  endpoint: {
    label: 'An endpoint elsewhere',
    description: 'your address',
    detail: 'Judge what another endpoint answers: it is asked, and never changed',
    make: makeEndpointProject,
  },
  account: {
    label: 'A system in an AWS account',
    description: 'your profile',
    detail: 'Watch an endpoint, its alarms and its models: nothing is changed there unless you turn it on',
    make: makeAccountProject,
  },
} satisfies Record<string, Beginning>;

/** How a project begins: by one of these, or from a template. */
export type Chosen = { template: string } | { make: Beginning['make'] };

/** Asks how, or only from which template. */
export async function askBeginning(
  services: EditorServices,
  { templatesOnly }: { templatesOnly: boolean },
): Promise<Chosen | undefined> {
  const templates = (await services.templates()).map(({ name, title, description }) => ({
    ...{ label: title, description: name, detail: description },
    chosen: { template: name },
  }));
  const others = Object.values(beginnings).map(({ make, ...words }) => ({ ...words, chosen: { make } }));
  const items: (vscode.QuickPickItem & { chosen: Chosen })[] = templatesOnly ? templates : [...others, ...templates];
  return (await vscode.window.showQuickPick(items, { title: 'New project' }))?.chosen;
}
