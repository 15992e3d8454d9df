/** Terminals prove who they are with a key of their own and present short-lived tokens; older ones a secret, until they have a key. */
export const sql = `
ALTER TABLE devices ADD COLUMN public_key bytea;
ALTER TABLE devices ALTER COLUMN secret_hash DROP NOT NULL;
ALTER TABLE devices ADD CONSTRAINT devices_known_by CHECK (secret_hash IS NOT NULL OR public_key IS NOT NULL);
CREATE TABLE device_tokens (
  hall_id text NOT NULL,
  device_id text NOT NULL,
  token_hash bytea NOT NULL,
  -- By the database's clock, which all processes of a center share.
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (hall_id, device_id, token_hash)
);
`;
