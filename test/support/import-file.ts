/** A schedule of one event, as a spreadsheet writes it. */
export function importing(handle: string): string {
  return `title,handle,kind,start,zone\nAbout ${handle},${handle},briefing,2017-11-20,Europe/Zurich`;
}
