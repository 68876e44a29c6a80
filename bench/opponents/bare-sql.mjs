import pg from 'pg';

/** Values as the bytes that came: no driver could hand them over for less. */
const AS_TEXT = { getTypeParser: () => (value) => value };

/** The statements of a report on a connection of its own, prepared, with nothing around them: what SQL alone costs. */
export class BareSql {
  static async open(url) {
    const client = new pg.Client({ connectionString: url, types: AS_TEXT });
    await client.connect();
    return new BareSql(client);
  }

  constructor(client) {
    this.client = client;
  }

  async run(statements) {
    for (const statement of statements) await this.client.query(preparedOf(statement));
  }

  close() {
    return this.client.end();
  }
}

/** With the service's own name for it, or one made of its text. */
export const preparedOf = ({ name, text, values }) => ({
  name: name ?? `bare_${hashOf(text)}`,
  text,
  values,
});

function hashOf(text) {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + character.codePointAt(0)) | 0;
  return (hash >>> 0).toString(36);
}
