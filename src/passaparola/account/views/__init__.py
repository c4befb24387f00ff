"""The customer's pages. Looking changes nothing: link scanners open every address."""
