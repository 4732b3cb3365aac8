import { describe, expect, test } from 'vitest';
import { heldTwice } from './claims.ts';
import type { Note } from './overheard.ts';

const DELIVERY = 7;
let calls = 0;

/** @param attempts which claim of the delivery it is */
function claimed(owner: string, asked: number, answered: number, attempts: number): readonly Note[] {
  return [{ type: 'claimed', owner, asked, answered, claims: [{ id: DELIVERY, attempts }] }];
}

/** @param came what is known of it: whether the claim was still the owner's */
function settled(owner: string, asked: number, attempts: number, came: 'done' | 'refused' | null): readonly Note[] {
  const call = `call ${(calls += 1)}`;
  const before: Note = { type: 'settling', call, owner, asked, claims: [{ id: DELIVERY, attempts }] };
  return came === null ? [before] : [before, { type: 'settled', call, ids: came === 'done' ? [DELIVERY] : [] }];
}

/** @param came what is known of it: when it was answered, and of how many deliveries */
function takenOver(owner: string, asked: number, came: readonly [number, number] | null): readonly Note[] {
  const call = `call ${(calls += 1)}`;
  const before: Note = { type: 'taking over', call, asked, owners: ['somebody', owner] };
  return came === null ? [before] : [before, { type: 'taken over', call, answered: came[0], count: came[1] }];
}

describe('nobody is accused', () => {
  test.each<readonly [string, readonly (readonly Note[])[]]>([
    ['of a single claim', [claimed('a', 0, 1, 1)]],
    [
      'when a claim was settled before the next',
      [claimed('a', 0, 1, 1), settled('a', 2, 1, 'done'), claimed('b', 4, 5, 2)],
    ],
    [
      'when one process claims and hands back again and again',
      [
        claimed('a', 0, 1, 1),
        settled('a', 2, 1, 'done'),
        claimed('a', 4, 5, 1),
        settled('a', 6, 1, 'done'),
        claimed('a', 8, 9, 1),
      ],
    ],
    [
      'when the next claim came while a settlement was under way',
      [claimed('a', 0, 1, 1), settled('a', 2, 1, 'done'), claimed('b', 3, 4, 2)],
    ],
    [
      'when its process was killed before a settlement was answered',
      [claimed('a', 0, 1, 1), settled('a', 2, 1, null), claimed('b', 4, 5, 2)],
    ],
    [
      'when its process was killed, and another took over',
      [claimed('a', 0, 1, 1), takenOver('a', 50, [51, 3]), claimed('b', 52, 53, 2)],
    ],
    [
      'when the process that took over was killed at it',
      [claimed('a', 0, 1, 1), takenOver('a', 50, null), claimed('c', 52, 53, 2)],
    ],
    [
      'when a take-over had begun before, and nobody knows how long it took',
      [takenOver('a', -1, null), claimed('a', 0, 1, 1), claimed('b', 4, 5, 2)],
    ],
    [
      'when its process was frozen before it saw the answer, and by then another had taken over and claimed',
      [claimed('a', 0, 99, 1), takenOver('a', 50, [51, 1]), claimed('b', 52, 53, 2)],
    ],
    [
      'when a process that was frozen settles too late',
      [
        claimed('a', 0, 1, 1),
        takenOver('a', 50, [51, 1]),
        claimed('b', 52, 53, 2),
        settled('a', 90, 1, 'refused'),
        settled('b', 92, 2, 'done'),
      ],
    ],
  ])('%s', (_name, notes) => {
    // In whatever order what several processes say is heard.
    expect(heldTwice(notes.flat())).toEqual(new Map());
    expect(heldTwice(notes.toReversed().flat())).toEqual(new Map());
  });
});

describe('two claims are accused', () => {
  const first = { owner: 'a', attempts: 1, asked: 0, answered: 1 };

  test.each<readonly [string, readonly (readonly Note[])[]]>([
    ['when nothing is between them', [claimed('a', 0, 1, 1), claimed('b', 4, 5, 2)]],
    [
      'when what ended the first came after the second',
      [claimed('a', 0, 1, 1), claimed('b', 4, 5, 2), settled('a', 6, 1, 'done'), takenOver('a', 8, [9, 1])],
    ],
    [
      'when the settlement between them was refused',
      [claimed('a', 0, 1, 1), settled('a', 2, 1, 'refused'), claimed('b', 4, 5, 2)],
    ],
    [
      'when the take-over between them found nothing',
      [claimed('a', 0, 1, 1), takenOver('a', 2, [3, 0]), claimed('b', 4, 5, 2)],
    ],
    [
      'when the take-over between them was from somebody else',
      [claimed('a', 0, 1, 1), takenOver('c', 2, [3, 1]), claimed('b', 4, 5, 2)],
    ],
    [
      'when the take-over was over before the first',
      [takenOver('a', -3, [-2, 1]), claimed('a', 0, 1, 1), claimed('b', 4, 5, 2)],
    ],
    [
      'when what was settled between them is somebody else’s',
      [claimed('a', 0, 1, 1), settled('c', 2, 1, null), claimed('b', 4, 5, 2)],
    ],
    [
      'when what was settled between them is another attempt',
      [claimed('a', 0, 1, 1), settled('a', 2, 3, null), claimed('b', 4, 5, 2)],
    ],
    [
      'when what was settled is an earlier claim',
      [claimed('a', -9, -8, 1), settled('a', -7, 1, 'done'), claimed('a', 0, 1, 1), claimed('b', 4, 5, 2)],
    ],
  ])('%s', (_name, notes) => {
    const second = { owner: 'b', attempts: 2, asked: 4, answered: 5 };
    expect(heldTwice(notes.flat())).toEqual(new Map([[DELIVERY, [first, second]]]));
    expect(heldTwice(notes.toReversed().flat())).toEqual(new Map([[DELIVERY, [first, second]]]));
  });

  test('when they were made at the same time', () => {
    const notes = [
      claimed('a', 0, 10, 1),
      claimed('b', 1, 11, 2),
      settled('a', 12, 1, 'refused'),
      settled('b', 14, 2, 'done'),
    ];
    expect([...heldTwice(notes.flat()).keys()]).toEqual([DELIVERY]);
  });

  test('also when one process made both', () => {
    const notes = [...claimed('a', 0, 1, 1), ...claimed('a', 4, 5, 2)];
    expect([...heldTwice(notes).keys()]).toEqual([DELIVERY]);
  });

  test('and only of the delivery that they are of', () => {
    const other: Note = { type: 'claimed', owner: 'b', asked: 4, answered: 5, claims: [{ id: 8, attempts: 2 }] };
    expect(heldTwice([...claimed('a', 0, 1, 1), other])).toEqual(new Map());
  });
});
