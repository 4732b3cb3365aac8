import type { FileElement } from '../cards/card.ts';

/** Pixels of its side: large enough for any screen, and a few kilobytes. */
const SIDE = 480;

/** An address as a QR code (ISO/IEC 18004): a picture, and for terminals the same in block characters. */
export async function qrCode(
  address: string,
  { name, alt }: { readonly name: string; readonly alt: string },
): Promise<FileElement> {
  const { default: qrcode } = await import('qrcode');
  const [picture, drawing] = await Promise.all([
    qrcode.toBuffer(address, { type: 'png', width: SIDE }),
    qrcode.toString(address, { type: 'utf8' }),
  ]);
  const file = { type: 'file', name, alt, mediaType: 'image/png', encoding: 'base64' } as const;
  return { ...file, content: picture.toString('base64'), drawing: drawing.trimEnd() };
}
