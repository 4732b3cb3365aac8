import type { webApi } from '@slack/bolt';
import type { Clock } from '../../src/clock.ts';
import { isZone } from '../../src/dates/zones.ts';
import type { Identity, Store } from '../../src/ports.ts';
import type { Background } from '../../src/background.ts';

/** How long a profile is good, in milliseconds; and how long one that could not be had is not asked for again. */
const FRESH = 12 * 60 * 60 * 1000;
const PAUSE = 10 * 60 * 1000;
/** How many people a process keeps in mind. */
const HELD = 10_000;

/** What Slack knows of the people who ask. */
export interface Profiles {
  /** Their name, as far as this process knows it already. */
  nameOf(person: Identity): string | null;
  /** Brings what the store keeps of a person up to date, later, when it is time to. */
  refresh(person: Identity): void;
}

interface Known {
  readonly name: string | null;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Asks Slack for profiles, and only after somebody has had their answer. */
export function createProfiles(parts: {
  readonly clientOf: (tenant: string) => Promise<webApi.WebClient | null>;
  readonly store: Pick<Store, 'saveProfile'>;
  readonly clock: Clock;
  readonly background: Background;
}): Profiles {
  const known = new Map<string, Known>();
  const keyOf = ({ tenant, user }: Identity) => `${tenant} ${user}`;
  const keep = (person: Identity, name: string | null, ms: number) => {
    known.delete(keyOf(person));
    known.set(keyOf(person), { name, until: parts.clock.now().epochMilliseconds + ms });
    if (known.size > HELD) {
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    }
  };

  const ask = async (person: Identity) => {
    const client = await parts.clientOf(person.tenant);
    if (!client) return;
    const { user } = await client.users.info({ user: person.user, include_locale: true });
    if (!user) return;
    const name = [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name].find(Boolean) ?? null;
    const zone = user.tz !== undefined && isZone(user.tz) ? user.tz : null;
    const { platform, tenant } = person;
    await parts.store.saveProfile({
      platform,
      tenant,
      user: person.user,
      name,
      platformZone: zone,
      platformLanguage: user.locale ?? null,
      // There only with the scope for it.
      ...(user.profile?.email ? { email: user.profile.email } : {}),
    });
    keep(person, name, FRESH);
  };

  return {
    nameOf: (person) => known.get(keyOf(person))?.name ?? null,
    refresh(person) {
      const last = known.get(keyOf(person));
      if (last && last.until > parts.clock.now().epochMilliseconds) return;
      keep(person, last?.name ?? null, PAUSE);
      parts.background.run('asking for a profile', () => ask(person));
    },
  };
}
