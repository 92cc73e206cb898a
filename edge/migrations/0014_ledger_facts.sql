-- The facts of the ledger (0006 says which there are, and how they are told).

-- How a total is shared out, by the lines of its quote: the platform's fee, the tax, and the rest the
-- host's. Of a part of the total, or of more than it, tax and fee have their parts, each rounded half
-- away from zero, and the host the rest: what is left depends on how much is left, not on the steps.
CREATE FUNCTION share_out(
  p_quote jsonb, p_amount_minor bigint, OUT host bigint, OUT tax bigint, OUT fee bigint
) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  v_total numeric := (p_quote ->> 'totalMinor')::numeric;
  v_line record;
BEGIN
  tax := 0;
  fee := 0;
  FOR v_line IN
    SELECT code, sum("amountMinor") AS amount
    FROM jsonb_to_recordset(p_quote -> 'lines') AS line (code text, "amountMinor" bigint)
    WHERE code IN ('tax', 'platform-fee') AND v_total > 0 GROUP BY code
  LOOP
    IF v_line.code = 'tax' THEN tax := round(v_line.amount * p_amount_minor / v_total);
    ELSE fee := round(v_line.amount * p_amount_minor / v_total);
    END IF;
  END LOOP;
  host := p_amount_minor - tax - fee;
END $$;

-- Sum of a booking's entries on one kind of account: all of them, or only those by which it is owed.
CREATE FUNCTION ledger_sum(p_booking uuid, p_account text, p_owed boolean DEFAULT false)
RETURNS bigint LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(sum(e.amount_minor), 0)::bigint
  FROM ledger_transfer t
  JOIN ledger_entry e ON e.transfer_id = t.id
  JOIN ledger_account a ON a.id = e.account_id
  WHERE t.booking_id = p_booking AND a.kind = p_account
    AND (NOT p_owed OR t.kind IN ('charge', 'credit', 'deposit-kept'));
END;

-- What of a booking's earnings and tax is not paid out yet; below 0 where the host owes it back.
CREATE FUNCTION ledger_host_due(p_booking uuid) RETURNS bigint
LANGUAGE sql STABLE
RETURN -ledger_sum(p_booking, 'host') - ledger_sum(p_booking, 'tax');

-- Above 0: the guest owes so much for a booking; below: is owed it.
CREATE FUNCTION ledger_guest_balance(p_booking uuid) RETURNS bigint
LANGUAGE sql STABLE
RETURN ledger_sum(p_booking, 'guest');

-- What of a payment came in and was not given back.
CREATE FUNCTION ledger_payment_left(p_payment uuid) RETURNS bigint
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(sum(e.amount_minor), 0)::bigint
  FROM ledger_transfer t
  JOIN ledger_entry e ON e.transfer_id = t.id
  JOIN ledger_account a ON a.id = e.account_id
  WHERE t.payment_id = p_payment AND t.kind IN ('capture', 'refund', 'refund-failed')
    AND a.kind = 'provider';
END;

-- What came in for a booking and was not paid out.
CREATE FUNCTION ledger_payable(p_booking uuid) RETURNS bigint
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(sum(e.amount_minor), 0)::bigint
  FROM ledger_transfer t
  JOIN ledger_entry e ON e.transfer_id = t.id
  JOIN ledger_account a ON a.id = e.account_id
  WHERE t.booking_id = p_booking AND t.kind IN ('capture', 'payout', 'payout-reversal')
    AND a.kind = 'provider';
END;

-- An entry, for post_transfer.
CREATE FUNCTION ledger_line(p_account text, p_person uuid, p_amount_minor bigint) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN jsonb_build_object('account', p_account, 'person', p_person, 'amount', p_amount_minor);

