// The half of shot.mjs that VS Code runs in its extension host, where commands can be called by their id.
const vscode = require('vscode');

async function tell(action, ...args) {
  await fetch(`${process.env.MLOPS_E2E_BRIDGE}/${action}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.MLOPS_E2E_TOKEN}` },
    body: JSON.stringify(args),
  });
}

/** @type {Record<string, (value: string) => Thenable<unknown>>} */
const steps = {
  command: (id) => vscode.commands.executeCommand(id),
  open: (file) => vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file)),
};

/** Takes the steps one after the other and says so; the window stays until the picture is taken. */
exports.run = async () => {
  try {
    for (const { name, value } of JSON.parse(process.env.MLOPS_SHOT_STEPS)) {
      await steps[name](value).then(undefined, (error) => {
        throw new Error(`--${name} ${value}: ${error.message}`);
      });
    }
    await tell('done');
  } catch (error) {
    await tell('done', error.message);
  }
  await new Promise(() => undefined);
};
