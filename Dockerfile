# Ground station, bridge, simulator and screens in one image, for docker-compose.sim.yml. A live site installs them on
# its own machine: see docs/real-aircraft.md.
FROM node:20-bookworm-slim
WORKDIR /app
RUN chown node:node /app
USER node
COPY --chown=node:node . .
# How many of the demonstration's aircraft real PX4s fly.
ARG AIRCRAFT=3
# Keys are made at the first start, in a volume: an image with keys in it would give them to whoever has the image.
RUN node start.mjs prepare \
  && node proof/dist/px4/io/write-config.js own ${AIRCRAFT} outrider.yaml outrider.px4-own.yaml \
  && node proof/dist/px4/io/write-config.js ours ${AIRCRAFT} outrider.yaml outrider.px4-hil.yaml \
  && rm -rf data/keys && mkdir -p data/keys data/station data/bridge && chmod 700 data/keys
