"""GLS Italy: asked about a parcel by its public XML page (manual MU40)."""

from passaparola.tracking.carriers.gls_it.carrier import GlsItaly

kind = GlsItaly()
