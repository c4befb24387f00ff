"""Pure decisions about what is said to whom and when: values in, answers out; no Django, no clock."""
