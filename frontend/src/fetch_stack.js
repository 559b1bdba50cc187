// tus-js-client brings XMLHttpRequest, which a service worker has not; this lets it use fetch everywhere.

const REQUEST_MS = 120_000;

class FetchRequest {
  constructor(method, url) {
    this.method = method;
    this.url = url;
    this.headers = {};
    this.controller = new AbortController();
  }
  getMethod = () => this.method;
  getURL = () => this.url;
  setHeader = (name, value) => (this.headers[name] = value);
  getHeader = (name) => this.headers[name];
  // fetch tells no progress inside a request; chunks are small enough to count by themselves.
  setProgressHandler = () => {};
  getUnderlyingObject = () => null;
  abort = async () => this.controller.abort();

  async send(body = null) {
    const limit = setTimeout(() => this.controller.abort(), REQUEST_MS);
    const answer = await fetch(this.url, {
      method: this.method,
      headers: this.headers,
      body,
      credentials: "same-origin",
      cache: "no-store",
      signal: this.controller.signal,
    });
    const text = await answer.text();
    clearTimeout(limit);
    return {
      getStatus: () => answer.status,
      getHeader: (name) => answer.headers.get(name),
      getBody: () => text,
      getUnderlyingObject: () => answer,
    };
  }
}

/** The HTTP stack for tus-js-client's `httpStack` option. */
export const fetchStack = {
  createRequest: (method, url) => new FetchRequest(method, url),
  getName: () => "fetch",
};
