"""Numbers as the page writes them."""


def spell_number(value):
    """Plain digits, in groups of three from five digits on: 0.1, 4000, 64 000."""
    return f"{value:,.12g}".replace(",", " " if abs(value) >= 10_000 else "")
