import { canonicalZone } from '../dates/zones.ts';
import { instantOf, wallTimeAt } from '../schedule/when.ts';
import { parameter, textIn, type Component, type Property } from './jcal.ts';
import { WINDOWS_ZONES } from './windows-zones.ts';

/** Understands the times of one calendar, in whatever way it names its zones. */
export interface ZoneReader {
  /** The IANA zone in which a date-time is to be kept; the name as it stands when nobody knows it. */
  named(property: Property): string;
  /** A date-time as wall time `YYYY-MM-DDTHH:MM` in that zone. */
  wall(property: Property, zone: string): string;
}

/**
 * Reads the zones of a calendar: IANA names, Windows names, what stands behind the names of other programs; and as a last
 * resort the definitions (VTIMEZONE) in the calendar itself, whose times are put into the group’s zone.
 *
 * @param instantIn the epoch milliseconds of a wall time in a zone that the calendar defines
 */
export function zoneReader(
  calendar: Component,
  groupZone: string,
  instantIn: (definition: Component, wall: string) => number,
): ZoneReader {
  const definitions = new Map(
    calendar[2]
      .filter(([name]) => name === 'vtimezone')
      .map((component) => [textIn(component, 'tzid') ?? '', component]),
  );
  const floating = canonicalZone(textIn(calendar, 'x-wr-timezone') ?? '') ?? groupZone;
  const ianaOf = (tzid: string): string | null =>
    canonicalZone(tzid) ??
    WINDOWS_ZONES[tzid.toLowerCase()] ??
    canonicalZone(textIn(definitions.get(tzid), 'x-lic-location') ?? '') ??
    // /mozilla.org/20070129_1/Europe/Berlin
    canonicalZone(tzid.split('/').slice(-2).join('/'));
  const zoneOf = (tzid: string): string => ianaOf(tzid) ?? (definitions.has(tzid) ? groupZone : tzid);
  return {
    named(property) {
      if (String(property[3]).endsWith('Z')) return groupZone;
      const tzid = parameter(property, 'tzid');
      return tzid === undefined ? floating : zoneOf(tzid);
    },
    wall(property, zone) {
      const written = String(property[3]);
      if (property[2] !== 'date-time' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?$/.test(written)) return written;
      if (written.endsWith('Z')) return wallTimeAt(Date.parse(written), zone);
      const tzid = parameter(property, 'tzid');
      const minutes = written.slice(0, 16);
      const definition = tzid === undefined ? undefined : definitions.get(tzid);
      if (tzid !== undefined && definition && ianaOf(tzid) === null)
        return wallTimeAt(instantIn(definition, written), zone);
      const own = tzid === undefined ? floating : zoneOf(tzid);
      return own === zone || canonicalZone(own) === null ? minutes : wallTimeAt(instantOf(minutes, own), zone);
    },
  };
}
