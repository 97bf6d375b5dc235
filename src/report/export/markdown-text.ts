/** Text that comes from data, in Markdown: one line, in which nothing may begin markup or HTML, also not behind a backslash of its own. */
export function markdownText(content: string): string {
  return escaped(content).replaceAll('*', '\\*').replace(beginning, '$1\\$2');
}

/** At the beginning of a line these make a heading, a quote, a list or a rule. */
const beginning = /^(\s*\d{0,9})(#{1,6}(?=\s|$)|>|[-+.)](?=\s|$)|-(?=[-\s]*$))/;

/** As `markdownText`, inside a table, where our own figures are bold: nothing in it may end the cell either. */
export function markdownCell(content: string): string {
  return escaped(content).replaceAll('|', '\\|');
}

/** A line break would begin a heading, a list or a row; the rest steers a terminal, or turns the order of what is read around. */
const breaks = /[\r\n\t\u0085\u2028\u2029]+/g;
const steering = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

function escaped(content: string): string {
  return content
    .replace(breaks, ' ')
    .replace(steering, '�')
    .replace(/[\\_~<`[\]]/g, (sign) => `\\${sign}`)
    .replace(/&(?=[#\w]+;)/g, '\\&');
}
