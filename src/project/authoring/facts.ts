/** A column of a table that is there. */
export interface Column {
  name: string;
  /** DuckDB's word for its type. */
  type: string;
}

/** What is known beside the text that is being written. A part that nobody knows is absent, and nothing is judged by it. */
export interface Facts {
  /** Columns of the sources' tables, by the source's name. */
  tables?: Record<string, Column[]>;
  /** Columns of the table of examples. */
  features?: Column[];
  /** The classes that the newest evaluation told apart. */
  classes?: string[];
  /** The slices that the newest verdict judged: `site=north`. */
  slices?: string[];
  /** Whether a file that the project names is there. */
  hasFile?: (name: string) => boolean;
  /** Whether its user lets a command run in the project's folder. */
  isAllowed?: (command: readonly string[]) => boolean;
  /** Other projects of the workspace, by folder. */
  others?: { name: string; folder: string }[];
}
