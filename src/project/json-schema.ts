import * as z from 'zod';
import type { Path } from './checks/problem.js';
import { projectFileSchema } from './schema.js';

/** The JSON Schema of `mlops.json` as a user writes it (what has a default may be left out), for editors to complete and check. */
export function projectJsonSchema(): Record<string, unknown> {
  return (made ??= make());
}

let made: Record<string, unknown> | undefined;

function make(): Record<string, unknown> {
  const schema = z.toJSONSchema(projectFileSchema, { io: 'input', target: 'draft-7' });
  return { ...schema, title: 'MLOps Workbench project', allowComments: true, allowTrailingCommas: true };
}

interface Shape {
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
}

/** The keys that an object at this path of `mlops.json` may have; none where any key goes. */
export function knownKeys(path: Path): string[] {
  const shapes = path.reduce<Shape[]>(
    (parts, step) => parts.flatMap((part) => branches(part)).flatMap((part) => inside(part, step)),
    [projectJsonSchema()],
  );
  return [
    ...new Set(shapes.flatMap((shape) => branches(shape)).flatMap((shape) => Object.keys(shape.properties ?? {}))),
  ];
}

function branches(shape: Shape): Shape[] {
  const options = [...(shape.anyOf ?? []), ...(shape.oneOf ?? [])];
  return options.length === 0 ? [shape] : options.flatMap((option) => branches(option));
}

function inside(shape: Shape, step: string | number): Shape[] {
  if (typeof step === 'number') return shape.items === undefined ? [] : [shape.items];
  const property = shape.properties?.[step];
  if (property !== undefined) return [property];
  return typeof shape.additionalProperties === 'object' ? [shape.additionalProperties] : [];
}
