import { firstDayOf, isMonth, monthAfter } from './month.js';
import { statementIdOf } from './statement-id.js';

describe('a month', () => {
  it('is written like 2026-01', () => {
    const texts = [
      '2026-01',
      '2026-12',
      '2026-13',
      '2026-1',
      '26-01',
      '0000-01',
      '9999-01',
      '2026-01-01',
      '',
    ];
    expect(texts.filter(isMonth)).toEqual(['2026-01', '2026-12']);
  });

  it('is followed by the next, and has a first day', () => {
    expect(['2026-01', '2026-12', '0999-12'].map(monthAfter)).toEqual(['2026-02', '2027-01', '1000-01']);
    expect(firstDayOf('2026-02')).toBe('2026-02-01');
  });

  it('is part of the id of a statement, if the id is not too long', () => {
    expect(statementIdOf('acme', '2026-01')).toBe('acme.2026-01');
    expect(statementIdOf('a'.repeat(120), '2026-01')).toHaveLength(128);
    expect(statementIdOf('a'.repeat(121), '2026-01')).toBeNull();
  });
});
