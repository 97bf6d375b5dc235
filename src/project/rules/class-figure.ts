/** A class that needs no quotes in a rule: letters of any script, digits, and signs that mean nothing there. */
const plainClass = /^[\p{L}\p{N}_.+-]+$/u;

/** How a figure of one class is called in rules, baselines and documents: `recall{comp1}`, `recall{"no failure"}`. */
export function classFigure(figure: string, name: string): string {
  return `${figure}{${plainClass.test(name) ? name : JSON.stringify(name)}}`;
}

const named = /^([A-Za-z_][A-Za-z0-9_]*)\{(?:("(?:[^"\\]|\\.)*")|([^\s"{}[\]()]+))\}$/u;

/** What `classFigure` wrote; undefined for any other name. */
export function readClassFigure(key: string): { figure: string; class: string } | undefined {
  const [, figure, quoted, plain] = named.exec(key) ?? [];
  if (figure === undefined) return undefined;
  const name = quoted === undefined ? plain : unquoted(quoted);
  return name === undefined ? undefined : { figure, class: name };
}

/** A class between quotes, as JSON writes texts; undefined where JSON does not know it. */
export function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
