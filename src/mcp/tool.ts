import type * as z from 'zod';
import type { At } from '../operations/operation.js';

/** What a tool found, and where: an assistant has to be able to say what it read. */
export interface Found {
  /** An object of the bucket, a run, a command that prints the same. */
  source: string;
  data: unknown;
}

/** The person beside the assistant. Nothing is changed that they did not type the name of. */
export interface Person {
  /** @throws RefusedError unless they typed `resource` */
  confirm(what: string, resource: string): Promise<void>;
}

/** Something that an assistant may ask for. */
export interface Tool {
  name: string;
  title: string;
  /** For the assistant: what it answers, when to ask it. */
  description: string;
  input: z.ZodRawShape;
  /** Whether it leaves anything behind. */
  changes: boolean;
  run: (at: At, input: never, person: Person) => Promise<Found>;
}

type Input<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>>;
type Words<Shape extends z.ZodRawShape> = Pick<Tool, 'name' | 'title' | 'description'> & { input: Shape };

/** Makes a tool that only looks. */
export function looks<Shape extends z.ZodRawShape>(
  words: Words<Shape>,
  run: (at: At, input: Input<Shape>) => Promise<Found>,
): Tool {
  return { ...words, changes: false, run };
}

/** Makes a tool that changes something; it asks the person by itself. */
export function acts<Shape extends z.ZodRawShape>(
  words: Words<Shape>,
  run: (at: At, input: Input<Shape>, person: Person) => Promise<Found>,
): Tool {
  return { ...words, changes: true, run };
}
