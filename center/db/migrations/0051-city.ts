/** What a city counts of its halls, made from their logs and made anew when one of them is another log. */
export const sql = `
CREATE TABLE city_cursors (
  hall_id text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  -- Of the hall's plan.
  name text NOT NULL DEFAULT '',
  area text NOT NULL DEFAULT '',
  area_name text NOT NULL DEFAULT '',
  utc_offset integer NOT NULL DEFAULT 480,
  PRIMARY KEY (hall_id)
);

CREATE TABLE city_days (
  hall_id text NOT NULL,
  day text NOT NULL,
  tickets integer NOT NULL DEFAULT 0,
  served integer NOT NULL DEFAULT 0,
  missed integer NOT NULL DEFAULT 0,
  accepted integer NOT NULL DEFAULT 0,
  refused integer NOT NULL DEFAULT 0,
  decided integer NOT NULL DEFAULT 0,
  reviews integer NOT NULL DEFAULT 0,
  bad integer NOT NULL DEFAULT 0,
  orders_opened integer NOT NULL DEFAULT 0,
  orders_closed integer NOT NULL DEFAULT 0,
  orders_on_time integer NOT NULL DEFAULT 0,
  orders_reopened integer NOT NULL DEFAULT 0,
  entries_opened integer NOT NULL DEFAULT 0,
  entries_ended integer NOT NULL DEFAULT 0,
  PRIMARY KEY (hall_id, day)
);

-- What runs out and has not ended: the lights.
CREATE TABLE city_open (
  hall_id text NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  yellow_at bigint,
  due_at bigint,
  PRIMARY KEY (hall_id, kind, id)
);
`;
