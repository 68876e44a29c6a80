-- Free texts about users, of all features. They are in one table, so that anonymising a user deletes rows only here.

CREATE TABLE personal_texts (
  source text COLLATE "C" NOT NULL,
  source_id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  text text NOT NULL,
  CONSTRAINT personal_texts_pkey PRIMARY KEY (source, source_id),
  CONSTRAINT personal_texts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT personal_texts_source_length CHECK (char_length(source) BETWEEN 1 AND 40),
  CONSTRAINT personal_texts_source_id_length CHECK (char_length(source_id) BETWEEN 1 AND 200),
  CONSTRAINT personal_texts_text_length CHECK (char_length(text) BETWEEN 1 AND 1000)
);

CREATE INDEX personal_texts_user_id_idx ON personal_texts (user_id);
