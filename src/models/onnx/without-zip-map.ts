import { fieldOf, fieldsOf, textField, textOfField, type Field } from './wire.js';

/** Numbers of fields in onnx.proto. */
const model = { graph: 7 };
const graph = { node: 1, output: 12 };
const node = { input: 1, output: 2, operator: 4, attribute: 5 };
const attribute = { ints: 8, strings: 9 };
const named = { name: 1, type: 2 };

export interface Unzipped {
  bytes: Uint8Array;
  /** The classes in the order of the probabilities, where the model held them in a ZipMap. */
  classes: string[] | null;
}

/**
 * A model whose probabilities are a table. skl2onnx puts them into dictionaries by class (ZipMap), which no runtime in
 * JavaScript gives out: that step is taken away, and what it was given becomes the output.
 * @throws InputError for bytes that are no ONNX model
 */
export function withoutZipMap(bytes: Uint8Array): Unzipped {
  const fields = fieldsOf(bytes);
  const graphs = fields.filter(({ number, body }) => number === model.graph && body);
  if (graphs.length !== 1) return { bytes, classes: null };
  const parts = fieldsOf(graphs[0]!.body!);
  const isZip = (part: Field) => part.number === graph.node && operatorOf(part) === 'ZipMap';
  const zips = parts.filter(isZip);
  if (zips.length === 0) return { bytes, classes: null };
  const tables = new Map(zips.map((zip) => [textIn(zip, node.output), textIn(zip, node.input)] as const));
  const kept = parts
    .filter((part) => !isZip(part))
    .map((part) => {
      const table = part.number === graph.output ? tables.get(textIn(part, named.name)) : undefined;
      return table === undefined ? part.raw : fieldOf(graph.output, tableOutput(table));
    });
  const changed = fieldOf(model.graph, Buffer.concat(kept));
  const whole = fields.map((field) => (field === graphs[0] ? changed : field.raw));
  return { bytes: Buffer.concat(whole), classes: classesOf(zips[0]!) };
}

const operatorOf = (part: Field) => textIn(part, node.operator);
const textIn = ({ body }: Field, number: number): string => {
  const found = fieldsOf(body!).find((field) => field.number === number);
  return found === undefined ? '' : textOfField(found);
};

/** `name`, a tensor of 32-bit numbers of any form. */
function tableOutput(name: string): Uint8Array {
  const float = Uint8Array.of(8, 1);
  return Buffer.concat([textField(named.name, name), fieldOf(named.type, fieldOf(1, float))]);
}

/** `classlabels_strings` or `classlabels_int64s`; whole numbers may lie packed. */
function classesOf({ body }: Field): string[] {
  return fieldsOf(body!)
    .filter(({ number }) => number === node.attribute)
    .flatMap((part) => fieldsOf(part.body!))
    .flatMap((field) => {
      if (field.number === attribute.strings) return [textOfField(field)];
      if (field.number !== attribute.ints) return [];
      return field.body === undefined ? [String(field.value)] : packed(field.body).map(String);
    });
}

function packed(body: Uint8Array): number[] {
  const numbers: number[] = [];
  let [value, scale] = [0, 1];
  for (const byte of body) {
    value += (byte & 127) * scale;
    scale *= 128;
    if (byte > 127) continue;
    numbers.push(value);
    [value, scale] = [0, 1];
  }
  return numbers;
}
