import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../../adapters/console/arguments.ts';

const usual = { now: null, zone: null, language: null, role: 'admin', isJson: false, isConfirmed: false };

describe('the command line', () => {
  test('is the command, when it has no options of the program', () => {
    expect(readCommandLine(['next', '3', 'regional'])).toEqual({ ...usual, line: 'next 3 regional' });
  });

  test('may hold the program’s options before the command', () => {
    const given = '--now 2017-11-01 --as viewer --tz=Asia/Bangkok --lang en --json --yes list'.split(' ');
    expect(readCommandLine(given)).toEqual({
      now: '2017-11-01',
      role: 'viewer',
      zone: 'Asia/Bangkok',
      language: 'en',
      isJson: true,
      isConfirmed: true,
      line: 'list',
    });
  });

  test.each(['viewer', 'editor', 'admin'])('may say that somebody is %s', (role) => {
    expect(readCommandLine(['--as', role, 'next'])).toEqual({ ...usual, role, line: 'next' });
    expect(readCommandLine([`--as=${role}`, 'next'])).toEqual({ ...usual, role, line: 'next' });
  });

  test('leaves the command’s own options to the command', () => {
    expect(readCommandLine(['list', '--page', '2', '--json'])).toEqual({ ...usual, line: 'list --page 2 --json' });
  });

  test('puts the quotes back that the shell took off', () => {
    expect(readCommandLine(['show', 'GCM stocktaking meeting'])).toEqual({
      ...usual,
      line: 'show "GCM stocktaking meeting"',
    });
  });

  test('may be one word for the shell and several for the bot', () => {
    expect(readCommandLine(['when is the stocktaking?'])).toEqual({ ...usual, line: 'when is the stocktaking?' });
  });

  test('is refused with what would be right', () => {
    expect(readCommandLine(['--as', 'king', 'next'])).toEqual({ problem: '--as is one of viewer, editor, admin.' });
    expect(readCommandLine(['--now'])).toEqual({ problem: '--now needs a value.' });
  });
});
