"""Compares what should come of a response with what came (FORMAT describes both)."""
import base64

# Sentinels: behind a case, and behind each replay.
SENTINELS = ("XSYNC", "XEND")

# Sections that have names of their own in rev1.
SECTION_NAMES = {"RFC822": "BODY[]", "RFC822.HEADER": "BODY[HEADER]", "RFC822.TEXT": "BODY[TEXT]"}

# Compared without case: (name of the field) in whatever it stands.
NO_CASE = {"media_type", "subtype", "encoding", "dsp_type", "known"}

ALL_KNOWN = {
    "response": "CAPABILITY ENABLED FLAGS LIST LSUB XLIST STATUS SEARCH SORT THREAD ESEARCH NAMESPACE ID EXISTS RECENT "
                "EXPUNGE FETCH UIDFETCH CONVERTED VANISHED QUOTA QUOTAROOT ACL LISTRIGHTS MYRIGHTS METADATA LANGUAGE "
                "COMPARATOR GENURLAUTH URLFETCH JMAPACCESS UIDBATCHES XAPPLEPUSHSERVICE OK NO BAD PREAUTH BYE",
    "FETCH": "FLAGS UID INTERNALDATE RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE RFC822 RFC822.HEADER RFC822.TEXT MODSEQ "
             "EMAILID THREADID OBJECTID SAVEDATE PREVIEW SNIPPET ANNOTATION X-GM-MSGID X-GM-THRID X-GM-LABELS",
    "STATUS": "MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE DELETED-STORAGE HIGHESTMODSEQ APPENDLIMIT "
              "MAILBOXID OBJECTID",
    "ESEARCH": "MIN MAX ALL COUNT MODSEQ RELEVANCY PARTIAL ADDTO REMOVEFROM",
    "LIST": "CHILDINFO OLDNAME",
    "code": "ALERT ALREADYEXISTS ANNOTATE ANNOTATIONS APPENDUID AUTHENTICATIONFAILED AUTHORIZATIONFAILED BADCHARSET "
            "BADCOMPARATOR BADEVENT BADURL CANNOT CAPABILITY CLIENTBUG CLOSED COMPRESSIONACTIVE CONTACTADMIN COPYUID "
            "CORRUPTION EXPIRED EXPUNGEISSUED HASCHILDREN HIGHESTMODSEQ INPROGRESS INUSE LIMIT MAILBOXID "
            "MAXCONVERTMESSAGES MAXCONVERTPARTS MESSAGELIMIT METADATA MODIFIED NEWNAME NOMODSEQ NONEXISTENT NOPERM "
            "NOTIFICATIONOVERFLOW NOTSAVED NOUPDATE OBJECTID OVERQUOTA PARSE PERMANENTFLAGS PRIVACYREQUIRED READ-ONLY "
            "READ-WRITE REFERRAL SERVERBUG TEMPFAIL THROTTLED TOOBIG TOOFEW TOOMANY TRYCREATE UIDNEXT UIDNOTSTICKY "
            "UIDREQUIRED UIDVALIDITY UNAVAILABLE UNDEFINED-FILTER UNKNOWN-CTE UNSEEN URLMECH USEATTR WEBALERT",
}
KNOWN = {kind: set(names.split()) for kind, names in ALL_KNOWN.items()}


class Differs(Exception):
    """The first difference, in words."""


def differ(where, wanted, got):
    raise Differs(f"{where}: wanted {shorten(wanted)}, got {shorten(got)}")


def shorten(value):
    text = repr(value)
    return text if len(text) <= 160 else text[:150] + "..."


def plain(value):
    """Text as it is, bytes that are not UTF-8 as bytes."""
    if isinstance(value, dict) and set(value) == {"b64"}:
        return base64.b64decode(value["b64"])
    return value


def fold(value):
    return value.upper() if isinstance(value, str) else value


def ranges(text):
    """A set as ranges in wire order, where 1,2 is 1:2 and 2:1 is 1:2."""
    result = []
    for part in filter(None, text.split(",")):
        ends = ["*" if end == "*" else int(end) for end in part.split(":")]
        first, last = ends[0], ends[-1]
        if first == "*" or (last != "*" and first > last):
            first, last = last, first
        if result and result[-1][1] != "*" and first != "*" and first == result[-1][1] + 1:
            result[-1][1] = last
        else:
            result.append([first, last])
    return result


def is_set(value):
    return isinstance(value, dict) and set(value) == {"set"}


def compare_sets(where, wanted, got):
    text = wanted["set"] if is_set(wanted) else ",".join(map(str, wanted))
    if ranges(text) != (ranges(got["set"]) if got else []):
        differ(where, wanted, got)


