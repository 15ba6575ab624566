//! What is printed when the server is ready: its address, and something to try.

use std::net::SocketAddr;

/// Lines for a POSIX shell, after one that names the address.
pub(crate) fn text(address: SocketAddr) -> String {
    format!(
        r#"articles: listening on http://{address}

Open this address in a browser, for a page on which two people edit one article; /metrics counts
what was decided. Or try, in this order:

    url=http://{address}/api/articles/1
    tag=$(curl -sI "$url" | grep -i '^etag:' | cut -d ' ' -f 2 | tr -d '\r')
    edit='{{"title": "Mine", "body": "I was here first.", "author_id": 1}}'
    put() {{ curl -si -X PUT "$url" -H 'Content-Type: application/json' -d "$edit" "$@"; echo; }}

    curl -si "$url"; echo                       # 200: the article, and its ETag
    curl -si "$url" -H "If-None-Match: $tag"    # 304: you have it already
    put -H "If-Match: $tag"                     # 200: saved, with a new ETag
    put -H "If-Match: $tag"                     # 412: the old ETag is stale now
    put                                         # 428: say what you have seen
"#
    )
}
