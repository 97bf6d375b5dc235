// Runs in the page under test: what a page says, line by line, as readable text for golden files.
window.outline = function outline() {
  const lines = [];
  const clean = (text) => text.replace(/\s+/g, ' ').trim();
  const skip = new Set(['SCRIPT', 'STYLE']);
  const cellText = (cell) => {
    const drawn = cell.querySelector('svg[role=img]');
    const button = cell.querySelector('button');
    const text = clean(cell.textContent ?? '');
    if (drawn) return `(${drawn.getAttribute('aria-label')})`;
    return button ? `[${text}]` : text;
  };
  function table(element, indent) {
    const rows = [...element.querySelectorAll('tr')];
    const shown = rows.slice(0, 6);
    for (const row of shown) lines.push(`${indent}| ${[...row.children].map(cellText).join(' | ')} |`);
    if (rows.length > shown.length) lines.push(`${indent}… ${rows.length - shown.length} more rows`);
  }
  function walk(element, indent) {
    if (element.hidden || skip.has(element.tagName)) return;
    const tag = element.tagName.toLowerCase();
    if (/^h[1-6]$/.test(tag)) lines.push(`${indent}${'#'.repeat(Number(tag[1]))} ${clean(element.textContent)}`);
    else if (tag === 'table') table(element, indent);
    else if (element.getAttribute('role') === 'img')
      lines.push(`${indent}(image: ${element.getAttribute('aria-label')})`);
    else if (tag === 'p' || tag === 'dt' || tag === 'dd' || tag === 'pre' || tag === 'summary')
      lines.push(`${indent}${clean(element.textContent).slice(0, 300)}`);
    else if (tag === 'button' || tag === 'vscode-button') lines.push(`${indent}[${clean(element.textContent)}]`);
    else if (tag === 'select')
      lines.push(
        `${indent}<${element.options.length} to choose from, ${clean(element.options[0]?.textContent ?? '')}>`,
      );
    else if (tag === 'input') lines.push(`${indent}<${element.type} ${element.id}>`);
    else if (tag === 'li' && element.children.length === 0) lines.push(`${indent}- ${clean(element.textContent)}`);
    else {
      const deeper = tag === 'section' || tag === 'header' ? `${indent}  ` : indent;
      for (const child of element.children) walk(child, deeper);
    }
  }
  walk(document.querySelector('main'), '');
  return `${lines.filter((line) => line.trim() !== '').join('\n')}\n`;
};
