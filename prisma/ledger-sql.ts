import type { Provider } from './derive.ts';

/** A statement as Prisma takes it: the texts around its parameters. */
type Statement = readonly string[];

interface LedgerSql {
  /** Rows. */
  readonly add: Statement;
  /** Owner, end of the lease, announced platforms, now, tenants to leave out, limit. */
  readonly claim: Statement;
  /** End of the lease, rows, owner. */
  readonly begin: Statement;
  /** Rows, owner. */
  readonly settle: Statement;
  /** End of the lease, rows, owner. */
  readonly extend: Statement;
  readonly leases: Statement;
  /** Now, rows. */
  readonly takeOver: Statement;
  /** Tenants to leave out. */
  readonly next: Statement;
  /** Group, instant, notice. */
  readonly planned: Statement;
  /** The end of time. */
  readonly groupsWithParked: Statement;
  /** The end of time, group, instant. */
  readonly parked: Statement;
  /** Now, six times; the end of time, group. */
  readonly resume: Statement;
}

type Columns = readonly (readonly [name: string, type: 'text' | 'int' | 'json' | 'instant'])[];

const NEW: Columns = [
  ['key', 'text'],
  ['kind', 'text'],
  ['groupId', 'text'],
  ['subscriptionId', 'text'],
  ['eventUid', 'text'],
  ['targetKind', 'text'],
  ['platform', 'text'],
  ['tenant', 'text'],
  ['targetId', 'text'],
  ['thread', 'text'],
  ['payload', 'json'],
  ['plannedFor', 'instant'],
  ['uselessFrom', 'instant'],
  ['state', 'text'],
  ['readyAt', 'instant'],
  ['reason', 'text'],
  ['createdAt', 'instant'],
  ['settledAt', 'instant'],
];

/** What is told of what is claimed. */
const CLAIMED = [
  'id',
  'key',
  'kind',
  'groupId',
  'subscriptionId',
  'eventUid',
  'targetKind',
  'platform',
  'tenant',
  'targetId',
  'thread',
  'payload',
  'plannedFor',
  'uselessFrom',
  'attempts',
  'failed',
] as const;
/** See {@link CLAIMED}. */
export type ClaimedColumn = (typeof CLAIMED)[number];

const CLAIM: Columns = [
  ['id', 'int'],
  ['attempts', 'int'],
];

const LEASE: Columns = [
  ['owner', 'text'],
  ['until', 'instant'],
];

const SETTLED: Columns = [
  ['state', 'text'],
  ['readyAt', 'instant'],
  ['reason', 'text'],
  ['detail', 'text'],
  ['conversationId', 'text'],
  ['messageThread', 'text'],
  ['messageId', 'text'],
  ['told', 'int'],
  ['settledAt', 'instant'],
];

const SETTLEMENT: Columns = [...CLAIM, ['after', 'int'], ['isUnsent', 'int'], ...SETTLED];

const POSTGRESQL_TYPES = { text: 'text', int: 'integer', json: 'jsonb', instant: 'timestamp(3)' } as const;

