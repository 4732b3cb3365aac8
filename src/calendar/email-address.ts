import { LIMITS } from '../schedule/limits.ts';

/**
 * Whether a text is one plain e-mail address, as invitations can name it: no name beside it, no quotes, nothing that
 * could end a header or a parameter early.
 */
export function isEmailAddress(text: string): boolean {
  return text.length <= LIMITS.email && /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+$/u.test(text);
}