def pairs(value):
    """Parameters, however they are written."""
    if isinstance(value, dict):
        return [(fold(name), plain(text)) for name, text in value.items()]
    return [(fold(plain(name)), plain(text)) for name, text in value or []]


def compare_params(where, wanted, got):
    if (wanted is None) != (got is None) or sorted(pairs(wanted), key=str) != sorted(pairs(got), key=str):
        differ(where, wanted, got)


def compare_names(where, wanted, got):
    """Flags, attributes, capabilities: without order and case, each once."""
    # One library's way to write the wildcard.
    wanted = ["\\*" if name == ":*" else name for name in wanted]
    if got is None or {fold(plain(name)) for name in wanted} != {fold(plain(name)) for name in got}:
        differ(where, wanted, got)


def compare_any(where, wanted, got):
    """Whatever has no rule of its own: every field that is wanted must be there."""
    if is_set(wanted):
        compare_sets(where, wanted, got)
    elif isinstance(plain(wanted), dict):
        if not isinstance(got, dict):
            differ(where, wanted, got)
        for key, value in wanted.items():
            if key not in got:
                differ(f"{where} {key}", value, "nothing")
            compare_field(where, key, value, got[key])
    elif isinstance(wanted, list):
        if not isinstance(got, list) or len(wanted) != len(got):
            differ(where, wanted, got)
        for i, value in enumerate(wanted):
            compare_any(f"{where}[{i}]", value, got[i])
    elif plain(wanted) != plain(got):
        differ(where, wanted, got)


def compare_field(where, key, wanted, got):
    where = f"{where} {key}"
    if key == "param":
        compare_params(where, wanted, got)
    elif key == "language" and wanted is not None:
        wanted = wanted if isinstance(wanted, list) else [wanted]
        compare_any(where, [fold(one) for one in wanted], [fold(one) for one in got or []])
    elif key in NO_CASE and isinstance(wanted, str):
        if not isinstance(got, str) or fold(wanted) != fold(got):
            differ(where, wanted, got)
    elif key == "parts" and wanted is None:
        compare_any(where, [], got)
    else:
        compare_any(where, wanted, got)


def compare_body(where, wanted, got):
    if wanted is None or got is None:
        if wanted != got:
            differ(where, wanted, got)
        return
    for key, value in wanted.items():
        if key == "parts":
            parts = got.get("parts") or []
            if len(parts) != len(value or []):
                differ(f"{where} parts", len(value or []), len(parts))
            for i, part in enumerate(value or []):
                compare_body(f"{where} part {i + 1}", part, parts[i])
        elif key == "body":
            children = got.get("parts") or [None]
            compare_body(f"{where} body", value, children[0])
        else:
            if key not in got:
                differ(f"{where} {key}", value, "nothing")
            compare_field(where, key, value, got[key])


def compare_attrs(wanted, event, partly):
    got = dict(event["attrs"])
    generic = event.get("generic", {})
    for name, value in wanted.items():
        if name not in got and SECTION_NAMES.get(name) in got:
            got[name] = got.pop(SECTION_NAMES[name])
        if name not in got and name not in generic:
            differ(name, value, f"only {' '.join([*got, *generic])}")
        one = got[name] if name in got else generic[name]
        if name == "FLAGS":
            compare_names(name, value, one)
        elif name == "X-GM-LABELS":
            compare_names(name, value, one)
        elif name in ("BODY", "BODYSTRUCTURE"):
            compare_body(name, value, one)
        else:
            compare_any(name, value, one)
    extra = set(got) - set(wanted)
    if event["name"] == "UIDFETCH":
        extra.discard("UID")  # it is the number in front
    if extra and not partly:
        differ("items", sorted(wanted), sorted(got))


def compare_fetch(wanted, event, partly):
    data = wanted.get("data") or wanted
    for key in ("seq", "uid"):
        if key in data and data[key] != event.get(key):
            differ(key, data[key], event.get(key))
    compare_attrs(data["attrs"], event, partly)


def compare_list(wanted, event, partly):
    attributes = {fold(name) for name in event["data"]["attr"]}
    asked = {fold(name) for name in wanted["data"]["attr"]}
    # What \NonExistent implies is given too.
    if attributes != asked and not ("\\NONEXISTENT" in asked and attributes == asked | {"\\NOSELECT"}):
        differ("attributes", wanted["data"]["attr"], event["data"]["attr"])
    for key, value in wanted["data"].items():
        if key != "attr":
            compare_any(key, value, event["data"].get(key, "nothing"))
    if "generic" in wanted:
        compare_any("generic", wanted["generic"], event.get("generic"))


