import type { StoreHarness } from '../store/harness.ts';
import { describeAdding } from './adding.ts';
import { describeAnnouncing } from './announcing.ts';
import { describeClaiming } from './claiming.ts';
import { ledgerTest } from './harness.ts';
import { describeMemory } from './memory.ts';
import { describeParked } from './parked.ts';
import { describeQuestions } from './questions.ts';
import { describeSettling } from './settling.ts';
import { describeTakingOver } from './taking-over.ts';

/** Declares the tests of what every ledger does. */
export function describeLedger(create: () => Promise<StoreHarness>): void {
  const it = ledgerTest(create);
  describeAdding(it);
  describeClaiming(it);
  describeTakingOver(it);
  describeAnnouncing(it);
  describeSettling(it);
  describeQuestions(it);
  describeParked(it);
  describeMemory(it);
}
