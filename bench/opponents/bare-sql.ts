import { Client, type CustomTypesConfig, type QueryConfig } from 'pg';
import type { Statement } from '../sent-statements.js';

/** Values as the bytes that came: no driver could hand them over for less. */
export const AS_TEXT: CustomTypesConfig = { getTypeParser: () => (value: unknown) => value };

/** The statements of a report on a connection of its own, prepared, with nothing around them: what SQL alone costs. */
export class BareSql {
  static async open(url: string): Promise<BareSql> {
    const client = new Client({ connectionString: url, types: AS_TEXT });
    await client.connect();
    return new BareSql(client);
  }

  private constructor(private readonly client: Client) {}

  async run(statements: readonly Statement[]): Promise<void> {
    for (const statement of statements) await this.client.query(preparedOf(statement));
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

/** With the service's own name for it, or one made of its text. */
export const preparedOf = ({ name, text, values = [] }: Statement): QueryConfig => ({
  name: name ?? `bare_${hashOf(text)}`,
  text,
  values: [...values],
});

function hashOf(text: string): string {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return (hash >>> 0).toString(36);
}
