"""Pure decisions about cases: how bad, how soon, what may be done; no Django, no clock."""
