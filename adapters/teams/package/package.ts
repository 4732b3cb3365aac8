import { colourIcon, outlineIcon } from './icons.ts';
import { manifestOf, type ManifestParts } from './manifest.ts';
import { zip } from './zip.ts';

/** The app package that an administrator uploads to Teams: manifest and icons in a ZIP archive. */
export function packageOf(parts: ManifestParts): Uint8Array {
  return zip([
    { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(manifestOf(parts), null, 2)}\n`) },
    { name: 'color.png', bytes: colourIcon() },
    { name: 'outline.png', bytes: outlineIcon() },
  ]);
}
