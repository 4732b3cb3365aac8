import type { Clock } from '../../src/clock.ts';
import { within } from '../../src/deadline.ts';
import type { IsInTeam } from '../../src/engine/roles.ts';
import type { Log } from '../../src/log.ts';
import type { Timer } from '../../src/timer.ts';
import type { TeamsMessenger } from './messenger.ts';

/** How long Teams' word is good, in milliseconds; and how long it is not asked again when it did not give it. */
const FRESH = 60_000;
const PAUSE = 10_000;
/** How long an answer waits for Teams, in milliseconds. */
const PATIENCE = 1500;
/** How many answers a process keeps in mind. */
const HELD = 10_000;

interface Known {
  readonly isMember: Promise<boolean>;
  /** Milliseconds since the epoch. */
  until: number;
}

/** Asks Teams who belongs to a team. Whoever Teams does not confirm in time does not. */
export function createTeamMembers(parts: {
  readonly messenger: Pick<TeamsMessenger, 'isMember'>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
}): IsInTeam {
  const { messenger, clock, timer, log } = parts;
  const held = new Map<string, Known>();
  const present = () => clock.now().epochMilliseconds;

  return async ({ user }, { platform, tenant, id }) => {
    const key = `${tenant} ${id} ${user}`;
    let known = held.get(key);
    if (!known || known.until <= present()) {
      const asked: Known = {
        until: present() + FRESH,
        isMember: messenger.isMember({ platform, tenant, id }, user).catch((error: unknown) => {
          log.warn({ err: error, team: id }, 'Teams does not tell who belongs to a team');
          asked.until = present() + PAUSE;
          return false;
        }),
      };
      held.delete(key);
      held.set(key, (known = asked));
      for (const oldest of held.keys()) if (held.size > HELD) held.delete(oldest);
    }
    const answer = await within(known.isMember, PATIENCE, timer);
    return answer.isReady && answer.value;
  };
}
