import './report.css';
import type { HostMessage, PageNews } from '../../src/report/protocol.js';
import { el } from '../shared/dom.js';
import { connectHost } from '../shared/connect.js';
import type { Host } from '../shared/host.js';
import { forgetCharts } from './charts/chart.js';
import { drawEvaluation } from './evaluation.js';
import { drawMonitoring } from './monitoring.js';
import { keepPlace } from './keep-place.js';
import { drawPage } from './page.js';
import { drawRaw } from './raw.js';
import { makeRowsPane } from './rows-pane.js';

const editor = connectHost();
const pane = makeRowsPane(document.getElementById('rows')!, editor);
/** Asking for rows shows at once that it was heard. */
const host: Host = {
  ...editor,
  send(message) {
    if (message.type === 'command' && message.command === 'showRows') pane.wait(message.argument ?? '');
    editor.send(message);
  },
};
const root = document.getElementById('root')!;
/** Says a changed verdict aloud; nothing else interrupts. */
const news = document.getElementById('news')!;
let lastHeadline: string | undefined;
let lastAbout: string | undefined;
let lastTitle: string | undefined;

function draw(message: HostMessage): HTMLElement[] {
  if (message.type === 'raw') return drawRaw(message, host);
  switch (message.view.kind) {
    case 'evaluation':
      return drawEvaluation(message.view, host);
    case 'page':
      return drawPage(message.view, host);
    case 'monitoring':
      return drawMonitoring(message.view, host);
  }
}

/** Draws a snapshot; of the same subject a person keeps their place in it. */
function show(message: HostMessage): void {
  const title = message.type === 'report' ? message.view.title : message.name;
  const restore = keepPlace(root);
  const putBack = pane.keep();
  forgetCharts();
  forgetRows(message);
  root.replaceChildren(el('main', {}, ...draw(message)));
  if (title === lastTitle) restore();
  putBack();
  lastTitle = title;
  announce(message);
}

/** Rows of another run must not stand beneath this one's figures. */
function forgetRows(message: HostMessage): void {
  const about = message.type === 'report' ? message.view.facts.map(({ text }) => text).join() : message.name;
  if (lastAbout !== undefined && about !== lastAbout) pane.clear();
  lastAbout = about;
}

function announce(message: HostMessage): void {
  const headline = message.type === 'report' && message.view.kind === 'monitoring' ? message.view.banner.headline : '';
  if (lastHeadline !== undefined && headline !== lastHeadline) news.textContent = headline;
  lastHeadline = headline;
}

function hear(message: HostMessage | PageNews): void {
  if (message.type === 'rows' || message.type === 'explained') pane.show(message);
  else show(message);
}

host.onMessage(hear);
host.send({ type: 'ready' });
