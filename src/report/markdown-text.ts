/** Text that comes from data, in Markdown: nothing in it may begin markup or HTML, also not behind a backslash of its own. */
export function markdownText(content: string): string {
  return content.replace(/[\\_<`[\]]/g, (sign) => `\\${sign}`);
}

/** As `markdownText`, inside a table: nothing in it may end the cell or the row either. */
export function markdownCell(content: string): string {
  return markdownText(content)
    .replaceAll('|', '\\|')
    .replace(/[\r\n]+/g, ' ');
}
