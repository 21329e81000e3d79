# One image; docker-compose.yml runs it as API, worker, relay, audit and setup job.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/build.mjs

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production WORKFLOW_BUNDLE=/app/dist/workflows/bundle.js
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY prisma/migrations prisma/migrations
COPY scripts scripts
# where the audit leaves its last round for the API's metrics: a volume of both takes its owner from here
RUN mkdir -p .data/run && chown -R node:node .data
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/api/main.js"]
