import { BrokenError, InputError, messageOf } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import { placeName, type AwsSettings } from './settings.js';

type Section = Record<string, string | undefined>;

/**
 * Why a profile gives no keys, where its files say so: the SDK tries one way after the other and tells only the last.
 * Throws what it was told where there is nothing better to say.
 * @param runProcess asks a profile's `credential_process` alone
 */
export async function whyNoKeys(
  settings: AwsSettings,
  profiles: Record<string, Section>,
  runProcess: (profile: string) => Promise<unknown>,
  told: unknown,
): Promise<never> {
  const because = { cause: told, place: placeName(settings) };
  const passed: string[] = [];
  let name = settings.profile ?? 'default';
  for (;;) {
    const section = profiles[name];
    if (section === undefined && name === 'default' && passed.length === 0) throw told;
    if (section === undefined) {
      if (/\s/.test(name))
        throw new InputError(
          `profile "${name}": found a name with spaces, which the AWS SDK cannot read from its files; rename it in ~/.aws/config`,
          because,
        );
      const known = Object.keys(profiles);
      const asked = passed.length === 0 ? '' : ` (source_profile of ${passed.at(-1)})`;
      const expected = known.length === 0 ? 'one in ~/.aws/config' : oneOf(name, known);
      throw new InputError(`found no profile "${name}"${asked}, expected ${expected}`, because);
    }
    if (section.credential_process !== undefined) {
      const failure = await runProcess(name).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure === undefined) throw told;
      throw new BrokenError(`the credential_process of profile "${name}" failed: ${lastLine(failure)}`, because);
    }
    const next = section.source_profile;
    if (next === undefined || next === name || passed.includes(next)) throw told;
    passed.push(name);
    name = next;
  }
}

/** A process says last what stopped it. */
function lastLine(error: unknown): string {
  const text = messageOf(error).trim();
  return text.slice(text.lastIndexOf('\n') + 1);
}
