"""A pure, seeded model of the shop Bottega Luna (handmade ceramics, Faenza).

The world knows the truth: who bought what and when, and where every parcel really was. It knows nothing of
Django, of facts, or of any provider's format: `demo/payloads` puts it into the providers' words.
"""
