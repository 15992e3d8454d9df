/** Files of cases, in encrypted blocks (decision 0017). */
export const sql = `
CREATE TABLE files (
  hall_id text NOT NULL,
  -- SHA-256 of the content, hex.
  hash text NOT NULL,
  size integer NOT NULL,
  type text NOT NULL,
  device_id text NOT NULL,
  began_at bigint NOT NULL,
  -- Null until all blocks are here and the whole has the right hash.
  completed_at bigint,
  PRIMARY KEY (hall_id, hash)
);
CREATE INDEX files_unfinished ON files (hall_id, device_id) WHERE completed_at IS NULL;

CREATE TABLE file_blocks (
  hall_id text NOT NULL,
  hash text NOT NULL,
  block integer NOT NULL,
  -- AES-256-GCM: nonce, tag, cipher text.
  box bytea NOT NULL,
  PRIMARY KEY (hall_id, hash, block)
);
-- Cipher text does not get smaller: trying costs time.
ALTER TABLE file_blocks ALTER COLUMN box SET STORAGE EXTERNAL;

-- Who has read which file.
CREATE TABLE file_reads (
  hall_id text NOT NULL,
  hash text NOT NULL,
  at bigint NOT NULL,
  device_id text NOT NULL,
  clerk_id text NOT NULL
);
CREATE INDEX file_reads_by_file ON file_reads (hall_id, hash);
`;
