/** Terminals as the desk and the city look after them: out of service or not, what each told last, what it was asked to do. */
export const sql = `
ALTER TABLE devices ADD COLUMN locked_at bigint;
ALTER TABLE devices ADD COLUMN lock_reason text NOT NULL DEFAULT '';

ALTER TABLE clerks DROP CONSTRAINT clerks_duty_check;
ALTER TABLE clerks ADD CONSTRAINT clerks_duty_check CHECK (duty IN ('clerk', 'manager', 'technician'));

-- The latest of each terminal; telemetry, no part of the log.
CREATE TABLE terminal_reports (
  hall_id text NOT NULL,
  device_id text NOT NULL,
  reported_at bigint NOT NULL,
  report text NOT NULL,
  PRIMARY KEY (hall_id, device_id)
);

-- At a hall: orders for its terminals. At a city: those that halls have to fetch, too.
CREATE TABLE fleet_orders (
  hall_id text NOT NULL,
  order_id uuid NOT NULL,
  device_id text NOT NULL,
  body text NOT NULL,
  asked_at bigint NOT NULL,
  asked_by text NOT NULL,
  expires_at bigint NOT NULL,
  -- open, done, refused, expired
  state text NOT NULL,
  refusal text,
  answer text,
  answered_at bigint,
  -- Of an order of the city, at the hall: whether the city knows how it ended. null: the hall's own.
  city_knows boolean,
  PRIMARY KEY (hall_id, order_id)
);
CREATE INDEX fleet_orders_by_time ON fleet_orders (hall_id, asked_at);
CREATE INDEX fleet_orders_open ON fleet_orders (hall_id, device_id) WHERE state = 'open';

-- At a city: what each hall said last of its terminals, and how many of them need somebody.
CREATE TABLE city_fleets (
  hall_id text NOT NULL,
  heard_at bigint NOT NULL,
  counts text NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (hall_id)
);
`;
