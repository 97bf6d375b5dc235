// What other programs say of our files and figures, as far as it is quick: see interop.mjs.
import { runInterop } from './interop.mjs';

await runInterop(['quick']);
