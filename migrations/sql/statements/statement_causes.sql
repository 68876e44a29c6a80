-- Why the gross of an adjustment line changed: a cause for each entry recorded since the last closing that changed it, in
-- the order of recording, and one of type `correction` for what no entry explains. month is the local month of
-- occurred_at, as partners see it.

CREATE TABLE statement_causes (
  statement_no  bigint NOT NULL,
  deployment_id text COLLATE "C" NOT NULL,
  position      integer NOT NULL,
  type          text NOT NULL,
  entry_id      text COLLATE "C",
  occurred_at   timestamptz,
  recorded_at   timestamptz,
  month         text COLLATE "C",
  part          numeric(24,6) NOT NULL,
  CONSTRAINT statement_causes_pkey PRIMARY KEY (statement_no, deployment_id, position),
  CONSTRAINT statement_causes_position_counts_from_one CHECK (position >= 1),
  CONSTRAINT statement_causes_type_known
    CHECK (type IN ('award', 'purchase', 'deployment', 'spend', 'refund', 'purchaseRefund', 'purchaseReversal',
                    'reversalRelease', 'correction')),
  CONSTRAINT statement_causes_fields_of_type CHECK (
    num_nonnulls(entry_id, occurred_at, recorded_at, month) = CASE type WHEN 'correction' THEN 0 ELSE 4 END),
  CONSTRAINT statement_causes_part_not_zero CHECK (part <> 0)
);
