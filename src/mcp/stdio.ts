import { StdioServerTransport } from './protocol.js';
import { serveAssistant, type AssistantDoor } from './server.js';

/** Answers the program that started this process, over its standard input and output. Ends when that closes its side. */
export function serveOverStdio(door: Omit<AssistantDoor, 'transport'>): Promise<void> {
  const transport = new StdioServerTransport();
  process.stdin.once('end', () => void transport.close());
  return serveAssistant({ ...door, transport });
}
