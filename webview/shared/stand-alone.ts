import { tableOf } from '../../src/report/export/tables.js';
import type { Embedded } from '../../src/report/export/stand-alone.js';
import { markdownOf } from '../../src/report/export/markdown.js';
import type { HostMessage, PageMessage, PageNews } from '../../src/report/protocol.js';
import type { CommandId } from '../../src/report/view.js';
import type { Host } from './host.js';

const offered: CommandId[] = ['copyMarkdown', 'copyCsv', 'saveCsv', 'showRows', 'explainRow'];

/** The host of an exported page: everything it can show is in the file itself, and nothing is fetched. */
export function standAlone(): Host {
  const listeners: ((message: HostMessage | PageNews) => void)[] = [];
  const tell = (message: HostMessage | PageNews) => listeners.forEach((listener) => listener(message));
  const text = document.getElementById('embedded')?.textContent;
  const embedded = text ? (JSON.parse(text) as Embedded) : undefined;
  let shown: PageNews | undefined;
  return {
    can: (command) => offered.includes(command),
    onMessage: (listener) => void listeners.push(listener),
    send(message) {
      if (embedded) answer(embedded, message);
    },
  };

  function answer({ message, rows, explained }: Embedded, said: PageMessage): void {
    if (said.type === 'ready') return tell(message);
    const { command, argument = '' } = said;
    if (command === 'showRows') {
      const missing = { type: 'rows', selection: argument, title: 'Rows', table: null, explains: false } as const;
      shown = rows[argument] ?? { ...missing, note: 'These rows are not part of this file.' };
      tell(shown);
    } else if (command === 'explainRow') {
      const missing = { type: 'explained', record: argument, waterfall: null } as const;
      tell(explained[argument] ?? { ...missing, note: 'This row is not explained in this file.' });
    } else if (message.type === 'report') {
      const table = shown?.type === 'rows' && shown.table?.id === argument ? shown.table : undefined;
      if (command === 'copyMarkdown') void copy(markdownOf(message.view));
      if (command === 'copyCsv') void copy(tableOf(message.view, argument, table)?.csv ?? '');
      if (command === 'saveCsv') save(tableOf(message.view, argument, table));
    }
  }
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  const news = document.getElementById('news');
  if (news) news.textContent = 'Copied';
}

function save(table: { name: string; csv: string } | undefined): void {
  if (!table) return;
  const url = URL.createObjectURL(new Blob([table.csv], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = table.name;
  link.click();
  URL.revokeObjectURL(url);
}
