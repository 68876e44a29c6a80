import { instantTextSql } from '../../platform/database/index.js';

/** Whose causes a line shows: a partner sees type, month and part; finance also the entry and its times. */
export type CauseForm = 'partner' | 'finance';

/**
 * SQL of a line of a statement as canonical JSON (RFC 8785): the bytes over which a digest is computed, in the partner's
 * form. The names are sorted. test/medium/statement-lines.spec.ts compares it with the domain's canonicalJson.
 *
 * @param line alias of statement_lines
 */
export function lineSql(line: string, form: CauseForm): string {
  return `CASE WHEN ${line}.is_adjustment THEN ${adjustmentSql(line, form)} ELSE ${revenueLineSql(line)} END`;
}

/** The same for a revenue line. It reads only columns of the line, so that it can be in RETURNING. */
export function revenueLineSql(line: string): string {
  return object([
    ['createdAt', instant(`${line}.created_at`)],
    ['creditCost', decimal(`${line}.credit_cost`)],
    ['deploymentId', text(`${line}.deployment_id`)],
    ['freeCredits', decimal(`${line}.free_credits`)],
    ['grossRevenue', decimal(`${line}.gross_revenue`)],
    ['kind', `'"revenue"'`],
    ['moduleId', text(`${line}.module_id`)],
    ['moduleName', anyText(`${line}.module_name`)],
    ['partnerRevenueShare', decimal(`${line}.share`)],
    ['purchasedCredits', decimal(`${line}.purchased_credits`)],
    ['refundedCredits', decimal(`${line}.refunded_credits`)],
    ['revenue', decimal(`${line}.revenue`)],
    ['unpaidCredits', decimal(`${line}.unpaid_credits`)],
  ]);
}

function adjustmentSql(line: string, form: CauseForm): string {
  const corrects = `(SELECT corrected.id FROM statements AS corrected WHERE corrected.no = ${line}.corrects_no)`;
  return object([
    ['causes', causesSql(line, form)],
    ['corrects', `coalesce(${text(corrects)}, 'null')`],
    ['createdAt', instant(`${line}.created_at`)],
    ['deploymentId', text(`${line}.deployment_id`)],
    ['difference', decimal(`(${line}.gross_revenue - ${line}.stated_gross)`)],
    ['grossNow', decimal(`${line}.gross_revenue`)],
    ['kind', `'"adjustment"'`],
    ['moduleId', text(`${line}.module_id`)],
    ['moduleName', anyText(`${line}.module_name`)],
    ['partnerRevenueShare', decimal(`${line}.share`)],
    ['revenueDifference', decimal(`${line}.revenue`)],
    ['statedGross', decimal(`${line}.stated_gross`)],
  ]);
}

function causesSql(line: string, form: CauseForm): string {
  const type = ['type', text('cause.type')] as const;
  const part = ['part', decimal('cause.part')] as const;
  const fields =
    form === 'partner'
      ? ([['month', nullable(text('cause.month'))], part, type] as const)
      : ([
          ['entryId', nullable(text('cause.entry_id'))],
          ['occurredAt', nullable(instant('cause.occurred_at'))],
          part,
          ['recordedAt', nullable(instant('cause.recorded_at'))],
          type,
        ] as const);
  return `(SELECT '[' || coalesce(string_agg(${object(fields)}, ',' ORDER BY cause.position), '') || ']'
             FROM statement_causes AS cause
            WHERE cause.statement_no = ${line}.statement_no AND cause.deployment_id = ${line}.deployment_id)`;
}

/** @param members names without characters that JSON escapes, and SQL of JSON texts */
function object(members: readonly (readonly [name: string, sql: string])[]): string {
  const parts = members.map(([name, sql], index) => `'${index === 0 ? '{' : ','}"${name}":' || ${sql}`);
  return `${parts.join(' || ')} || '}'`;
}

function nullable(sql: string): string {
  return `coalesce(${sql}, 'null')`;
}

/** A text without characters that JSON escapes: an id, a month, a word of the code. */
function text(sql: string): string {
  return `'"' || ${sql} || '"'`;
}

/** PostgreSQL escapes in JSON exactly what RFC 8785 escapes. */
function anyText(sql: string): string {
  return `to_json(${sql})::text`;
}

function decimal(sql: string): string {
  return `'"' || trim_scale(${sql})::text || '"'`;
}

function instant(sql: string): string {
  return `'"' || ${instantTextSql(sql)} || '"'`;
}
