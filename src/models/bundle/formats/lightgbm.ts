import { readLightGbm } from '../../lightgbm-text/read-model.js';
import { textOf, type ModelFormat } from './format.js';

export const TREES_FILE = 'lgb_model.txt';

/** Boosted trees or a forest, as LightGBM's text. */
export const lightGbmFormat: ModelFormat = {
  files: [TREES_FILE],
  open: (body, file) => readLightGbm(textOf(body), file),
};
