import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue, opacity. */
type Colour = readonly [number, number, number, number];

const BLUE: Colour = [0x1d, 0x35, 0x57, 0xff];
const RED: Colour = [0xe6, 0x39, 0x46, 0xff];
const WHITE: Colour = [0xff, 0xff, 0xff, 0xff];
const NOTHING: Colour = [0xff, 0xff, 0xff, 0];

/** The icon in colour: a page of a calendar on the app's colour, 192 by 192 points as Teams asks for. */
export function colourIcon(): Uint8Array {
  return png(192, (x, y) => {
    const sheet = inside(x, y, [40, 44, 152, 152], 12);
    if (!sheet) return BLUE;
    if (y < 72) return inside(x, y, [64, 34, 74, 60], 4) || inside(x, y, [118, 34, 128, 60], 4) ? WHITE : RED;
    return dots(x, y, 58, 88, 22, 12) ? BLUE : WHITE;
  });
}

/** The icon in outline: white on nothing, 32 by 32 points. */
export function outlineIcon(): Uint8Array {
  return png(32, (x, y) => {
    const isFrame = inside(x, y, [4, 6, 28, 28], 3) && !inside(x, y, [6, 12, 26, 26], 1);
    const isRing = inside(x, y, [9, 3, 11, 8], 1) || inside(x, y, [21, 3, 23, 8], 1);
    return isFrame || isRing || dots(x, y, 9, 15, 5, 3) ? WHITE : NOTHING;
  });
}

/** A field of days: four columns, two rows. */
function dots(x: number, y: number, left: number, top: number, step: number, size: number): boolean {
  const [column, row] = [Math.floor((x - left) / step), Math.floor((y - top) / step)];
  const isDay = column >= 0 && column < 4 && row >= 0 && row < 2;
  return isDay && (x - left) % step < size && (y - top) % step < size;
}

function inside(
  x: number,
  y: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
  radius: number,
): boolean {
  if (x < left || x >= right || y < top || y >= bottom) return false;
  const dx = Math.max(left + radius - x - 1, x - (right - radius), 0);
  const dy = Math.max(top + radius - y - 1, y - (bottom - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A square picture as PNG (ISO/IEC 15948): eight bits a channel with opacity, rows unfiltered. */
function png(size: number, colourAt: (x: number, y: number) => Colour): Uint8Array {
  const rows = Array.from({ length: size }, (_row, y) => [
    0,
    ...Array.from({ length: size }, (_column, x) => colourAt(x, y)).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const data = deflateSync(Buffer.from(rows.flat()), { level: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.byteLength);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
