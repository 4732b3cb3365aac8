import type { webApi } from '@slack/bolt';
import type { Clock } from '../../src/clock.ts';
import type { TeamMembers } from '../../src/engine/memberships.ts';
import type { Log } from '../../src/log.ts';
import { remembering } from '../../src/remembering.ts';
import type { Timer } from '../../src/timer.ts';

/** How many user groups a process keeps in mind. */
const HELD = 500;

/** The user groups of the workspaces: who belongs to one, and what it is called. */
export interface UserGroups {
  /** Whoever Slack does not confirm in time does not belong to a user group. */
  readonly members: TeamMembers;
  /** A line in which every user group that it mentions has its name: Slack does not always write it. */
  named(tenant: string, line: string): Promise<string>;
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
  /** Asks Slack, once for all who wait. */
  const asking = <Value>(
    what: string,
    nothing: Value,
    ask: (client: webApi.WebClient, of: Of) => Promise<Value>,
  ): ((of: Of) => Promise<Value>) =>
    remembering<Of, Value>(parts, {
      async ask(of) {
        const client = await parts.clientOf(of.tenant);
        return client ? ask(client, of) : nothing;
      },
      nothing,
      keyOf: ({ tenant, id }) => `${tenant} ${id}`,
      most: HELD,
      failed: (error, of) => {
        parts.log.warn({ err: error, ...of }, `Slack does not tell ${what}`);
      },
    });

  const membersOf = asking<ReadonlySet<string> | null>('who is in a user group', null, async (client, of) => {
    const { users } = await client.usergroups.users.list({ usergroup: of.id, team_id: of.tenant });
    return new Set(users);
  });
  const namesOf = asking('the names of user groups', new Map<string, string>(), async (client, { tenant }) => {
    const { usergroups = [] } = await client.usergroups.list({ team_id: tenant });
    return new Map(usergroups.map(({ id = '', handle = '' }) => [id, handle]));
  });

  return {
    members: {
      isInTeam: async ({ user }, { tenant, id }) => (await membersOf({ tenant, id }))?.has(user) ?? false,
      async membersOf({ tenant, id }) {
        const members = await membersOf({ tenant, id });
        return members && [...members];
      },
    },
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