/** The statements that deliveries go through by the thousand, in the words of one database. */
export function ledgerSql(provider: Provider): LedgerSql {
  const isSqlite = provider === 'sqlite';
  const names = (columns: Columns) => columns.map(([name]) => `"${name}"`).join(', ');
  /** A table out of the JSON that a parameter in its middle brings. */
  const table = (columns: Columns): readonly [string, string] => {
    if (!isSqlite) {
      const types = columns.map(([name, type]) => `"${name}" ${POSTGRESQL_TYPES[type]}`);
      return ['(SELECT * FROM jsonb_to_recordset(', `::jsonb) AS given(${types.join(', ')}))`];
    }
    const values = columns.map(([name]) => `"value" ->> '$.${name}' AS "${name}"`);
    return [`(SELECT ${values.join(', ')} FROM json_each(`, '))'];
  };
  // Told as an array, PostgreSQL expects that it leaves out few, and goes through what is ready in order until it has
  // enough. Told as a subquery it expects half of them to go, and sorts all that is ready each time.
  const notIn = isSqlite
    ? (['NOT IN (SELECT "value" FROM json_each(', '))'] as const)
    : (['<> ALL (ARRAY(SELECT jsonb_array_elements_text(', '::jsonb)))'] as const);
  // As a subquery PostgreSQL may look it up once a row, and each time lock as many as the limit says. As an array it is
  // looked up once, whatever the statistics say, and its rows are found by their key.
  const once = isSqlite ? (['IN (', ')'] as const) : (['= ANY (ARRAY(', '))'] as const);
  const tenant = `("platform" || '/' || "tenant")`;
  const instant = isSqlite ? '' : '::timestamp(3)';

  const [newBefore, newAfter] = table(NEW);
  const [settledBefore, settledAfter] = table(SETTLEMENT);
  const [claimBefore, claimAfter] = table(CLAIM);
  const [leaseBefore, leaseAfter] = table(LEASE);
  const assigned = SETTLED.map(([name]) => `"${name}" = given."${name}"`).join(', ');
  const isOwners = `"Delivery"."id" = given."id" AND "Delivery"."attempts" = given."attempts"
    AND "Delivery"."state" = 'claimed' AND "Delivery"."owner" = `;

  return {
    add: [
      // SQLite would otherwise take ON for the beginning of a join.
      `INSERT INTO "Delivery" (${names(NEW)}) SELECT ${names(NEW)} FROM ${newBefore}`,
      `${newAfter} AS given WHERE true ON CONFLICT ("key") DO NOTHING`,
    ],
    // The condition is on the very columns that the claim sets, so that whoever comes second no longer finds the row.
    claim: [
      `UPDATE "Delivery" SET "state" = 'claimed', "attempts" = "attempts" + 1, "owner" = `,
      `, "readyAt" = `,
      // Nothing has come of an attempt that is announced, until it is.
      `${instant}, "failed" = CASE WHEN "failed" < "attempts" OR "platform" ${notIn[0]}`,
      `${notIn[1]} THEN "failed" ELSE "attempts" + 1 END
        WHERE "id" ${once[0]}SELECT "id" FROM "Delivery" WHERE "readyAt" <= `,
      `${instant} AND ${tenant} ${notIn[0]}`,
      `${notIn[1]} ORDER BY "readyAt" LIMIT `,
      `${isSqlite ? '' : '::int FOR UPDATE SKIP LOCKED'}${once[1]} AND "state" = 'due'
        RETURNING ${CLAIMED.map((name) => `"${name}"`).join(', ')}`,
    ],
    begin: [
      `UPDATE "Delivery" SET "readyAt" = `,
      `${instant}, "failed" = CASE WHEN "failed" < given."attempts" THEN "failed" ELSE given."attempts" - 1 END
        FROM ${claimBefore}`,
      `${claimAfter} AS given WHERE ${isOwners}`,
      ` RETURNING "Delivery"."id"`,
    ],
    leases: [`SELECT DISTINCT "owner", "readyAt" FROM "Delivery" WHERE "readyAt" IS NOT NULL AND "state" = 'claimed'`],
    takeOver: [
      `UPDATE "Delivery" SET "state" = 'due', "owner" = NULL, "readyAt" = `,
      `${instant} FROM ${leaseBefore}`,
      `${leaseAfter} AS given WHERE "Delivery"."readyAt" = given."until" AND "Delivery"."owner" = given."owner"
        AND "Delivery"."state" = 'claimed'`,
    ],
    settle: [
      `UPDATE "Delivery" SET "owner" = NULL,
        "failed" = CASE WHEN given."isUnsent" = 1 THEN given."attempts" ELSE "failed" END,
        "attempts" = given."after", ${assigned} FROM ${settledBefore}`,
      `${settledAfter} AS given WHERE ${isOwners}`,
      ` RETURNING "Delivery"."id"`,
    ],
    extend: [
      `UPDATE "Delivery" SET "readyAt" = `,
      `${instant} FROM ${claimBefore}`,
      `${claimAfter} AS given WHERE ${isOwners}`,
      ` RETURNING "Delivery"."id"`,
    ],
    next: [
      `SELECT "readyAt" FROM "Delivery" WHERE "readyAt" IS NOT NULL AND "state" = 'due' AND ${tenant} ${notIn[0]}`,
      `${notIn[1]} ORDER BY "readyAt" LIMIT 1`,
    ],
    planned: [
      `INSERT INTO "Planning" ("groupId", "to", "noticeId") VALUES (`,
      ', ',
      `${instant}, `,
      `${isSqlite ? '' : '::int'}) ON CONFLICT ("groupId") DO UPDATE SET
        "to" = CASE WHEN excluded."to" > "Planning"."to" THEN excluded."to" ELSE "Planning"."to" END,
        "noticeId" = CASE WHEN excluded."noticeId" > "Planning"."noticeId" THEN excluded."noticeId"
          ELSE "Planning"."noticeId" END`,
    ],
    groupsWithParked: [`SELECT DISTINCT "groupId" FROM "Delivery" WHERE "readyAt" = `, instant],
    parked: [
      `SELECT * FROM "Delivery" WHERE "readyAt" = `,
      `${instant} AND "groupId" = `,
      ` AND "settledAt" > `,
      `${instant} ORDER BY "settledAt", "id"`,
    ],
    resume: [
      `UPDATE "Delivery" SET "detail" = NULL, "state" = CASE WHEN "uselessFrom" <= `,
      `${instant} THEN 'skipped' ELSE 'due' END, "reason" = CASE WHEN "uselessFrom" <= `,
      `${instant} THEN 'late' END, "readyAt" = CASE WHEN "uselessFrom" <= `,
      `${instant} THEN NULL ELSE `,
      `${instant} END, "settledAt" = CASE WHEN "uselessFrom" <= `,
      `${instant} THEN `,
      `${instant} END
        WHERE "readyAt" = `,
      `${instant} AND "groupId" = `,
      ` AND "reason" IN ('never', 'disconnected') AND "targetKind" = 'conversation' AND "settledAt" < (SELECT "lostOrBackAt" FROM "Conversation" AS place
          WHERE place."platform" = "Delivery"."platform" AND place."tenant" = "Delivery"."tenant"
            AND place."id" = "Delivery"."targetId" AND place."disconnected" IS NULL)`,
    ],
  };
}
