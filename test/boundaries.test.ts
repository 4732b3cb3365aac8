import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const LIBRARIES_OF_THE_CORE = [
  'zod',
  'temporal-polyfill',
  'ical-generator',
  'ical.js',
  'timezones-ical-library',
  'minisearch',
  'intl-messageformat',
  'csv-parse',
  'csv-stringify',
  'qrcode',
];

const sources = (
  await Promise.all(
    ['src', 'adapters', 'commands', 'prisma'].map((folder) =>
      readdir(join(root, folder), { recursive: true }).then((names) =>
        names.map((name) => `${folder}/${name.split(sep).join('/')}`),
      ),
    ),
  )
)
  .flat()
  .filter((name) => name.endsWith('.ts') && !name.startsWith('prisma/generated/'));

const texts = new Map(
  await Promise.all(sources.map(async (name) => [name, await readFile(join(root, name), 'utf8')] as const)),
);

/** What a file imports: paths from the root for the project's own, package names for the others. */
function importsOf(file: string): readonly string[] {
  const text = texts.get(file) ?? '';
  const specifiers = [...text.matchAll(/(?:from\s+|import\(\s*|import\s+)'(?<specifier>[^']+)'/gu)];
  return specifiers.flatMap(({ groups }) => {
    const specifier = groups?.specifier ?? '';
    if (specifier.startsWith('.'))
      return [
        relative(root, resolve(root, dirname(file), specifier))
          .split(sep)
          .join('/'),
      ];
    return [
      specifier.startsWith('node:')
        ? 'node:'
        : specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/'),
    ];
  });
}

function breaches(
  from: (file: string) => boolean,
  mayImport: (target: string, file: string) => boolean,
): readonly string[] {
  return sources.filter(from).flatMap((file) =>
    importsOf(file)
      .filter((target) => !mayImport(target, file))
      .map((target) => `${file} → ${target}`),
  );
}

/** What puts the parts together knows all of them. */
const isComposition = (file: string) => file === 'src/main.ts' || file.startsWith('src/main/');

describe('directions', () => {
  test('the core knows no platform, no database and no command', () => {
    const isCore = (file: string) => file.startsWith('src/') && !isComposition(file);
    const may = (target: string) =>
      target.startsWith('src/') || target === 'node:' || LIBRARIES_OF_THE_CORE.includes(target);
    expect(breaches(isCore, may)).toEqual([]);
  });

  test('commands know the core only', () => {
    const may = (target: string) =>
      target.startsWith('src/') || target.startsWith('commands/') || target === 'temporal-polyfill';
    expect(breaches((file) => file.startsWith('commands/'), may)).toEqual([]);
  });

  test('an adapter knows the core and itself, never a command, the database or another adapter', () => {
    const may = (target: string, file: string) => {
      if (!/^(?:src|adapters|commands|prisma)\//u.test(target)) return true;
      return target.startsWith('src/') || target.startsWith(`${file.split('/').slice(0, 2).join('/')}/`);
    };
    expect(breaches((file) => file.startsWith('adapters/'), may)).toEqual([]);
  });

  test('the database knows the core, never a command or an adapter', () => {
    const may = (target: string) => !/^(?:adapters|commands)\//u.test(target);
    expect(breaches((file) => file.startsWith('prisma/'), may)).toEqual([]);
  });

  test('nothing but the composition root knows all parts', () => {
    const isOther = (file: string) => !isComposition(file);
    expect(breaches(isOther, (target) => !isComposition(target))).toEqual([]);
  });
});

describe('what comes from the machine comes in through one door', () => {
  const doors: readonly (readonly [string, RegExp, readonly string[]])[] = [
    ['the time', /new Date\(\)|Date\.now|Temporal\.Now/u, ['src/clock.ts']],
    ['chance', /Math\.random|randomUUID|randomBytes/u, ['src/identity.ts']],
    [
      'the environment',
      /process\.env/u,
      ['src/config.ts', 'src/main.ts', 'prisma/generate.ts', 'prisma/migration.ts', 'prisma.config.ts'],
    ],
    ['the console', /console\.(?:log|error|warn|info)/u, ['prisma/generate.ts', 'prisma/migration.ts']],
  ];
  test.each(doors)('%s', (_name, pattern, allowed) => {
    const using = sources.filter((file) => pattern.test((texts.get(file) ?? '').replace(/\/\*[^]*?\*\/|\/\/.*/gu, '')));
    expect(using.filter((file) => !allowed.includes(file))).toEqual([]);
  });
});
