/**
 * How many letters have to be put in, left out, exchanged or swapped with their neighbour to make one word of the other
 * (optimal string alignment), or `limit + 1` when it is more than `limit`.
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, (older[j - 2] ?? 0) + 1);
      row.push(least);
    }
    if (Math.min(...row) > limit) return limit + 1;
    older = old;
    old = row;
  }
  return Math.min(old[b.length] ?? limit + 1, limit + 1);
}

/** The candidates that `word` was probably meant to be, closest first: one slip in a short word, two in a longer one. */
export function closest(word: string, candidates: readonly string[], most = 3): readonly string[] {
  const limit = word.length <= 4 ? 1 : 2;
  return candidates
    .map((candidate) => ({ candidate, far: distance(word, candidate, limit) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
