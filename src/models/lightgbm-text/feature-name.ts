/** LightGBM separates names by spaces and refuses JSON's own characters, so these are written as `%20` and the like. */
const SPECIAL = /[\s",:[\]{}]|%(?=(?:20|09|0A|0D|22|2C|3A|5B|5D|7B|7D|25))/g;
const ENCODED = /%(20|09|0A|0D|22|2C|3A|5B|5D|7B|7D|25)/g;

export function encodeFeatureName(name: string): string {
  return name.replace(SPECIAL, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

export function decodeFeatureName(text: string): string {
  return text.replace(ENCODED, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
