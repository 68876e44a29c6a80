-- The smallest amount that is paid; less is carried to the next statement.

ALTER TABLE variables
  DROP CONSTRAINT variables_key_is_known,
  DROP CONSTRAINT variables_value_fits_key,
  ADD CONSTRAINT variables_key_is_known
    CHECK (key IN ('partnerRevenueShare', 'creditsPerUnit', 'currency', 'timeZone', 'minimumPayout')),
  ADD CONSTRAINT variables_value_fits_key CHECK (CASE key
    WHEN 'partnerRevenueShare'
      THEN value ~ '^[0-9]{1,3}([.][0-9]{1,4})?$' AND value::numeric BETWEEN 0 AND 100
    WHEN 'creditsPerUnit'
      THEN value ~ '^[0-9]{1,7}([.][0-9]{1,2})?$' AND value::numeric BETWEEN 0.01 AND 1000000
    WHEN 'currency' THEN value ~ '^[A-Z]{3}$'
    WHEN 'minimumPayout' THEN value ~ '^[0-9]{1,12}([.][0-9]{1,6})?$'
    ELSE char_length(value) BETWEEN 1 AND 100 END);

INSERT INTO variables (key, value) VALUES ('minimumPayout', '0');
