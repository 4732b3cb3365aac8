import { isZone } from '../../src/dates/zones.ts';
import type { Store } from '../../src/ports.ts';
import type { Background } from '../../src/background.ts';
import type { Origin } from './incoming.ts';

/** How many people a process keeps in mind. */
const HELD = 10_000;

/** What activities say of the people who send them. */
export interface Profiles {
  /** Keeps it, later, when it is news. */
  seen(origin: Origin): void;
}

/** Not every activity says everything: what one leaves out stays as it was. */
export function createProfiles(parts: { readonly store: Store; readonly background: Background }): Profiles {
  const { store, background } = parts;
  const held = new Map<string, string>();

  const keep = async ({ tenant, user, name, zone, language }: Origin) => {
    const known = await store.member({ platform: 'teams', tenant, user });
    await store.saveProfile({
      platform: 'teams',
      tenant,
      user,
      name: name ?? known?.name ?? null,
      platformZone: zoneIn(zone) ?? known?.platformZone ?? null,
      platformLanguage: language ?? known?.platformLanguage ?? null,
    });
  };

  return {
    seen(origin) {
      const key = `${origin.tenant} ${origin.user}`;
      const said = JSON.stringify([origin.name, origin.zone, origin.language]);
      if (held.get(key) === said || (origin.zone === null && held.has(key))) return;
      held.delete(key);
      held.set(key, said);
      if (held.size > HELD) {
        const [oldest] = held.keys();
        if (oldest !== undefined) held.delete(oldest);
      }
      background.run('keeping a profile', () => keep(origin));
    },
  };
}

/** A zone that the bot knows; `null` otherwise. */
export function zoneIn(zone: string | null): string | null {
  return zone !== null && isZone(zone) ? zone : null;
}
