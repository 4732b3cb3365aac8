import { describe, expect, it } from 'vitest';
import { en } from '../../src/language/en/index.ts';
import { createLanguage } from '../../src/language/language.ts';
import { CITIES, RENAMED } from '../../src/dates/cities.ts';
import { canonicalZone, findZone, isZone, zoneName } from '../../src/dates/zones.ts';

const language = createLanguage(en);

describe('finding a zone', () => {
  it.each([
    ['Europe/Zurich', 'Europe/Zurich'],
    ['europe/zurich', 'Europe/Zurich'],
    ['asia/katmandu', 'Asia/Kathmandu'],
    ['US/Eastern', 'America/New_York'],
    ['New York', 'America/New_York'],
    ['new_york', 'America/New_York'],
    ['nairobi', 'Africa/Nairobi'],
    ['Geneva', 'Europe/Zurich'],
    ['GENÈVE', 'Europe/Zurich'],
    ['Geneva, Switzerland', 'Europe/Zurich'],
    ['Addis Ababa', 'Africa/Addis_Ababa'],
    ['Puerto Vallarta', 'America/Mexico_City'],
    ['Beirut', 'Asia/Beirut'],
    ['Bangkok', 'Asia/Bangkok'],
    ['Kathmandu', 'Asia/Kathmandu'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['sao paulo', 'America/Sao_Paulo'],
    ['The Hague', 'Europe/Amsterdam'],
    ['Washington', 'America/New_York'],
    ['Marrakech', 'Africa/Casablanca'],
    ['UTC', 'UTC'],
    ['gmt', 'UTC'],
    ['Z', 'UTC'],
    ['EST', 'America/New_York'],
    ['cest', 'Europe/Brussels'],
  ])('reads “%s”', (text, zone) => {
    expect(findZone(text)).toEqual({ zone });
  });

  it.each([
    ['Nairoby', ['Nairobi']],
    ['Genva', ['Geneva']],
    ['Europe/Zurch', ['Zurich']],
  ])('asks what “%s” was meant to be', (text, choices) => {
    expect(findZone(text)).toEqual({ choices });
  });

  it.each(['', '  ', 'xyz', '+02:00', 'constructor', 'toString', 'Robert’); DROP TABLE'])(
    'finds nothing in %j',
    (text) => {
      expect(findZone(text)).toBeNull();
    },
  );

  it('knows a city by its name in the language', () => {
    const french = { ...language, dates: { ...language.dates, cities: { 'Africa/Cairo': 'Le Caire' } } };
    expect(findZone('le caire', french)).toEqual({ zone: 'Africa/Cairo' });
    expect(zoneName('Africa/Cairo', french)).toBe('Le Caire time');
  });

  it('finds every choice it offers', () => {
    for (const names of Object.values(CITIES).flat()) expect(findZone(names)).toHaveProperty('zone');
  });

  it('has only zones that the runtime knows in its tables', () => {
    for (const zone of [...Object.keys(CITIES), ...Object.values(RENAMED)]) expect(canonicalZone(zone)).toBe(zone);
  });
});

it('says which texts are zones', () => {
  expect(['Asia/Kathmandu', 'Europe/Kyiv', 'UTC', 'Geneva', '+02:00', ''].map(isZone)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

it('names a zone after its city', () => {
  const zones = [
    'Europe/Zurich',
    'America/New_York',
    'Africa/Addis_Ababa',
    'Asia/Kathmandu',
    'America/Sao_Paulo',
    'UTC',
  ];
  expect(zones.map((zone) => zoneName(zone, language))).toEqual([
    'Geneva time',
    'New York time',
    'Addis Ababa time',
    'Kathmandu time',
    'São Paulo time',
    'UTC',
  ]);
});
