import type { RequestForm } from '../../project/commands.js';

/** A model that was trained elsewhere, and what its user says of it. */
export interface RegisterWish {
  from:
    | { kind: 'file'; path: string; rounds?: [number, number] }
    | { kind: 'command'; text: string; request: RequestForm }
    | { kind: 'mlflow'; uri: string };
  /** What it is called; by default what it comes from. */
  name?: string;
  task?: string;
  /** Of several classes, in the order of the model's outputs. */
  classes?: string[];
  /** A signature in JSON, or a table that has the model's columns in its order. */
  inputs?: string;
  columns?: string[];
  threshold?: number;
  /** A table with labels to evaluate it on; by default the project's own test part. */
  data?: string;
  label?: string;
}
