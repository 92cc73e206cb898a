-- What the payment provider tells, in any order and any number of times, and what follows for the
-- booking. Each takes the calendar, then the booking, then the payment.

-- How far a payment has come: what is told late never takes it back. Money that came is the last word.
CREATE FUNCTION payment_rank(p_status text) RETURNS int
LANGUAGE sql IMMUTABLE
RETURN array_position(
  '{new,open,processing,authorised,cancelled,captured}'::text[], p_status);

-- Locks a payment with its booking and calendars.
CREATE FUNCTION lock_booking_payment(
  p_payment uuid, OUT booking booking, OUT payment payment
) LANGUAGE plpgsql AS $$
DECLARE
  v_booking uuid;
  v_dock bigint;
BEGIN
  SELECT p.booking_id, c.dock_id INTO v_booking, v_dock
  FROM payment p LEFT JOIN stay_change c ON c.payment_id = p.id WHERE p.id = p_payment;
  IF v_booking IS NULL THEN
    RAISE EXCEPTION 'there is no payment %', p_payment USING ERRCODE = 'no_data_found';
  END IF;
  booking := lock_booking(v_booking, v_dock);
  SELECT p.* INTO STRICT payment FROM payment p WHERE p.id = p_payment FOR NO KEY UPDATE;
END $$;

