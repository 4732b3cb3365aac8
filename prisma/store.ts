import type { Clock } from '../src/clock.ts';
import { BotError } from '../src/errors.ts';
import type { IdentitySource } from '../src/identity.ts';
import type { Log } from '../src/log.ts';
import type { Store } from '../src/ports.ts';
import { commitChange } from './commit.ts';
import type { Client, Database, Question, Transaction } from './database.ts';
import { isTaken, storeFailure } from './failure.ts';
import { feedsOn } from './feeds.ts';
import { invitationsOn } from './invitations.ts';
import type { Prisma } from './generated/sqlite/client.ts';
import { ledgerOn } from './ledger.ts';
import { loadSchedule } from './load.ts';
import { migrate } from './migrate.ts';
import { noticesFrom } from './notices.ts';
import { pendingOn } from './pending.ts';
import { auditOf, conversationOf, groupOf, memberOf, memberRow, roleOf } from './rows.ts';
import { subscriptionsOn } from './subscriptions.ts';

/** What opening a store takes. */
export interface StoreOptions {
  /** `file:…` for SQLite, `postgresql://…` for PostgreSQL. */
  readonly url: string;
  readonly clock: Clock;
  readonly identity: IdentitySource;
  /** Where the store says what it did to the database. */
  readonly log?: Pick<Log, 'info'>;
  /** Whether this process serves, as only one may on SQLite; others may come and go beside it. */
  readonly isService?: boolean;
  /** Folder of the migrations, with a subfolder for each provider; the project's own by default. */
  readonly migrations?: URL;
}

/** After how many occurrences those that need not be remembered any more are swept out. */
const OCCURRENCES_BETWEEN_SWEEPS = 1000;

/** Limits of a transaction, in milliseconds: a large import takes its time, and others wait for it. */
const PATIENCE = { maxWait: 30_000, timeout: 600_000 };

