import type { Schedule } from '../schedule/schedule.ts';
import type { FilterAt } from './filter-at.ts';
import { plan, type Planned } from './plan.ts';
import type { Stretch } from './quiet.ts';
import type { Subscription } from './subscription.ts';

/**
 * What would be posted in `(start, end]` if nothing changed any more and the bot never stopped, by time: at most
 * `limit` posts. Of what falls together only the latest, as it will be.
 */
export function upcomingPosts(
  { start, end }: Stretch,
  subscription: Subscription,
  schedule: Schedule,
  filterAt: FilterAt,
  limit = Infinity,
): readonly Planned[] {
  const posts: Planned[] = [];
  const instants = new Set(plan({ start, end }, [subscription], schedule, filterAt).map(({ at }) => at));
  for (const at of [...instants].sort((a, b) => a - b)) {
    const due = plan({ start: at - 1, end: at }, [subscription], schedule, filterAt);
    posts.push(...due.filter(({ skipped }) => skipped === null));
    if (posts.length >= limit) return posts.slice(0, limit);
  }
  return posts;
}
