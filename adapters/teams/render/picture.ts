import type { FileElement } from '../../../src/cards/card.ts';
import { line } from './escape.ts';
import { LIMITS, sizeOf } from './limits.ts';
import type { Image } from './shapes.ts';

/** What every client of Teams shows (Microsoft, “Cards reference”, inline card images). */
const SHOWN = /^image\/(?:png|jpeg|gif)$/u;
/** Wide enough for a telephone to read a QR code from a screen; narrow enough for the screen of one. */
const WIDTH = '240px';

/** A file as a picture in the card; `null` for what is none, or too large for a card. */
export function pictureOf({ name, mediaType, content, encoding, alt }: FileElement): Image | null {
  if (!SHOWN.test(mediaType) || encoding !== 'base64' || !/^[\w+/]+=*$/u.test(content)) return null;
  const url = `data:${mediaType as `image/${string}`};base64,${content}` as const;
  const picture: Image = { type: 'Image', url, altText: line(alt ?? name) || '–', width: WIDTH };
  return sizeOf(picture) <= LIMITS.pictureBytes ? picture : null;
}