def compare_status(wanted, event, partly):
    compare_any("mailbox", wanted["data"]["mailbox"], event["data"]["mailbox"])
    got = {fold(name): value for name, value in [*event["data"]["attr"].items(), *event.get("generic", {}).items()]}
    asked = {fold(name): value for name, value in wanted["data"]["attr"].items()}
    for name, value in asked.items():
        if name not in got:
            differ(name, value, "nothing")
        compare_loosely(name, value, got[name])
    if set(got) != set(asked) and not partly:
        differ("attributes", sorted(asked), sorted(got))


def compare_loosely(where, wanted, got):
    """Generic values: NIL, atoms and strings are all text to some."""
    if is_set(wanted) and isinstance(got, str):
        compare_sets(where, wanted, {"set": got})
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for i, value in enumerate(wanted):
            compare_loosely(f"{where}[{i}]", value, got[i])
    elif wanted != got and not (isinstance(wanted, str) and wanted.upper() == "NIL" and got is None):
        differ(where, wanted, got)


def compare_search(wanted, event, partly):
    compare_sets("found", wanted["data"]["ids"], event["data"]["ids"])
    if wanted["data"].get("modseq") != event["data"].get("modseq"):
        differ("modseq", wanted["data"].get("modseq"), event["data"].get("modseq"))


def compare_esearch(wanted, event, partly):
    for key in ("tag", "uid"):
        compare_any(key, wanted["data"][key], event["data"][key])
    got = event["data"]["data"] + [[name, value] for name, value in event.get("generic", {}).items()]
    left = [list(pair) for pair in got]
    for name, value in wanted["data"]["data"]:
        one = next((pair for pair in left if pair[0] == name), None)
        if one is None:
            differ(name, value, got)
        left.remove(one)
        if name == "PARTIAL" and isinstance(value["range"], dict):
            value = {"range": [value["range"]["begin"], value["range"]["end"]], "results": value["results"]}
            ends = sorted(one[1]["range"])
            compare_any("PARTIAL range", sorted(value["range"]), ends)
            compare_any("PARTIAL results", value["results"], one[1]["results"])
        elif is_set(value):
            compare_sets(name, value, one[1])
        else:
            compare_any(name, value, one[1])
    if left and not partly:
        differ("data", wanted["data"]["data"], got)


def flat(threads, level=0):
    """Threads as nodes with their levels. Without recursion: chains are long."""
    nodes, todo = [], [(thread, level) for thread in reversed(threads)]
    while todo:
        thread, level = todo.pop()
        nodes.append([level, thread["id"] or 0])
        todo.extend((child, level + 1) for child in reversed(thread["children"]))
    return nodes


def compare_thread(wanted, event, partly):
    nodes = flat(wanted["data"]) if "data" in wanted else wanted["nodes"]
    compare_any("nodes", nodes, event["nodes"])
    if event["count"] != len(nodes):
        differ("count", len(nodes), event["count"])


def compare_number(wanted, event, partly):
    compare_any("number", wanted.get("num", wanted.get("data")), event["num"])


def compare_list_of_names(wanted, event, partly):
    compare_names("names", wanted["data"], event["data"])


def compare_id(wanted, event, partly):
    compare_params("ID", wanted["data"], event["data"])


def compare_acl(wanted, event, partly):
    if "mailbox" in wanted:
        compare_any("mailbox", wanted["mailbox"], event["mailbox"])
    entries = []
    for entry in wanted["data"]:
        if "mailbox" in entry:
            compare_any("mailbox", entry["mailbox"], event["mailbox"])
        rights = entry["rights"]
        entries.append({**{key: value for key, value in entry.items() if key != "mailbox"},
                        "rights": rights if isinstance(rights, dict) else {"text": rights}})
    compare_any("entries", entries, event["data"])


def compare_quota(wanted, event, partly):
    data = wanted.get("data")
    if not data:
        compare_any("quota", {key: wanted[key] for key in ("root", "resources")}, event)
        return
    compare_any("root", data["mailbox"], event["root"])
    # This form knows one resource only.
    one = event["resources"][0] if event["resources"] else {"usage": None, "limit": None}
    compare_any("usage and limit", [data["usage"], data["quota"]], [str(one["usage"]), str(one["limit"])])


def compare_quotaroot(wanted, event, partly):
    data = wanted.get("data") or wanted
    compare_any("quota roots", {key: data[key] for key in ("mailbox", "quotaroots")}, event)


