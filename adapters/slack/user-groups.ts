import type { webApi } from '@slack/bolt';
import type { Clock } from '../../src/clock.ts';
import { within } from '../../src/deadline.ts';
import type { IsInTeam } from '../../src/engine/roles.ts';
import type { Log } from '../../src/log.ts';
import type { Timer } from '../../src/timer.ts';

/** How long Slack's word is good, in milliseconds; and how long one is not asked again that did not give it. */
const FRESH = 60_000;
const PAUSE = 10_000;
/** How long an answer waits for Slack, in milliseconds: well below what Slack itself waits for an acknowledgement. */
const PATIENCE = 1500;
/** How many user groups a process keeps in mind. */
const HELD = 500;

/** The user groups of the workspaces: who belongs to one, and what it is called. */
export interface UserGroups {
  /** Whether somebody belongs to a user group. Whoever Slack does not confirm in time does not. */
  readonly isInTeam: IsInTeam;
  /** A line in which every user group that it mentions has its name: Slack does not always write it. */
  named(tenant: string, line: string): Promise<string>;
}

interface Known<Value> {
  readonly value: Promise<Value>;
  /** Milliseconds since the epoch. */
  until: number;
}

/** `<!subteam^S012>`: a mention without a name. */
const NAMELESS = /<!subteam\^(?<id>[A-Z0-9]+)>/gu;

/** Asks Slack, with the scope `usergroups:read`; without it nobody belongs to anything. */
export function createUserGroups(parts: {
  readonly clientOf: (tenant: string) => Promise<webApi.WebClient | null>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
}): UserGroups {
  const now = () => parts.clock.now().epochMilliseconds;

  /** Remembers what Slack said, and asks once for all who wait. */
  const remembering = <Value>(
    what: string,
    nothing: Value,
    ask: (client: webApi.WebClient, of: Of) => Promise<Value>,
  ) => {
    const held = new Map<string, Known<Value>>();
    return async (of: Of): Promise<Value> => {
      const key = `${of.tenant} ${of.id}`;
      let known = held.get(key);
      if (!known || known.until <= now()) {
        const asked = async () => {
          const client = await parts.clientOf(of.tenant);
          return client ? ask(client, of) : nothing;
        };
        const fresh: Known<Value> = {
          until: now() + FRESH,
          value: asked().catch((error: unknown) => {
            parts.log.warn({ err: error, ...of }, `Slack does not tell ${what}`);
            fresh.until = now() + PAUSE;
            return nothing;
          }),
        };
        held.delete(key);
        held.set(key, (known = fresh));
        for (const oldest of held.keys()) if (held.size > HELD) held.delete(oldest);
      }
      const answer = await within(known.value, PATIENCE, parts.timer);
      return answer.isReady ? answer.value : nothing;
    };
  };

  const membersOf = remembering('who is in a user group', new Set<string>(), async (client, { tenant, id }) => {
    const { users } = await client.usergroups.users.list({ usergroup: id, team_id: tenant });
    return new Set(users);
  });
  const namesOf = remembering('the names of user groups', new Map<string, string>(), async (client, { tenant }) => {
    const { usergroups = [] } = await client.usergroups.list({ team_id: tenant });
    return new Map(usergroups.map(({ id = '', handle = '' }) => [id, handle]));
  });

  return {
    isInTeam: async ({ user }, { tenant, id }) => (await membersOf({ tenant, id })).has(user),
    async named(tenant, line) {
      if (line.search(NAMELESS) < 0) return line;
      const names = await namesOf({ tenant, id: '' });
      return line.replace(NAMELESS, (mention, id: string) => {
        const name = names.get(id);
        return name ? `<!subteam^${id}|@${name}>` : mention;
      });
    },
  };
}

interface Of {
  readonly tenant: string;
  readonly id: string;
}
