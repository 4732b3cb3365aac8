import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { mayAct } from '../../src/engine/access.ts';
import { house } from '../support/house.ts';

const EDITOR = { role: 'editor' } as const;
const VIEWER = { role: 'viewer', conversation: { platform: 'console', tenant: '', id: 'C1' } } as const;

/** Words that stand in the draft and nowhere else. */
const SECRETS = /Zanzibar|Atlantis|Poseidon|Trident|quiet-talks/iu;

async function withDraft() {
  const home = await house();
  const lines = [
    'add "Zanzibar gathering" 8 November 10:00-12:00 in Atlantis handle:quiet-talks organiser:Poseidon region:Atlantis --draft',
    'doc add quiet-talks "Trident paper" https://example.org/trident.pdf',
    'outcome quiet-talks The Trident was agreed.',
    'nest quiet-talks in eca',
    'nest quiet-talks preceded by unece',
    'nest stocktaking preceded by quiet-talks',
    'nest eca-eastern in quiet-talks',
  ];
  for (const line of lines) {
    expect([line, (await home.say(`${line} --yes`, EDITOR)).outcome]).toEqual([line, 'answered']);
  }
  return home;
}

describe('a draft', () => {
  const open = commands.filter(({ access, isHidden }) => mayAct('viewer', access) && !isHidden);
  const questions = [
    ...open.flatMap(({ examples }) => examples),
    ...[
      'show eca',
      'show stocktaking',
      'show unece',
      'show eca-eastern',
      'docs',
      'docs eca',
      'docs stocktaking',
      'list',
    ],
    ...['week', 'month', 'calendar November', 'list regional', 'list 8 November', 'next 20', 'past', 'find gathering'],
    ...['what is on 8 November?', 'when is the gathering?', 'where are the papers?', 'digest', 'reminders', 'feed'],
    ...['export --format json', 'export --format csv', 'export --format ics', 'invite gathering', 'list --page 2'],
    ...['list draft', 'remind me 1d before gathering', 'mute gathering', 'find paper', 'find agreed', 'calendar'],
  ];
  test('is nowhere in the answer to anything that a viewer can ask', async () => {
    const home = await withDraft();
    for (const line of questions) {
      const reply = await home.say(line, VIEWER);
      expect([line, reply.outcome]).not.toEqual([line, 'failed']);
      expect([line, SECRETS.exec(JSON.stringify(reply.card))?.[0]]).toEqual([line, undefined]);
    }
  });

  test('is none of the completions of a viewer, nor found by its name', async () => {
    const { bot, read } = await withDraft();
    const person = { actor: { platform: 'console', tenant: '', user: 'vera', name: 'Vera' }, role: 'viewer' } as const;
    expect(await bot.complete('show quiet', person)).toEqual([[], 'quiet']);
    expect(await bot.complete('show quiet', { ...person, role: 'editor' })).toEqual([['quiet-talks'], 'quiet']);
    expect(await read('show quiet-talks', VIEWER)).toContain('No event here is called “quiet-talks”.');
    expect(await read('list in Atlantis', VIEWER)).not.toContain('gathering');
  });

  test('is seen by staff, as a draft', async () => {
    const { read } = await withDraft();
    expect(await read('show quiet-talks', EDITOR)).toMatch(/Zanzibar gathering.*Status +Draft/su);
    expect(await read('list 8 November', EDITOR)).toContain('Zanzibar gathering');
  });
});

describe('who changed what', () => {
  test.each(['history unece', 'audit', 'pending', 'undo', 'status'])(
    '“%s” is for editors, and a viewer is told who they are',
    async (line) => {
      const home = await house();
      await home.say('role grant grace editor');
      expect(await home.read(line, VIEWER)).toBe(
        `“${line.split(' ')[0] ?? ''}” is for editors of this group.\n\nThese may: grace.`,
      );
      expect((await home.say(line, EDITOR)).outcome).not.toBe('failed');
    },
  );
});
