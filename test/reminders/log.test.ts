import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { office } from './office.ts';

test('the log says what went wrong, in the words of whatever went wrong', async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  const there = await office('2017-11-08T14:00:00+01:00');
  const store = { ...there.store, groups: () => Promise.reject(new Error('the disk is full')) };
  await there.another({ store, log: pino(stream) }).tick();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { msg: 'what falls due could not be written down', err: { message: 'the disk is full' } },
  ]);
});
