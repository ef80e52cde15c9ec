#!/usr/bin/env python3
"""The host names botocore itself would call, straight from its endpoint rule sets.

Run alone it prints {"version": ..., "services": {service: {region: {"default": host, "fips": host, ...}}}} as JSON: the tests
compare the catalogue with it. make-source.py uses the same function to write the catalogue's source.
"""
import json
import re
import sys

import botocore
from botocore.endpoint_provider import EndpointProvider
from botocore.loaders import create_loader

VARIANTS = {"default": (False, False), "fips": (True, False), "dualstack": (False, True), "dualstackFips": (True, True)}
# Rule sets that cannot be resolved without saying which of two APIs is meant.
CHOICES = {"acm": {"ServiceType": "ACM"}, "neptune-graph": {"ApiType": "ControlPlane"}}


class Rules:
    def __init__(self):
        self.loader = create_loader()
        self.partitions = self.loader.load_data("partitions")
        self.legacy = self.loader.load_data("endpoints")

    def regions(self):
        """Region name -> partition id; pseudo regions such as aws-global are left out."""
        named = {}
        for partition in self.partitions["partitions"]:
            named.update({r: partition["id"] for r in partition["regions"] if not r.endswith("-global")})
        for partition in self.legacy["partitions"]:
            named.update({r: partition["partition"] for r in partition.get("regions", {})})
        return named

    def service_ids(self):
        return self.loader.list_available_services("service-2")

    def provider(self, service):
        try:
            rules = self.loader.load_service_model(service, "endpoint-rule-set-1")
        except Exception:
            return None, {}
        return EndpointProvider(rules, self.partitions), rules["parameters"]

    def resolve(self, service, provider, parameters, region, variant):
        """(host, auth scheme) or (None, {}) when the rules refuse the combination."""
        fips, dualstack = VARIANTS[variant]
        if (fips and "UseFIPS" not in parameters) or (dualstack and "UseDualStack" not in parameters):
            return None, {}
        asked = {"Region": region, "UseFIPS": fips, "UseDualStack": dualstack, **CHOICES.get(service, {})}
        try:
            endpoint = provider.resolve_endpoint(**{k: v for k, v in asked.items() if k in parameters})
        except Exception:
            return None, {}
        host = re.sub(r"^https?://", "", endpoint.url).split("/")[0]
        return host, (endpoint.properties.get("authSchemes") or [{}])[0]


def main():
    rules = Rules()
    regions = sorted(rules.regions())
    services = {}
    for service in rules.service_ids():
        provider, parameters = rules.provider(service)
        if provider is None:
            continue
        by_region = {}
        for region in regions:
            hosts = {v: rules.resolve(service, provider, parameters, region, v)[0] for v in VARIANTS}
            by_region[region] = {v: host for v, host in hosts.items() if host}
        services[service] = by_region
    json.dump({"version": botocore.__version__, "services": services}, sys.stdout)


if __name__ == "__main__":
    main()
