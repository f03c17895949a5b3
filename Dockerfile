# Two stages: dependencies are built in a layer of their own, so that a change of code or knowledge builds only those.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
RUN mkdir src && echo 'fn main() {}' > src/main.rs && cp src/main.rs build.rs && touch src/lib.rs \
    && cargo build --release --locked \
    && rm -r src
COPY build.rs ./
COPY src src
COPY knowledge knowledge
# The stand-ins above are newer than the sources; without this cargo would keep them.
RUN touch build.rs src/main.rs src/lib.rs && cargo build --release --locked

# libc and nothing else: no shell, no package manager. The certificates are compiled into the binary.
FROM gcr.io/distroless/cc-debian12:nonroot
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="hearing-bot" \
      org.opencontainers.image.description="A Telegram bot that answers questions about a parliament hearing" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /build/target/release/hearing-bot /usr/local/bin/hearing-bot
# Numeric, so that an orchestrator can tell that it is not root.
USER 65532:65532
# Inside a container, the outside is another machine. Nothing is published unless the operator does it.
ENV HEARING_LISTEN=0.0.0.0:8443 \
    HEARING_STATUS_LISTEN=0.0.0.0:9090
EXPOSE 8443 9090
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["/usr/local/bin/hearing-bot", "health"]
# Exec form: the program itself gets the stop signal.
ENTRYPOINT ["/usr/local/bin/hearing-bot"]
CMD ["run"]
