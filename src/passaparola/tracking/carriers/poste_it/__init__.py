"""Poste Italiane, SDA included: asked about a parcel as its public page «Dove e quando» does."""

from passaparola.tracking.carriers.poste_it.carrier import PosteItaliane

kind = PosteItaliane()
