import { styleText } from 'node:util';
import { plainStyle, type TextStyle } from '../../src/cards/text.ts';

const always = { validateStream: false };

/** Colours for a terminal that has them, and addresses that can be clicked where the terminal knows how. */
export const colourStyle: TextStyle = {
  strong: (words) => styleText('bold', words, always),
  muted: (words) => styleText('dim', words, always),
  code: (words) => styleText('cyan', words, always),
  heading: (words) => styleText(['bold', 'blue'], words, always),
  warning: (words) => styleText('yellow', words, always),
  link: (words, url) => plainStyle.link(words, styleText('underline', url, always)),
};

/** Colours where the stream shows them and nobody asked for none (https://no-color.org). */
export function styleFor(
  stream: { readonly isTTY?: boolean },
  variables: { readonly NO_COLOR?: string | undefined },
): TextStyle {
  const isUnwanted = variables.NO_COLOR !== undefined && variables.NO_COLOR !== '';
  return stream.isTTY === true && !isUnwanted ? colourStyle : plainStyle;
}
