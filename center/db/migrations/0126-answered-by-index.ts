/**
 * Asks of each command of a batch by the index whether it was answered before (decision 0126). Asked of all of them at once, a plan made while the log was
 * new and small reads the hall's whole log, and a session keeps its plans until the statistics change.
 */
export const sql = `
CREATE OR REPLACE FUNCTION lock_hall_as_known(hall text, known_epoch text, known_head bigint, known_hash text, ids text[])
RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  PERFORM 1 FROM halls
    WHERE hall_id = hall AND epoch = known_epoch AND head = known_head AND head_hash = known_hash FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the log of hall % is not at % any more', hall, known_head USING ERRCODE = 'SH001';
  END IF;
  IF EXISTS (
    SELECT 1 FROM unnest(ids) AS id, LATERAL (SELECT 1 FROM events WHERE hall_id = hall AND command_id = id OFFSET 0) AS made
  ) OR EXISTS (
    SELECT 1 FROM unnest(ids) AS id, LATERAL (SELECT 1 FROM commands WHERE hall_id = hall AND command_id = id::uuid OFFSET 0) AS answered
  ) THEN
    RAISE EXCEPTION 'a command of the batch was answered before' USING ERRCODE = 'SH001';
  END IF;
END $$;
`;
