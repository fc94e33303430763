FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /portal
COPY . .
# The container's database is another container's: its servers for other systems stay here.
RUN mvn -q -B package -pl portal-launcher -am -Dmaven.test.skip=true -Dspotless.check.skip=true \
 && rm portal-launcher/target/server/lib/embedded-postgres-binaries-* \
 && touch portal-launcher/target/server/built

FROM eclipse-temurin:17-jre
WORKDIR /portal
COPY run_server.sh dumpdata.sh loaddata.sh ./
COPY docker/entrypoint.sh docker/
COPY portal-fixtures-ejb/fixtures portal-fixtures-ejb/fixtures
COPY --from=build /portal/portal-launcher/target/server portal-launcher/target/server
# Whoever the container runs as keeps the admin token here.
RUN mkdir -m 1777 state dumpdata
ENV PORTAL_STATE_DIR=/portal/state
USER 1000:1000
EXPOSE 8080
ENTRYPOINT ["docker/entrypoint.sh"]
