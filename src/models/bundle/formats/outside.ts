import * as z from 'zod';
import { commandSchema } from '../../../project/commands.js';
import { requestForms, type CommandModel } from '../outside-model.js';
import { bytesOf, json, parseJson, type ModelFormat } from './format.js';

export const ONNX_FILE = 'model.onnx';
export const COMMAND_FILE = 'serving_command.json';

/** A graph that a library computes: kept as it came. */
export const onnxFormat: ModelFormat = {
  files: [ONNX_FILE],
  open: (body) => ({ kind: 'onnx', bytes: bytesOf(body) }),
};

const stored = z.object({ command: commandSchema, request: z.enum(requestForms) });

/** A program that answers for the model, word for word. */
export const commandFormat: ModelFormat = {
  files: [COMMAND_FILE],
  open: (body, file) => ({ kind: 'command', ...parseJson(file, body, stored) }),
};

export const commandFile = ({ command, request }: CommandModel): string => json({ command, request });
