/** Secrets of clerks' authenticator apps, sealed with the node's key, and their recovery codes as slow hashes. */
export const sql = `
CREATE TABLE second_factors (
  hall_id text NOT NULL,
  clerk_id text NOT NULL,
  sealed_secret bytea NOT NULL,
  -- Null: handed out, and no code of it was shown yet.
  active_at bigint,
  -- Of the last code that was taken: neither it nor an earlier one is taken again.
  last_step bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (hall_id, clerk_id)
);
CREATE TABLE recovery_codes (
  hall_id text NOT NULL,
  clerk_id text NOT NULL,
  n integer NOT NULL,
  code_hash text NOT NULL,
  used_at bigint,
  PRIMARY KEY (hall_id, clerk_id, n)
);
`;
