"""Pure decisions about parcels: values in, answer out; no Django, no clock, no network."""
