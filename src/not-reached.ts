/** System errors of a request that never got to the server. */
const NOT_REACHED: readonly string[] = [
  'ECONNREFUSED',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Whether a request certainly did nothing, because it never got to the server: fetch keeps that some causes down. */
export function wasNotReached(error: unknown): boolean {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth += 1) {
    const { code } = inner as { readonly code?: unknown };
    if (typeof code === 'string' && NOT_REACHED.includes(code)) return true;
    if (inner instanceof AggregateError) return wasNotReached(inner.errors[0]);
  }
  return false;
}
