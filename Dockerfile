# Two stages: dependencies are built in a layer of their own, so that a change of code or knowledge builds only those.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
RUN mkdir src && echo 'fn main() {}' > src/main.rs && touch src/lib.rs \
    && cargo build --release --locked \
    && rm -r src
COPY src src
COPY knowledge knowledge
# The stand-ins above are newer than the sources; without this cargo would keep them.
RUN touch src/main.rs src/lib.rs && cargo build --release --locked

# libc and nothing else: no shell, no package manager. The certificates are compiled into the binary.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /build/target/release/hearing-bot /usr/local/bin/hearing-bot
# Numeric, so that an orchestrator can tell that it is not root.
USER 65532:65532
# Exec form: the program itself gets the stop signal.
ENTRYPOINT ["/usr/local/bin/hearing-bot"]
CMD ["run"]
