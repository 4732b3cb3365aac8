import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import type { Clock } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import type { Store } from '../../../src/ports.ts';
import type { Seal } from '../../../src/seal.ts';

/** How long an installation is trusted to be what the store has, in milliseconds. */
const FRESH = 60_000;

/** What an installation's row holds: the installation, or whose one it is. */
type Kept = Installation | { readonly sameAs: string };

/** Bolt's store of installations, on the bot's own. */
export interface Installations extends InstallationStore {
  /** Forgets an installation: of a team, or of an organisation with all of its teams. */
  forget(tenant: string): Promise<void>;
}

/** What it takes to keep installations. */
export interface InstallationParts {
  readonly store: Pick<Store, 'installation' | 'saveInstallation' | 'removeInstallation'>;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly log: Log;
  /** Told when somebody has installed the bot: what was disconnected works again. */
  readonly installed: (tenant: string) => Promise<void>;
}

/**
 * Keeps installations in the store, encrypted. What an older key sealed is sealed again with the first one when it is
 * read. A team of an organisation that installed the bot for all of its teams gets a row that points to it, so that the
 * bot can post there without being asked first.
 */
export function createInstallations(parts: InstallationParts): Installations {
  const { store, seal, clock, log } = parts;
  // That there is none is not remembered: another process may hear of a new one in the next moment.
  const held = new Map<string, { readonly kept: Kept; readonly until: number }>();
  const aboutOf = (tenant: string) => `slack:${tenant}`;

  const remember = (tenant: string, kept: Kept) => {
    held.set(tenant, { kept, until: clock.now().epochMilliseconds + FRESH });
  };
  const save = async (tenant: string, kept: Kept) => {
    const sealed = seal.close(JSON.stringify(kept), aboutOf(tenant));
    await store.saveInstallation({ platform: 'slack', tenant, sealed });
    remember(tenant, kept);
  };
  const read = async (tenant: string): Promise<Kept | null> => {
    const known = held.get(tenant);
    if (known && known.until > clock.now().epochMilliseconds) return known.kept;
    const row = await store.installation('slack', tenant);
    const opened = row && seal.open(row.sealed, aboutOf(tenant));
    if (row && !opened)
      log.error({ tenant }, 'an installation cannot be decrypted: SECRET_KEY is not the one it was sealed with');
    const kept = opened ? (JSON.parse(opened.text) as Kept) : null;
    if (kept && opened?.isCurrent === false) await save(tenant, kept);
    else if (kept) remember(tenant, kept);
    else held.delete(tenant);
    return kept;
  };
  const follow = async (tenant: string): Promise<Installation | null> => {
    const kept = await read(tenant);
    if (!kept || !('sameAs' in kept)) return kept;
    const whole = await read(kept.sameAs);
    return whole && 'sameAs' in whole ? null : whole;
  };

  return {
    async storeInstallation(installation) {
      const tenant = tenantOf(installation);
      await save(tenant, installation);
      await parts.installed(tenant);
    },

    async fetchInstallation({ teamId, enterpriseId }: InstallationQuery<boolean>) {
      const own = teamId === undefined ? null : await follow(teamId);
      if (own) return own;
      const whole = enterpriseId === undefined ? null : await follow(enterpriseId);
      if (!whole) throw new Error('the bot is not installed there');
      if (enterpriseId !== undefined && teamId !== undefined) await save(teamId, { sameAs: enterpriseId });
      return whole;
    },

    async deleteInstallation({ teamId, enterpriseId, isEnterpriseInstall }: InstallationQuery<boolean>) {
      const tenant = isEnterpriseInstall ? enterpriseId : teamId;
      if (tenant !== undefined) await this.forget(tenant);
    },

    async forget(tenant) {
      await store.removeInstallation('slack', tenant);
      held.delete(tenant);
    },
  };
}

function tenantOf({ isEnterpriseInstall, enterprise, team }: Installation): string {
  const tenant = isEnterpriseInstall ? enterprise?.id : team?.id;
  if (tenant === undefined) throw new TypeError('an installation belongs to a team or to an organisation');
  return tenant;
}
