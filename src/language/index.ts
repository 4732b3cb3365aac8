import { en } from './en.ts';
import { createLanguage, type Language } from './language.ts';

/** English, ready to speak. */
export const english: Language = createLanguage(en);
