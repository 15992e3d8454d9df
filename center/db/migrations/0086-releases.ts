/** Versions of the terminal's program that the center hands out, in stages, and how each terminal stands to them. */
export const sql = `
CREATE TABLE releases (
  version text PRIMARY KEY,
  -- The signed text to the byte, and its signature.
  manifest text NOT NULL,
  signature text NOT NULL,
  reach text NOT NULL,
  -- Here, and by the city that handed it down.
  is_halted boolean NOT NULL DEFAULT false,
  is_halted_above boolean NOT NULL DEFAULT false,
  from_city boolean NOT NULL,
  added_at bigint NOT NULL
);
CREATE TABLE release_takers (
  hall_id text NOT NULL,
  device_id text NOT NULL,
  version text NOT NULL,
  state text NOT NULL,
  told_at bigint NOT NULL,
  PRIMARY KEY (hall_id, device_id, version)
);
-- At a city: what its halls last told of their terminals.
CREATE TABLE release_halls (
  hall_id text NOT NULL,
  version text NOT NULL,
  states text NOT NULL,
  told_at bigint NOT NULL,
  PRIMARY KEY (hall_id, version)
);
`;
