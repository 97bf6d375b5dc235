import * as z from 'zod';
import { commandSchema } from '../../../project/commands.js';
import { bytesOf, json, parseJson, type ModelFormat } from './format.js';

export const ONNX_FILE = 'model.onnx';
export const COMMAND_FILE = 'serving_command.json';

/** A graph that a library computes: kept as it came. */
export const onnxFormat: ModelFormat = {
  files: [ONNX_FILE],
  open: (body) => ({ kind: 'onnx', bytes: bytesOf(body) }),
};

const stored = z.object({ command: commandSchema });

/** A program that answers for the model, word for word. */
export const commandFormat: ModelFormat = {
  files: [COMMAND_FILE],
  open: (body, file) => ({ kind: 'command', command: parseJson(file, body, stored).command }),
};

export const commandFile = (command: readonly string[]): string => json({ command });
