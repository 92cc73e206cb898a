-- The payment provider's side: what it told, what is to be asked of it, and what hosts are paid.
-- Functions of 0010 (the booking's side) and 0014 (the ledger) are called by name.
--
-- No lock of these tables is ever waited for by whoever holds a calendar: tasks and events are
-- claimed with SKIP LOCKED, payout_look is written under the booking's own lock.

-- What the provider told, kept before it gets its 2xx.
CREATE TABLE webhook_event (
  -- The provider's own id: an event that comes again is the same row.
  id text PRIMARY KEY,
  type text NOT NULL,
  -- As it came: the signature was checked over these bytes.
  body text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts int NOT NULL DEFAULT 0,
  retry_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  error text,
  applied_at timestamptz,
  outcome text,
  CHECK ((applied_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX webhook_event_applied ON webhook_event (applied_at) WHERE applied_at IS NOT NULL;
CREATE INDEX webhook_event_unapplied ON webhook_event (retry_at) WHERE applied_at IS NULL;

-- Where a host's money goes.
CREATE TABLE payout_account (
  person_id uuid PRIMARY KEY REFERENCES person,
  account_id text NOT NULL UNIQUE,
  is_ready boolean NOT NULL DEFAULT false,
  is_submitted boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE dispute (
  id text PRIMARY KEY,
  payment_id uuid NOT NULL REFERENCES payment,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  state text NOT NULL CHECK (state IN ('opened', 'withdrawn', 'won', 'lost')),
  opened_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX dispute_payment ON dispute (payment_id);

-- Bookings whose host may be owed money, and when to look: each fact that changes what a host has
-- earned puts its booking here.
CREATE TABLE payout_look (
  booking_id uuid PRIMARY KEY REFERENCES booking,
  due_at timestamptz NOT NULL
);
CREATE INDEX payout_look_due ON payout_look (due_at);

-- When the provider was last asked for a payment that is not at its end.
ALTER TABLE payment ADD COLUMN checked_at timestamptz,
  -- What the provider kept of it for its service; null while that is not known.
  ADD COLUMN fee_minor bigint CHECK (fee_minor >= 0);
CREATE INDEX payment_fee_unknown ON payment (captured_at)
  WHERE status = 'captured' AND fee_minor IS NULL;
CREATE INDEX payment_task_failed ON payment_task (created_at) WHERE state = 'failed';
CREATE INDEX payment_task_transfer ON payment_task (booking_id)
  WHERE kind IN ('transfer', 'reverse');

-- How long a host waits for the money after check-in: until then the guest can say that the berth
-- was not there.
CREATE FUNCTION payout_delay() RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN interval '24 hours';

CREATE FUNCTION note_payout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO payout_look (booking_id, due_at)
  SELECT id, greatest(check_in_at + payout_delay(), now()) FROM booking WHERE id = NEW.booking_id
  ON CONFLICT (booking_id) DO UPDATE SET due_at = excluded.due_at;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_transfer_payout AFTER INSERT ON ledger_transfer FOR EACH ROW
  WHEN (NEW.kind IN ('charge', 'credit', 'deposit-kept', 'payout-reversal', 'dispute-lost'))
  EXECUTE FUNCTION note_payout();

-- Brings a payment to what its intent is at the provider, as far as that is news. p_intent: {id,
-- paymentId, clientSecret, status, currency, capturableMinor, capturedMinor}.
CREATE FUNCTION apply_intent(p_intent jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_payment payment;
BEGIN
  SELECT * INTO v_payment FROM payment WHERE intent_id = p_intent ->> 'id';
  IF v_payment.id IS NULL THEN
    -- Told before whoever opened it could write it down.
    SELECT * INTO v_payment FROM payment WHERE id = (p_intent ->> 'paymentId')::uuid;
    IF v_payment.id IS NULL THEN RETURN 'unknown-payment'; END IF;
    IF v_payment.intent_id IS NOT NULL THEN RETURN 'other-intent'; END IF;
    PERFORM payment_opened(v_payment.id, p_intent ->> 'id', p_intent ->> 'clientSecret');
  END IF;
  IF v_payment.currency <> p_intent ->> 'currency' THEN RETURN 'other-currency'; END IF;
  CASE p_intent ->> 'status'
    WHEN 'processing' THEN PERFORM payment_processing(v_payment.id);
    WHEN 'authorised' THEN
      PERFORM payment_authorised(v_payment.id, (p_intent ->> 'capturableMinor')::bigint);
    WHEN 'captured' THEN
      PERFORM payment_captured(
        v_payment.id, (p_intent ->> 'capturedMinor')::bigint, clock_timestamp());
    WHEN 'cancelled' THEN PERFORM payment_cancelled(v_payment.id, 'ended-by-provider');
    ELSE NULL;
  END CASE;
  RETURN 'applied';
END $$;

-- A dispute's facts, each posted once whatever order they come in. p_news: {disputeId, intentId,
-- amountMinor, state}.
CREATE FUNCTION apply_dispute(p_news jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_id text := p_news ->> 'disputeId';
  v_state text := p_news ->> 'state';
  v_amount bigint := (p_news ->> 'amountMinor')::bigint;
  v_payment uuid := (SELECT id FROM payment WHERE intent_id = p_news ->> 'intentId');
  v_rank CONSTANT text[] := '{opened,withdrawn,won,lost}';
BEGIN
  IF v_payment IS NULL THEN RETURN 'unknown-payment'; END IF;
  PERFORM FROM lock_booking_payment(v_payment);
  INSERT INTO dispute (id, payment_id, amount_minor, state) VALUES (v_id, v_payment, v_amount, v_state)
  ON CONFLICT (id) DO UPDATE SET state = excluded.state, updated_at = now()
  WHERE array_position(v_rank, excluded.state) > array_position(v_rank, dispute.state);
  IF v_state <> 'opened' THEN
    PERFORM ledger_dispute(v_payment, v_amount, 'dispute:' || v_id);
  END IF;
  IF v_state = 'won' THEN
    PERFORM ledger_dispute_won(v_payment, v_amount, 'dispute-won:' || v_id);
  ELSIF v_state = 'lost' THEN
    PERFORM ledger_dispute_lost(v_payment, v_amount, 'dispute-lost:' || v_id);
  END IF;
  RETURN 'applied';
END $$;

-- A refund that had seemed to be made came back from the bank: a person has to find another way.
CREATE FUNCTION apply_refund_failure(p_news jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_task payment_task;
BEGIN
  SELECT * INTO v_task FROM payment_task
  WHERE kind = 'refund'
    AND (id = (p_news ->> 'taskId')::uuid OR provider_id = p_news ->> 'refundId');
  IF v_task.id IS NULL THEN RETURN 'unknown-refund'; END IF;
  PERFORM FROM lock_booking_payment(v_task.payment_id);
  UPDATE payment_task SET state = 'failed', done_at = coalesce(done_at, now()),
    error = 'the bank sent the refund back: ' || (p_news ->> 'reason')
  WHERE id = v_task.id;
  IF EXISTS (SELECT FROM ledger_transfer WHERE key = 'refund:' || v_task.id)
    AND ledger_refund_failed(
      v_task.payment_id, v_task.amount_minor, 'refund-failed:' || v_task.id) IS NOT NULL
  THEN
    UPDATE payment SET refunded_minor = refunded_minor - v_task.amount_minor, updated_at = now()
    WHERE id = v_task.payment_id;
  END IF;
  RETURN 'applied';
END $$;

-- Applies an event once: null where it was applied before, or is being applied just now.
CREATE FUNCTION apply_webhook(p_event text, p_news jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_outcome text;
BEGIN
  PERFORM FROM webhook_event WHERE id = p_event AND applied_at IS NULL FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN NULL; END IF;
  v_outcome := CASE p_news ->> 'kind'
    WHEN 'intent' THEN apply_intent(p_news -> 'intent')
    WHEN 'dispute' THEN apply_dispute(p_news)
    WHEN 'refund-failed' THEN apply_refund_failure(p_news)
    WHEN 'account' THEN 'applied'
    ELSE 'ignored' END;
  UPDATE webhook_event SET applied_at = clock_timestamp(), outcome = v_outcome, error = NULL
  WHERE id = p_event;
  RETURN v_outcome;
END $$;

-- Takes tasks that are due, each for one worker at a time; a worker that dies loses them when the
-- lease is over.
CREATE FUNCTION claim_payment_tasks(p_count int, p_lease interval) RETURNS SETOF jsonb
LANGUAGE sql
BEGIN ATOMIC
  WITH claimed AS (
    UPDATE payment_task SET lease_until = clock_timestamp() + p_lease, attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM payment_task
      WHERE state = 'due' AND due_at <= clock_timestamp()
        AND (lease_until IS NULL OR lease_until < clock_timestamp())
      ORDER BY due_at, id LIMIT p_count FOR UPDATE SKIP LOCKED)
    RETURNING *)
  SELECT jsonb_build_object(
    'id', t.id, 'kind', t.kind, 'bookingId', t.booking_id, 'paymentId', t.payment_id,
    'amountMinor', t.amount_minor, 'attempts', t.attempts,
    'currency', coalesce(p.currency, b.quote ->> 'currency'),
    'intentId', p.intent_id,
    'accountId', a.account_id,
    'transferId', t.result ->> 'transferId')
  FROM claimed t
  JOIN booking b ON b.id = t.booking_id
  LEFT JOIN payment p ON p.id = t.payment_id
  LEFT JOIN payout_account a ON a.person_id = b.host_id
  ORDER BY t.due_at, t.id;
END;

-- Writes down that a task was done, with what follows from it. p_intent: of capture and cancel.
CREATE FUNCTION finish_payment_task(p_task uuid, p_provider_id text, p_intent jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_task payment_task;
BEGIN
  SELECT * INTO STRICT v_task FROM payment_task WHERE id = p_task;
  IF v_task.payment_id IS NOT NULL THEN PERFORM FROM lock_booking_payment(v_task.payment_id);
  ELSE PERFORM FROM booking WHERE id = v_task.booking_id FOR NO KEY UPDATE;
  END IF;
  -- Only now nobody else changes it.
  SELECT * INTO STRICT v_task FROM payment_task WHERE id = p_task;
  IF v_task.state <> 'due' AND v_task.kind NOT IN ('capture', 'cancel') THEN RETURN; END IF;
  CASE v_task.kind
    WHEN 'capture', 'cancel' THEN PERFORM apply_intent(p_intent);
    WHEN 'refund' THEN
      PERFORM payment_refunded(v_task.payment_id, v_task.amount_minor, p_task);
    WHEN 'transfer' THEN
      PERFORM ledger_payout(v_task.booking_id, v_task.amount_minor, 'payout:' || p_task);
    WHEN 'reverse' THEN
      PERFORM ledger_payout_reversal(
        v_task.booking_id, v_task.amount_minor, 'payout-reversal:' || p_task);
  END CASE;
  UPDATE payment_task SET state = 'done', done_at = clock_timestamp(), provider_id = p_provider_id,
    lease_until = NULL, error = NULL
  WHERE id = p_task AND state = 'due';
END $$;

-- Writes down that a task was not done: p_after says when it is tried again, null that it never is.
CREATE FUNCTION fail_payment_task(p_task uuid, p_error text, p_after interval) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_task payment_task;
BEGIN
  SELECT * INTO STRICT v_task FROM payment_task WHERE id = p_task;
  IF p_after IS NULL AND v_task.kind = 'capture' AND v_task.state = 'due' THEN
    PERFORM payment_cancelled(v_task.payment_id, 'capture-failed');
  END IF;
  UPDATE payment_task SET
    state = CASE WHEN p_after IS NULL THEN 'failed' ELSE 'due' END,
    done_at = CASE WHEN p_after IS NULL THEN clock_timestamp() END,
    due_at = CASE WHEN p_after IS NULL THEN due_at ELSE clock_timestamp() + p_after END,
    lease_until = NULL, error = p_error
  -- What payment_cancelled has just put aside is this one's failure all the same.
  WHERE id = p_task AND (state = 'due' OR v_task.state = 'due' AND result -> 'skipped' = 'true');
END $$;

-- Puts the transfers that are due to hosts among the tasks, and the returns of what was paid too
-- much. Answers how many bookings it looked at; many at once never wait for each other.
CREATE FUNCTION queue_payouts(p_count int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
  v_due bigint;
  v_again interval;
  v_count int := 0;
BEGIN
  FOR v_id IN SELECT booking_id FROM payout_look WHERE due_at <= now() ORDER BY due_at LIMIT p_count
  LOOP
    PERFORM FROM booking WHERE id = v_id FOR NO KEY UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    PERFORM FROM payout_look WHERE booking_id = v_id AND due_at <= now();
    CONTINUE WHEN NOT FOUND;
    v_count := v_count + 1;
    v_due := ledger_host_due(v_id);
    v_again := CASE
      WHEN v_due = 0 THEN NULL
      -- One step at a time: its outcome changes what is due.
      WHEN EXISTS (
        SELECT FROM payment_task WHERE booking_id = v_id AND kind IN ('transfer', 'reverse')
          AND state = 'due') THEN interval '5 minutes'
      WHEN EXISTS (
        SELECT FROM payment_task WHERE booking_id = v_id AND kind IN ('transfer', 'reverse')
          AND state = 'failed') THEN interval '1 hour'
      WHEN v_due > 0 AND EXISTS (
        SELECT FROM dispute d JOIN payment p ON p.id = d.payment_id
        WHERE p.booking_id = v_id AND d.state IN ('opened', 'withdrawn')) THEN interval '1 hour'
      WHEN v_due > 0 AND NOT EXISTS (
        SELECT FROM booking b JOIN payout_account a ON a.person_id = b.host_id
        WHERE b.id = v_id AND a.is_ready) THEN interval '1 hour' END;
    IF v_again IS NOT NULL THEN
      UPDATE payout_look SET due_at = now() + v_again WHERE booking_id = v_id;
      CONTINUE;
    END IF;
    IF v_due > 0 THEN
      INSERT INTO payment_task (booking_id, kind, amount_minor, reason)
      VALUES (v_id, 'transfer', v_due, 'payout');
    ELSIF v_due < 0 THEN
      PERFORM queue_reversals(v_id, -v_due);
    END IF;
    DELETE FROM payout_look WHERE booking_id = v_id;
  END LOOP;
  RETURN v_count;
END $$;

-- Takes money back of what was paid to a host for a booking, the newest transfer first.
CREATE FUNCTION queue_reversals(p_booking uuid, p_amount bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_left bigint := p_amount;
  v_paid record;
BEGIN
  FOR v_paid IN
    SELECT t.provider_id, t.amount_minor - coalesce((
      SELECT sum(r.amount_minor) FROM payment_task r
      WHERE r.kind = 'reverse' AND r.booking_id = p_booking
        AND r.result ->> 'transferId' = t.provider_id), 0)::bigint AS left
    FROM payment_task t
    WHERE t.booking_id = p_booking AND t.kind = 'transfer' AND t.state = 'done'
    ORDER BY t.done_at DESC
  LOOP
    CONTINUE WHEN v_paid.left <= 0 OR v_left <= 0;
    INSERT INTO payment_task (booking_id, kind, amount_minor, reason, result)
    VALUES (p_booking, 'reverse', least(v_paid.left, v_left), 'paid-too-much',
      jsonb_build_object('transferId', v_paid.provider_id));
    v_left := v_left - least(v_paid.left, v_left);
  END LOOP;
END $$;

-- What the provider says of a host's account; money that waited for it goes on.
CREATE FUNCTION set_payout_account(
  p_person uuid, p_account text, p_ready boolean, p_submitted boolean
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO payout_account (person_id, account_id, is_ready, is_submitted)
  VALUES (p_person, p_account, p_ready, p_submitted)
  ON CONFLICT (person_id) DO UPDATE
  SET is_ready = excluded.is_ready, is_submitted = excluded.is_submitted, updated_at = now()
  WHERE payout_account.account_id = excluded.account_id;
  IF p_ready THEN
    UPDATE payout_look SET due_at = now()
    WHERE booking_id IN (
      SELECT l.booking_id FROM payout_look l JOIN booking b ON b.id = l.booking_id
      WHERE b.host_id = p_person AND l.due_at > now()
        AND b.check_in_at + payout_delay() <= now()
      FOR NO KEY UPDATE OF l SKIP LOCKED);
  END IF;
END $$;

-- Payments to ask the provider for, because its word may have been lost: those under way often, those
-- that only wait for their host seldom.
CREATE FUNCTION claim_payment_checks(p_count int) RETURNS TABLE (payment_id uuid, intent_id text)
LANGUAGE sql
BEGIN ATOMIC
  UPDATE payment SET checked_at = clock_timestamp()
  WHERE id IN (
    SELECT id FROM payment
    WHERE status IN ('open', 'processing', 'authorised') AND payment.intent_id IS NOT NULL
      AND coalesce(checked_at, updated_at) < clock_timestamp()
        - CASE status WHEN 'authorised' THEN interval '1 hour' ELSE interval '1 minute' END
    ORDER BY coalesce(checked_at, updated_at) LIMIT p_count FOR NO KEY UPDATE SKIP LOCKED)
  RETURNING id, payment.intent_id;
END;

-- Captured payments of which nobody knows yet what the provider kept.
CREATE FUNCTION claim_fee_checks(p_count int) RETURNS TABLE (payment_id uuid, intent_id text)
LANGUAGE sql
BEGIN ATOMIC
  UPDATE payment SET checked_at = clock_timestamp()
  WHERE id IN (
    SELECT id FROM payment
    WHERE status = 'captured' AND fee_minor IS NULL
      AND (checked_at IS NULL OR checked_at < captured_at
        OR checked_at < clock_timestamp() - interval '1 hour')
    ORDER BY captured_at LIMIT p_count FOR NO KEY UPDATE SKIP LOCKED)
  RETURNING id, payment.intent_id;
END;

-- The platform bears what the provider keeps.
CREATE FUNCTION payment_fee_known(p_payment uuid, p_fee bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM lock_booking_payment(p_payment);
  PERFORM ledger_provider_fee(p_payment, p_fee, 'provider-fee:' || p_payment);
  UPDATE payment SET fee_minor = p_fee WHERE id = p_payment;
END $$;
