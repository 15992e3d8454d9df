import { hashOf } from "../route.ts";

/** What the view shows: a hall (null: the desk's own), and one of its terminals. */
export interface FleetPlace {
  readonly hallId: string | null;
  readonly deviceId: string | null;
}

const HALL = "hall";

export const placeOf = ([first, second, third]: readonly string[]): FleetPlace =>
  first === HALL && second !== undefined
    ? { hallId: second, deviceId: third ?? null }
    : { hallId: null, deviceId: first ?? null };

export const hrefOf = ({ hallId, deviceId }: FleetPlace): string => {
  const terminal = deviceId === null ? [] : [deviceId];
  return hallId === null ? hashOf("terminals", ...terminal) : hashOf("terminals", HALL, hallId, ...terminal);
};
