import { readFileSync } from 'node:fs';

/**
 * Short names of VS Code's own colour themes; a JSON file, for the tests read it too.
 * @type {Record<'dark' | 'light' | 'hc' | 'hc-light', string>}
 */
export const themes = JSON.parse(readFileSync(new URL('themes.json', import.meta.url), 'utf8'));
