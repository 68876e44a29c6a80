import { reasonsCsv } from './refused-files.js';

describe('the reasons of refused lines as CSV', () => {
  it('quote what spreadsheets split at, and make formulas harmless', () => {
    const csv = reasonsCsv([
      { line: 4, type: null, id: null, code: 'IMPORT.NOT_JSON', reason: 'body is not JSON, see "4"' },
      { line: 9, type: 'module', id: '=1+1', code: 'MODULES.INVALID', reason: 'no name' },
    ]);
    expect(csv.split('\r\n')).toEqual([
      'Line,Type,Id,Code,Reason',
      '4,,,IMPORT.NOT_JSON,"body is not JSON, see ""4"""',
      "9,module,'=1+1,MODULES.INVALID,no name",
      '',
    ]);
  });
});
