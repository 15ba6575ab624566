"""Requests of the session that a block of docs/clients.md makes: each line is one, and is answered by one."""

import json
import sys

names = {}
exec(sys.argv[1], names)
for line in sys.stdin:
    answer = names["session"].request(**json.loads(line))
    shown = {"status": answer.status_code, "tag": answer.headers.get("ETag"), "body": answer.text}
    print(json.dumps(shown), flush=True)
