import { InputError } from '../../../common/errors.js';
import type { BinMapper } from '../mapper.js';
import { MOST_PAGES } from './assembler.js';
import type { BinWidth } from './row-functions.js';

const PAGE = 65536;

/** Where everything lies in the kernel's memory, in bytes from its beginning. */
export interface Layout {
  /** Bytes of a bin of each feature. */
  widths: BinWidth[];
  /** Of each feature; the histograms of all features lie side by side from 0 to `histogramsEnd`. */
  histograms: number[];
  histogramsEnd: number;
  /** Of one feature's bins, while values are put into them. */
  bounds: number;
  /** For each bin of one feature the side that it goes to. */
  sides: number;
  /** What each thread's part of a partition leaves. */
  sizes: number;
  rows: number;
  /** Gradient and hessian of all rows, of each output. */
  pairs: number[];
  /** Rows that go right, on their way; or gradient and hessian of a leaf's rows; or an objective's values. */
  scratch: number;
  /** Of each feature. */
  bins: number[];
  pages: number;
}

/** @throws InputError if the rows are too many for one memory of 4 GB */
export function layOut(rows: number, mappers: BinMapper[], outputs: number, threads: number): Layout {
  let size = 0;
  const reserve = (bytes: number) => {
    const from = size;
    // Sixteen bytes is what the kernel's pairs like to begin at.
    size = Math.ceil((size + bytes) / 16) * 16;
    return from;
  };
  const widths = mappers.map(({ bins }): BinWidth => (bins <= 256 ? 1 : 2));
  const histograms = mappers.map(({ bins }) => reserve(16 * bins));
  const most = Math.max(0, ...mappers.map(({ bins }) => bins));
  const layout = {
    widths,
    histograms,
    histogramsEnd: size,
    bounds: reserve(8 * most),
    sides: reserve(most),
    sizes: reserve(4 * threads),
    rows: reserve(4 * rows),
    pairs: Array.from({ length: outputs }, () => reserve(8 * rows)),
    scratch: reserve(8 * rows),
    bins: widths.map((width) => reserve(width * rows)),
  };
  const pages = Math.ceil(size / PAGE) + 1;
  if (pages > MOST_PAGES) throw new InputError(`${rows} rows of ${mappers.length} features do not fit into 4 GB`);
  return { ...layout, pages };
}
