-- What reversals took from a lot (invariant 2 of docs/rules.md: acquired = left + paid + lapsed + refunded + reversed),
-- and the number of its last taking.

ALTER TABLE credit_lots
  ADD COLUMN reversed_credits numeric(18,6) NOT NULL DEFAULT 0,
  ADD COLUMN reversed_value numeric(24,6) NOT NULL DEFAULT 0,
  ADD COLUMN takings integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT credit_lots_credits_conserved,
  DROP CONSTRAINT credit_lots_value_conserved,
  ADD CONSTRAINT credit_lots_credits_conserved CHECK (
    acquired_credits = left_credits + paid_credits + lapsed_credits + refunded_credits + reversed_credits
    AND left_credits >= 0 AND paid_credits >= 0 AND lapsed_credits >= 0 AND refunded_credits >= 0
    AND reversed_credits >= 0 AND acquired_credits > 0 AND acquired_credits < 'NaN'),
  ADD CONSTRAINT credit_lots_value_conserved CHECK (
    acquired_value = left_value + paid_value + lapsed_value + refunded_value + reversed_value
    AND left_value >= 0 AND paid_value >= 0 AND lapsed_value >= 0 AND refunded_value >= 0
    AND reversed_value >= 0 AND acquired_value < 'NaN'),
  ADD CONSTRAINT credit_lots_takings_count CHECK (takings >= 0);
