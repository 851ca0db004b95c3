# Footnote's chat, as a user without rights, on a file system that may be read-only: what it writes
# lies in /data (the archive in a folder, or copies of uploads) and in /tmp.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/footnote
ENV PATH=/opt/footnote/bin:$PATH
WORKDIR /src
COPY constraints.txt ./
# The CPU build: the pinned version from PyTorch's own index, a tenth of the one with CUDA.
RUN pip install --index-url https://download.pytorch.org/whl/cpu "$(grep '^torch==' constraints.txt)"
COPY pyproject.toml README.md LICENSE ui.py ./
COPY qa ./qa
COPY vectorstore ./vectorstore
RUN pip install -c constraints.txt '.[postgres]'

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data footnote \
 && install --directory --owner footnote --group footnote /data
COPY --from=build /opt/footnote /opt/footnote
ENV PATH=/opt/footnote/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    FOOTNOTE_ARCHIVE=/data/archive \
    FOOTNOTE_UPLOADS=/data/uploads
USER footnote
WORKDIR /data
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:7860/health', timeout=4)"]
# Others can reach it: set FOOTNOTE_USERS, or say --open where a proxy or the host keeps them out.
ENTRYPOINT ["footnote"]
CMD ["serve", "--host", "0.0.0.0", "--port", "7860"]
