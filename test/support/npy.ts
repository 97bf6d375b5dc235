/** An array in NumPy's .npy format with whatever its header shall say, true or not, before `bytes` bytes of data. */
export function npy(shape: string, type = '<f8', bytes = 0, fortran: 'True' | 'False' = 'False'): Uint8Array {
  const header = Buffer.from(`{'descr': '${type}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`, 'latin1');
  const long = header.length > 0xffff;
  const start = Buffer.from(`\u0093NUMPY${long ? '\u0002' : '\u0001'}\u0000`, 'latin1');
  const length = Buffer.alloc(long ? 4 : 2);
  if (long) length.writeUInt32LE(header.length);
  else length.writeUInt16LE(header.length);
  return Buffer.concat([start, length, header, Buffer.alloc(bytes)]);
}
