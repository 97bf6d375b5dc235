import { WrongInput } from '../../common/errors.js';

const begins =
  (...bytes: number[]) =>
  (found: Uint8Array) =>
    bytes.every((byte, at) => found[at] === byte);
/** Protocols 2 to 5 of pickle, the only ones that anybody writes today; joblib writes the same, packed or not. */
const isPickle = (found: Uint8Array) => found[0] === 0x80 && found[1]! >= 2 && found[1]! <= 5;

/** Formats that run code when they are read, or that only one library can read. */
const foreign: { what: string; is: (bytes: Uint8Array, file: string) => boolean }[] = [
  { what: 'a pickle', is: isPickle },
  { what: 'a pickle', is: (_, file) => /\.(pkl|pickle|joblib|cloudpickle|dill)(\.\w+)?$/i.test(file) },
  { what: "a model of Keras' (HDF5)", is: begins(0x89, 0x48, 0x44, 0x46) },
  { what: "a model of Keras'", is: (_, file) => /\.(h5|hdf5|keras)$/i.test(file) },
  { what: 'a model of PyTorch', is: (_, file) => /\.(pt|pth|bin|ckpt|safetensors)$/i.test(file) },
  { what: 'a model of R', is: (_, file) => /\.(rds|rda|rdata)$/i.test(file) },
  { what: 'a model of CatBoost', is: (bytes, file) => begins(0x43, 0x42, 0x4d, 0x31)(bytes) || /\.cbm$/i.test(file) },
  { what: "XGBoost's old binary form", is: begins(0x62, 0x69, 0x6e, 0x66) },
];

/** @throws WrongInput for what is not opened here, with the two ways to bring it */
export function refuseForeign(file: string, bytes: Uint8Array): void {
  const found = foreign.find(({ is }) => is(bytes, file));
  if (found === undefined) return;
  throw new WrongInput({ file, found: found.what, expected: ways });
}

export const ways =
  'LightGBM text, XGBoost .json or .ubj, or .onnx; bring another model as ONNX (skl2onnx, torch.onnx.export, tf2onnx), ' +
  'or as a program that serves it: mlops model register --serving-command "python serve.py"';
