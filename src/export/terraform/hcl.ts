/** An expression of Terraform's language, written as it stands: `aws_s3_bucket.data.arn`. */
export class Expression {
  constructor(readonly text: string) {}
}
export const expression = (text: string): Expression => new Expression(text);

/** A block: `resource "aws_s3_bucket" "data" { … }`, or one inside of another. */
export interface Block {
  type: string;
  labels?: string[];
  /** Attributes by their names; what is undefined is not said. */
  attributes?: Record<string, Value | undefined>;
  blocks?: Block[];
}
export type Value = string | number | boolean | Expression | Value[] | { [key: string]: Value };

/** Blocks as a file of Terraform. Source: "Native syntax" of its language documentation. */
export function hclFile(about: string, blocks: readonly Block[]): string {
  return `# ${about}\n\n${blocks.map((block) => linesOf(block, '').join('\n')).join('\n\n')}\n`;
}

function linesOf({ type, labels = [], attributes = {}, blocks = [] }: Block, indent: string): string[] {
  const inner = `${indent}  `;
  const said = Object.entries(attributes).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  const longest = Math.max(0, ...said.map(([name]) => name.length));
  const head = [type, ...labels.map((label) => JSON.stringify(label))].join(' ');
  if (said.length === 0 && blocks.length === 0) return [`${indent}${head} {}`];
  return [
    `${indent}${head} {`,
    ...said.map(([name, value]) => `${inner}${name.padEnd(longest)} = ${valueText(value, inner)}`),
    ...blocks.flatMap((block, at) => [...(at > 0 || said.length > 0 ? [''] : []), ...linesOf(block, inner)]),
    `${indent}}`,
  ];
}

function valueText(value: Value, indent: string): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object' || one instanceof Expression))
      return `[${value.map((one) => valueText(one, inner)).join(', ')}]`;
    return `[\n${value.map((one) => `${inner}${valueText(one, inner)},\n`).join('')}${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  return `{\n${entries.map(([key, one]) => `${inner}${quoted(key)} = ${valueText(one, inner)}\n`).join('')}${indent}}`;
}

/** A text between quotes; what would begin an expression in it is meant as it stands. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{');
}
