import * as vscode from 'vscode';
import type { AuthoringParts } from './parts.js';
import { makeChecker } from './checker-process.js';
import { makeDiagnostics } from './diagnostics.js';
import { makeFactsOf } from './facts-of.js';
import { registerFixes } from './fixes.js';
import { registerGateLenses } from './gate-lenses.js';

/** Everything that helps while a project's files are written. */
export function makeAuthoring(parts: AuthoringParts): vscode.Disposable {
  const checker = makeChecker(parts.services);
  const facts = makeFactsOf(parts);
  const diagnostics = makeDiagnostics({ ...parts, checker, facts });
  return vscode.Disposable.from(diagnostics, checker, registerFixes(diagnostics), registerGateLenses(parts));
}
