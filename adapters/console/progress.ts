/** The part of a terminal that progress is drawn on. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;

/** A bar on the last line of a terminal; nothing where there is none. It goes away with {@link ProgressBar.clear}. */
export interface ProgressBar {
  /** @param done between 0 and 1 */
  show(done: number): void;
  clear(): void;
}

export function progressBar(stream: ProgressStream): ProgressBar {
  let shown = -1;
  return {
    show(done) {
      const filled = Math.round(Math.min(1, Math.max(0, done)) * WIDTH);
      if (!stream.isTTY || filled === shown) return;
      shown = filled;
      const percent = Math.round((filled / WIDTH) * 100)
        .toString()
        .padStart(3);
      stream.write(`\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent}%`);
    },
    clear() {
      if (shown < 0) return;
      shown = -1;
      stream.write('\r\u001B[K');
    },
  };
}