/**
 * Opens the store: creates the database where there is none, brings it up to date, and puts the first working group into
 * an empty one.
 *
 * @throws BotError `store-damaged`, `store-foreign`, `store-full`, `store-in-use`, `store-migration-failed`,
 * `store-newer`, `store-read-only`, `store-unreachable`, `config-invalid`; the database is then as it was
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = await openDatabase(options.url);
  try {
    // Before anything is changed: another one that serves may be of another version.
    if (options.isService) await database.serve();
    await migrate(database, {
      ...options,
      applied: (migration) => options.log?.info({ migration, database: database.name }, 'migration applied'),
    });
    const client = await database.client();
    await addFirstGroup(database, client, options);
    return storeOn(database, client, options);
  } catch (error) {
    database.release();
    await database.adapter.dispose();
    throw storeFailure(error, database);
  }
}

/** Loads only what the provider in use needs: an answer on the command line is mostly start-up. */
async function openDatabase(url: string): Promise<Database> {
  if (url.startsWith('file:')) return (await import('./sqlite.ts')).openSqlite(url);
  if (/^postgres(ql)?:\/\//.test(url)) return (await import('./postgresql.ts')).openPostgresql(url);
  throw new BotError('config-invalid', { problems: 'DATABASE_URL must begin with file: or postgresql://' });
}

/** Several processes may do this at once: the slug is unique, and all but the first do nothing. */
async function addFirstGroup(
  database: Database,
  client: Client,
  { clock, identity }: Pick<StoreOptions, 'clock' | 'identity'>,
): Promise<void> {
  await database.inTurn(async () => {
    if ((await database.asking(GROUPS)()).length > 0) return;
    const createdAt = new Date(clock.now().epochMilliseconds);
    const group = { name: 'Working group', zone: 'Europe/Zurich', language: 'en', createdAt };
    await client.workingGroup
      .create({ data: { id: identity.uid(), slug: 'gcm', ...group } })
      .catch((error: unknown) => {
        if (!isTaken(error)) throw error;
      });
  });
}

/** All working groups, the oldest first. */
const GROUPS: Question<Prisma.WorkingGroupModel> = {
  sql: `SELECT * FROM "WorkingGroup" ORDER BY "createdAt", "slug"`,
  dates: ['createdAt', 'changedAt'],
};

/** The store on a database that is open and up to date. */
export function storeOn(database: Database, client: Client, { clock }: Pick<StoreOptions, 'clock'>): Store {
  const run = <T>(work: () => Promise<T>): Promise<T> =>
    database.inTurn(async () => {
      try {
        return await work();
      } catch (error) {
        throw storeFailure(error, database);
      }
    });
  const writing = <T>(work: (tx: Transaction) => Promise<T>) => run(() => client.$transaction(work, PATIENCE));
  const reading = <T>(work: (tx: Transaction) => Promise<T>) =>
    // SQLite's transactions are snapshots anyway, and it knows no other kind.
    run(() =>
      client.$transaction(
        work,
        database.provider === 'sqlite' ? PATIENCE : { ...PATIENCE, isolationLevel: 'RepeatableRead' as 'Serializable' },
      ),
    );
  // What every request asks.
  const asking = <Row extends object>(question: Question<Row>) => {
    const ask = database.asking(question);
    return (...given: readonly string[]) =>
      ask(...given).catch((error: unknown) => {
        throw storeFailure(error, database);
      });
  };
  const groupRows = asking(GROUPS);
  const memberRows = asking<Prisma.MemberModel>({
    sql: `SELECT * FROM "Member" WHERE "platform" = ? AND "tenant" = ? AND "userId" = ?`,
  });
  const conversationRows = asking<Prisma.ConversationModel>({
    sql: `SELECT * FROM "Conversation" WHERE "platform" = ? AND "tenant" = ? AND "id" = ?`,
  });
  const roleRows = asking<Prisma.RoleGrantModel>({
    sql: `SELECT * FROM "RoleGrant" WHERE "groupId" = ? ORDER BY "name", "subjectId"`,
  });
  let closing: Promise<void> | undefined;
  let occurrences = 0;

  return {
    async groups() {
      return (await groupRows()).map(groupOf);
    },

    async revision(groupId) {
      const group = await run(() =>
        client.workingGroup.findUnique({ where: { id: groupId }, select: { revision: true } }),
      );
      return required(group, groupId).revision;
    },

    async load(groupId) {
      return required(await reading((tx) => loadSchedule(tx, groupId)), groupId);
    },

    commit: (change) => writing((tx) => commitChange(tx, change)),

    async audit(groupId, { limit, before, subject, revision }) {
      const rows = await run(() =>
        client.auditEntry.findMany({
          where: {
            groupId,
            ...(before !== undefined && { id: { lt: before } }),
            ...(subject !== undefined && { subjectUid: subject }),
            ...(revision !== undefined && { revision }),
          },
          orderBy: { id: 'desc' },
          take: limit,
        }),
      );
      return rows.map(auditOf);
    },

    async roles(groupId) {
      return (await roleRows(groupId)).map(roleOf);
    },

    notices: (groupId, page) => reading((tx) => noticesFrom(tx, groupId, page)),

    ...pendingOn({ client, run, writing }),

    async member({ platform, tenant, user }) {
      const [row] = await memberRows(platform, tenant, user);
      return row ? memberOf(row) : null;
    },

    async saveMember(member) {
      const { platform, tenant, userId, ...chosen } = memberRow(member);
      const key = { platform, tenant, userId };
      await run(() =>
        client.member.upsert({
          where: { platform_tenant_userId: key },
          create: { ...key, ...chosen },
          update: chosen,
        }),
      );
    },

    async saveProfile({ platform, tenant, user, name, platformZone, platformLanguage, email }) {
      // An address that is known stays when a platform keeps silent about it.
      const profile = { name, platformZone, platformLanguage, ...(email !== undefined && { email }) };
      const key = { platform, tenant, userId: user };
      await run(() =>
        client.member.upsert({
          where: { platform_tenant_userId: key },
          create: { ...key, ...profile },
          update: profile,
        }),
      );
    },

    async conversation({ platform, tenant, id }) {
      const [row] = await conversationRows(platform, tenant, id);
      return row ? conversationOf(row) : null;
    },

    async saveConversation(conversation) {
      const { platform, tenant, id, ...rest } = conversationOf(conversation);
      const key = { platform, tenant, id };
      const where = { platform_tenant_id: key };
      await run(async () => {
        const known = await client.conversation.findUnique({ where, select: { disconnected: true } });
        // What is told of a lost conversation, and what is sent when it is back, goes by the moment of the turn.
        const isTurn = (known?.disconnected ?? null) === null ? rest.disconnected !== null : rest.disconnected === null;
        const row = { ...rest, ...(isTurn && { lostOrBackAt: new Date(clock.now().epochMilliseconds) }) };
        await client.conversation.upsert({ where, create: { ...key, ...row }, update: row });
      });
    },

    async conversations(platform, tenant) {
      const rows = await run(() =>
        client.conversation.findMany({ where: { platform, tenant }, orderBy: { id: 'asc' } }),
      );
      return rows.map(conversationOf);
    },

    async conversationsOf(groupId) {
      const rows = await run(() =>
        client.conversation.findMany({
          where: { groupId },
          orderBy: [{ platform: 'asc' }, { name: 'asc' }, { id: 'asc' }],
        }),
      );
      return rows.map(conversationOf);
    },

    async members(platform, tenant) {
      const rows = await run(() => client.member.findMany({ where: { platform, tenant }, orderBy: { userId: 'asc' } }));
      return rows.map(memberOf);
    },

    async installation(platform, tenant) {
      return run(() => client.installation.findUnique({ where: { platform_tenant: { platform, tenant } } }));
    },

    async saveInstallation({ platform, tenant, sealed }) {
      const key = { platform, tenant };
      await run(() =>
        client.installation.upsert({
          where: { platform_tenant: key },
          create: { ...key, sealed },
          update: { sealed },
        }),
      );
    },

    async removeInstallation(platform, tenant) {
      await run(() => client.installation.deleteMany({ where: { platform, tenant } }));
    },

    async isFirst(key, { now, until }) {
      occurrences += 1;
      if (occurrences % OCCURRENCES_BETWEEN_SWEEPS === 0) {
        await run(() => client.occurrence.deleteMany({ where: { until: { lt: new Date(now) } } }));
      }
      return run(async () => {
        try {
          await client.occurrence.create({ data: { key, until: new Date(until) } });
          return true;
        } catch (error) {
          if (isTaken(error)) return false;
          throw error;
        }
      });
    },

    ledger: ledgerOn({ provider: database.provider, client, run }),
    subscriptions: subscriptionsOn({ provider: database.provider, client, run }),
    feeds: feedsOn({ client, run }),
    invitations: invitationsOn({ client, run }),

    async ping() {
      await run(() => client.$queryRaw`SELECT 1`);
    },

    close() {
      closing ??= database.inTurn(() => {
        database.release();
        return client.$disconnect();
      });
      return closing;
    },
  };
}

function required<T>(found: T | null, groupId: string): T {
  if (found === null) throw new Error(`there is no working group ${groupId}`);
  return found;
}
