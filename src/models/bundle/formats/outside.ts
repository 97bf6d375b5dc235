import * as z from 'zod';
import { commandSchema, requestForms } from '../../../project/commands.js';
import type { CommandModel, UrlModel } from '../outside-model.js';
import { bytesOf, json, parseJson, type ModelFormat } from './format.js';

export const ONNX_FILE = 'model.onnx';
export const COMMAND_FILE = 'serving_command.json';
export const URL_FILE = 'endpoint_url.json';
/** What a serving command finds in its SM_MODEL_DIR; beside its own file, where it has any. */
export const COMMAND_MODEL_FILE = 'serving_model.tar.gz';

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

const asked = z.object({
  url: z.string(),
  token: z.string().optional(),
  request: z.enum(requestForms),
  private: z.boolean().optional(),
});

/** Somebody's endpoint that answers for the model. */
export const urlFormat: ModelFormat = {
  files: [URL_FILE],
  open: (body, file) => ({ kind: 'url', ...parseJson(file, body, asked) }),
};

export const urlFile = ({ kind: _, ...model }: UrlModel): string => json(model);

export const commandFile = ({ command, request }: CommandModel): string => json({ command, request });