-- One step of settling: the guest's side is what the others' come to.
CREATE FUNCTION ledger_owe(
  p_booking booking, p_kind text, p_host bigint, p_tax bigint, p_fee bigint, p_deposit bigint
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_before int;
BEGIN
  SELECT count(*) INTO v_before FROM ledger_transfer
  WHERE booking_id = (p_booking).id AND kind IN ('charge', 'credit', 'deposit-kept');
  RETURN post_transfer(
    format('owed:%s:%s', (p_booking).id, v_before + 1), p_kind, (p_booking).id, NULL,
    (p_booking).quote ->> 'currency', jsonb_build_array(
      ledger_line('host', (p_booking).host_id, -p_host),
      ledger_line('tax', (p_booking).host_id, -p_tax),
      ledger_line('platform', NULL, -p_fee),
      ledger_line('deposit', (p_booking).guest_id, -p_deposit),
      ledger_line('guest', (p_booking).guest_id, p_host + p_tax + p_fee + p_deposit)));
END $$;

-- Brings what the parties are owed to what the booking says now. What a lost dispute took, the guest
-- does not owe: the deposit bears it first, then the stay.
CREATE FUNCTION ledger_settle(p_booking uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_booking booking;
  v_lost bigint;
  v_deposit bigint;
  v_kept bigint;
  v_kept_before bigint;
  v_share record;
  v_more record;
BEGIN
  SELECT * INTO STRICT v_booking FROM booking WHERE id = p_booking FOR NO KEY UPDATE;
  PERFORM FROM ledger_transfer WHERE booking_id = p_booking AND kind = 'capture' LIMIT 1;
  IF NOT FOUND THEN RETURN; END IF;

  SELECT coalesce(sum(e.amount_minor), 0) INTO v_lost
  FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id
  WHERE t.booking_id = p_booking AND t.kind = 'dispute-lost' AND e.amount_minor > 0;
  v_deposit := greatest(0, v_booking.owed_deposit_minor - v_lost);
  v_lost := v_lost - (v_booking.owed_deposit_minor - v_deposit);
  SELECT * INTO v_share
  FROM share_out(v_booking.quote, greatest(0, v_booking.owed_total_minor - v_lost));
  v_kept := least(coalesce(v_booking.deposit_kept_minor, 0), v_deposit);
  SELECT coalesce(sum(e.amount_minor) FILTER (WHERE a.kind = 'deposit'), 0) INTO v_kept_before
  FROM ledger_transfer t
  JOIN ledger_entry e ON e.transfer_id = t.id JOIN ledger_account a ON a.id = e.account_id
  WHERE t.booking_id = p_booking AND t.kind = 'deposit-kept';

  PERFORM ledger_owe(
    v_booking, 'deposit-kept', v_kept - v_kept_before, 0, 0, v_kept_before - v_kept);
  SELECT
    v_share.host + v_kept + ledger_sum(p_booking, 'host', true) AS host,
    v_share.tax + ledger_sum(p_booking, 'tax', true) AS tax,
    v_share.fee + ledger_sum(p_booking, 'platform', true) AS fee,
    v_deposit - v_kept + ledger_sum(p_booking, 'deposit', true) AS deposit
  INTO v_more;
  PERFORM ledger_owe(
    v_booking,
    CASE WHEN v_more.host + v_more.tax + v_more.fee + v_more.deposit < 0 THEN 'credit'
      ELSE 'charge' END,
    v_more.host, v_more.tax, v_more.fee, v_more.deposit);
END $$;

-- One movement of a payment's money from one account to another.
CREATE FUNCTION ledger_move(
  p_key text, p_kind text, p_payment uuid, p_amount_minor bigint, p_to text, p_from text
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_booking booking;
  v_currency text;
BEGIN
  SELECT b.* INTO STRICT v_booking FROM booking b
  WHERE b.id = (SELECT booking_id FROM payment WHERE id = p_payment) FOR NO KEY UPDATE;
  IF is_posted(p_key, p_kind, v_booking.id, p_payment, p_amount_minor) THEN RETURN NULL; END IF;
  SELECT currency INTO STRICT v_currency FROM payment WHERE id = p_payment FOR NO KEY UPDATE;
  RETURN post_transfer(
    p_key, p_kind, v_booking.id, p_payment, v_currency, jsonb_build_array(
      ledger_line(p_to, CASE p_to WHEN 'guest' THEN v_booking.guest_id END, p_amount_minor),
      ledger_line(p_from, CASE p_from WHEN 'guest' THEN v_booking.guest_id END, -p_amount_minor)));
END $$;

-- Money of a guest came in.
CREATE FUNCTION ledger_capture(p_payment uuid, p_amount_minor bigint, p_key text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := ledger_move(p_key, 'capture', p_payment, p_amount_minor, 'provider', 'guest');
BEGIN
  IF v_id IS NOT NULL THEN
    PERFORM ledger_settle((SELECT booking_id FROM payment WHERE id = p_payment));
  END IF;
  RETURN v_id;
END $$;

-- Money went back to its guest; at commit it is refused (23514) beyond what came in.
CREATE FUNCTION ledger_refund(p_payment uuid, p_amount_minor bigint, p_key text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := ledger_move(p_key, 'refund', p_payment, p_amount_minor, 'guest', 'provider');
BEGIN
  IF v_id IS NOT NULL THEN
    PERFORM ledger_settle((SELECT booking_id FROM payment WHERE id = p_payment));
  END IF;
  RETURN v_id;
END $$;

-- A refund did not reach its guest: the money is back with the provider, and still the guest's.
CREATE FUNCTION ledger_refund_failed(p_payment uuid, p_amount_minor bigint, p_key text) RETURNS uuid
LANGUAGE sql
BEGIN ATOMIC
  SELECT ledger_move(p_key, 'refund-failed', p_payment, p_amount_minor, 'provider', 'guest');
END;

-- A bank took money back until a dispute is decided.
CREATE FUNCTION ledger_dispute(p_payment uuid, p_amount_minor bigint, p_key text) RETURNS uuid
LANGUAGE sql
BEGIN ATOMIC
  SELECT ledger_move(p_key, 'dispute', p_payment, p_amount_minor, 'disputes', 'provider');
END;

-- It was decided for the host: the money came again.
CREATE FUNCTION ledger_dispute_won(p_payment uuid, p_amount_minor bigint, p_key text) RETURNS uuid
LANGUAGE sql
BEGIN ATOMIC
  SELECT ledger_move(p_key, 'dispute-won', p_payment, p_amount_minor, 'provider', 'disputes');
END;

-- It was decided for the guest: like a refund that the bank made.
CREATE FUNCTION ledger_dispute_lost(p_payment uuid, p_amount_minor bigint, p_key text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := ledger_move(p_key, 'dispute-lost', p_payment, p_amount_minor, 'guest', 'disputes');
BEGIN
  IF v_id IS NOT NULL THEN
    PERFORM ledger_settle((SELECT booking_id FROM payment WHERE id = p_payment));
  END IF;
  RETURN v_id;
END $$;

-- What the provider took for its service; the platform bears it.
CREATE FUNCTION ledger_provider_fee(p_payment uuid, p_amount_minor bigint, p_key text) RETURNS uuid
LANGUAGE sql
BEGIN ATOMIC
  SELECT ledger_move(p_key, 'provider-fee', p_payment, p_amount_minor, 'platform', 'provider');
END;

-- Pays a booking's tax and earnings out, the tax first; below 0, back in the same way.
CREATE FUNCTION ledger_pay_host(
  p_booking uuid, p_kind text, p_amount_minor bigint, p_tax_minor bigint, p_key text
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_booking booking;
BEGIN
  SELECT * INTO STRICT v_booking FROM booking WHERE id = p_booking;
  RETURN post_transfer(
    p_key, p_kind, p_booking, NULL, v_booking.quote ->> 'currency', jsonb_build_array(
      ledger_line('host', v_booking.host_id, p_amount_minor - p_tax_minor),
      ledger_line('tax', v_booking.host_id, p_tax_minor),
      ledger_line('provider', NULL, -p_amount_minor)));
END $$;

-- Earnings, and the tax on them, went to the host.
CREATE FUNCTION ledger_payout(p_booking uuid, p_amount_minor bigint, p_key text) RETURNS uuid
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM booking WHERE id = p_booking FOR NO KEY UPDATE;
  IF is_posted(p_key, 'payout', p_booking, NULL, p_amount_minor) THEN RETURN NULL; END IF;
  RETURN ledger_pay_host(
    p_booking, 'payout', p_amount_minor,
    greatest(0, least(p_amount_minor, -ledger_sum(p_booking, 'tax'))), p_key);
END $$;

-- So much of a payout came back from the host.
CREATE FUNCTION ledger_payout_reversal(p_booking uuid, p_amount_minor bigint, p_key text)
RETURNS uuid LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM booking WHERE id = p_booking FOR NO KEY UPDATE;
  IF is_posted(p_key, 'payout-reversal', p_booking, NULL, p_amount_minor) THEN RETURN NULL; END IF;
  RETURN ledger_pay_host(
    p_booking, 'payout-reversal', -p_amount_minor,
    -greatest(0, least(p_amount_minor, ledger_sum(p_booking, 'tax'))), p_key);
END $$;
