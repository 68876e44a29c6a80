/** How often what takes minutes at ten million is done; its noise shrinks as it grows. */
export const roundsOf = ({ shape }) =>
  shape.deployments <= 100_000 ? 3 : shape.deployments <= 1_000_000 ? 2 : 1;
