import { removeCluster } from './remove-cluster.mjs';

export default function globalTeardown() {
  const folder = process.env.PMR_TEST_CLUSTER; // set by global-setup.mjs
  if (folder !== undefined) removeCluster(folder);
}
