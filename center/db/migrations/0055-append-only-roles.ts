/**
 * The one way in which events leave the log, for a city whose hall came back from a backup: a function of the owner's,
 * because the role that the program works under may not delete from it.
 */
export const sql = `
CREATE FUNCTION supersede_events(which_hall text, from_seq bigint, under_epoch text, now_at bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $body$
BEGIN
  INSERT INTO events_superseded (hall_id, superseded_at, epoch, seq, record)
  SELECT hall_id, now_at, under_epoch, seq, row_to_json(events)::text FROM events
  WHERE hall_id = which_hall AND seq >= from_seq;
  PERFORM set_config('service_hall.supersede', 'on', true);
  DELETE FROM events WHERE hall_id = which_hall AND seq >= from_seq;
  PERFORM set_config('service_hall.supersede', 'off', true);
END $body$;
REVOKE ALL ON FUNCTION supersede_events(text, bigint, text, bigint) FROM PUBLIC;
`;
