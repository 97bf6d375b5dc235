import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { consoleProblems, itInBrowser } from '../support/driver.js';
import { asAPipeline } from './life/account-pipeline.js';
import { destroying } from './life/destroying.js';
import { stagesAsJobs } from './life/jobs.js';
import { readOnlyAgain } from './life/read-only.js';
import { stagesAgainstS3 } from './life/stages.js';
import { makeLife } from './support/life.js';

/** A whole life of the template's project in an account, in order: each part goes on where the last one ended. */
describe('a project in an AWS account, in VS Code', function () {
  this.timeout(180_000);
  const life = makeLife();

  before(async () => {
    await life.open();
    await vscode.commands.executeCommand('workbench.view.extension.mlops');
  });
  after(async () => {
    const settings = vscode.workspace.getConfiguration('mlops');
    await settings.update('environment', undefined, vscode.ConfigurationTarget.Workspace);
    await settings.update('aws.write', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  stagesAgainstS3(life);
  stagesAsJobs(life);
  asAPipeline(life);
  readOnlyAgain(life);
  destroying(life);

  describe('through all of that', () => {
    itInBrowser('causes no violated policy and no error in the console but what it says itself', async () => {
      const problems = await consoleProblems();
      assert.deepEqual(
        problems.filter(({ text }) => !text.startsWith('Run failed: ')),
        [],
      );
    });
  });
});
