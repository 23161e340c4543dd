"""Ask the site on this machine whether it lives; the exit code is the answer. For the container's health check."""

import os
import sys
import urllib.error
import urllib.request


def main():
    """Return 0 where GET /healthz answers with 200, else 1."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    address = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/healthz"
    request = urllib.request.Request(address, headers={"Host": host})  # any other host would be refused
    try:
        with urllib.request.urlopen(request, timeout=4) as response:  # noqa: S310 -- the address is ours
            return 0 if response.status == 200 else 1
    except (urllib.error.URLError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
