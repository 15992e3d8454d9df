/** What may be done with a terminal. */
export const fleetActs = [
  "lock",
  "unlock",
  "rename",
  "role",
  "revoke",
  "logs",
  "readSettings",
  "applySettings",
] as const;
export type FleetAct = (typeof fleetActs)[number];
