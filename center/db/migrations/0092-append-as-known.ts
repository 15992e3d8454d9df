/**
 * Few events at once, as one person makes them: the whole transaction of `lock_hall_as_known`, the log, the head and the
 * tickets is one statement, so that nobody waits for seven to be read and planned (decision 0092). Many go by COPY.
 */
export const sql = `
CREATE FUNCTION put_tickets(hall text, changed json)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tickets (hall_id, ticket_id, day, business_id, serial, number, class, state, source, item_code, taken_at, called_at, serving_since, ended_at, calls, counter_id, clerk_id)
  SELECT hall, id, day, "businessId", serial, number, class, state, source, "itemCode", "takenAt", "calledAt", "servingSince", "endedAt", calls, "counterId", "clerkId"
  FROM json_to_recordset(changed) AS r(id text, day text, "businessId" text, serial integer, number text, class text, state text, source text, "itemCode" text, "takenAt" bigint, "calledAt" bigint, "servingSince" bigint, "endedAt" bigint, calls integer, "counterId" text, "clerkId" text)
  ON CONFLICT (hall_id, ticket_id) DO UPDATE SET day = excluded.day, business_id = excluded.business_id, serial = excluded.serial, number = excluded.number,
    class = excluded.class, state = excluded.state, source = excluded.source, item_code = excluded.item_code, taken_at = excluded.taken_at, called_at = excluded.called_at,
    serving_since = excluded.serving_since, ended_at = excluded.ended_at, calls = excluded.calls, counter_id = excluded.counter_id, clerk_id = excluded.clerk_id;
END $$;

CREATE FUNCTION append_as_known(
  hall text, known_epoch text, known_head bigint, known_hash text, ids text[], recorded bigint,
  types text[], versions integer[], instants bigint[], command_ids text[], actors text[], bodies text[], prev_hashes text[], hashes text[],
  changed_tickets json)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_hall_as_known(hall, known_epoch, known_head, known_hash, ids);
  INSERT INTO events (hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash)
  SELECT hall, known_head + n, e.type, e.v, e.at, recorded, e.command_id, e.actor, e.data, e.prev_hash, e.hash
  FROM unnest(types, versions, instants, command_ids, actors, bodies, prev_hashes, hashes)
    WITH ORDINALITY AS e(type, v, at, command_id, actor, data, prev_hash, hash, n);
  UPDATE halls SET head = known_head + cardinality(hashes), head_hash = hashes[cardinality(hashes)], recorded_at = recorded
  WHERE hall_id = hall;
  PERFORM put_tickets(hall, changed_tickets);
END $$;
`;
