/** A property as jCal holds it (RFC 7265 §3.4): name, parameters, type, values. */
export type Property = readonly [string, Readonly<Record<string, string | readonly string[]>>, string, ...unknown[]];
/** A component as jCal holds it (RFC 7265 §3.3): name, properties, components inside. */
export type Component = readonly [string, readonly Property[], readonly Component[]];

/** The first property of that name; names are in lower case. */
export function property(component: Component | undefined, name: string): Property | undefined {
  return component?.[1].find(([own]) => own === name);
}

/** The first value of the first property of that name, as text. */
export function textIn(component: Component | undefined, name: string): string | undefined {
  const value = property(component, name)?.[3];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The first value of a parameter; its name is in lower case. */
export function parameter(property: Property | undefined, name: string): string | undefined {
  const value = property?.[1][name];
  return typeof value === 'string' ? value : value?.[0];
}
