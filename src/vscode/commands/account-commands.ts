import * as vscode from 'vscode';
import { InputError, RefusedError } from '../../common/errors.js';
import { turnOffWriting } from '../../operations/environments/write.js';
import { signIn } from '../session/expired.js';
import { performOnFiles } from '../session/perform.js';
import type { Current, Session } from '../session/session.js';
import { loginCommand } from '../session/sign-in-command.js';
import { userSetting, writeUserSetting } from '../settings.js';
import type { Handlers } from './register.js';

type AccountCommands = Pick<Handlers, 'mlops.turnOnWriting' | 'mlops.turnOffWriting' | 'mlops.signIn'>;

/** What concerns the user of an account and nothing in it: signing in, and what commands may do there. */
export function accountCommands(session: Session): AccountCommands {
  return {
    'mlops.turnOnWriting': async () => {
      const current = inAccount(session, 'turn on writing');
      const { name, region } = current.environment;
      if (current.project.file.environments[name]?.write === false)
        throw new RefusedError(`mlops.json forbids writing to ${name} (environments.${name}.write is false)`);
      const account = await current.askAccount();
      if (account === undefined) throw new InputError(`environment ${name}: found no account to write to`);
      const detail =
        `Account ${account}, ${region}. Runs, deployments and deletions may then change it, from this window and for ` +
        'every project with an environment of this name and account, until you turn writing off.';
      const yes = 'Turn Writing On';
      const answer = await vscode.window.showWarningMessage(
        `Let commands change ${name}?`,
        { modal: true, detail },
        yes,
      );
      if (answer !== yes) return;
      await writeUserSetting('aws.write', [...without(name), `${name}@${account}`]);
    },
    'mlops.turnOffWriting': async () => {
      const { project, environment } = inAccount(session, 'turn off writing');
      const { name } = environment;
      await writeUserSetting('aws.write', without(name));
      await performOnFiles(turnOffWriting, { project, name }, `Turning off writing to ${name}`);
      session.tellRights();
    },
    'mlops.signIn': () => {
      const { environment } = inAccount(session, 'sign in');
      const command = loginCommand(environment.profile);
      if (command === undefined) throw new InputError(`profile "${environment.profile}": sign in with it by hand`);
      signIn(command);
    },
  };
}

/** The user's entries for all other environments. */
function without(name: string): string[] {
  return userSetting('aws.write').filter((entry) => !entry.startsWith(`${name}@`));
}

function inAccount(session: Session, what: string): Current {
  const current = session.require();
  if (current.environment.kind === 'aws') return current;
  throw new InputError(`${what}: environment ${current.environment.name} is no AWS environment; switch to one first`);
}
