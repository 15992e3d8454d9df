/** The city's own booking platforms, which push appointments. */
export const sql = `
CREATE TABLE platforms (
  platform_id text PRIMARY KEY,
  name text NOT NULL,
  key_hash bytea NOT NULL,
  created_at bigint NOT NULL
);
`;
