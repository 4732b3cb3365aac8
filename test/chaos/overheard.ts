import type { Claimed, Ledger } from '../../src/reminders/ledger.ts';

/**
 * What a process says of its work with the ledger. Instants are of a clock that all processes of a run share and nobody
 * sets, in microseconds.
 *
 * A process may be killed between any two steps, so each note is made where its loss accuses nobody: what begins a claim
 * once it is known, what may end one before it is tried. What came of the attempt is noted as well; where that is
 * missing, it may have succeeded.
 */
export type Note =
  /** Deliveries are about to be sent, where the ledger notes that. */
  | { readonly type: 'begin'; readonly ids: readonly number[] }
  | {
      readonly type: 'claimed';
      readonly owner: string;
      readonly asked: number;
      readonly answered: number;
      readonly claims: readonly ClaimName[];
    }
  /** Claims are about to be settled or handed back. */
  | {
      readonly type: 'settling';
      readonly call: string;
      readonly owner: string;
      readonly asked: number;
      readonly claims: readonly ClaimName[];
    }
  /** These were; the others were not the owner's any more. */
  | { readonly type: 'settled'; readonly call: string; readonly ids: readonly number[] }
  /** What these owners hold is about to be taken over. */
  | { readonly type: 'taking over'; readonly call: string; readonly asked: number; readonly owners: readonly string[] }
  | { readonly type: 'taken over'; readonly call: string; readonly answered: number; readonly count: number };

/** What the ledger calls a claim, beside its owner. */
export type ClaimName = Pick<Claimed, 'id' | 'attempts'>;

/**
 * A ledger that does the same, and whose every step with claims is noted.
 *
 * @param parts.name is another one for each process
 * @param parts.note does not come back before the note is where it outlives the process
 * @param parts.now reads the clock that all processes share
 */
export function overheard(
  ledger: Ledger,
  parts: { readonly name: string; readonly note: (note: Note) => void; readonly now: () => number },
): Ledger {
  const { name, note, now } = parts;
  let calls = 0;
  const nextCall = () => `${name} ${(calls += 1)}`;
  return {
    ...ledger,

    async claim(about) {
      const asked = now();
      const claims = await ledger.claim(about);
      if (claims.length > 0) {
        note({ type: 'claimed', owner: about.owner, asked, answered: now(), claims: claims.map(nameOf) });
      }
      return claims;
    },

    begin(owner, claims, until) {
      note({ type: 'begin', ids: claims.map(({ id }) => id) });
      return ledger.begin(owner, claims, until);
    },

    async settle(owner, settlements, at) {
      const call = nextCall();
      note({ type: 'settling', call, owner, asked: now(), claims: settlements.map(nameOf) });
      const ids = await ledger.settle(owner, settlements, at);
      note({ type: 'settled', call, ids });
      return ids;
    },

    async takeOver(leases, at) {
      if (leases.length === 0) return ledger.takeOver(leases, at);
      const call = nextCall();
      note({ type: 'taking over', call, asked: now(), owners: leases.map(({ owner }) => owner) });
      const count = await ledger.takeOver(leases, at);
      note({ type: 'taken over', call, answered: now(), count });
      return count;
    },
  };
}

function nameOf({ id, attempts }: ClaimName): ClaimName {
  return { id, attempts };
}
