/** One command of staff, behind what may stand before any command, as keyboards and phones write them. */
export const BEGUN_WITH_OPTIONS: readonly string[] = [
  '--as-of 2017-12-05 audit',
  '--as-of=2017-12-05 audit',
  '—as-of 2017-12-05 audit',
  '--as-of "5 December 2017" audit',
  '--yes audit',
  '--group gcm audit',
  '—group=gcm audit',
  'group:gcm audit',
  'please audit',
  'gcm --group gcm –yes --as-of 2017-12-05 audit',
];
