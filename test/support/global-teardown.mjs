import { removeCluster } from './remove-cluster.mjs';

export default function globalTeardown() {
  removeCluster(process.env.PMR_TEST_CLUSTER);
}
