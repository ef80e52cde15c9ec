# Sends each request of standard input to moto, in this process, and tells what was answered and which of moto's objects have changed,
# of all services: whatever a service keeps, in every region that was asked, before the first request and after the last.
import json, logging, os, sys

# What moto itself has to ask it finds nobody to ask; and what it prints is no answer of ours.
nobody = "http://127.0.0.1:9"
os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_EC2_METADATA_DISABLED="true")
os.environ.update(HTTP_PROXY=nobody, HTTPS_PROXY=nobody, NO_PROXY="")
told, sys.stdout = sys.stdout, sys.stderr
logging.disable(logging.CRITICAL)

from moto.backends import get_backend, list_of_moto_modules
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.test import Client

account = "123456789012"
asked = json.load(sys.stdin)
places = {"aws", "global", *(one["region"] for one in asked["requests"])}


def keepers():
    """What every service keeps, each place under its name. Made here where it is not there yet, so that no request is the first."""
    for name in sorted(list_of_moto_modules()):
        try:
            accounts = get_backend(name)
        except Exception:
            continue
        for place in sorted(places):
            try:
                yield f"{name} {place}", accounts[account][place]
            except Exception:
                pass


plain = (str, int, float, bool, bytes, type(None))


def written(thing, passed):
    """A value as text that differs when anything it holds differs."""
    if isinstance(thing, plain):
        return repr(thing)
    if id(thing) in passed:
        return "again"
    passed = passed | {id(thing)}
    if isinstance(thing, dict):
        return "{" + ",".join(f"{key!r}:{written(value, passed)}" for key, value in list(thing.items())) + "}"
    if isinstance(thing, (list, tuple)):
        return "[" + ",".join(written(one, passed) for one in thing) + "]"
    if isinstance(thing, (set, frozenset)):
        return "(" + ",".join(sorted(written(one, passed) for one in thing)) + ")"
    if type(thing).__module__.startswith("moto.") and hasattr(thing, "__dict__") and not isinstance(thing, type):
        parts = [f"{key}={written(value, passed)}" for key, value in vars(thing).items() if not key.startswith("_response")]
        return f"{type(thing).__name__}<{','.join(parts)}>"
    return type(thing).__name__


def snapshot():
    return {name: written(keeper, frozenset()) for name, keeper in keepers()}


client = Client(DomainDispatcherApplication(create_backend_app))


def send(one):
    scope = f"{account}/20260101/{one['region']}/{one['signingName']}/aws4_request"
    headers = {**one["headers"], "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"}
    path = one["path"] + ("?" + one["query"] if one["query"] else "")
    try:
        answer = client.open(path, method=one["method"], base_url=f"https://{one['host']}", headers=headers, data=one["body"])
        return answer.status_code
    except Exception as error:
        return f"{type(error).__name__}"


before = snapshot()
statuses = [send(one) for one in asked["requests"]]
after = snapshot()
changed = sorted(name for name in after if after[name] != before.get(name))
json.dump({"statuses": statuses, "kept": len(after), "changed": changed}, told)
