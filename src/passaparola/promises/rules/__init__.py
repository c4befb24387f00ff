"""Pure decisions about promises: when they are due and what became of them; no Django, no clock."""
