// Runs in the page under test: the host's API, VS Code's colours, and a watch on the content security policy.
let kept;
globalThis.acquireVsCodeApi = () => ({
  postMessage: (message) => globalThis.hear(message),
  setState: (state) => (kept = state),
  getState: () => kept,
});

document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error(`policy: ${violatedDirective} ${blockedURI}`),
);

/** Sets the variables and the class as VS Code does; before there is a document, as soon as there is one. */
globalThis.dressAs = ({ bodyClass, variables }) => {
  const put = () => {
    const { style } = document.documentElement;
    for (const name of [...style]) if (name.startsWith('--vscode-')) style.removeProperty(name);
    for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
    document.body.className = bodyClass;
  };
  if (document.body) put();
  else document.addEventListener('DOMContentLoaded', put);
};
