import { serveAssistant, type AssistantDoor } from './server.js';
import { StdioServerTransport } from './mcp-sdk.js';

export { answerOne } from './answer-one.js';

/** Answers the program that started this process, over its standard input and output. Ends when that closes its side. */
export function serve(door: Omit<AssistantDoor, 'transport'>): Promise<void> {
  const transport = new StdioServerTransport();
  process.stdin.once('end', () => void transport.close());
  return serveAssistant({ ...door, transport });
}
