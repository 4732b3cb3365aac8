import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { saveFile } from '../../../adapters/console/files.ts';
import { progressBar } from '../../../adapters/console/progress.ts';
import { colourStyle, styleFor } from '../../../adapters/console/style.ts';
import { plainStyle } from '../../../src/cards/text.ts';
import { chat } from '../../../adapters/console/terminal.ts';
import { english } from '../../../src/language/index.ts';
import { house } from '../../support/house.ts';

const PROMPT = 'gcm> ';

/** A terminal with somebody who waits for each question before answering it. */
async function conversation(answers: readonly (readonly [question: string, answer: string])[]): Promise<string> {
  const { bot } = await house();
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  let said = '';
  let seen = 0;
  const left = [...answers];
  output.on('data', (chunk: Buffer) => {
    said += stripVTControlCharacters(chunk.toString());
    const [next] = left;
    if (next && said.slice(seen).trimEnd().endsWith(next[0].trimEnd())) {
      left.shift();
      seen = said.length;
      void setImmediate().then(() => input.write(`${next[1]}\n`));
    }
  });
  const person = { actor: { platform: 'console', tenant: '', user: 'ada', name: 'Ada' }, role: 'admin' as const };
  const terminal = { bot, person, input, output, errors: new PassThrough(), style: plainStyle, language: english };
  const code = await chat(terminal, async (line) => {
    const [completed, word] = await bot.complete(line, person);
    return [[...completed], word];
  });
  expect(code).toBe(0);
  return said;
}

describe('in a terminal', () => {
  test('a choice is made by its number', async () => {
    const said = await conversation([
      [PROMPT, 'show africa sub-regional'],
      [PROMPT, '1'],
      [PROMPT, 'exit'],
    ]);
    expect(said).toContain('fits several events. Which one?');
    expect(said).toContain('Part of  ECA regional consultation (eca)');
  });

  test('what a command needs is asked for', async () => {
    const said = await conversation([
      [PROMPT, 'show'],
      ['Event: ', 'unece'],
      [PROMPT, 'exit'],
    ]);
    expect(said).toContain('Monday 6 November 2017, Geneva time');
  });

  test('a form that lacks nothing asks for everything, and an empty answer keeps what is there', async () => {
    const kept = [
      'Event [unece]: ',
      'Title [UNECE regional consultation]: ',
      'Date [Monday 6 November 2017, Geneva time]: ',
    ];
    const rest = ['Online link: ', 'Organiser [UNECE]: '];
    const last = ['People per delegation: ', 'Level of the head of delegation: ', 'Rules for delegations: '];
    const said = await conversation([
      [PROMPT, 'edit unece'],
      ...kept.map((question) => [question, ''] as const),
      ['Place [Geneva]: ', 'Palais des Nations, Geneva'],
      [': ', ''],
      [': ', ''],
      ...rest.map((question) => [question, ''] as const),
      ['Region: ', 'Europe'],
      ...last.map((question) => [question, ''] as const),
      ['Description [One of the final two regional consultations.]: ', ''],
      ['Short name [unece]: ', ''],
      [PROMPT, '1'],
      [PROMPT, 'exit'],
    ]);
    expect(said).toContain('Geneva → Palais des Nations, Geneva');
    expect(said).toContain('none → Europe');
    expect(said).not.toContain('Title  ');
    expect(said).toContain('Published.');
  });

  test('a question is left by an empty answer', async () => {
    const said = await conversation([
      [PROMPT, 'show'],
      ['Event: ', ''],
      [PROMPT, 'exit'],
    ]);
    expect(said).toContain('Left as it was.');
  });
});

describe('completion', () => {
  test.each([
    ['ne', [['next'], 'ne']],
    ['show unes', [['unescap'], 'unes']],
    ['help ca', [['calendar'], 'ca']],
    ['list --p', [['--page'], '--p']],
    ['next --as', [['--as-of'], '--as']],
    ['about x', [[], 'x']],
  ])('of “%s”', async (line, expected) => {
    const { bot } = await house();
    const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
    expect(await bot.complete(line, { actor, role: 'viewer' })).toEqual(expected);
  });

  test('offers no command that the person may not run', async () => {
    const { bot } = await house();
    const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
    expect(await bot.complete('au', { actor, role: 'viewer' })).toEqual([[], 'au']);
    expect(await bot.complete('au', { actor, role: 'editor' })).toEqual([['audit'], 'au']);
  });
});

describe('colour', () => {
  test('is for terminals, unless NO_COLOR says no', () => {
    expect(styleFor({ isTTY: true }, {})).toBe(colourStyle);
    expect(styleFor({ isTTY: true }, { NO_COLOR: '1' })).toBe(plainStyle);
    expect(styleFor({ isTTY: true }, { NO_COLOR: '' })).toBe(colourStyle);
    expect(styleFor({ isTTY: false }, {})).toBe(plainStyle);
  });

  test('changes nothing but the looks', () => {
    for (const name of ['strong', 'muted', 'code', 'heading', 'warning'] as const) {
      const styled = colourStyle[name]('words');
      expect(styled).not.toBe('words');
      expect(stripVTControlCharacters(styled)).toBe('words');
    }
  });
});

describe('a saved file', () => {
  test('never takes the place of another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gcm-save-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'gcm.json'), 'theirs');
    const element = { type: 'file', name: 'gcm.json', mediaType: 'application/json', content: 'ours' } as const;
    expect(await saveFile(element, folder)).toBe('gcm (2).json');
    expect(await readFile(join(folder, 'gcm.json'), 'utf8')).toBe('theirs');
    expect(await readFile(join(folder, 'gcm (2).json'), 'utf8')).toBe('ours');
  });
});

describe('progress', () => {
  test('is drawn only when it moves, and is gone at the end', () => {
    const written: string[] = [];
    const bar = progressBar({ isTTY: true, write: (text) => written.push(text) });
    bar.show(0);
    bar.show(0.001);
    bar.show(0.5);
    bar.clear();
    expect(written).toEqual([`\r${'░'.repeat(30)}   0%`, `\r${'█'.repeat(15)}${'░'.repeat(15)}  50%`, '\r\u001B[K']);
  });

  test('is not drawn where there is no terminal', () => {
    const written: string[] = [];
    const bar = progressBar({ write: (text) => written.push(text) });
    bar.show(0.5);
    bar.clear();
    expect(written).toEqual([]);
  });
});
