"""WordPress as data. It measures nothing; image sizes are what its servers usually take."""

from leitstand.connectors.protocol import ConnectField, MediaRules, Network, TextRules

network = Network(
    "wordpress",
    "WordPress",
    TextRules(0, html=True, needs_title=True),
    MediaRules(20, 8_000_000, 2560, ("image/jpeg", "image/png", "image/gif", "image/webp"), alt_limit=1000),
    fields=(
        ConnectField(
            "server",
            "Address of the blog",
            "The address visitors type.",
            kind="url",
            placeholder="https://blog.example.com",
        ),
        ConnectField("user", "User name", "The name you sign in with; it needs the role author or higher."),
        ConnectField(
            "password",
            "Application password",
            "From Users, Profile, Application passwords.",
            secret=True,
            kind="password",
        ),
    ),
    docs_url="https://developer.wordpress.org/rest-api/",
    guide=(
        "Sign in to your blog and open Users, then Profile.",
        "Under “Application passwords” add one named Leitstand and copy it.",
    ),
    icon="brand-wordpress",
    colour="#21759b",
    repeats_safely=False,
    settles_in=120,
)
