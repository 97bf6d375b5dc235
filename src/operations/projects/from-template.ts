import { makeSample } from '../../data/sample.js';
import { instantiate, templateNamed } from '../../project/templates.js';
import { makesFiles } from '../operation.js';

interface FromTemplate {
  template: string;
  /** The folder of all templates. */
  templates: string;
  folder: string;
  /** What its sample data shows: healthy, drifted or failing; without it there is none. */
  scenario?: string;
}

/** A project from a template, with sample data where they are asked for. */
export const projectFromTemplate = makesFiles(
  'projects.from-template',
  async ({ signal }, { template, templates, folder, scenario }: FromTemplate) => {
    const chosen = await templateNamed(template, templates);
    const files = await instantiate(chosen, folder);
    const sample = scenario !== undefined;
    if (sample) await makeSample({ templateFolder: chosen.folder, projectFolder: folder, scenario, signal });
    return { folder, files, sample };
  },
);
