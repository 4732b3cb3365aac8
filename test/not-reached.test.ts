import { expect, test } from 'vitest';
import { wasNotReached } from '../src/not-reached.ts';

function systemError(code: string, cause?: unknown): Error {
  return Object.assign(new Error(code, { cause }), { code });
}

test.each([
  ['nobody listened', systemError('ECONNREFUSED')],
  ['fetch says so in a cause', new TypeError('fetch failed', { cause: systemError('ENOTFOUND') })],
  ['a library gave it a code of its own', systemError('slack_webapi_request_error', systemError('EAI_AGAIN'))],
  [
    'no address of the host answered',
    new TypeError('fetch failed', { cause: new AggregateError([systemError('ENETUNREACH')]) }),
  ],
])('a request never got to the server when %s', (_when, error) => {
  expect(wasNotReached(error)).toBe(true);
});

test.each([
  ['the connection broke', systemError('ECONNRESET')],
  ['the answer did not come in time', new TypeError('fetch failed', { cause: systemError('UND_ERR_HEADERS_TIMEOUT') })],
  ['an address did not answer in time', new AggregateError([systemError('ETIMEDOUT')])],
  ['the error says nothing', new Error('broke')],
  ['it is no error', 'ECONNREFUSED'],
])('nobody knows whether it got there when %s', (_when, error) => {
  expect(wasNotReached(error)).toBe(false);
});
