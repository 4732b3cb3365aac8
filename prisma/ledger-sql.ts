import type { Provider } from './derive.ts';

/** A statement as Prisma takes it: the texts around its parameters. */
type Statement = readonly string[];

interface LedgerSql {
  /** Rows. */
  readonly add: Statement;
  /** Owner, end of the lease, now, tenants to leave out, limit, now again. */
  readonly claim: Statement;
  /** Rows, owner. */
  readonly settle: Statement;
  /** End of the lease, rows, owner. */
  readonly extend: Statement;
  /** Tenants to leave out. */
  readonly next: Statement;
  /** Group, instant, notice. */
  readonly planned: Statement;
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

const CLAIM: Columns = [
  ['id', 'int'],
  ['attempts', 'int'],
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
  const listed = isSqlite
    ? (['(SELECT "value" FROM json_each(', '))'] as const)
    : (['(SELECT jsonb_array_elements_text(', '::jsonb))'] as const);
  const tenant = `"platform" || '/' || "tenant"`;
  const instant = isSqlite ? '' : '::timestamp(3)';

  const [newBefore, newAfter] = table(NEW);
  const [settledBefore, settledAfter] = table(SETTLEMENT);
  const [claimBefore, claimAfter] = table(CLAIM);
  const assigned = SETTLED.map(([name]) => `"${name}" = given."${name}"`).join(', ');
  const isOwners = `"Delivery"."id" = given."id" AND "Delivery"."attempts" = given."attempts"
    AND "Delivery"."state" = 'claimed' AND "Delivery"."owner" = `;

  return {
    add: [
      // SQLite would otherwise take ON for the beginning of a join.
      `INSERT INTO "Delivery" (${names(NEW)}) SELECT ${names(NEW)} FROM ${newBefore}`,
      `${newAfter} AS given WHERE true ON CONFLICT ("key") DO NOTHING`,
    ],
    // The condition is on the very column that the claim sets, so that whoever comes second no longer finds the row.
    claim: [
      `UPDATE "Delivery" SET "state" = 'claimed', "attempts" = "attempts" + 1, "owner" = `,
      `, "readyAt" = `,
      `${instant} WHERE "id" IN (SELECT "id" FROM "Delivery" WHERE "readyAt" <= `,
      `${instant} AND ${tenant} NOT IN ${listed[0]}`,
      `${listed[1]} ORDER BY "readyAt" LIMIT `,
      `${isSqlite ? '' : '::int FOR UPDATE SKIP LOCKED'}) AND "readyAt" <= `,
      `${instant} RETURNING *`,
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
      `SELECT "readyAt" FROM "Delivery" WHERE "readyAt" IS NOT NULL AND ${tenant} NOT IN ${listed[0]}`,
      `${listed[1]} ORDER BY "readyAt" LIMIT 1`,
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
  };
}
