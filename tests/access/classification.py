"""Who may reach which address: every pattern of the site stands here, or a test fails."""

PUBLIC = "everybody"
SIGNED_IN = "everybody who is signed in; a visitor goes to the login"
MEMBER = "members of the network; others read why not"
WORKSPACE_READ = "members of the SWV; an outsider gets the 404 of what does not exist"
WORKSPACE_WRITE = "contributors of the SWV; a reader gets 403, an outsider 404"
WORKSPACE_OWN = "members of the SWV only, each to their right; boards, schools and outsiders get the 404"
LOCAL = "exists in local settings only"
DIRECTORY = "members of the network and POS; others get the 404 of what does not exist"
MANAGER = "managers of the organisation, those above it where the policy says so, and POS; others 403"
POS_ONLY = "POS with a second factor; members 403"
OWN = "the person whose it is; others get the 404 of what does not exist"
TOKEN = "whoever holds the link of a mail; a link that does not work gives one and the same answer"
DESK = "POS who manage the seats of sessions; others get the 404 of what does not exist"
STAFF = "POS staff with a second factor"
LIBRARY = "a library's own patterns, tried by prefix"

CLASSES = {
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "sitemap": PUBLIC,
    "robots": PUBLIC,
    "security_txt": PUBLIC,
    "media": PUBLIC,
    "beheer_login": PUBLIC,
    "mail_list": LOCAL,
    "mail_detail": LOCAL,
    "mail_attachment": LOCAL,
    "home:start": SIGNED_IN,
    "network:directory": DIRECTORY,
    "network:organisation": DIRECTORY,
    "network:ask": DIRECTORY,
    "network:people": MANAGER,
    "network:membership_edit": MANAGER,
    "network:membership_end": MANAGER,
    "network:invite": MANAGER,
    "network:invite_list": MANAGER,
    "network:invitation_again": MANAGER,
    "network:invitation_withdraw": MANAGER,
    "network:organisation_edit": MANAGER,
    "network:second_step": MANAGER,
    "network:organisation_close": POS_ONLY,
    "network:organisation_merge": POS_ONLY,
    "network:explain_access": POS_ONLY,
    "network:mine": SIGNED_IN,
    "network:switch": OWN,
    "network:leave": OWN,
    "network:own_invitation": OWN,
    "network:requests": SIGNED_IN,
    "network:request_decide": OWN,
    "network:request_withdraw": OWN,
    "network:import_start": MANAGER,
    "network:import_example": MANAGER,
    "network:import_preview": OWN,
    "network:import_drop": OWN,
    "interest:subscribe": PUBLIC,
    "interest:sent": PUBLIC,
    "interest:confirm": TOKEN,
    "interest:stop": TOKEN,
    "network:join": PUBLIC,
    "network:join_sent": PUBLIC,
    "network:request_open": TOKEN,
    "network:request_confirm": TOKEN,
    "network:invitation_open": TOKEN,
    "network:invitation_answer": TOKEN,
    "search:search": PUBLIC,
    "search:suggestions": PUBLIC,
    "search:save": OWN,
    "search:forget": OWN,
    "sessions:guest_ask": PUBLIC,
    "sessions:guest_sent": PUBLIC,
    "sessions:guest_answer": TOKEN,
    "sessions:register": MEMBER,
    "sessions:cancel": MEMBER,
    "sessions:update": MEMBER,
    "sessions:calendar": PUBLIC,
    "sessions:public_calendar": PUBLIC,
    "sessions:private_calendar": PUBLIC,  # by its secret address
    "sessions:series": PUBLIC,
    "sessions:my_calendar": SIGNED_IN,
    "sessions:accept": MEMBER,
    "sessions:switch": MEMBER,
    "sessions:hand_over": MEMBER,
    "sessions:take_over": MEMBER,
    "sessions:check_in": OWN,
    "sessions:certificate": OWN,
    "sessions:evaluation": OWN,
    "sessions:group": OWN,
    "sessions:participants": DIRECTORY,
    "sessions:material": PUBLIC,
    "sessions:certificate_check": PUBLIC,
    "sessions:desk": DESK,
    "sessions:desk_attendance": DESK,
    "sessions:desk_person": DESK,
    "sessions:desk_code": DESK,
    "sessions:desk_import": DESK,
    "sessions:desk_materials": DESK,
    "sessions:desk_certificates": DESK,
    "sessions:desk_evaluation": DESK,
    "sessions:desk_evaluation_export": DESK,
    "sessions:desk_groups": DESK,
    "library:compare": PUBLIC,
    "library:proposals": SIGNED_IN,
    "library:propose": MEMBER,
    "library:proposal": OWN,
    "library:proposal_edit": OWN,
    "library:proposal_withdraw": OWN,
    "workspace:goal_newer": WORKSPACE_WRITE,
    "workspace:goal_newer_undo": WORKSPACE_WRITE,
    "workspace:goal_give_back": WORKSPACE_WRITE,
    "workspace:entrance": SIGNED_IN,
    "workspace:adoption_start": SIGNED_IN,
    "workspace:overview": WORKSPACE_READ,
    "workspace:goals": WORKSPACE_READ,
    "workspace:goal": WORKSPACE_READ,
    "workspace:activities": WORKSPACE_READ,
    "workspace:money": WORKSPACE_READ,
    "workspace:team": WORKSPACE_READ,
    "workspace:plan": WORKSPACE_OWN,
    "workspace:plan_file": WORKSPACE_OWN,
    "workspace:legal_parts": WORKSPACE_OWN,
    "workspace:year_close": WORKSPACE_OWN,
    "workspace:year_open": WORKSPACE_OWN,
    "workspace:goal_share": WORKSPACE_OWN,
    "workspace:activity_answer": OWN,
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
