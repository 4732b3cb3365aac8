import { describeAudit } from './audit.ts';
import { describeChanges } from './changes.ts';
import { describeConversations } from './conversations.ts';
import { describeGroups } from './groups.ts';
import { describeOccurrences } from './occurrences.ts';
import { describePendingActions } from './pending.ts';
import { describePeople } from './people.ts';
import { describeSchedule } from './schedule.ts';
import { describeSubscriptions } from './subscriptions.ts';
import { storeTest, type StoreHarness } from './harness.ts';

/** Declares the tests of what every implementation of `Store` does. */
export function describeStore(create: () => Promise<StoreHarness>): void {
  const it = storeTest(create);
  describeGroups(it);
  describeSchedule(it);
  describeChanges(it);
  describeAudit(it);
  describePendingActions(it);
  describePeople(it);
  describeConversations(it);
  describeOccurrences(it);
  describeSubscriptions(it);
}
