import * as vscode from 'vscode';
import { saidIn } from '../arguments.js';

/** What rows can be written to, and read from. */
export const writtenEndings = ['csv', 'tsv', 'parquet', 'jsonl'];
export const tableEndings = [...writtenEndings, 'xlsx'];

interface Choice {
  /** What the dialog's button says. */
  openLabel: string;
  endings?: string[];
}

/** The path of the table that a command is called on, or that its user then picks; undefined: not after all. */
export async function tableOf(
  argument: unknown,
  { openLabel, endings = tableEndings }: Choice,
): Promise<string | undefined> {
  const said = saidIn<{ file: string }>(argument).file;
  if (said !== undefined) return said;
  if (argument instanceof vscode.Uri) return argument.fsPath;
  const options = { title: 'Which table?', openLabel, filters: { Tables: endings } };
  return (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
}
