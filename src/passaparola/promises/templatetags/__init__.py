"""Words of promises for templates."""
