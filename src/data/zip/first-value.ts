import { WrongInput } from '../../common/errors.js';
import type { Encoding } from '../../documents/tables/encodings.js';
import { beginningOf } from '../files/beginning.js';
import { decoded } from '../files/decode-text.js';
import { layoutIn } from '../files/layout.js';
import { readRecords } from '../files/records.js';
import type { Wrong } from '../files/tokenizer.js';
import type { Member } from './member.js';

const enough = 1 << 18;

/** The value of a column in the first row of a member of delimited text; undefined where there is none to be read. */
export async function firstValue(member: Member, column: string, encoding: Encoding): Promise<string | undefined> {
  const wrong: Wrong = (line, found, expected) => new WrongInput({ file: member.name, line, found, expected });
  try {
    const bytes: AsyncIterable<Buffer> = await member.open();
    const beginning = Buffer.from(await beginningOf(decoded(bytes, encoding, member.name), enough));
    const { delimiter, columns } = layoutIn(beginning, wrong, 'csv');
    const [, first] = readRecords(beginning, delimiter, wrong, 2).records;
    return first?.values[columns.indexOf(column)]?.text;
  } catch (error) {
    // Whatever is wrong with it is said of the member as a whole. Errors of the disk are not.
    if (error instanceof Error && 'syscall' in error) throw error;
    return undefined;
  }
}
