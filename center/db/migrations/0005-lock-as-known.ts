/**
 * Takes a hall's lock for a batch that was decided without it, and raises SH001 when what it was decided upon is not so
 * (any more): the log went on, is another one, or one of the commands was answered before.
 */
export const sql = `
CREATE FUNCTION lock_hall_as_known(hall text, known_epoch text, known_head bigint, known_hash text, ids text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM halls
    WHERE hall_id = hall AND epoch = known_epoch AND head = known_head AND head_hash = known_hash FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the log of hall % is not at % any more', hall, known_head USING ERRCODE = 'SH001';
  END IF;
  IF EXISTS (SELECT 1 FROM events WHERE hall_id = hall AND command_id = ANY (ids))
    OR EXISTS (SELECT 1 FROM commands WHERE hall_id = hall AND command_id = ANY (ids::uuid[])) THEN
    RAISE EXCEPTION 'a command of the batch was answered before' USING ERRCODE = 'SH001';
  END IF;
END $$;
`;