-- Writes what became of a payment into its booking's history; the booking's version is its.
CREATE FUNCTION record_payment_event(
  p_before jsonb, p_booking uuid, p_kind text, p_amounts jsonb
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE booking SET version = touch_calendar(dock_id), updated_at = now() WHERE id = p_booking;
  PERFORM record_booking_event(p_booking, p_kind, p_before, NULL, 'system', p_amounts);
END $$;

-- Whether somebody still waits for a payment: the booking, or the change, that it is for.
CREATE FUNCTION is_wanted(p_payment payment, p_booking booking) RETURNS boolean
LANGUAGE sql STABLE
RETURN CASE (p_payment).purpose
  WHEN 'stay' THEN (p_booking).status IN ('held', 'requested', 'confirmed', 'checked_in')
    AND (p_booking).owed_total_minor + (p_booking).owed_deposit_minor > 0
  ELSE EXISTS (
    SELECT FROM stay_change WHERE payment_id = (p_payment).id AND status = 'held') END;

-- The provider has an intent for a payment. One that nobody wants any more is ended again.
CREATE FUNCTION payment_opened(p_payment uuid, p_intent text, p_secret text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v record;
BEGIN
  SELECT * INTO v FROM lock_booking_payment(p_payment);
  IF (v.payment).intent_id IS NOT NULL AND (v.payment).intent_id <> p_intent THEN
    RAISE EXCEPTION 'payment % has the intent %, not %', p_payment, (v.payment).intent_id, p_intent
      USING ERRCODE = 'unique_violation';
  END IF;
  UPDATE payment SET intent_id = p_intent, client_secret = p_secret, updated_at = now(),
    status = CASE WHEN status IN ('new', 'cancelled') AND captured_minor = 0 THEN 'open' ELSE status END
  WHERE id = p_payment AND (intent_id IS NULL OR client_secret IS DISTINCT FROM p_secret);
  IF NOT is_wanted(v.payment, v.booking) THEN PERFORM release_payment(p_payment, 'not-wanted'); END IF;
END $$;

-- A payment is under way: its hold gets an hour's grace, once.
CREATE FUNCTION payment_processing(p_payment uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v record;
  v_before jsonb;
  v_until timestamptz;
BEGIN
  SELECT * INTO v FROM lock_booking_payment(p_payment);
  IF payment_rank((v.payment).status) >= payment_rank('processing') THEN RETURN; END IF;
  v_before := booking_state(v.booking);
  UPDATE payment SET status = 'processing', updated_at = now() WHERE id = p_payment;
  IF (v.payment).purpose = 'change' THEN
    UPDATE stay_change SET deadline = deadline + interval '1 hour'
    WHERE payment_id = p_payment AND status = 'held' RETURNING deadline INTO v_until;
    UPDATE occupancy SET expires_at = v_until
    WHERE change_id = (SELECT id FROM stay_change WHERE payment_id = p_payment AND status = 'held');
  ELSE
    UPDATE booking SET deadline = deadline + interval '1 hour'
    WHERE id = (v.booking).id AND status = 'held';
  END IF;
  PERFORM record_payment_event(v_before, (v.booking).id, 'payment.processing', NULL);
END $$;

-- A card is good for a payment that is captured later.
CREATE FUNCTION payment_authorised(p_payment uuid, p_amount bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v record;
  v_before jsonb;
BEGIN
  SELECT * INTO v FROM lock_booking_payment(p_payment);
  IF payment_rank((v.payment).status) >= payment_rank('authorised') THEN RETURN; END IF;
  IF p_amount < (v.payment).amount_minor THEN RETURN; END IF;
  v_before := booking_state(v.booking);
  UPDATE payment SET status = 'authorised', updated_at = now() WHERE id = p_payment;
  PERFORM record_payment_event(v_before, (v.booking).id, 'payment.authorised',
    jsonb_build_object('amountMinor', p_amount));
  IF NOT is_wanted(v.payment, v.booking) THEN PERFORM release_payment(p_payment, 'not-wanted'); END IF;
END $$;

-- Takes a stay's nights again after its hold ran out; false where they are gone, or over.
CREATE FUNCTION retake_nights(p_booking booking) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_dock dock;
  v_span int4range := p_booking.span;
  v_need int := upper(p_booking.span) - lower(p_booking.span);
BEGIN
  SELECT * INTO v_dock FROM dock WHERE id = p_booking.dock_id;
  IF v_dock.status <> 'published'
    OR lower(p_booking.nights) < (clock_timestamp() AT TIME ZONE v_dock.time_zone)::date
  THEN RETURN false; END IF;
  INSERT INTO occupancy (dock_id, span, nights, source, booking_id)
  VALUES (v_dock.id, v_span, p_booking.nights, 'booking', p_booking.id) ON CONFLICT DO NOTHING;
  IF FOUND THEN RETURN true; END IF;
  -- On a quay she may lie elsewhere.
  v_span := choose_span(v_dock.id, v_dock.length_cm, v_need, p_booking.nights);
  IF v_dock.length_cm IS NULL OR v_span IS NULL THEN RETURN false; END IF;
  INSERT INTO occupancy (dock_id, span, nights, source, booking_id)
  VALUES (v_dock.id, v_span, p_booking.nights, 'booking', p_booking.id) ON CONFLICT DO NOTHING;
  IF FOUND THEN UPDATE booking SET span = v_span WHERE id = p_booking.id; RETURN true; END IF;
  RETURN false;
END $$;

-- The money of a payment is here. It pays what it is for where that still stands or can be taken
-- again, and whatever nobody owes goes back by itself.
CREATE FUNCTION payment_captured(p_payment uuid, p_amount bigint, p_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v record;
  v_before jsonb;
  v_booking booking;
  v_rule booking_move;
  v_move text;
BEGIN
  SELECT * INTO v FROM lock_booking_payment(p_payment);
  IF (v.payment).status = 'captured' OR p_amount <= 0 THEN RETURN; END IF;
  v_before := booking_state(v.booking);
  UPDATE payment SET status = 'captured', captured_minor = p_amount, captured_at = p_at,
    updated_at = now() WHERE id = p_payment;
  -- A capture that was still to be asked for has happened.
  UPDATE payment_task SET state = 'done', done_at = now(), result = '{"captured": true}'
  WHERE payment_id = p_payment AND kind IN ('capture', 'cancel') AND state = 'due';

  v_booking := v.booking;
  IF p_amount < (v.payment).amount_minor THEN v_move := NULL;
  ELSIF (v.payment).purpose = 'change' THEN
    IF apply_change(p_payment, v_booking, v_before) THEN v_move := 'change'; END IF;
  ELSIF v_booking.status = 'held' THEN v_move := 'pay';
  ELSIF v_booking.status = 'expired' AND (v.payment).capture = 'automatic'
    AND retake_nights(v_booking) THEN
    v_move := 'revive';
    SELECT * INTO v_booking FROM booking WHERE id = v_booking.id;
  END IF;

  IF v_move IN ('pay', 'revive') THEN
    SELECT * INTO STRICT v_rule FROM booking_move
    WHERE move = v_move AND from_status = v_booking.status AND role = 'system';
    PERFORM make_move(v_booking, v_rule, NULL, 'paid', v_before);
  ELSIF v_move IS NULL THEN
    PERFORM record_payment_event(v_before, v_booking.id, 'payment.captured',
      jsonb_build_object('amountMinor', p_amount));
  END IF;
  PERFORM ledger_capture(p_payment, p_amount, 'capture:' || p_payment);
  SELECT * INTO v_booking FROM booking WHERE id = v_booking.id;
  PERFORM settle_booking(v_booking, CASE
    WHEN v_move IS NOT NULL OR v_booking.status IN ('confirmed', 'checked_in', 'completed')
    THEN 'overpaid' ELSE 'too-late' END);
END $$;

-- The provider ended a payment, or will never capture it. An agreed stay that it was to pay for is
-- cancelled: nobody is told that a berth is theirs without the fee for it.
CREATE FUNCTION payment_cancelled(p_payment uuid, p_reason text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v record;
  v_before jsonb;
  v_rule booking_move;
  v_change stay_change;
BEGIN
  SELECT * INTO v FROM lock_booking_payment(p_payment);
  IF payment_rank((v.payment).status) >= payment_rank('cancelled') THEN RETURN; END IF;
  v_before := booking_state(v.booking);
  UPDATE payment SET status = 'cancelled', updated_at = now() WHERE id = p_payment;
  UPDATE payment_task SET state = 'done', done_at = now(), result = '{"skipped": true}'
  WHERE payment_id = p_payment AND kind IN ('capture', 'cancel') AND state = 'due';
  PERFORM record_payment_event(v_before, (v.booking).id, 'payment.cancelled', NULL);

  SELECT * INTO v_change FROM stay_change WHERE payment_id = p_payment AND status = 'held';
  IF v_change.id IS NOT NULL THEN PERFORM end_change(v_change, 'cancelled'); END IF;
  IF (v.payment).purpose = 'stay' AND is_wanted(v.payment, v.booking) THEN
    SELECT * INTO v_rule FROM booking_move
    WHERE move = 'cancel' AND from_status = (v.booking).status AND role = 'system';
    IF v_rule.move IS NOT NULL THEN PERFORM make_move(b, v_rule, NULL, p_reason)
      FROM booking b WHERE b.id = (v.booking).id;
    END IF;
  END IF;
END $$;

-- A refund task is done: so much went back.
CREATE FUNCTION payment_refunded(p_payment uuid, p_amount bigint, p_task uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v record;
  v_before jsonb;
BEGIN
  SELECT * INTO v FROM lock_booking_payment(p_payment);
  v_before := booking_state(v.booking);
  IF ledger_refund(p_payment, p_amount, 'refund:' || p_task) IS NULL THEN
    RETURN;
  END IF;
  UPDATE payment SET refunded_minor = refunded_minor + p_amount, updated_at = now()
  WHERE id = p_payment;
  PERFORM record_payment_event(v_before, (v.booking).id, 'payment.refunded',
    jsonb_build_object('amountMinor', p_amount));
END $$;

-- Settles a deposit: the host keeps a part, the rest goes back. Answers what goes back.
CREATE FUNCTION settle_deposit(
  p_booking booking, p_keep bigint, p_reason text, p_actor uuid, p_role text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_before jsonb := booking_state(p_booking);
  v_after booking;
  v_sent bigint;
BEGIN
  UPDATE booking SET owed_deposit_minor = p_keep,
    deposit_kept_minor = CASE WHEN p_keep > 0 THEN p_keep END,
    deposit_reason = p_reason, deposit_settled_at = now(),
    version = touch_calendar(dock_id), updated_at = now()
  WHERE id = p_booking.id RETURNING * INTO v_after;
  PERFORM ledger_settle(p_booking.id);
  v_sent := settle_booking(v_after, 'deposit');
  PERFORM record_booking_event(
    p_booking.id, CASE WHEN p_keep > 0 THEN 'booking.keep-deposit' ELSE 'booking.return-deposit' END,
    v_before, p_actor, p_role, jsonb_build_object(
      'keptMinor', p_keep, 'refundMinor', v_sent, 'currency', v_after.quote -> 'currency'));
  RETURN v_sent;
END $$;

-- The host's claim on a deposit, once, from the guest's arrival until it goes back by itself.
CREATE FUNCTION claim_deposit(
  p_booking uuid, p_actor uuid, p_role text, p_keep bigint, p_reason text, p_version bigint
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_booking booking := lock_booking(p_booking);
  v_refused text;
  v_reason text;
BEGIN
  IF v_booking.id IS NULL THEN RETURN jsonb_build_object('refused', 'not-found'); END IF;
  IF v_booking.version <> p_version THEN v_refused := 'stale';
  ELSIF v_booking.deposit_settled_at IS NOT NULL THEN
    v_refused := 'move-not-allowed';
    v_reason := 'deposit-settled';
  ELSIF v_booking.status NOT IN ('confirmed', 'checked_in', 'completed')
    OR clock_timestamp() < v_booking.check_in_at AND v_booking.status = 'confirmed'
    OR NOT EXISTS (
      SELECT FROM payment WHERE booking_id = p_booking AND status = 'captured' AND deposit_minor > 0)
  THEN v_refused := 'move-not-allowed';
  ELSIF p_keep > v_booking.owed_deposit_minor THEN v_refused := 'more-than-deposit';
  ELSE PERFORM settle_deposit(v_booking, p_keep, p_reason, p_actor, p_role);
  END IF;
  IF v_refused IS NOT NULL THEN
    RETURN jsonb_build_object(
      'refused', v_refused, 'reason', v_reason, 'current', booking_record(p_booking));
  END IF;
  RETURN jsonb_build_object('answer', booking_record(p_booking));
END $$;

-- Bookings whose deposit goes back: two days after the check-out nobody has claimed it. Each is
-- settled by return_deposit in a transaction of its own.
CREATE FUNCTION deposits_due(p_count int) RETURNS SETOF uuid LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT id FROM booking
  WHERE owed_deposit_minor > 0 AND deposit_settled_at IS NULL
    AND check_out_at <= now() - interval '48 hours'
    AND status IN ('confirmed', 'checked_in', 'completed')
  ORDER BY check_out_at LIMIT p_count;
END;

CREATE FUNCTION return_deposit(p_booking uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_booking booking := lock_booking(p_booking);
BEGIN
  IF v_booking.owed_deposit_minor > 0 AND v_booking.deposit_settled_at IS NULL
    AND v_booking.check_out_at <= now() - interval '48 hours'
    AND v_booking.status IN ('confirmed', 'checked_in', 'completed')
  THEN RETURN settle_deposit(v_booking, 0, NULL, NULL, 'system'); END IF;
  RETURN 0;
END $$;
