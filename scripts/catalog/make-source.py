#!/usr/bin/env python3
"""Writes endpoints.source.json, the catalogue's source, from an importable botocore. Once a year is enough:

    pip install -U botocore && python3 scripts/catalog/make-source.py && node scripts/catalog/compact.mjs

With --cdk PATH (aws-cdk-lib's aws-ec2/lib/vpc-endpoint.js) it also names PrivateLink services that
privatelink.source.json does not hold yet: that file is kept by hand, a line a service.

A host is written as a template: {p} endpoint prefix, {r} region, {s} the partition's DNS suffix, {d} its dual-stack suffix.
Each service names the pattern it is nearest to, and lists only what deviates from it.
"""
import argparse
import collections
import json
import pathlib
import re
import sys

import botocore

sys.dont_write_bytecode = True
from botocore_hosts import VARIANTS, Rules

HERE = pathlib.Path(__file__).parent


def template(host, prefix, partition, region):
    out = host
    for token, suffix in (("{d}", partition["dualStackDnsSuffix"]), ("{s}", partition["dnsSuffix"])):
        if out.endswith("." + suffix):
            out = out[: -len(suffix)] + token
            break
    if out == prefix or out.startswith((prefix + ".", prefix + "-fips.")):
        out = "{p}" + out[len(prefix):]
    return out.replace(region, "{r}") if region else out


def fold(hosts, prefix, partition):
    """{region: host} -> (template that fits most regions, {region: host template that differs})."""
    def fits(candidate, region, host):
        return candidate.replace("{r}", region) == template(host, prefix, partition, None)

    # Templates with {r} come first, so that they win a tie (one-region partitions).
    candidates = sorted({template(h, prefix, partition, r) for r, h in hosts.items()}) + sorted(
        {template(h, prefix, partition, None) for h in hosts.values()}
    )
    best = max(candidates, key=lambda c: sum(fits(c, r, h) for r, h in hosts.items()))
    differ = {r: template(h, prefix, partition, None) for r, h in hosts.items() if not fits(best, r, h)}
    return best, differ


def read_service(rules, service, regions, partitions):
    metadata = rules.loader.load_service_model(service, "service-2")
    operations, metadata = metadata["operations"], metadata["metadata"]
    prefix = metadata["endpointPrefix"]
    provider, parameters = rules.provider(service)
    out = {
        "title": metadata["serviceFullName"],
        "serviceId": metadata.get("serviceId", service),
        "prefix": prefix,
        "signingName": metadata.get("signingName") or prefix,
        "protocol": metadata.get("protocol"),
    }
    prefixes = {o.get("endpoint", {}).get("hostPrefix", "") for o in operations.values()}
    if "" not in prefixes:
        out["alwaysPrefixed"] = sorted(p for p in prefixes if "{" not in p)
    flat, exceptions, signing = {}, {}, {}
    for partition_id, partition in partitions.items():
        for variant in VARIANTS:
            hosts, schemes = {}, {}
            for region in (r for r, p in regions.items() if p == partition_id):
                host, scheme = rules.resolve(service, provider, parameters, region, variant)
                if host:
                    hosts[region], schemes[region] = host, scheme
            if not hosts:
                continue
            best, differ = fold(hosts, prefix, partition)
            flat[f"{partition_id}.{variant}"] = best
            for region, host in differ.items():
                exceptions.setdefault(region, {})[variant] = host
            if variant == "default":
                pinned = {s["signingRegion"] for s in schemes.values() if s.get("signingRegion")}
                if len(pinned) == 1:
                    signing[partition_id] = pinned.pop()
                names = {s["signingName"] for s in schemes.values() if s.get("signingName")} - {out["signingName"]}
                if partition_id == "aws" and len(names) == 1:
                    out["signingName"] = names.pop()
    legacy = {}
    fips = []
    for partition in rules.legacy["partitions"]:
        entry = partition["services"].get(prefix)
        if not entry:
            continue
        listed = {r: e for r, e in entry.get("endpoints", {}).items() if regions.get(r) == partition["partition"]}
        legacy[partition["partition"]] = sorted(listed)
        fips += [r for r, e in listed.items() if any(v["tags"] == ["fips"] for v in e.get("variants", []))]
        scope = entry.get("defaults", {}).get("credentialScope", {}).get("region")
        for e in entry.get("endpoints", {}).values():
            if not entry.get("isRegionalized", True):
                scope = scope or e.get("credentialScope", {}).get("region")
        if scope and "{r}" not in flat.get(partition["partition"] + ".default", "{r}"):
            signing.setdefault(partition["partition"], scope)
    out["exceptions"] = exceptions
    out["signing"] = signing
    out["regions"] = sorted(r for rs in legacy.values() for r in rs)
    out["fipsRegions"] = sorted(fips)
    return {k: v for k, v in out.items() if v}, flat


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cdk", help="aws-cdk-lib's vpc-endpoint.js")
    arguments.add_argument("-o", default=HERE / "endpoints.source.json")
    options = arguments.parse_args()
    rules = Rules()
    regions = rules.regions()
    partitions = {p["id"]: {**p["outputs"], "regionRegex": p["regionRegex"]} for p in rules.partitions["partitions"]}

    services, flats = {}, {}
    for service in rules.service_ids():
        if rules.provider(service)[0] is not None:
            services[service], flats[service] = read_service(rules, service, regions, partitions)

    counted = collections.Counter(json.dumps(f, sort_keys=True) for f in flats.values())
    patterns = [json.loads(text) for text, count in counted.most_common() if count >= 4]

    def deviations(flat, pattern):
        return {k: flat.get(k) for k in sorted({*flat, *pattern}) if flat.get(k) != pattern.get(k)}

    for service, flat in flats.items():
        index = min(range(len(patterns)), key=lambda i: len(deviations(flat, patterns[i])))
        services[service]["pattern"] = index
        if flat != patterns[index]:
            services[service]["hosts"] = deviations(flat, patterns[index])

    def line(value):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    with open(options.o, "w") as file:
        file.write('{"botocore": %s,\n"partitions": {\n' % json.dumps(botocore.__version__))
        kept = ("dnsSuffix", "dualStackDnsSuffix", "implicitGlobalRegion", "regionRegex")
        rows = [
            f'{line(i)}: {line({**{k: p[k] for k in kept}, "regions": sorted(r for r, q in regions.items() if q == i)})}'
            for i, p in partitions.items()
        ]
        file.write(",\n".join(rows) + '},\n"patterns": [\n')
        file.write(",\n".join(line(p) for p in patterns) + '],\n"services": {\n')
        file.write(",\n".join(f"{line(s)}: {line(e)}" for s, e in sorted(services.items())) + "}}\n")

    if options.cdk:
        held = {row["name"] for row in json.loads((HERE / "privatelink.source.json").read_text())["services"]}
        text = pathlib.Path(options.cdk).read_text()
        found = set(re.findall(r'new InterfaceVpcEndpointAwsService\("([^"]+)"', text))
        for name in sorted(found - held):
            print(f"not in privatelink.source.json: {name}")


if __name__ == "__main__":
    main()
