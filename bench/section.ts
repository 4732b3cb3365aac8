/** One table of the benchmark. */
export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the figures were measured with, or what they show. */
  readonly note?: string;
}
