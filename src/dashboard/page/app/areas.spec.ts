import { AREA_PATHS } from '../../area-paths.js';
import { AREAS } from './areas.js';

describe('the areas', () => {
  it('are served, each at its address', () => {
    const served = ['/', ...AREA_PATHS.map((path) => path.replace('{/:id}', ''))];
    for (const { path, aliases = [] } of AREAS)
      expect(served).toEqual(expect.arrayContaining([path, ...aliases]));
  });
});
