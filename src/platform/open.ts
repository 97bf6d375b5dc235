import { environmentOf } from '../project/environments.js';
import type { Project } from '../project/schema.js';
import { openLocal } from './local/index.js';
import type { Environment } from './ports/environment.js';

export interface EngineFiles {
  /** The Node that runs endpoint processes, and the script it runs. */
  node: string;
  endpointScript: string;
}

/** What a door knows of the user for whom it opens an AWS environment. */
export interface UserAnswers {
  /** Where `mlops.json` leaves them open. */
  profile?: string;
  region?: string;
  /** Environments that the user's editor setting allows to be written to: `prod`, or `prod@<account>`. */
  allowed?: () => readonly string[];
  /** Asks for the code of an MFA device. */
  askMfa?: (device: string) => Promise<string>;
  /** Nobody is there to ask: who started the container confirmed where its calls go. */
  inContainer?: boolean;
  /** Says what its user should know and no answer holds; stderr, where nobody says otherwise. */
  tell?: (text: string) => void;
}

/** Opens an environment of a project by its name. Imported by wiring files only. */
export async function openEnvironment(
  project: Project,
  name: string,
  files: EngineFiles,
  user: UserAnswers = {},
): Promise<Environment> {
  const environment = environmentOf(project, name);
  if (environment.kind === 'local') {
    const { folder, file } = project;
    return openLocal({ projectFolder: folder, project: file.name, engine: files });
  }
  // Loaded here and not above: work on this machine never loads the AWS SDK.
  const { openAws } = await import('./aws/index.js');
  return openAws(project, name, environment, user);
}
