FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /portal
COPY . .
# The container's database is another container's: its servers for other systems stay here.
RUN mvn -q -B package -pl portal-cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true \
 && rm portal-cli/target/server/lib/embedded-postgres-binaries-* \
 && touch portal-cli/target/server/built

FROM eclipse-temurin:17-jre
WORKDIR /portal
COPY portal run_server.sh dumpdata.sh loaddata.sh ./
COPY docker/entrypoint.sh docker/
COPY portal-fixtures-ejb/fixtures portal-fixtures-ejb/fixtures
COPY --from=build /portal/portal-cli/target/server portal-cli/target/server
# Makes the class-data-sharing archive of this JRE.
RUN ./portal > /dev/null
# Whoever the container runs as keeps the admin token here.
RUN mkdir -m 1777 state dumpdata
ENV PORTAL_STATE_DIR=/portal/state
USER 1000:1000
EXPOSE 8080
ENTRYPOINT ["docker/entrypoint.sh"]
