import type { TreeNode } from './blocks/blocks.js';
import type { ExplainedMessage, RowsMessage } from './monitoring/rows.js';
import { commandIds, type AnyView, type CommandId } from './view.js';

/**
 * What a report page and its host say to each other. The host always sends a complete snapshot, so that a message
 * lost while the page was hidden costs nothing: the page says `ready` whenever it has (re)loaded.
 */
export type HostMessage =
  | { type: 'report'; view: AnyView }
  /** A document that cannot be shown as a report: its content as a tree, or its text, and why. */
  | { type: 'raw'; name: string; reason: string; text: string; tree?: TreeNode; actions: CommandId[] };

/** What a page is told besides: the rows behind a figure, and how one row's score came about. */
export type PageNews = RowsMessage | ExplainedMessage;

export type PageMessage = { type: 'ready' } | { type: 'command'; command: CommandId; argument?: string };

/** Reads a message from a page; undefined for anything that no page of ours sends. */
export function pageMessageOf(message: unknown): PageMessage | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  if (message.type === 'ready') return { type: 'ready' };
  if (message.type !== 'command' || !('command' in message)) return undefined;
  const command = commandIds.find((id) => id === message.command);
  if (!command) return undefined;
  const argument = 'argument' in message && typeof message.argument === 'string' ? message.argument : undefined;
  return argument === undefined ? { type: 'command', command } : { type: 'command', command, argument };
}
