/**
 * The Model Context Protocol, by its own SDK. The build makes a file of its own of this one, so that nothing else has to
 * parse it.
 */
export { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
export { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
export type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
