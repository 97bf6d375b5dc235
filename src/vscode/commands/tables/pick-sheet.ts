import { basename } from 'node:path';
import * as vscode from 'vscode';

/**
 * Which sheet of a workbook is meant, where several show something, as words of the command that reads it; none for any
 * other file; undefined: not after all.
 */
export async function sheetWords(file: string): Promise<string[] | undefined> {
  if (!/\.xls[xm]$/i.test(file)) return [];
  // Loaded with the first workbook: most windows never see one.
  const { sheetsIn } = await import('../../../data/sheets/sheets-in.js');
  const sheets = await sheetsIn(file);
  if (sheets.length < 2) return [];
  const sheet = await vscode.window.showQuickPick(sheets, { title: `Which sheet of ${basename(file)}?` });
  return sheet === undefined ? undefined : [`--sheet=${sheet}`];
}
