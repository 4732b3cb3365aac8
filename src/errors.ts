/**
 * Everything that can go wrong in a way we expect. Each code has its sentence in the language catalogue, under
 * `error.CODE`; the context of the error fills its blanks.
 */
export type ErrorCode =
  // the person's side: answered with a card, exit code 2
  | 'denied'
  | 'invalid'
  | 'not-found'
  | 'ambiguous'
  | 'conflict'
  | 'moved-on'
  | 'no-such-group'
  | 'series-vague'
  | 'already-answered'
  | 'last-admin'
  | 'too-long'
  | 'file-too-large'
  | 'unknown-command'
  // the machine's side, found at start or while running: one line that says what to do, exit code 1
  | 'store-busy'
  | 'store-damaged'
  | 'store-foreign'
  | 'store-full'
  | 'store-in-use'
  | 'store-migration-failed'
  | 'store-newer'
  | 'store-read-only'
  | 'store-unreachable'
  | 'config-invalid';

/** The values that fill the blanks of an error's sentence. */
export type ErrorContext = Readonly<Record<string, string | number>>;

/** The only error the bot throws on purpose. */
export class BotError extends Error {
  readonly code: ErrorCode;
  readonly context: ErrorContext;

  constructor(code: ErrorCode, context: ErrorContext = {}, options: { cause?: unknown } = {}) {
    super(`${code} ${JSON.stringify(context)}`, options);
    this.name = 'BotError';
    this.code = code;
    this.context = context;
  }
}

/** The end of a `switch` over a union: does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value ${JSON.stringify(value)}`);
}
