import * as vscode from 'vscode';
import { type ObjectAddress, uriPartsOf } from './object-address.js';

/** Where an object opens in the editor. */
export function objectUri(at: ObjectAddress): vscode.Uri {
  return vscode.Uri.from(uriPartsOf(at));
}
