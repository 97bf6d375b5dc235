/** Way from the root of a JSON value to a part of it. */
export type Path = readonly (string | number)[];

/** Both from 1, as editors show them. */
export interface Place {
  line: number;
  column: number;
}

/** One thing that is wrong in a project file. */
export interface Problem extends Place {
  path: Path;
  /** "found 1.4, expected at most 1". */
  message: string;
}

/** Notes a problem at a path below the part that is checked; `offset` points into the string there. */
export type Note = (path: Path, message: string, offset?: number) => void;

/** `mlops.json:12:5: features.split.train: found 1.4, expected at most 1`. */
export function lineOf(problem: Problem, file: string): string {
  const { line, column, path, message } = problem;
  const where = path.length === 0 ? '' : ` ${pathText(path)}:`;
  return `${file}:${line}:${column}:${where} ${message}`;
}

/** `model.candidates[0].name`, `model.fill["smart_*"]`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w$-]+$/.test(step)) return `${text}["${step}"]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** What was found, short enough for a line. */
export function foundText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value !== null && typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

/** The part of a JSON value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, step) =>
      part !== null && typeof part === 'object' ? (part as Record<string | number, unknown>)[step] : undefined,
    value,
  );
}
