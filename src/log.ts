/** Where the bot writes what happened, for whoever runs it. The shape of pino, so that pino is one. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
