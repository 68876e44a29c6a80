import { formatAddress, parseAddress } from './address.js';

describe('the address', () => {
  it.each([
    '',
    '?range=all',
    '?startDate=2026-01-01&endDate=2026-02-01&timeZone=Europe%2FBerlin&moduleId=a&moduleId=b&partnerId=p',
    '?range=this-year&owner=platform&includeFree=true&sort=revenue&order=asc&columns=createdAt%2Crevenue&unit=week&by=module',
    '?before=false&page=3&deployment=d-1%3Ax',
    '?exceptModuleId=a&exceptModuleId=b',
  ])('is the same after formatting and parsing: %s', (address) => {
    expect(formatAddress(parseAddress(address))).toBe(address);
  });

  it('keeps many ids out of what servers see, and is the same after formatting and parsing', () => {
    const moduleIds = Array.from({ length: 1_000 }, (_, n) => `mod:${n}|+=@~x`);
    const address = formatAddress({ ...parseAddress('?range=all'), moduleIds, partnerIds: ['p=1'] });
    const [query = '', fragment = ''] = address.split('#');
    expect(query).toBe('?range=all');
    expect(parseAddress(query, `#${fragment}`)).toMatchObject({
      range: 'all',
      moduleIds,
      partnerIds: ['p=1'],
    });
    expect(parseAddress('', '#main')).toEqual(parseAddress(''));
    expect(parseAddress('', '#moduleId=%zz,a')).toMatchObject({ moduleIds: ['a'] });
  });

  it.each([
    '?range=never&sort=size&order=up&view=x&owner=me&unit=hour&by=day',
    '?startDate=2026-02-30&endDate=yesterday',
    '?startDate=2026-02-02&endDate=2026-02-01',
    '?includeFree=1&moduleId=&token=secret&page=0&before=yes',
  ])('ignores invalid values: %s', (address) => {
    expect(formatAddress(parseAddress(address))).toBe('');
  });
});
