import { flag } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';
import { LATE_MS, statusCard, troubleCard } from '../src/reminders/status-card.ts';

/** How far back what is settled is counted, in milliseconds. */
const COUNTED_MS = 7 * 86_400_000;
/** How many late and parked deliveries are looked at. */
const LOOKED_AT = 1000;

export const status = defineCommand({
  name: 'status',
  aliases: ['deliveries'],
  summary: 'status.summary',
  access: 'editor',
  args: { trouble: flag() },
  examples: ['status', 'status --trouble'],
  isEveryday: true,
  isPersonal: true,
  async run(context, { trouble }) {
    const { store, group, present } = context;
    const { ledger } = store;
    const now = present.epochMilliseconds;
    const of = { groupId: group.id, limit: LOOKED_AT };
    const [counts, due, claimed, parked, position] = await Promise.all([
      ledger.counts(group.id, now - COUNTED_MS),
      ledger.list({ ...of, state: 'due' }),
      ledger.list({ ...of, state: 'claimed' }),
      ledger.list({ ...of, state: 'parked' }),
      ledger.planning(group.id),
    ]);
    // What waits for the end of quiet times without having been tried is where it belongs.
    const late = [...due, ...claimed].filter(
      ({ plannedFor, attempts, readyAt }) =>
        now - plannedFor > LATE_MS && (attempts > 0 || readyAt === null || readyAt <= now),
    );
    if (trouble) return troubleCard({ late, parked }, context);
    return statusCard({ counts, late, parked, plannedTo: position?.to ?? null }, context);
  },
});
