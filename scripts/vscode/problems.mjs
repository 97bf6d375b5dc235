// Collects what goes wrong in a window's pages.

/**
 * @typedef {object} Problem an error in the browser's console, a violated content security policy or a thrown error
 * @property {string} text
 * @property {string} url where it comes from
 */

/**
 * VS Code for the browser complains about things of its own: a favicon, a service worker, an update server. Whatever
 * names us counts, wherever it comes from: that is how VS Code reports a wrong manifest or a failed command.
 * @param {Problem} problem
 */
function isOurs({ text, url }) {
  // A library that looks whether it runs in a browser; VS Code notes every such look.
  if (text.includes('PendingMigrationError')) return false;
  if (/mlops/i.test(text)) return true;
  if (url === '') return !text.includes('fetching the script');
  const ownFile =
    /^http:\/\/127\.0\.0\.1:\d+\/(_static\/|update\/check|[^/]+\/static\/(?!.*\/webview\/browser\/pre\/))/;
  return !ownFile.test(url);
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Problem[]} grows as the page runs
 */
export function watchProblems(page) {
  /** @type {Problem[]} */
  const problems = [];
  /** @param {Problem} problem */
  const note = (problem) => {
    if (isOurs(problem)) problems.push(problem);
  };
  page.on('console', (message) => {
    // Chromium writes a violated policy as an error, also one inside a webview.
    if (message.type() === 'error') note({ text: message.text(), url: message.location().url });
  });
  page.on('pageerror', (error) => {
    note({ text: error.message, url: /https?:[^\s)]+/.exec(error.stack ?? '')?.[0] ?? '' });
  });
  return problems;
}
