// The image's HEALTHCHECK: exit code 0 if the service in this container answers.
const url = `http://127.0.0.1:${process.env.PORT || 3000}/api/health/live`;
const isAlive = await fetch(url).then(
  (response) => response.ok,
  () => false,
);
process.exitCode = isAlive ? 0 : 1;
