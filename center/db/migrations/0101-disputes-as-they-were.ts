/**
 * What the city held stands beside what the hall sent from the moment they part: a later replacement takes nothing away of it.
 * The same first event may part the histories again, at another time.
 */
export const sql = `
CREATE FUNCTION held_records(hall text, from_seq bigint, to_seq bigint) RETURNS text LANGUAGE sql STABLE AS $body$
  SELECT coalesce(json_agg(json_build_object(
    'hallId', hall_id, 'seq', seq, 'type', type, 'v', v, 'at', at, 'recordedAt', recorded_at, 'commandId', command_id,
    'actor', actor::json, 'data', data::json, 'prevHash', prev_hash, 'hash', hash) ORDER BY seq)::text, '[]')
  FROM events WHERE hall_id = hall AND seq BETWEEN from_seq AND to_seq
$body$;

-- A hall that takes another key does not lose what it signed with the former one on that day.
ALTER TABLE relay_heads DROP CONSTRAINT relay_heads_pkey, ADD PRIMARY KEY (hall_id, epoch, day, public_key);

ALTER TABLE relay_disputes
  -- Records from seq on, up to held_head; without one the first alone.
  ADD COLUMN held text NOT NULL DEFAULT '[]',
  -- A head that the hall signed of what was held, JSON.
  ADD COLUMN held_head text,
  -- When the last of all that was held from seq on was recorded.
  ADD COLUMN held_until bigint NOT NULL DEFAULT 0,
  DROP CONSTRAINT relay_disputes_pkey,
  ADD PRIMARY KEY (hall_id, seq, hash, seen_at);

UPDATE relay_disputes d SET held_head = (
  SELECT json_build_object('hallId', h.hall_id, 'epoch', h.epoch, 'seq', h.seq, 'hash', h.hash, 'seenAt', h.seen_at,
    'publicKey', h.public_key, 'signature', h.signature)::text
  FROM relay_heads h WHERE h.hall_id = d.hall_id AND h.epoch = d.held_epoch AND h.seq >= d.seq ORDER BY h.seen_at, h.seq LIMIT 1);
UPDATE relay_disputes d SET held = held_records(d.hall_id, d.seq, coalesce((held_head::json->>'seq')::bigint, d.seq))
WHERE kind = 'forked';
UPDATE relay_disputes d SET
  held = (
    SELECT coalesce(json_agg(json_build_object(
      'hallId', s.hall_id, 'seq', s.seq, 'type', r->>'type', 'v', r->'v', 'at', r->'at', 'recordedAt', r->'recorded_at',
      'commandId', r->>'command_id', 'actor', (r->>'actor')::json, 'data', (r->>'data')::json, 'prevHash', r->>'prev_hash',
      'hash', r->>'hash') ORDER BY s.seq)::text, '[]')
    FROM (SELECT *, record::json AS r FROM events_superseded) s
    WHERE s.hall_id = d.hall_id AND s.superseded_at = d.seen_at AND s.epoch = d.held_epoch
      AND s.seq BETWEEN d.seq AND coalesce((d.held_head::json->>'seq')::bigint, d.seq)),
  held_until = (
    SELECT coalesce(max((s.record::json->>'recorded_at')::bigint), 0) FROM events_superseded s
    WHERE s.hall_id = d.hall_id AND s.superseded_at = d.seen_at AND s.seq >= d.seq)
WHERE kind <> 'forked';
`;
