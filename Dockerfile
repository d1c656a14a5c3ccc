# rpgstat alone: `docker build -t rpgstat .`, then `docker run --rm -v "$PWD:/study" rpgstat compare`.
FROM python:3.12-slim AS build
COPY . /source
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel /source

FROM python:3.12-slim
COPY constraints.txt /tmp/constraints.txt
COPY --from=build /wheel /wheel
RUN pip install --no-cache-dir -c /tmp/constraints.txt /wheel/*.whl \
    && rm -rf /wheel /tmp/constraints.txt \
    && useradd --create-home --uid 1000 analyst \
    && mkdir /study && chown analyst /study
USER analyst
ENV MPLCONFIGDIR=/tmp
WORKDIR /study
ENTRYPOINT ["rpgstat"]
CMD ["--help"]