def compare_code(wanted, got):
    if wanted is None:
        if got is not None:
            differ("code", None, got)
        return
    if got is None or fold(wanted["name"]) != fold(got["name"]):
        differ("code", wanted, got)
    argument = wanted.get("arg")
    if isinstance(argument, dict) and argument.get("invalid"):
        # Kept as raw text, not understood.
        if got["known"] is not None:
            differ("code with a bad argument", "not known", got)
        if (argument["unparsed"] or "").strip() != (got["raw"] or "").strip():
            differ("raw argument", argument["unparsed"], got["raw"])
    elif wanted["name"] in ("PERMANENTFLAGS", "CAPABILITY", "BADCHARSET") and argument is not None:
        compare_names("argument", argument, got["arg"])
    elif "arg" in wanted:
        compare_any("argument", argument, got["arg"])
    if "raw" in wanted:
        compare_any("raw argument", wanted["raw"], got["raw"])
    if "known" in wanted:
        compare_any("code", wanted["known"], got["known"])


def compare_text(wanted, event, partly):
    if "tag" in wanted and wanted["tag"] != event.get("tag"):
        differ("tag", wanted["tag"], event.get("tag"))
    if "code" in wanted:
        compare_code(wanted["code"], event.get("code"))
    if "text" in wanted:
        compare_any("text", wanted["text"], event.get("text"))
    if "backoff" in wanted:
        compare_any("backoff", wanted["backoff"], event.get("backoff"))


RULES = {
    "OK": compare_text, "NO": compare_text, "BAD": compare_text, "BYE": compare_text, "PREAUTH": compare_text,
    "EXISTS": compare_number, "RECENT": compare_number, "EXPUNGE": compare_number,
    "FETCH": compare_fetch, "UIDFETCH": compare_fetch, "CONVERTED": compare_fetch,
    "LIST": compare_list, "LSUB": compare_list, "XLIST": compare_list, "STATUS": compare_status,
    "SEARCH": compare_search, "SORT": compare_search, "ESEARCH": compare_esearch, "THREAD": compare_thread,
    "CAPABILITY": compare_list_of_names, "ENABLED": compare_list_of_names, "FLAGS": compare_list_of_names,
    "ID": compare_id, "ACL": compare_acl, "QUOTA": compare_quota, "QUOTAROOT": compare_quotaroot,
}


def compare_one(wanted, event, partly):
    """Raises Differs unless the event means what is wanted."""
    if wanted["type"] != event["type"] or fold(wanted.get("name")) != fold(event.get("name")):
        raise Differs(f"wanted {wanted['type']} {wanted.get('name')}, got {event['type']} {event.get('name')}")
    rule = RULES.get(wanted["name"])
    if rule:
        rule(wanted, event, partly)
    else:
        compare_any(wanted["name"], {key: value for key, value in wanted.items() if key != "type"}, event)


def is_sentinel(event):
    return event["type"] == "untagged" and (event.get("code") or {}).get("name") in SENTINELS


def told(events):
    """The events that responses gave."""
    return [event for event in events
            if event["type"] in ("untagged", "tagged") and not is_sentinel(event)]


def compare(expected, events, partly):
    """The difference between a list of expected responses and the events, in words; None: they mean the same."""
    left = told(events)
    # What no event tells: continuations, which go to the request that waits for one.
    wanted = [one for one in expected if one["type"] != "continue" and not one.get("ignored")]
    ignored = {fold(one["name"]) for one in expected if one.get("ignored")}
    left = [event for event in left if not (event.get("unknown") and fold(event["name"]) in ignored)]
    for number, one in enumerate(wanted):
        if not left:
            return f"response {number + 1}, {one.get('name')}: nothing came of it"
        event = left.pop(0)
        try:
            compare_one(one, event, partly)
        except Differs as difference:
            return f"response {number + 1}, {one.get('name')}: {difference}"
    if left and not partly:
        return f"more came than expected: {shorten(left[0])}"
    return None


def generic_known(events):
    """A known name that was read as if it were unknown, or None."""
    for event in events:
        name = fold(event.get("name"))
        if event.get("unknown") and name in KNOWN["response"]:
            return f"{name} is a known response"
        code = event.get("code")
        if code and code["known"] is None and fold(code["name"]) in KNOWN["code"]:
            return f"[{code['name']} {code['raw']}] is a known code"
        kind = {"UIDFETCH": "FETCH", "LSUB": "LIST", "XLIST": "LIST"}.get(name, name)
        for item in event.get("generic", {}):
            if fold(item) in KNOWN.get(kind, ()):
                return f"{item} is known in {kind}"
    return None
