import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { colourIcon, outlineIcon } from '../../../adapters/teams/package/icons.ts';
import { manifestOf } from '../../../adapters/teams/package/manifest.ts';
import { packageOf } from '../../../adapters/teams/package/package.ts';
import { commands } from '../../../commands/index.ts';
import type { AnyCommand } from '../../../src/engine/command.ts';
import { english } from '../../../src/language/index.ts';

const PARTS = {
  commands,
  language: english,
  clientId: '11111111-2222-3333-4444-555555555555',
  publicUrl: 'https://gcm.example.org',
  version: '1.0.0',
};

interface Manifest {
  readonly bots: readonly {
    readonly commandLists: readonly { readonly commands: readonly { readonly title: string }[] }[];
  }[];
}

/** Microsoft's schemas and the validator that its package brings along; the package's own entry needs more than it brings. */
const microsoft = createRequire(createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json'));

async function problemsOf(manifest: object): Promise<unknown> {
  const path = microsoft.resolve('@microsoft/app-manifest/build/json-schemas/teams/v1.19/MicrosoftTeams.schema.json');
  const { default: Ajv } = microsoft('ajv-draft-04') as {
    default: new (options: object) => { compile(schema: unknown): { (value: unknown): boolean; errors?: unknown } };
  };
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    JSON.parse(await readFile(path, 'utf8')),
  );
  return validate(manifest) ? [] : validate.errors;
}

describe('the manifest', () => {
  test('is what Microsoft’s schema asks for', async () => {
    expect(await problemsOf(manifestOf(PARTS))).toEqual([]);
    expect(await problemsOf({ ...manifestOf(PARTS), accentColor: 'blue' })).not.toEqual([]);
  });

  test('has a menu of commands that there are, open to everybody, at most ten', () => {
    const { bots } = manifestOf(PARTS) as Manifest;
    const titles = bots[0]?.commandLists[0]?.commands.map(({ title }) => title) ?? [];
    expect(titles[0]).toBe('next');
    expect(titles.length).toBeLessThanOrEqual(10);
    for (const title of titles) {
      expect(commands.find(({ name }) => name === title)).toMatchObject({ access: 'viewer' });
    }
  });
});

describe('the entries of the app on messages and beside the message box', () => {
  const entriesOf = (own: readonly AnyCommand[]) => {
    const { composeExtensions } = manifestOf({ ...PARTS, commands: own }) as {
      readonly composeExtensions: readonly { readonly commands: readonly object[] }[];
    };
    return composeExtensions[0]?.commands.slice(1) ?? [];
  };

  test('open the form for a new event, from a message or empty', () => {
    expect(entriesOf(commands)).toEqual([
      {
        id: 'message',
        type: 'action',
        title: 'Make this an event',
        description: 'Title, date and place of a message, in the form for a new event',
        context: ['message'],
        fetchTask: true,
      },
      {
        id: 'add',
        type: 'action',
        title: 'New event',
        description: 'a new event, shown before it is published',
        context: ['compose', 'commandBox'],
        fetchTask: true,
      },
    ]);
  });

  test('are not there when no command makes anything of a message', () => {
    expect(entriesOf(commands.filter(({ name }) => name !== 'add'))).toEqual([]);
  });
});

describe('the package', () => {
  test('is a ZIP archive of manifest and icons, the same every time', () => {
    const bytes = Buffer.from(packageOf(PARTS));
    expect(bytes.equals(packageOf(PARTS))).toBe(true);
    const files = filesIn(bytes);
    expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(JSON.parse(files.get('manifest.json')?.toString() ?? '')).toEqual(manifestOf(PARTS));
    expect(files.get('color.png')?.equals(colourIcon())).toBe(true);
  });

  test.each([
    ['colour', colourIcon(), 192],
    ['outline', outlineIcon(), 32],
  ])('has an icon in %s of the size that Teams asks for', (_, icon, size) => {
    const bytes = Buffer.from(icon);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([size, size]);
  });
});

/** Reads an archive by its directory, as unpackers do. */
function filesIn(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameLength, offset] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const name = bytes.toString('latin1', at + 46, at + 46 + nameLength);
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    files.set(name, inflateRawSync(bytes.subarray(start, start + size)));
    at += 46 + nameLength;
  }
  return files;
}
