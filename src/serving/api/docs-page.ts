import { createHash } from 'node:crypto';

/** Small enough to stand here: no file of ours has to be found, none of others is loaded. */
const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 0; font-family: ui-monospace, monospace; }
section { border: 1px solid #8886; border-radius: 6px; padding: .8rem 1rem; margin: 1rem 0; }
textarea, pre { width: 100%; box-sizing: border-box; font: 13px/1.4 ui-monospace, monospace; }
textarea { min-height: 9rem; } pre { overflow: auto; background: #8881; padding: .6rem; border-radius: 4px; white-space: pre-wrap; }
input, button { font: inherit; padding: .25rem .6rem; margin: .2rem .3rem .2rem 0; }
label { display: inline-block; margin-right: 1rem; }`;

const script = `
const $ = (name, props = {}, ...children) => {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
};
let token = '';
const headers = () => ({ 'content-type': 'application/json', ...(token ? { authorization: 'Bearer ' + token } : {}) });
const say = (text) => { document.getElementById('said').textContent = text; };
const exampleOf = (schema = {}) => {
  const one = schema.anyOf ? schema.anyOf[0] : schema;
  const type = Array.isArray(one.type) ? one.type[0] : one.type;
  if (one.enum) return one.enum[0];
  if (type === 'object') {
    const wanted = one.required ?? [];
    return Object.fromEntries(wanted.map((name) => [name, exampleOf((one.properties ?? {})[name])]));
  }
  if (type === 'array') return one.items ? [exampleOf(one.items)] : [];
  if (type === 'number' || type === 'integer') return one.minimum ?? 0;
  if (type === 'boolean') return false;
  return '';
};
const routeOf = (path, method, operation) => {
  const schema = operation.requestBody?.content['application/json'].schema;
  const body = schema && $('textarea', { value: JSON.stringify(exampleOf(schema), null, 2), spellcheck: false });
  if (body) body.setAttribute('aria-label', 'Body of ' + path);
  const answer = $('pre', { hidden: true });
  answer.setAttribute('aria-live', 'polite');
  const send = $('button', { textContent: 'Send', onclick: async () => {
    const began = performance.now();
    const response = await fetch('.' + path, { method: method.toUpperCase(), headers: headers(), body: body?.value });
    const text = await response.text();
    const took = Math.round(performance.now() - began);
    let shown = text;
    try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch {}
    answer.hidden = false;
    answer.textContent = response.status + ' ' + response.statusText + ' in ' + took + ' ms\\n' + shown;
    if (path === '/auth/login' && response.ok) { token = JSON.parse(text).access_token; say('Signed in.'); }
  } });
  return $('section', {}, $('h2', { textContent: method.toUpperCase() + ' ' + path }), $('p', { textContent: operation.summary }), ...(body ? [body] : []), send, answer);
};
const load = async () => {
  const response = await fetch('./openapi.json', { headers: headers() });
  if (!response.ok) return say('Sign in, or paste a token, to see the routes.');
  const { info, paths } = await response.json();
  document.title = info.title;
  document.querySelector('h1').textContent = info.title + ' ' + info.version;
  say('');
  const routes = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => routeOf(path, method, operation)));
  document.getElementById('routes').replaceChildren(...routes);
};
document.getElementById('token').onsubmit = (event) => {
  event.preventDefault();
  token = event.target.elements.token.value.trim();
  load();
};
document.getElementById('login').onsubmit = async (event) => {
  event.preventDefault();
  const { username, password } = event.target.elements;
  const body = JSON.stringify({ username: username.value, password: password.value });
  const response = await fetch('./auth/login', { method: 'POST', headers: headers(), body });
  if (!response.ok) return say('Not signed in: ' + ((await response.json()).detail ?? response.status));
  token = (await response.json()).access_token;
  password.value = '';
  load();
};
load();`;

/** The page by which a person tries requests. It says nothing of the service by itself: that it asks for as any caller does. */
export function docsPage(signIn: boolean): string {
  const login = `<form id="login"${signIn ? '' : ' hidden'}><label>User <input name="username" autocomplete="username" required></label><label>Password <input name="password" type="password" autocomplete="current-password" required></label><button>Sign in</button></form>`;
  const token = `<form id="token"><label>Token <input name="token" type="password" autocomplete="off"></label><button>Use it</button></form>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API</title><style>${style}</style></head><body><h1>API</h1>${login}${token}<p id="said" role="status"></p><div id="routes"></div><script>${script}</script></body></html>`;
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Exactly this script and these styles; requests to this service alone. */
export const docsPolicy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
