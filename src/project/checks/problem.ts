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
  /** What may stand there instead, for an editor to offer; absent where nobody could list it. */
  known?: readonly (string | number)[];
}

/** Notes a problem at a path below the part that is checked; `offset` points into the string there. */
export type Note = (path: Path, message: string, offset?: number, known?: Problem['known']) => void;

/** `mlops.json:12:5: features.split.train: found 1.4, expected at most 1`. */
export function lineOf(problem: Problem, file: string): string {
  const { line, column, path, message } = problem;
  const where = path.length === 0 ? '' : ` ${pathText(path)}:`;
  return `${file}:${line}:${column}:${where} ${message}`;
}

/** `model.candidates[0].name`, `model.fill["smart_*"]`. */
function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w$-]+$/.test(step)) return `${text}["${step}"]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
