# syntax=docker/dockerfile:1
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
# The caches keep dependencies compiled between builds, whatever changes in the source.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    SQLX_OFFLINE=true cargo build --release --locked --bin tutti \
    && cp target/release/tutti /tutti

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin tutti \
    && install -d -o tutti -g tutti -m 0700 /data
COPY --from=build /tutti /usr/local/bin/tutti
USER 10001:10001
ENV TUTTI_LISTEN=0.0.0.0:3000 TUTTI_DATA=/data
VOLUME /data
EXPOSE 3000
# By bash alone, so that the image needs no curl: ready means that the database answers and is migrated.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${TUTTI_LISTEN##*:} && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]
ENTRYPOINT ["tutti"]
CMD ["serve"]
