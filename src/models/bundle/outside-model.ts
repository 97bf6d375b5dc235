import { InputError } from '../../common/errors.js';
import type { RequestForm } from '../../project/commands.js';
import type { LinearModel } from '../linear/linear-model.js';
import type { TreeModel } from '../trees/tree-model.js';

/** A model that is computed here. */
export type OwnModel = TreeModel | LinearModel;

/** A model that others compute: a library for its format, or a program that answers for it. */
export type OutsideModel = OnnxModel | CommandModel | UrlModel;

export interface OnnxModel {
  kind: 'onnx';
  bytes: Uint8Array;
}

/** A program that speaks SageMaker's serving contract: `GET /ping`, `POST /invocations`. */
export interface CommandModel {
  kind: 'command';
  /** A program and its arguments, one word each; no shell reads them. */
  command: string[];
  request: RequestForm;
  /** What it finds in SM_MODEL_DIR: a `.tar.gz`, where its model came of a training program. */
  files?: Uint8Array;
}

/** Somebody's endpoint: it is asked, and never changed. */
export interface UrlModel {
  kind: 'url';
  url: string;
  /** The variable that holds its token: `env:NAME`. */
  token?: string;
  request: RequestForm;
  /** Whether it may lie in a network of one's own. */
  private?: boolean;
}

export const isOwn = (model: OwnModel | OutsideModel): model is OwnModel =>
  model.kind === 'trees' || model.kind === 'linear';

/** The model of a bundle that is computed here. @throws InputError for one that others compute */
export function ownModel({ model }: { model: OwnModel | OutsideModel }): OwnModel {
  if (isOwn(model)) return model;
  const found = { onnx: 'an ONNX model', command: 'a serving command', url: 'an endpoint elsewhere' }[model.kind];
  throw new InputError(`found ${found}, which can be scored, served and judged, expected trees or a linear model`);
}
