-- The lifecycle of a stay with money in it: what is kept. The functions are in 0008 and after.
--
-- Locks, everywhere in this order: calendars by dock id, booking, payment, ledger. Whatever changes
-- a booking or its payments takes the calendar of the booking's dock first.
--
-- What payments' side calls, each idempotent, in any order, never backwards; they post to the ledger
-- themselves (0010):
--   payment_opened(payment, intent, secret)      the provider has an intent for it
--   payment_processing(payment)                  it is under way: a hold gets its grace
--   payment_authorised(payment, amount)          manual capture: the card is good for it
--   payment_captured(payment, amount, at)        the money is here: pays, or is sent back
--   payment_cancelled(payment, reason)           the provider ended it, or it can never be captured
--   payment_refunded(payment, amount, task)      a refund task is done
-- And at intervals: expire_overdue(docks); complete_past(count); expire_change(change) for each of changes_due(count);
-- return_deposit(booking) for each of deposits_due(count), a transaction each.

-- Which role may make which move and what goes back to the guest: BOOKING_MOVES of
-- shared/booking.ts, row by row; a test compares the two.
CREATE TABLE booking_move (
  move text NOT NULL,
  from_status text NOT NULL,
  to_status text NOT NULL,
  role text NOT NULL CHECK (role IN ('guest', 'host', 'admin', 'system')),
  refund text NOT NULL CHECK (refund IN ('none', 'policy', 'all')),
  PRIMARY KEY (move, from_status, role)
);
INSERT INTO booking_move (move, from_status, to_status, role, refund) VALUES
  ('pay', 'held', 'confirmed', 'system', 'none'),
  ('revive', 'expired', 'confirmed', 'system', 'none'),
  ('accept', 'requested', 'confirmed', 'host', 'none'),
  ('accept', 'requested', 'confirmed', 'admin', 'none'),
  ('decline', 'requested', 'declined', 'host', 'all'),
  ('decline', 'requested', 'declined', 'admin', 'all'),
  ('expire', 'held', 'expired', 'system', 'all'),
  ('expire', 'requested', 'expired', 'system', 'all'),
  ('cancel', 'held', 'cancelled', 'guest', 'all'),
  ('cancel', 'held', 'cancelled', 'host', 'all'),
  ('cancel', 'held', 'cancelled', 'admin', 'all'),
  ('cancel', 'held', 'cancelled', 'system', 'all'),
  ('cancel', 'requested', 'cancelled', 'guest', 'all'),
  ('cancel', 'requested', 'cancelled', 'host', 'all'),
  ('cancel', 'requested', 'cancelled', 'admin', 'all'),
  ('cancel', 'requested', 'cancelled', 'system', 'all'),
  ('cancel', 'confirmed', 'cancelled', 'guest', 'policy'),
  ('cancel', 'confirmed', 'cancelled', 'host', 'all'),
  ('cancel', 'confirmed', 'cancelled', 'admin', 'all'),
  ('cancel', 'confirmed', 'cancelled', 'system', 'all'),
  ('check-in', 'confirmed', 'checked_in', 'guest', 'none'),
  ('check-in', 'confirmed', 'checked_in', 'host', 'none'),
  ('check-in', 'confirmed', 'checked_in', 'admin', 'none'),
  ('check-out', 'checked_in', 'completed', 'guest', 'none'),
  ('check-out', 'checked_in', 'completed', 'host', 'none'),
  ('check-out', 'checked_in', 'completed', 'admin', 'none'),
  ('complete', 'confirmed', 'completed', 'system', 'none'),
  ('complete', 'checked_in', 'completed', 'system', 'none'),
  ('no-show', 'confirmed', 'no_show', 'host', 'policy'),
  ('no-show', 'confirmed', 'no_show', 'admin', 'policy');

