/** The databases that the bot runs on, as Prisma calls them. */
export const PROVIDERS = ['sqlite', 'postgresql'] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * The schema for a provider, derived from `schema.prisma`, which is SQLite's. Prisma fixes the provider in the schema,
 * so the models are written once and the two lines that differ are replaced.
 *
 * @throws Error when `source` has not exactly one line of each kind
 */
export function schemaFor(provider: Provider, source: string): string {
  if (provider === 'sqlite') return source;
  const withProvider = replaceOnce(source, /^( *provider *= *)"sqlite"$/m, `$1"${provider}"`);
  return replaceOnce(withProvider, /^( *output *= *)"\.\/generated\/sqlite"$/m, `$1"./${provider}"`);
}

function replaceOnce(text: string, line: RegExp, replacement: string): string {
  const found = text.match(new RegExp(line, 'gm'))?.length ?? 0;
  if (found !== 1) throw new Error(`schema.prisma must have exactly one line like ${line.source}, it has ${found}`);
  return text.replace(line, replacement);
}
