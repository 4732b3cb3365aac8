/** What a line of the log holds beside its message. An error is under `err`: pino writes out no other. */
export interface LogFields {
  readonly [field: string]: unknown;
  readonly error?: never;
}

/** Where the bot writes what happened, for whoever runs it. The shape of pino, so that pino is one. */
export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
