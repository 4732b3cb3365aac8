import { describe, expect, test } from 'vitest';
import { storeFailure } from '../../prisma/failure.ts';

describe('a connection to PostgreSQL that breaks while something is asked', () => {
  const database = { provider: 'postgresql', name: 'db.example.org/gcm' } as const;

  // All that pg says of it, without a code.
  test.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
  ])('is told as a database that cannot be reached: %s', (reason) => {
    expect(storeFailure(new Error(reason), database)).toMatchObject({
      code: 'store-unreachable',
      context: { host: 'db.example.org/gcm', reason },
    });
  });

  test('what is wrong with the question itself is not', () => {
    const error = new Error('Connection is no column');
    expect(storeFailure(error, database)).toBe(error);
  });
});
