-- The number of each allocation among those of its lot. Existing ones are numbered in the order in which they were
-- paid: at one instant first those of debts that the lot's own opening settled, then those of the instant's spends, then
-- those of debts that returned credits settled.

ALTER TABLE credit_allocations
  ADD COLUMN taking integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT credit_allocations_taking_counts CHECK (taking >= 0);

WITH numbered AS (
  SELECT paid.user_id, paid.spend_type, paid.spend_id, paid.position,
    row_number() OVER (
      PARTITION BY paid.user_id, paid.lot_pool, paid.lot_id
      ORDER BY paid.paid_at,
        CASE
          WHEN entry.occurred_at = paid.paid_at THEN 1
          WHEN lot.opened_at = paid.paid_at THEN 0
          ELSE 2
        END,
        entry.occurred_at, paid.spend_type, paid.spend_id, paid.position) AS taking
  FROM credit_allocations AS paid
    JOIN credit_entries AS entry ON entry.type = paid.spend_type AND entry.id = paid.spend_id
    JOIN credit_lots AS lot ON lot.user_id = paid.user_id AND lot.pool = paid.lot_pool AND lot.id = paid.lot_id
)
UPDATE credit_allocations AS paid SET taking = numbered.taking
FROM numbered
WHERE paid.user_id = numbered.user_id AND paid.spend_type = numbered.spend_type
  AND paid.spend_id = numbered.spend_id AND paid.position = numbered.position;

UPDATE credit_lots AS lot SET takings = counted.takings
FROM (
  SELECT user_id, lot_pool, lot_id, count(*) AS takings FROM credit_allocations GROUP BY user_id, lot_pool, lot_id
) AS counted
WHERE lot.user_id = counted.user_id AND lot.pool = counted.lot_pool AND lot.id = counted.lot_id;