-- Cancellation tiers, CANCELLATION_TIERS of shared/cancellation.ts (a test compares them): the first
-- whose hours are still left before check-in says the percent of the total that goes back.
CREATE FUNCTION cancellation_tiers(p_policy text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_policy
  WHEN 'flexible' THEN '[{"hours": 24, "percent": 100}]'::jsonb
  WHEN 'moderate' THEN '[{"hours": 120, "percent": 100}, {"hours": 24, "percent": 50}]'::jsonb
  WHEN 'strict' THEN '[{"hours": 336, "percent": 100}, {"hours": 168, "percent": 50}]'::jsonb
  END;

-- How many bookings of a status one person may have open: anybody could empty a harbour for a day
-- otherwise. Null where there is no limit.
CREATE FUNCTION open_limit(p_status text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_status WHEN 'held' THEN 3 WHEN 'requested' THEN 10 END;

ALTER TABLE booking
  -- The policy as it was at booking: later edits of the tiers change nothing.
  ADD COLUMN cancellation_tiers jsonb,
  -- The check-in that the tiers count from; a stay that was moved later keeps the earlier one.
  ADD COLUMN policy_from timestamptz,
  -- What the guest is to have paid by card as the booking is now: for the stay, and as deposit.
  -- Whatever was captured beyond it goes back (settle_booking). 0 where the fee is taken ashore.
  ADD COLUMN owed_total_minor bigint NOT NULL DEFAULT 0 CHECK (owed_total_minor >= 0),
  ADD COLUMN owed_deposit_minor bigint NOT NULL DEFAULT 0 CHECK (owed_deposit_minor >= 0),
  -- What the host keeps of the deposit, once that is decided.
  ADD COLUMN deposit_kept_minor bigint CHECK (deposit_kept_minor >= 0),
  ADD COLUMN deposit_reason text,
  ADD COLUMN deposit_settled_at timestamptz,
  -- Until when the night after the stay is kept for its guest.
  ADD COLUMN refusal_until timestamptz;
UPDATE booking SET cancellation_tiers = cancellation_tiers(cancellation_policy),
  policy_from = check_in_at;
ALTER TABLE booking
  ALTER COLUMN cancellation_tiers SET NOT NULL,
  ALTER COLUMN policy_from SET NOT NULL;
CREATE INDEX booking_guest_open ON booking (guest_id, status) WHERE deadline IS NOT NULL;
CREATE INDEX booking_over ON booking (check_out_at) WHERE status IN ('confirmed', 'checked_in');
CREATE INDEX booking_deposit ON booking (check_out_at)
  WHERE owed_deposit_minor > 0 AND deposit_settled_at IS NULL;

ALTER TABLE dock
  -- Nights of each year that are not sold: [{"from": "MM-DD", "to": "MM-DD"}], [from, to).
  ADD COLUMN closures jsonb NOT NULL DEFAULT '[]',
  -- Local time of the check-out day until which the guest in the berth has the next night; null
  -- where the host gives nobody that.
  ADD COLUMN first_refusal_until time;

-- What a card is asked to pay for a booking, or for a change of one that costs more. Its id is the
-- provider's idempotency key for the intent.
CREATE TABLE payment (
  id uuid PRIMARY KEY,
  booking_id uuid NOT NULL REFERENCES booking DEFERRABLE INITIALLY DEFERRED,
  purpose text NOT NULL CHECK (purpose IN ('stay', 'change')),
  capture text NOT NULL CHECK (capture IN ('automatic', 'manual')),
  status text NOT NULL DEFAULT 'new'
    CHECK (status IN ('new', 'open', 'processing', 'authorised', 'captured', 'cancelled')),
  currency text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  total_minor bigint NOT NULL CHECK (total_minor >= 0),
  deposit_minor bigint NOT NULL DEFAULT 0 CHECK (deposit_minor >= 0),
  intent_id text UNIQUE,
  client_secret text,
  captured_minor bigint NOT NULL DEFAULT 0 CHECK (captured_minor BETWEEN 0 AND amount_minor),
  captured_at timestamptz,
  -- Never more goes back than came.
  refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND captured_minor),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK (amount_minor = total_minor + deposit_minor),
  CHECK ((status = 'captured') = (captured_minor > 0))
);
CREATE INDEX payment_booking ON payment (booking_id, created_at);
CREATE INDEX payment_open ON payment (updated_at) WHERE status IN ('new', 'open', 'processing', 'authorised');

-- Steps at the payment provider that a move of a booking asks for, written in that move's own
-- transaction: who works them off asks the provider with the id as idempotency key, outside any
-- transaction, and writes the outcome in one.
CREATE TABLE payment_task (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  -- Null where money goes to a host for a booking as a whole.
  payment_id uuid REFERENCES payment,
  booking_id uuid NOT NULL REFERENCES booking,
  kind text NOT NULL CHECK (kind IN ('capture', 'cancel', 'refund', 'transfer', 'reverse')),
  -- All of it, and how much of that is deposit. Null: whatever there is (cancel).
  amount_minor bigint CHECK (amount_minor > 0),
  deposit_minor bigint NOT NULL DEFAULT 0 CHECK (deposit_minor >= 0),
  reason text NOT NULL,
  state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'done', 'failed')),
  attempts int NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  lease_until timestamptz,
  -- The provider's id of what was made: a refund, a transfer.
  provider_id text,
  result jsonb,
  error text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  done_at timestamptz,
  CHECK (deposit_minor <= coalesce(amount_minor, 0)),
  CHECK ((state = 'due') = (done_at IS NULL))
);
CREATE INDEX payment_task_due ON payment_task (due_at) WHERE state = 'due';
CREATE INDEX payment_task_booking ON payment_task (booking_id, created_at);
CREATE INDEX payment_task_payment ON payment_task (payment_id);

