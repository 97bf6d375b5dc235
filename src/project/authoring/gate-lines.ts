import { findNodeAtLocation, parseTree } from 'jsonc-parser/lib/esm/main.js';
import type { GateResult } from '../../documents/gates/verdict.js';
import { mostCharacters } from './project-findings.js';

/** What stands above a gate: what it said last, and from where in the text. */
export interface GateLine {
  from: number;
  title: string;
}

/** Above each gate of an `mlops.json` what the newest verdict said of it; nothing of a gate that it did not judge. */
export function gateLines(source: string, gates: readonly GateResult[]): GateLine[] {
  if (source.length > mostCharacters) return [];
  const root = parseTree(source, [], { allowTrailingComma: true });
  const list = root && findNodeAtLocation(root, ['monitor', 'gates']);
  return (list?.children ?? []).flatMap((node) => {
    const id: unknown = findNodeAtLocation(node, ['id'])?.value;
    const gate = gates.find((one) => one.id === id);
    return gate === undefined ? [] : [{ from: node.offset, title: lineOf(gate) }];
  });
}

function lineOf({ status, metric, value, operator, threshold, n, reason }: GateResult): string {
  if (value === null) return `${status}: ${metric} is not known${typeof reason === 'string' ? `, ${reason}` : ''}`;
  const limit = threshold === null ? '' : `, must be ${operator} ${short(threshold)}`;
  return `${status}: ${metric} was ${short(value)}${limit}${n === null ? '' : ` (n ${n.toLocaleString('en-US')})`}`;
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
