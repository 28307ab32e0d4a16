"""Who may reach which address: every pattern of the site stands here, or a test fails."""

PUBLIC = "everybody"
SIGNED_IN = "everybody who is signed in; a visitor goes to the login"
MEMBER = "members of the network; others read why not"
WORKSPACE_READ = "members of the SWV; an outsider gets the 404 of what does not exist"
WORKSPACE_WRITE = "contributors of the SWV; a reader gets 403, an outsider 404"
LOCAL = "exists in local settings only"
STAFF = "POS staff with a second factor"
LIBRARY = "a library's own patterns, tried by prefix"

CLASSES = {
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "sitemap": PUBLIC,
    "robots": PUBLIC,
    "media": PUBLIC,
    "beheer_login": PUBLIC,
    "mail_list": LOCAL,
    "mail_detail": LOCAL,
    "mail_attachment": LOCAL,
    "home:start": SIGNED_IN,
    "sessions:register": MEMBER,
    "sessions:cancel": MEMBER,
    "sessions:update": MEMBER,
    "sessions:calendar": PUBLIC,
    "workspace:entrance": SIGNED_IN,
    "workspace:adoption_start": SIGNED_IN,
    "workspace:overview": WORKSPACE_READ,
    "workspace:goals": WORKSPACE_READ,
    "workspace:goal": WORKSPACE_READ,
    "workspace:activities": WORKSPACE_READ,
    "workspace:money": WORKSPACE_READ,
    "workspace:team": WORKSPACE_READ,
    "workspace:goal_create": WORKSPACE_WRITE,
    "workspace:goal_edit": WORKSPACE_WRITE,
    "workspace:goal_remove": WORKSPACE_WRITE,
    "workspace:indicator_create": WORKSPACE_WRITE,
    "workspace:indicator_edit": WORKSPACE_WRITE,
    "workspace:activity_create": WORKSPACE_WRITE,
    "workspace:activity_edit": WORKSPACE_WRITE,
    "workspace:activity_report": WORKSPACE_WRITE,
    "workspace:measurement_create": WORKSPACE_WRITE,
    "workspace:deployment_create": WORKSPACE_WRITE,
    "workspace:deployment_edit": WORKSPACE_WRITE,
    "workspace:deployment_remove": WORKSPACE_WRITE,
}
"""Our own patterns, one by one."""

PREFIXES = {
    "account/": LIBRARY,  # allauth
    "beheer/": STAFF,  # Wagtail's screens and ours in it
    "documenten/": LIBRARY,  # Wagtail's documents
    "": PUBLIC,  # Wagtail's pages
}
"""Urlconfs of libraries, by the prefix under which they are included."""