-- A change of a stay that costs more and waits for its payment. The nights that it adds lie in
-- occupancy beside the stay's own until then.
CREATE TABLE stay_change (
  id uuid PRIMARY KEY,
  booking_id uuid NOT NULL REFERENCES booking,
  payment_id uuid NOT NULL UNIQUE REFERENCES payment,
  status text NOT NULL DEFAULT 'held' CHECK (status IN ('held', 'done', 'expired', 'cancelled')),
  dock_id bigint NOT NULL REFERENCES dock,
  nights daterange NOT NULL CHECK (NOT isempty(nights)),
  span int4range NOT NULL,
  quote jsonb NOT NULL,
  thread_id uuid NOT NULL REFERENCES thread,
  due_minor bigint NOT NULL CHECK (due_minor > 0),
  deadline timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX stay_change_open ON stay_change (booking_id) WHERE status = 'held';
CREATE INDEX stay_change_deadline ON stay_change (deadline) WHERE status = 'held';

-- Nights held for a change and nights of first refusal end by themselves; closures are laid out
-- from the dock's own list.
ALTER TABLE occupancy
  DROP CONSTRAINT occupancy_source_check,
  DROP CONSTRAINT occupancy_check,
  ADD COLUMN change_id uuid REFERENCES stay_change DEFERRABLE INITIALLY DEFERRED,
  ADD COLUMN refusal_for uuid REFERENCES booking,
  ADD COLUMN expires_at timestamptz,
  ADD CONSTRAINT occupancy_source_check
    CHECK (source IN ('booking', 'block', 'import', 'change', 'refusal', 'closure')),
  ADD CONSTRAINT occupancy_owner_check CHECK (
    (source = 'booking') = (booking_id IS NOT NULL)
    AND (source = 'change') = (change_id IS NOT NULL)
    AND (source = 'refusal') = (refusal_for IS NOT NULL)
    AND (source IN ('change', 'refusal')) = (expires_at IS NOT NULL));
CREATE INDEX occupancy_expiring ON occupancy (dock_id, expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX occupancy_change ON occupancy (change_id) WHERE change_id IS NOT NULL;
CREATE INDEX occupancy_refusal ON occupancy (refusal_for) WHERE refusal_for IS NOT NULL;
