import type { Note } from './overheard.ts';

/** A claim as its process noted it. */
export interface OverheardClaim {
  readonly owner: string;
  readonly attempts: number;
  /** Between these two moments it was made. */
  readonly asked: number;
  readonly answered: number;
}

/** A take-over that ended claims, or may have, between two moments. */
interface TakeOver {
  readonly asked: number;
  /** Infinite when nobody knows whether and when it succeeded. */
  readonly answered: number;
}

/** The claims of each delivery, by its id. */
export function claimsOf(notes: readonly Note[]): ReadonlyMap<number, readonly OverheardClaim[]> {
  const byId = new Map<number, OverheardClaim[]>();
  for (const note of notes) {
    if (note.type !== 'claimed') continue;
    const { owner, asked, answered } = note;
    for (const { id, attempts } of note.claims) addTo(byId, id, { owner, attempts, asked, answered });
  }
  return byId;
}

/**
 * The deliveries of which two held a claim at once, by id, with the first two claims of which neither can have ended
 * before the other was made.
 *
 * Which of two claims came first is not always known: an answer may reach a frozen process when all is long over. So
 * two claims are accused only when no order of theirs has an end between them.
 */
export function heldTwice(
  notes: readonly Note[],
): ReadonlyMap<number, readonly [first: OverheardClaim, second: OverheardClaim]> {
  const { settlements, takeOvers } = endsOf(notes);
  /** Whether `claim` may have ended before `next` was made. */
  const endedBefore = (id: number, claim: OverheardClaim, next: OverheardClaim): boolean =>
    // Only its holder settles a claim, and nobody holds it before the answer.
    (settlements.get(settlementKey(id, claim.attempts, claim.owner)) ?? []).some(
      (asked) => asked >= claim.answered && asked <= next.answered,
    ) ||
    (takeOvers.get(claim.owner) ?? []).some(({ asked, answered }) => answered >= claim.asked && asked <= next.answered);

  const found = new Map<number, readonly [OverheardClaim, OverheardClaim]>();
  for (const [id, claims] of claimsOf(notes)) {
    const sorted = claims.toSorted((a, b) => a.answered - b.answered);
    for (const [at, second] of sorted.entries()) {
      const first = sorted
        .slice(0, at)
        .find((earlier) => !endedBefore(id, earlier, second) && !endedBefore(id, second, earlier));
      if (!first) continue;
      found.set(id, [first, second]);
      break;
    }
  }
  return found;
}

/** What may have ended claims: when settlements and hand-backs were asked for, by claim; take-overs, by whom they took from. */
function endsOf(notes: readonly Note[]) {
  const settled = new Map<string, Extract<Note, { type: 'settled' }>>();
  const takenOver = new Map<string, Extract<Note, { type: 'taken over' }>>();
  for (const note of notes) {
    if (note.type === 'settled') settled.set(note.call, note);
    else if (note.type === 'taken over') takenOver.set(note.call, note);
  }

  const settlements = new Map<string, number[]>();
  const takeOvers = new Map<string, TakeOver[]>();
  for (const note of notes) {
    if (note.type === 'settling') {
      const answer = settled.get(note.call);
      const ids = answer && new Set(answer.ids);
      for (const { id, attempts } of note.claims) {
        // One that was refused ended nothing.
        if (ids?.has(id) !== false) addTo(settlements, settlementKey(id, attempts, note.owner), note.asked);
      }
    } else if (note.type === 'taking over') {
      const answer = takenOver.get(note.call);
      if (answer?.count === 0) continue;
      const takeOver = { asked: note.asked, answered: answer?.answered ?? Infinity };
      for (const owner of new Set(note.owners)) addTo(takeOvers, owner, takeOver);
    }
  }
  return { settlements, takeOvers };
}

function settlementKey(id: number, attempts: number, owner: string): string {
  return `${id} ${attempts} ${owner}`;
}

function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
